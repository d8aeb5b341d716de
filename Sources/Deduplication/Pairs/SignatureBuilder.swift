import Bibliography

/// Reads records into signatures.
struct SignatureBuilder {
    private(set) var corpus = Corpus()
    private var scratch: [UInt8] = []

    mutating func add(_ record: Record) {
        var signature = Signature()
        // A deleted citation is a number without a document: nothing joins it.
        if record.kind == .deleted {
            corpus.signatures.append(signature)
            return
        }
        addTitle(record, to: &signature)
        addAuthors(record, to: &signature)
        addPlace(record, to: &signature)
        addIdentifiers(record, to: &signature)
        let isInRegister = journal(signature.journal)?.isRegister == true
        if let number = DocumentReader.registration(of: record, isInRegister: isInRegister) {
            signature.registration = max(1, StableHash.of(number.utf8))
        }
        addAbstract(record, to: &signature)
        signature.document = DocumentReader.kind(of: record)
        signature.isPreprint = DocumentReader.isPreprint(record) || journal(signature.journal)?.isPreprintServer == true
        signature.isMeetingAbstract =
            (signature.pages.isSupplement && signature.pages.end <= signature.pages.start + 2)
            || DocumentReader.isMeetingAbstract(record)
        signature.isAtMeeting = journal(signature.journal)?.isMeeting == true
        signature.isMonograph =
            record.kind == .book || signature.pages.isLength || Self.saysDegree(record.journal.volume)
        signature.content = contentHash(signature)
        corpus.signatures.append(signature)
    }

    private func journal(_ number: Int32) -> JournalName? { number < 0 ? nil : corpus.journals[Int(number)] }

    // MARK: Title

    private mutating func addTitle(_ record: Record, to signature: inout Signature) {
        let title = TitleReader.read(title: record.title, vernacular: record.vernacularTitle)
        signature.title = .init(start: Int32(corpus.titles.count), count: Int32(title.text.count))
        corpus.titles += title.text
        func key(_ index: Int) -> UInt64 { index < title.keys.count ? title.keys[index] : 0 }
        signature.titleKeys = (key(0), key(1), key(2), key(3))
        signature.titleWords = Int32(title.wordCount)
        signature.numbersKey = title.numbersKey
        signature.prefixKey = title.prefixKey
        signature.suffixKey = title.suffixKey
        signature.subjectKey = title.subjectKey
        signature.isGeneric = title.isGeneric
        signature.isPeriodic = title.isPeriodic
        signature.isForeign = title.isForeign
    }

    // MARK: Authors

    /// The first authors say enough; a list of thousands must not cost thousands.
    private static let authorLimit = 40

    private mutating func addAuthors(_ record: Record, to signature: inout Signature) {
        signature.authors.start = Int32(corpus.authors.count)
        for author in record.authors {
            guard let family = author.family else {
                if let group = author.collective, signature.collective == 0 {
                    signature.collective = hash(of: group)
                }
                continue
            }
            if signature.authors.count < Self.authorLimit, addPerson(family, author) { signature.authors.count += 1 }
        }
    }

    private mutating func hash(of name: String) -> UInt64 {
        scratch.removeAll(keepingCapacity: true)
        TextFolder.fold(name, into: &scratch)
        return max(1, StableHash.of(scratch.lazy.filter { $0 != TextFolder.space }))
    }

    /// False for a name without letters.
    private mutating func addPerson(_ family: String, _ author: Author) -> Bool {
        var key = AuthorKey()
        scratch.removeAll(keepingCapacity: true)
        TextFolder.fold(family, limit: 256, into: &scratch)
        key.letters.start = Int32(corpus.nameLetters.count)
        key.family.start = Int32(corpus.names.count)
        addWords(of: scratch, asFamily: true, count: &key.family.count)
        key.letters.count = Int32(corpus.nameLetters.count) - key.letters.start
        guard key.family.count > 0, !Words.nobody.contains(Array(corpus.nameLetters[Int(key.letters.start)...])) else {
            return false
        }
        key.whole = StableHash.of(corpus.nameLetters[Int(key.letters.start)...])

        scratch.removeAll(keepingCapacity: true)
        TextFolder.fold(author.given ?? author.initials ?? "", limit: 256, into: &scratch)
        let words = scratch.split(separator: TextFolder.space)
        key.initial = words.first { !Words.particles.contains(Array($0)) }?.first ?? 0
        key.given.start = Int32(corpus.names.count)
        addWords(of: scratch, asFamily: false, count: &key.given.count)
        corpus.authors.append(key)
        return true
    }

