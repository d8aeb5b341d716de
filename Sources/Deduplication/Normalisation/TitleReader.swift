/// A title taken apart: what databases add or leave out is off, the rest is folded and spelt one way.
struct NormalisedTitle {
    /// Folded words with one space between them.
    var text: [UInt8] = []
    /// Hashes of the title's letters without spaces: the title itself, then its other forms (the words inside or
    /// outside a bracket, the vernacular). At most four, without zeros.
    var keys: [UInt64] = []
    var wordCount = 0
    /// Hash of the numbers in order; equal titles have equal numbers, `Part I` and `Part II` do not.
    var numbersKey: UInt64 = 0
    var prefixKey: UInt64 = 0
    var suffixKey: UInt64 = 0
    /// Of `Erratum: ...`, `Comment on: ...`: the key of the title it is about; 0 for other titles.
    var subjectKey: UInt64 = 0
    var isGeneric = false
    var isPeriodic = false
    /// In a language other than English, told by its small words.
    var isForeign = false
}

enum TitleReader {
    static func read(title: String?, vernacular: String?) -> NormalisedTitle {
        var result = NormalisedTitle()
        if let title {
            var folded: [UInt8] = []
            TextFolder.fold(withoutSite(title), punctuation: .kept, limit: 2048, into: &folded)
            let core = withoutNotes(folded)
            describe(normalised(core), in: &result)
            result.subjectKey = subject(of: core)
            // `Vernacular title [English title]`, either side of which may be all that another source has.
            if let open = core.lastIndex(of: 0x5B), core.last == 0x5D, open > 8 {
                addKey(normalised(Array(core[..<open])), to: &result)
                addKey(normalised(Array(core[open...])), to: &result)
            }
            if let equals = core.firstIndex(of: 0x3D), equals > 12 {
                addKey(normalised(Array(core[..<equals])), to: &result)
                addKey(normalised(Array(core[(equals + 1)...])), to: &result)
            }
        }
        if let vernacular {
            var folded: [UInt8] = []
            TextFolder.fold(vernacular, punctuation: .kept, limit: 2048, into: &folded)
            let text = normalised(withoutNotes(folded))
            if result.text.isEmpty { describe(text, in: &result) } else { addKey(text, to: &result) }
        }
        return result
    }

    /// Only forms of three words and more: a bracket with a place name is no title.
    private static func addKey(_ text: [UInt8], to result: inout NormalisedTitle) {
        guard result.keys.count < 4, text.count(where: { $0 == TextFolder.space }) >= 2, text.count >= 15 else {
            return
        }
        let key = letters(text)
        if !result.keys.contains(key) { result.keys.append(key) }
    }

    /// What follows `Erratum:`, `Comment on`, `Re:`, without the citation in brackets that often ends it.
    private static func subject(of core: [UInt8]) -> UInt64 {
        var rest = core[...]
        if let lead = Self.subjectLeads.first(where: { rest.starts(with: $0) }) {
            rest = rest.dropFirst(lead.count)
        } else if let tail = Self.subjectTails.first(where: { rest.suffix($0.count).elementsEqual($0) }) {
            rest = rest.dropLast(tail.count)
        } else if let place = citedPlace(in: core) {
            rest = rest[..<place]
        } else {
            return 0
        }
        while let first = rest.first, first == TextFolder.space || first == 0x3A { rest.removeFirst() }
        if let open = openingBracket(of: rest), open > rest.startIndex + 15 { rest = rest[..<open] }
        let text = normalised(Array(rest))
        return text.count >= 15 ? letters(text) : 0
    }

    /// Longer leads first. `Response to ketamine in ...` and `Re-evaluation of ...` are titles of their own: these leads
    /// count only with a colon.
    private static let subjectLeads: [[UInt8]] = {
        let withColon = [
            "re", "response to", "letter to the editor on", "editorial comment", "retraction", "erratum", "reply",
            "response", "comment", "authors reply", "author reply", "authors response", "author response",
        ]
        let leads = [
            "erratum to", "corrigendum", "corrigendum to", "correction", "correction to", "author correction",
            "publisher correction", "retraction notice to", "retraction note to", "notice of retraction",
            "expression of concern", "comment on", "comments on", "commentary on", "reply to", "in reply to",
            "authors reply to", "author reply to", "in response to", "letter regarding article", "discussion of",
        ]
        let all = (withColon + leads).flatMap { [$0 + " :", $0 + ":"] } + leads.map { $0 + " " }
        return all.map { Array($0.utf8) }.sorted { $0.count > $1.count }
    }()

