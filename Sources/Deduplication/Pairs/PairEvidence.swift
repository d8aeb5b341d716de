/// Everything that speaks for or against two records being one report.
struct PairEvidence {
    var title = TitleAgreement.unknown
    var authors = AuthorAgreement.unknown
    var journal = JournalName.Agreement.unknown
    /// nil where one side does not say.
    var sameVolume: Bool?
    var sameIssue: Bool?
    var samePMID: Bool?
    var sameDOI: Bool?
    var pages = Pages.Agreement.unknown
    /// Years apart, nil where one side has none.
    var yearsApart: Int32?
    /// Share of the abstracts' wording, nil where one side has none.
    var abstracts: Double?
    var isGeneric = false
    var isPeriodic = false
    var sameNumbers = true
    /// Documents of different kinds: notice and article, preprint and article.
    var isOtherKind = false
    var isPreprintPair = false
    /// A talk's abstract on one side, a full article on the other.
    var isAbstractPair = false
    /// A book or thesis on one side, told by its length (`215 p`) or degree, and none on the other.
    var isMonographPair = false
    /// A page or less on both sides, where several documents can stand.
    var isShort = false
    /// One side says nothing of where it was published.
    var isPlaceless = false
    var isBothPlaceless = false
    /// A title in English on one side, in another language on the other.
    var isLanguagePair = false
    /// Of the shorter title.
    var titleWords: Int32 = 0
    /// Both sides say the same of who and where but for a volume that is missing on one.
    var isAheadOfPrint = false
}

extension CorpusView {
    /// Everything but titles and authors, which cost most.
    func placeEvidence(_ a: Signature, _ b: Signature) -> PairEvidence {
        var evidence = PairEvidence()
        evidence.journal = compareJournals(a, b)
        evidence.sameVolume = a.volume == 0 || b.volume == 0 ? nil : a.volume == b.volume
        evidence.sameIssue = a.issue == 0 || b.issue == 0 ? nil : a.issue == b.issue
        evidence.samePMID = a.pmid == 0 || b.pmid == 0 ? nil : a.pmid == b.pmid
        evidence.sameDOI = a.doi == 0 || b.doi == 0 ? nil : a.doi == b.doi
        evidence.pages = Pages.compare(a.pages, b.pages)
        evidence.yearsApart = a.year == 0 || b.year == 0 ? nil : abs(a.year - b.year)
        evidence.isGeneric = a.isGeneric || b.isGeneric
        evidence.isPeriodic = a.isPeriodic || b.isPeriodic
        evidence.sameNumbers = a.numbersKey == b.numbersKey
        evidence.isOtherKind = a.document != b.document
        evidence.isPreprintPair = a.isPreprint != b.isPreprint
        // Proceedings bear the name of the congress in one source and not in another.
        evidence.isAbstractPair =
            evidence.journal == .same
            ? a.isMeetingAbstract != b.isMeetingAbstract
            : (a.isMeetingAbstract || a.isAtMeeting) != (b.isMeetingAbstract || b.isAtMeeting)
        evidence.isMonographPair = a.isMonograph != b.isMonograph
        evidence.isLanguagePair = a.isForeign != b.isForeign
        evidence.isShort = isShort(a) && isShort(b)
        evidence.isPlaceless = isPlaceless(a) || isPlaceless(b)
        evidence.isBothPlaceless = isPlaceless(a) && isPlaceless(b)
        evidence.titleWords = min(a.titleWords, b.titleWords)
        evidence.isAheadOfPrint =
            (a.volume == 0 && a.pages.form == .unknown) != (b.volume == 0 && b.pages.form == .unknown)
        return evidence
    }

    func evidence(_ a: Signature, _ b: Signature) -> PairEvidence {
        var evidence = placeEvidence(a, b)
        evidence.title = compareTitles(a, b)
        evidence.authors = compareAuthors(a, b)
        evidence.abstracts = compareAbstracts(a, b)
        return evidence
    }

    private func isPlaceless(_ a: Signature) -> Bool { a.journal < 0 && a.volume == 0 && a.pages.form == .unknown }

    private func isShort(_ a: Signature) -> Bool {
        switch a.pages.form {
        case .printed where a.pages.end > 0: a.pages.end <= a.pages.start + 1
        case .printed: true
        case .unknown, .electronic, .tail: a.isMeetingAbstract || a.isAtMeeting
        }
    }

    func compareJournals(_ a: Signature, _ b: Signature) -> JournalName.Agreement {
        if sharesISSN(a, b) { return .same }
        guard a.journal >= 0, b.journal >= 0 else { return .unknown }
        var best = JournalName.Agreement.differ
        for one in [a.journal, a.abbreviation] where one >= 0 {
            for other in [b.journal, b.abbreviation] where other >= 0 {
                let agreement =
                    one == other ? .same : JournalName.compare(journals[Int(one)], journals[Int(other)])
                if agreement == .same { return .same }
                if agreement.rawValue < best.rawValue { best = agreement }
            }
        }
        return best
    }

    private func sharesISSN(_ a: Signature, _ b: Signature) -> Bool {
        func has(_ issn: UInt32) -> Bool {
            issn != 0 && (issn == b.issns.0 || issn == b.issns.1 || issn == b.issns.2 || issn == b.issns.3)
        }
        return has(a.issns.0) || has(a.issns.1) || has(a.issns.2) || has(a.issns.3)
    }

    /// Jaccard's index of the abstracts' three-word runs, estimated from the smallest hashes of both (Broder 1997).
    func compareAbstracts(_ a: Signature, _ b: Signature) -> Double? {
        guard a.sketch.count > 8, b.sketch.count > 8 else { return nil }
        let one = sketch(a)
        let other = sketch(b)
        let size = min(one.count, other.count)
        var i = one.startIndex
        var j = other.startIndex
        var seen = 0
        var common = 0
        while seen < size, i < one.endIndex, j < other.endIndex {
            if one[i] == other[j] {
                common += 1
                i += 1
                j += 1
            } else if one[i] < other[j] {
                i += 1
            } else {
                j += 1
            }
            seen += 1
        }
        return seen == 0 ? nil : Double(common) / Double(seen)
    }
}