    private mutating func addWords(of text: [UInt8], asFamily: Bool, count: inout Int32) {
        let words = text.split(separator: TextFolder.space)
        for word in words {
            let bytes = Array(word)
            // `Mueller` and `Müller` meet in `muller`, `Soerensen` and `Sørensen` in `sorensen`.
            let spelt = Self.withoutUmlautVowels(bytes)
            if asFamily {
                guard words.count == 1 || !Words.particles.contains(bytes), bytes.count > 1 || words.count == 1 else {
                    continue
                }
                corpus.nameLetters += spelt
            } else if bytes.count < 3 || Words.particles.contains(bytes) {
                continue
            }
            corpus.names.append(StableHash.of(spelt))
            count += 1
        }
    }

    private static func withoutUmlautVowels(_ word: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        for (index, byte) in word.enumerated() {
            if byte == 0x65, index > 0, word[index - 1] == 0x61 || word[index - 1] == 0x6F || word[index - 1] == 0x75 {
                continue
            }
            out.append(byte)
        }
        return out
    }

    // MARK: Place

    private mutating func addPlace(_ record: Record, to signature: inout Signature) {
        signature.journal = number(ofJournal: record.journal.title)
        signature.abbreviation = number(ofJournal: record.journal.abbreviation)
        if signature.journal < 0 { swap(&signature.journal, &signature.abbreviation) }
        signature.issns = Self.issns(record.journal.issn)
        signature.pages = Pages(record.journal.pages)
        let volume = record.journal.volume ?? ""
        let issue = record.journal.issue ?? ""
        signature.volume = Self.firstNumber(volume)
        signature.issue = Self.firstNumber(issue)
        if Self.saysSupplement(volume) || Self.saysSupplement(issue) { signature.pages.isSupplement = true }
        // The Cochrane Library has issues of a year, which sources print as volume or issue.
        if let name = journal(signature.journal), name.isCochrane {
            if signature.issue == 0, signature.volume > 0, signature.volume < 13 { signature.issue = signature.volume }
            signature.volume = 0
            // `CD001234` names the review in all its versions, not a place.
            signature.pages = Pages()
        }
        let year = record.published.year ?? 0
        signature.year = (1000...9999).contains(year) ? Int32(year) : 0
        // A year in place of a volume: other sources have a number there, or nothing.
        if (1900...2100).contains(signature.volume) { signature.volume = 0 }
    }

    private mutating func number(ofJournal name: String?) -> Int32 {
        guard let name, !name.isEmpty else { return -1 }
        if let known = corpus.journalNumbers[name] { return known }
        let number = Int32(corpus.journals.count)
        corpus.journals.append(JournalName(name))
        corpus.journalNumbers[name] = number
        return number
    }

    /// `1234-567X`, wherever it stands in the text: fields hold several, sometimes run together.
    static func issns(_ text: String?) -> (UInt32, UInt32, UInt32, UInt32) {
        guard let text else { return (0, 0, 0, 0) }
        let bytes = Array(text.utf8.prefix(200))
        var found: [UInt32] = []
        var index = 0
        while index + 8 < bytes.count, found.count < 4 {
            guard bytes[index + 4] == 0x2D else {
                index += 1
                continue
            }
            var value: UInt32 = 0
            var isNumber = true
            for offset in [0, 1, 2, 3, 5, 6, 7, 8] {
                let byte = bytes[index + offset]
                if byte >= 0x30, byte <= 0x39 {
                    value = value * 11 + UInt32(byte - 0x30)
                } else if offset == 8, byte | 0x20 == 0x78 {
                    value = value * 11 + 10
                } else {
                    isNumber = false
                    break
                }
            }
            if isNumber, value > 0, !found.contains(value) { found.append(value) }
            index += isNumber ? 9 : 1
        }
        func at(_ place: Int) -> UInt32 { place < found.count ? found[place] : 0 }
        return (at(0), at(1), at(2), at(3))
    }

    /// The first run of digits; 0 where there is none.
    static func firstNumber(_ text: String) -> UInt32 {
        var value: UInt32 = 0
        var digits = 0
        for byte in text.utf8 {
            if byte >= 0x30, byte <= 0x39 {
                if digits < 9 { value = value * 10 + UInt32(byte - 0x30) }
                digits += 1
            } else if digits > 0 {
                break
            }
        }
        return value
    }

    private static func saysSupplement(_ text: String) -> Bool {
        let bytes = Array(text.utf8.prefix(40)).map { $0 | 0x20 }
        guard bytes.count >= 4 else { return false }
        return (0...(bytes.count - 4)).contains { bytes[$0...].starts(with: "supp".utf8) }
    }