    /// The other record must bear the title that is left, so a bare word is enough: `... - Reply`.
    private static let subjectTails: [[UInt8]] = {
        let words = [
            "authors reply", "author reply", "the authors reply", "in reply", "reply", "authors response",
            "author response", "response", "rejoinder", "comment", "commentary", "erratum", "corrigendum", "correction",
            "retraction",
        ]
        let tails: [String] = words.flatMap { word in [": " + word, ":" + word, " " + word] }
        return tails.map { Array($0.utf8) }.sorted { $0.count > $1.count }
    }()

    /// `... (vol 22, pg 301, 2014)`: how Web of Science ends the title of a correction; where the bracket opens.
    static func citedPlace(in title: [UInt8]) -> Int? {
        guard title.last == 0x29, let open = title.lastIndex(of: 0x28), open > 8 else { return nil }
        let inside = title[(open + 1)...].drop { $0 == TextFolder.space }
        guard inside.starts(with: "vol ".utf8) else { return nil }
        let words = inside.dropLast().split(separator: TextFolder.space)
        return words.count >= 4 && words.contains { $0.elementsEqual("pg".utf8) || $0.elementsEqual("page".utf8) }
            ? open : nil
    }

    /// What a web page puts behind the title of its article: `... | Request PDF`, `... - ScienceDirect`.
    static func withoutSite(_ title: String) -> String {
        var rest = title.utf8[...]
        while rest.count > 30, let mark = rest.suffix(48).lastIndex(where: { $0 == 0x7C || $0 == 0x2D || $0 == 0xE2 }),
            rest.distance(from: rest.startIndex, to: mark) > 20
        {
            // An en dash is three bytes, the first of which is found last.
            guard sites.contains(TextFolder.folded(String(Substring(rest[mark...])))) else { break }
            rest = rest[..<mark]
        }
        return rest.endIndex == title.endIndex ? title : String(Substring(rest))
    }

    private static let sites = Set(
        [
            "sciencedirect", "springerlink", "springer", "request pdf", "pdf", "pubmed", "ncbi", "pmc", "europe pmc",
            "wiley online library", "oxford academic", "jama network", "taylor francis online", "google scholar",
            "taylor and francis online", "sage journals", "cambridge core", "karger publishers", "ieee xplore", "jstor",
            "researchgate", "medscape", "the bmj", "plos one", "scientific reports", "nature", "the lancet",
            "full text",
        ].map { Array($0.utf8) })

    private static func letters(_ text: [UInt8]) -> UInt64 {
        max(1, StableHash.of(text.lazy.filter { $0 != TextFolder.space }))
    }

    private static func describe(_ text: [UInt8], in result: inout NormalisedTitle) {
        guard !text.isEmpty else { return }
        result.text = text
        result.keys = [letters(text)]
        let words = text.split(separator: TextFolder.space)
        result.wordCount = words.count
        var numbers = StableHash()
        var content: [ArraySlice<UInt8>] = []
        var foreign: [[UInt8]] = []
        var generic = true
        for word in words {
            let bytes = Array(word)
            // Every run of digits, so that `IL-6` and `IL6` have the same.
            var isInNumber = false
            for byte in bytes {
                let isDigit = byte >= 0x30 && byte <= 0x39
                if isDigit {
                    if !isInNumber { numbers.combine(byte: 0x20) }
                    numbers.combine(byte: byte)
                }
                isInNumber = isDigit
            }
            if Words.otherLanguage.contains(bytes), !foreign.contains(bytes) { foreign.append(bytes) }
            if Words.periodic.contains(bytes) { result.isPeriodic = true }
            if Words.titleStop.contains(bytes) { continue }
            content.append(word)
            if !Words.genericTitle.contains(bytes), bytes.first.map({ $0 < 0x30 || $0 > 0x39 }) ?? false {
                generic = false
            }
        }
        result.numbersKey = numbers.value
        result.isForeign = foreign.count >= 2
        // Scripts without spaces have long titles of one word.
        let isOtherScript = text.count(where: { $0 >= 0x80 }) >= 18
        result.isGeneric = (generic || words.count <= 2) && !isOtherScript
        result.prefixKey = StableHash.of(content.prefix(6).joined())
        result.suffixKey = StableHash.of(content.suffix(6).joined()) ^ 1
    }

    // MARK: Notes of indexers

