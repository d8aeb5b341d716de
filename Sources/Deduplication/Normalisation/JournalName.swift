/// Journal names as words, to be compared whatever their abbreviation.
struct JournalName {
    enum Agreement: UInt8 { case unknown, same, similar, differ }

    let words: [[UInt8]]
    /// All words without spaces, stop words left out.
    let letters: [UInt8]
    let isPreprintServer: Bool
    /// A name that tells of a congress: abstracts, annual meeting. Proceedings may be a journal (of the National Academy).
    let isMeeting: Bool
    let isCochrane: Bool
    /// A trial register or a web address, where the name holds the number of the entry.
    let isRegister: Bool
    /// `icis` of `ICIS 2019 Proceedings`; empty where there is none.
    let conference: [UInt8]

    init(_ name: String) {
        var folded: [UInt8] = []
        TextFolder.fold(name, punctuation: .kept, limit: 512, into: &folded)
        // What follows a colon, bracket or equals sign explains the name; where nothing comes before, it is the name.
        let isMark = { (byte: UInt8) in byte == 0x28 || byte == 0x5B || byte == 0x3A || byte == 0x3D }
        let isAddress = folded.starts(with: "http".utf8)
        var core = folded[...]
        if !isAddress, let cut = folded.firstIndex(where: isMark), cut > 1 { core = folded[..<cut] }
        let all = core.split(whereSeparator: { $0 == TextFolder.space || isMark($0) || $0 == 0x29 || $0 == 0x5D })
            .map(Array.init)
        let content = all.filter { !Words.journalStop.contains($0) }
        words = ConferenceName.core(Self.expanded(content.isEmpty ? all : content))
        conference = ConferenceName.acronym(in: name, words: all)
        letters = Self.registrationNumber(in: folded) ?? Array(words.joined())
        isPreprintServer = Self.preprintServers.contains { folded.starts(with: $0) } || folded.contains(preprintWord)
        isMeeting = all.contains { Self.meetingWords.contains($0) }
        isCochrane = words.starts(with: [Array("cochrane".utf8)])
        isRegister = isAddress || Self.registers.contains { folded.starts(with: $0) }
    }

    private static let preprintServers = [
        "biorxiv", "medrxiv", "arxiv", "chemrxiv", "psyarxiv", "research square", "ssrn", "preprints", "preprint",
        "osf preprints", "authorea", "techrxiv", "socarxiv", "scielo preprints", "jmir preprints", "f1000 posters",
    ].map { Array($0.utf8) }
    private static let registers = [
        "clinicaltrials gov", "clinical trials gov", "ictrp", "isrctn", "who international clinical trials registry",
        "international clinical trials registry", "eu clinical trials register", "trial registry record",
    ].map { Array($0.utf8) }
    private static let meetingWords = Set(
        ["conference", "congress", "meeting", "abstracts", "symposium"].map { Array($0.utf8) })

    /// An address of ClinicalTrials.gov is known by the number in it.
    private static func registrationNumber(in name: [UInt8]) -> [UInt8]? {
        let isNumber = { (word: ArraySlice<UInt8>) in
            word.count == 11 && word.starts(with: "nct".utf8)
                && word.dropFirst(3).allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        }
        return name.split(separator: TextFolder.space).first(where: isNumber).map(Array.init)
    }

    /// Journals whose usual name is not an abbreviation of the full one.
    private static func expanded(_ words: [[UInt8]]) -> [[UInt8]] {
        guard words.count == 1, let full = acronyms[words[0]] else { return words }
        return full
    }

    private static let acronyms: [[UInt8]: [[UInt8]]] = [
        "bmj": "british medical journal", "jama": "journal american medical association",
        "nejm": "new england journal medicine", "pnas": "proceedings national academy sciences united states america",
        "cmaj": "canadian medical association journal", "mja": "medical journal australia",
        "jbc": "journal biological chemistry", "ajog": "american journal obstetrics gynecology",
    ].reduce(into: [:]) { table, entry in
        table[Array(entry.key.utf8)] = entry.value.split(separator: " ").map { Array($0.utf8) }
    }

    static func compare(_ a: JournalName, _ b: JournalName) -> Agreement {
        if a.letters == b.letters { return .same }
        if a.words.isEmpty || b.words.isEmpty { return .unknown }
        if a.isRegister || b.isRegister { return .differ }
        if isOneConference(a, b) || isOneConference(b, a) { return .same }
        if a.words.count == b.words.count {
            if a.words.count > 1 || min(a.letters.count, b.letters.count) >= 4,
                zip(a.words, b.words).allSatisfy(abbreviates)
            {
                return .same
            }
            return closeSpelling(a.letters, b.letters) ? .same : .differ
        }
        let (short, long) = a.words.count < b.words.count ? (a, b) : (b, a)
        if isAcronym(short, of: long) || isAcronym(long, of: short) { return .same }
        if zip(short.words, long.words).allSatisfy(abbreviates) {
            // A journal's supplement has the abstracts of congresses, and volumes of its own.
            let extra = long.words.dropFirst(short.words.count)
            return extra.contains { $0.starts(with: "suppl".utf8) } ? .differ : .similar
        }
        return .differ
    }

    private static func isOneConference(_ a: JournalName, _ b: JournalName) -> Bool {
        guard !a.conference.isEmpty else { return false }
        if !b.conference.isEmpty { return a.conference == b.conference }
        return ConferenceName.isConference(b.words) && ConferenceName.spells(a.conference, b.words)
    }

    /// `Natl` and `National`, `J` and `Journal`: the same first letter, and the rest in order.
    private static func abbreviates(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        let (short, long) = a.count <= b.count ? (a, b) : (b, a)
        if long.starts(with: short) { return true }
        guard short.first == long.first, short.count >= 3 else { return false }
        var rest = long[...]
        for byte in short {
            guard let found = rest.firstIndex(of: byte) else { return false }
            rest = rest[(found + 1)...]
        }
        return short.count < long.count
    }

    private static func closeSpelling(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        min(a.count, b.count) >= 12 && EditDistance.within(1, a, b)
    }

    /// `JAMA` of Journal of the American Medical Association, alone or printed with the name: `CMAJ Canadian ...`.
    private static func isAcronym(_ short: JournalName, of long: JournalName) -> Bool {
        guard let first = short.words.first, first.count >= 3, first.count <= 6 else { return false }
        let initials = long.words.compactMap(\.first)
        if short.words.count == 1 {
            return first == initials || (long.words.first == first && rest(of: long, spells: first))
        }
        return rest(of: short, spells: first) && short.words.dropFirst().elementsEqual(long.words)
    }

    private static func rest(of name: JournalName, spells acronym: [UInt8]) -> Bool {
        Set(name.words.dropFirst().compactMap(\.first)) == Set(acronym)
    }
}

private let preprintWord = Array("rxiv".utf8)

extension Array<UInt8> {
    fileprivate func contains(_ part: [UInt8]) -> Bool {
        guard !part.isEmpty, count >= part.count else { return false }
        return (0...(count - part.count)).contains { self[$0...].starts(with: part) }
    }
}