    /// EBSCO and ProQuest print a thesis's degree in place of a volume.
    private static func saysDegree(_ volume: String?) -> Bool {
        guard let volume else { return false }
        let folded = TextFolder.folded(volume)
        return ["ph d", "phd", "m sc", "msc", "m a", "d phil", "m d", "thesis", "dissertation"]
            .contains { folded.elementsEqual($0.utf8) }
    }

    // MARK: Identifiers and abstract

    private mutating func addIdentifiers(_ record: Record, to signature: inout Signature) {
        signature.doi = record.doi.map(DocumentReader.doiKey) ?? 0
        signature.pmid = record.pmid?.number ?? 0
        signature.version = Int32(clamping: record.version)
        signature.id = StableHash.of(record.id.rawValue.utf8)
    }

    private static let sketchSize = 24

    private mutating func addAbstract(_ record: Record, to signature: inout Signature) {
        scratch.removeAll(keepingCapacity: true)
        for section in record.abstract where scratch.count < 900 {
            if !scratch.isEmpty { scratch.append(TextFolder.space) }
            TextFolder.fold(section.text, limit: 1000, into: &scratch)
        }
        guard scratch.count > 100 else { return }
        var smallest: [UInt32] = []
        smallest.reserveCapacity(Self.sketchSize + 1)
        var previous: (UInt64, UInt64) = (0, 0)
        var word = StableHash()
        for byte in scratch.prefix(1000) {
            guard byte == TextFolder.space else {
                word.combine(byte: byte)
                continue
            }
            let run = StableHash.mixed(previous.0 &* 31 &+ previous.1, word.value)
            insert(UInt32(truncatingIfNeeded: run >> 16), into: &smallest)
            previous = (previous.1, word.value)
            word = StableHash()
        }
        signature.sketch = .init(start: Int32(corpus.sketches.count), count: Int32(smallest.count))
        corpus.sketches += smallest
    }

    private func insert(_ value: UInt32, into smallest: inout [UInt32]) {
        if smallest.count == Self.sketchSize, let last = smallest.last, value >= last { return }
        let place = smallest.firstIndex { $0 >= value } ?? smallest.count
        if place < smallest.count, smallest[place] == value { return }
        smallest.insert(value, at: place)
        if smallest.count > Self.sketchSize { smallest.removeLast() }
    }

    /// Two records with the same value are compared alike with every other.
    private func contentHash(_ signature: Signature) -> UInt64 {
        var hash = StableHash()
        let keys = signature.titleKeys
        let title = Int(signature.title.start)..<Int(signature.title.start + signature.title.count)
        hash.combine(StableHash.of(corpus.titles[title]))
        for key in [
            keys.0, keys.1, keys.2, keys.3, signature.subjectKey, signature.collective, signature.doi,
            signature.registration,
        ] { hash.combine(key) }
        let authors = Int(signature.authors.start)..<Int(signature.authors.start + signature.authors.count)
        for author in corpus.authors[authors] {
            hash.combine(author.whole)
            hash.combine(byte: author.initial)
            for run in [author.family, author.given] {
                for name in corpus.names[Int(run.start)..<Int(run.start + run.count)] { hash.combine(name) }
                hash.combine(byte: 0xFF)
            }
        }
        for number in [signature.journal, signature.abbreviation] {
            let name = journal(number)
            hash.combine(StableHash.of(name?.letters ?? []))
            hash.combine(byte: name?.isPreprintServer == true ? 1 : 0)
            hash.combine(byte: name?.isMeeting == true ? 1 : 0)
            hash.combine(StableHash.of(name?.conference ?? []))
        }
        let issns = signature.issns
        for number in [
            issns.0, issns.1, issns.2, issns.3, signature.volume, signature.issue, signature.pages.start,
            signature.pages.end, UInt32(bitPattern: signature.year), signature.pmid,
        ] { hash.combine(UInt64(number)) }
        let pages = signature.pages
        for byte in [
            pages.form.rawValue, pages.prefix, pages.isSupplement ? 1 : 0, signature.document.rawValue,
            signature.isPreprint ? 1 : 0, signature.isMeetingAbstract ? 1 : 0, signature.isMonograph ? 1 : 0,
        ] { hash.combine(byte: byte) }
        let sketch = Int(signature.sketch.start)..<Int(signature.sketch.start + signature.sketch.count)
        for value in corpus.sketches[sketch] { hash.combine(UInt64(value)) }
        return hash.value
    }
}
