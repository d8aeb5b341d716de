/// Lists of words the rules look for, all in folded form.
enum Words {
    /// Too common in titles to tell them apart.
    static let titleStop = set(
        "a an and are as at by de der des die du el en et for from in into is la le les of on or the to un und une "
            + "van von with")
    /// Small words that English titles do not have; two of them make a title foreign.
    static let otherLanguage = set(
        "de la del el los las en y con por para una un entre sobre der die das und von bei mit fur im zur zum nach eine "
            + "einer des le les et du dans chez sur au aux une il di della nel nella con per tra da do dos das em na no "
            + "com pela och hos med ett w na i z van het een bij voor met")
    static let journalStop = set("the of and in for on und de der des di et la le les del fur o y e to")
    /// Parts of family names that sources put before, after or nowhere.
    static let particles = set(
        "van von der den de del della di da do dos das du la le el al bin ibn ter ten zu zum jr sr ii iii iv phd md mr "
            + "ms dr et al")
    /// Words that, when only one of two titles has them, make another document of it.
    static let otherDocument = set(
        "reply replies response comment comments commentary erratum errata corrigendum correction retraction protocol "
            + "part supplement supplementary appendix letter discussion rebuttal editorial addendum rationale design "
            + "follow followup update updated interim secondary post subgroup preliminary pilot extension author authors "
            + "abstract chapter volume phase stage translation review statement year years month months")
    /// Those of them that do so wherever they stand.
    static let otherPaper = set(
        "reply replies rejoinder comment comments commentary erratum errata corrigendum correction retraction protocol "
            + "rebuttal addendum")
    /// Words of titles that come back every year.
    static let periodic = set(
        "annual yearly statistics surveillance proceedings guideline guidelines update updates news calendar figures "
            + "monthly quarterly biennial")
    /// What stands in the place of authors where there are none.
    static let nobody = set("anonymous anon unknown various none noauthorslisted noauthors noauthor nil etal")
    /// Headings that stand over many documents of one journal.
    static let genericTitle = set(
        "abstract abstracts announcement announcements answer appendix article articles author authors book books comment "
            + "commentary comments conclusion conclusions congress contents contributors correction correspondence cover "
            + "discussion editor editorial editorials editors erratum errata corrigendum foreword from highlights "
            + "index introduction invited issue letter letters literature masthead media meeting memoriam message new news "
            + "note notes notice obituary obituaries original overview paper perspective poster posters preface "
            + "presentation presentations president presidents proceedings program question questions quiz reader "
            + "readers rejoinder remarks replies reply report reports response responses review reviewers reviews section "
            + "special spotlight summary supplement symposium table thanks this title to untitled update viewpoint "
            + "welcome withdrawn retraction retracted re no available not case study data")
    /// Where a bracket at the end of a title is the indexer's note, not part of it, it begins with one of these.
    static let trailer = [
        "review", "erratum", "errata", "published erratum", "corrected", "correction", "comment", "see comment",
        "retract", "withdrawn", "provisional abstract", "structured abstract", "brief record", "abstract", "letter",
        "editorial", "conference abstract", "conference paper", "poster", "meeting abstract", "reprint", "original",
        "republished", "author s transl", "authors transl", "author transl", "transl", "in process citation",
        "summary for patients", "proceeding", "electronic resource", "article in", "expression of concern", "clinical",
        "multicenter study", "news", "case report", "research support", "full text", "dissertation", "doctoral",
        "presented at",
    ].map { Array($0.utf8) }
    static let languages = set(
        "chinese french german spanish italian portuguese russian japanese korean polish turkish dutch danish swedish "
            + "norwegian czech hungarian hebrew persian arabic croatian serbian bulgarian romanian finnish greek "
            + "ukrainian slovak slovenian english")
    /// Words after which a letter such as `i` or `v` is a number.
    static let numbered = set(
        "part phase type stage study grade class volume vol chapter section trial paper level experiment round wave "
            + "report group category cohort teil parte partie")

    static let numberWords: [[UInt8]: [UInt8]] = dictionary(
        "one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12 first 1st second 2nd "
            + "third 3rd")
    static let romanNumerals: [[UInt8]: [UInt8]] = dictionary(
        "ii 2 iii 3 vi 6 vii 7 viii 8 ix 9 xi 11 xii 12 xiii 13 xiv 14 xv 15")
    static let singleRomanNumerals: [[UInt8]: [UInt8]] = dictionary("i 1 iv 4 v 5 x 10")

    private static func set(_ words: String) -> Set<[UInt8]> {
        Set(words.split(separator: " ").map { Array($0.utf8) })
    }

    private static func dictionary(_ words: String) -> [[UInt8]: [UInt8]] {
        let all = words.split(separator: " ").map { Array($0.utf8) }
        return Dictionary(
            stride(from: 0, to: all.count - 1, by: 2).map { (all[$0], all[$0 + 1]) }, uniquingKeysWith: { a, _ in a })
    }
}