    /// Takes off translation brackets, notes such as `[Review] [33 refs]` or `(Structured abstract)`, and marks of
    /// retraction, which are about the document and not of it.
    static func withoutNotes(_ title: [UInt8]) -> [UInt8] {
        var text = title[...]
        var changed = true
        while changed {
            changed = false
            while text.last == TextFolder.space || text.last == 0x3A { text.removeLast() }
            while text.first == TextFolder.space { text.removeFirst() }
            if let open = openingBracket(of: text) {
                let inside = text[(open + 1)..<(text.endIndex - 1)]
                if open == text.startIndex, text[open] == 0x5B {
                    text = inside
                    changed = true
                } else if isNote(inside), open > text.startIndex {
                    text = text[..<open]
                    changed = true
                }
            } else if let open = text.lastIndex(of: 0x5B), open > text.startIndex, !text[open...].contains(0x5D),
                isNote(text[(open + 1)...])
            {
                // A note that the source cut off before its bracket closed.
                text = text[..<open]
                changed = true
            }
            for suffix in noteSuffixes where text.count > suffix.count + 12 && text.reversed().starts(with: suffix) {
                text = text.dropLast(suffix.count)
                changed = true
            }
            for prefix in notePrefixes where text.count > prefix.count + 8 && text.starts(with: prefix) {
                text = text.dropFirst(prefix.count)
                changed = true
            }
        }
        return Array(text)
    }

    private static let noteSuffixes = [": original article", ": a review article"].map { Array($0.utf8.reversed()) }
    private static let notePrefixes = [
        "retracted:", "retracted :", "retracted article:", "retracted article :", "withdrawn:", "withdrawn :",
        "original article:", "(retracted)", "[retracted]", "retraction in:",
    ].map { Array($0.utf8) }

    /// Where the bracket opens that the text's last byte closes.
    private static func openingBracket(of text: ArraySlice<UInt8>) -> Int? {
        guard let close = text.last, close == 0x5D || close == 0x29 else { return nil }
        let open: UInt8 = close == 0x5D ? 0x5B : 0x28
        var depth = 0
        for index in text.indices.reversed() {
            if text[index] == close { depth += 1 }
            if text[index] == open {
                depth -= 1
                if depth == 0 { return index }
            }
        }
        return nil
    }

    static func isNote(_ content: ArraySlice<UInt8>) -> Bool {
        let text = content.drop { $0 == TextFolder.space }
        let words = text.split(separator: TextFolder.space).map(Array.init)
        guard let first = words.first else { return true }
        if words.count <= 3, Words.languages.contains(first) { return true }
        if words.count == 2, words[1] == Array("refs".utf8) || words[1] == Array("references".utf8) { return true }
        if words.count <= 3, first == Array("in".utf8), Words.languages.contains(words.last ?? []) { return true }
        return Words.trailer.contains { note in
            text.starts(with: note)
                && (text.count == note.count || !isLetter(text[text.startIndex + note.count])
                    || note == Array("retract".utf8) || note == Array("proceeding".utf8))
                && (words.count <= 4 || Self.longNotes.contains(note))
        }
    }

    /// Notes that go on with a citation.
    private static let longNotes = Set(
        [
            "erratum", "errata", "published erratum", "comment", "see comment", "retract", "correction", "corrected",
            "republished", "summary for patients", "expression of concern", "reprint", "original", "presented at",
        ].map { Array($0.utf8) })

    private static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }

    // MARK: Spelling

    /// Structure marks become spaces, numbers digits, British spelling American.
    static func normalised(_ text: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(text.count)
        var previous: [UInt8] = []
        let isWordByte = { (byte: UInt8) in
            !(byte == TextFolder.space || byte == 0x28 || byte == 0x29 || byte == 0x5B || byte == 0x5D || byte == 0x3A
                || byte == 0x3D)
        }
        for slice in text.split(whereSeparator: { !isWordByte($0) }) {
            let word = Array(slice)
            if !out.isEmpty { out.append(TextFolder.space) }
            if let digits = Words.numberWords[word] ?? Words.romanNumerals[word] {
                out.append(contentsOf: digits)
            } else if Words.numbered.contains(previous), let digits = Words.singleRomanNumerals[word] {
                out.append(contentsOf: digits)
            } else {
                spell(word, into: &out)
            }
            previous = word
        }
        return out
    }

    private static func spell(_ word: [UInt8], into out: inout [UInt8]) {
        var index = 0
        while index < word.count {
            let byte = word[index]
            let next = index + 1 < word.count ? word[index + 1] : 0
            // haemo-, oedema, tumour, randomised: the words stay distinct without the letters that differ.
            if byte == 0x61 || byte == 0x6F, next == 0x65, word.count > 4 {
                index += 1
                continue
            }
            if byte == 0x75, index > 0, word[index - 1] == 0x6F, next == 0x72, word.count > 4 {
                index += 1
                continue
            }
            if byte == 0x73, index > 1, word[index - 1] == 0x69, next == 0x65 || next == 0x69 || next == 0x61 {
                out.append(0x7A)
            } else {
                out.append(byte)
            }
            index += 1
        }
        // centre, fibre, litre
        if out.count >= 5, word.count >= 5, out.suffix(2).elementsEqual([0x72, 0x65]),
            out[out.count - 3] == 0x74 || out[out.count - 3] == 0x62
        {
            out.swapAt(out.count - 1, out.count - 2)
        }
    }
}
