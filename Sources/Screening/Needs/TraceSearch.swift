import Foundation

/// Whether words stand in a record of XML, asked of its bytes before it is parsed. It may say yes where parsing finds
/// none of them, never no where parsing finds one: markup inside a word is stepped over, references are read, capitals,
/// accents and soft hyphens are folded as `WordFolding` does, and every element and attribute of the record counts.
///
/// The bytes must be UTF-8 without comments, CDATA sections, processing instructions and entities of their own; records
/// that have any of these are to be parsed in any case.
package struct TraceSearch: Sendable {
    /// Of each word a run of letters and digits, from its rarest letter on; grouped by their first letter.
    private let runs: [(first: UInt8, letters: [[UInt8]])]
    /// First bytes of the characters beyond ASCII that fold to one of the first letters.
    private let leads: [UInt8]

    /// A shorter run stands in nearly every record.
    private static let shortestRun = 3
    private static let ampersand = UInt8(ascii: "&")

    /// - Parameter terms: the words of each term as patterns (`ketamin*`); a record holds a term only where it holds
    ///   every word of it.
    /// - Returns: nil where a term has no run of letters that is long enough to look for.
    init?(terms: [[String]]) {
        var found: [UInt8: Set<[UInt8]>] = [:]
        for term in terms {
            guard let run = term.compactMap(Self.run).min(by: Self.isRarer), let first = run.first else { return nil }
            found[first, default: []].insert(run)
        }
        guard !found.isEmpty else { return nil }
        runs = found.sorted { $0.key < $1.key }.map { first, letters in
            (first, letters.sorted { $0.lexicographicallyPrecedes($1) })
        }
        leads = Self.leads(of: Set(found.keys))
    }

    /// Whether one of the words may stand in these bytes.
    package func mayStand(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        for (first, letters) in runs {
            if stands(letters, atEach: first, in: bytes) { return true }
            let capital = first & 0xDF
            if first >= UInt8(ascii: "a"), stands(letters, atEach: capital, in: bytes) { return true }
            if stands(letters, atEach: Self.ampersand, in: bytes) { return true }
            for lead in leads where stands(letters, atEach: lead, in: bytes) { return true }
        }
        return false
    }

    private func stands(_ words: [[UInt8]], atEach byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = bytes.baseAddress else { return false }
        var at = 0
        while at < bytes.count, let hit = memchr(base + at, Int32(byte), bytes.count - at) {
            at = UnsafeRawPointer(hit) - UnsafeRawPointer(base)
            for word in words where Self.stands(word, at: at, in: bytes) { return true }
            at += 1
        }
        return false
    }

    // MARK: One place

    private enum Step {
        case letter(UInt8, Int)
        case ignored(Int)
        case end
    }

    private static func stands(_ word: [UInt8], at start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var at = start
        var index = 0
        while index < word.count {
            guard at < bytes.count else { return false }
            switch step(bytes, at) {
            case .letter(let letter, let size):
                guard letter == word[index] else { return false }
                index += 1
                at += size
            case .ignored(let size): at += size
            case .end: return false
            }
        }
        return true
    }

    private static func step(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Step {
        switch bytes[at] {
        case UInt8(ascii: "<"):
            // Markup inside a word, or between two elements; the second only lets more through.
            guard let end = bytes[at...].firstIndex(of: UInt8(ascii: ">")) else { return .end }
            return .ignored(end + 1 - at)
        case ampersand: return reference(bytes, at)
        default: return folded(bytes, at)
        }
    }

    private static func folded(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Step {
        // Two signs that composing turns into letters: the Kelvin and the Angstrom sign.
        if bytes[at] == 0xE2, at + 2 < bytes.count, bytes[at + 1] == 0x84 {
            if bytes[at + 2] == 0xAA { return .letter(UInt8(ascii: "k"), 3) }
            if bytes[at + 2] == 0xAB { return .letter(UInt8(ascii: "a"), 3) }
        }
        switch WordFolding.step(bytes, at) {
        case .letter(let letter, let size): return .letter(letter, size)
        case .ignored(let size): return .ignored(size)
        case .letters, .separator: return .end
        }
    }

    /// `&#107;` or `&#x6B;`; the five named ones separate words.
    private static func reference(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Step {
        guard at + 2 < bytes.count, bytes[at + 1] == UInt8(ascii: "#"),
            let end = bytes[at...].firstIndex(of: UInt8(ascii: ";"))
        else { return .end }
        let isHexadecimal = bytes[at + 2] == UInt8(ascii: "x")
        let digits = String(decoding: bytes[(at + (isHexadecimal ? 3 : 2))..<end], as: UTF8.self)
        guard let value = UInt32(digits, radix: isHexadecimal ? 16 : 10), let scalar = Unicode.Scalar(value) else {
            return .end
        }
        let size = end + 1 - at
        return Array(String(Character(scalar)).utf8).withUnsafeBufferPointer { spelling in
            switch folded(spelling, 0) {
            case .letter(let letter, _): .letter(letter, size)
            case .ignored: .ignored(size)
            case .end: .end
            }
        }
    }

    // MARK: What to look for

    /// Letters from the most to the least frequent in English and in the names of PubMed's elements; digits are in every
    /// date and number.
    private static let frequency = Array("0123456789etaionrslcdumhpgfybwvkxzjq".utf8)

    private static func rarity(_ letter: UInt8) -> Int { frequency.firstIndex(of: letter) ?? 0 }

    private static func isRarer(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        let (left, right) = (rarity(a.first ?? 0), rarity(b.first ?? 0))
        return left != right ? left > right : a.count > b.count
    }

    /// The part of a pattern to look for: plain letters and digits, beginning with a rare one, so that few places are
    /// looked at; `esketamin*` is looked for as `ketamin`.
    private static func run(_ pattern: String) -> [UInt8]? {
        let pieces = pattern.utf8.split { !frequency.contains($0) }.map(Array.init)
        guard let longest = pieces.max(by: { $0.count < $1.count }), longest.count >= shortestRun else { return nil }
        let starts = 0...max(0, longest.count - 5)
        guard let start = starts.max(by: { rarity(longest[$0]) < rarity(longest[$1]) }) else { return nil }
        return Array(longest[start...])
    }

    private static func leads(of firsts: Set<UInt8>) -> [UInt8] {
        func has(_ letters: String) -> Bool { letters.utf8.contains { firsts.contains($0) } }
        // Latin-1's accented letters, the micro sign, and the two signs above.
        return (has("aceidnoutsy") ? [0xC3] : []) + (has("u") ? [0xC2] : []) + (has("ka") ? [0xE2] : [])
    }
}
