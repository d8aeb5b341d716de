import Foundation

/// Whether words stand in a piece of a record of XML, asked of its bytes before it is parsed. It may say yes where
/// parsing finds none of them, never no where parsing finds one: markup inside a word is stepped over, references are
/// read, capitals, accents and soft hyphens are folded as `WordFolding` does, and every element and attribute counts.
///
/// The bytes must be UTF-8 without comments, CDATA sections, processing instructions and entities of their own; records
/// that have any of these are to be parsed in any case.
package struct TraceSearch: Sendable {
    /// A run of letters and digits that must stand in the bytes once another one does.
    private struct Companion: Sendable {
        let letters: [UInt8]
        let places: Places
    }

    /// The runs to look for, one after the other, and where each of them lies.
    private let letters: [UInt8]
    private let runs: [Range<Int>]
    private let places: Places
    /// For each run what must stand in the bytes as well: for each term that has it, its words, but those that the run is.
    private let companions: [[[Companion]]]

    /// A shorter run stands in nearly every record.
    private static let shortestRun = 3

    /// - Parameter terms: the words of each term as patterns (`ketamin*`); a text holds a term only where it holds
    ///   every word of it.
    /// - Returns: nil where a term has no run of letters that is long enough to look for.
    init?(terms: [[String]]) {
        let terms = Set(terms.map { Set($0.compactMap(Self.letters)) })
        guard terms.allSatisfy({ !$0.isEmpty }), !terms.isEmpty else { return nil }
        // Where `ketamin` alone is enough, `norketamin` needs no look of its own.
        let enough = terms.compactMap { $0.count == 1 ? $0.first : nil }
        let needed = terms.filter { term in
            !enough.contains { word in term != [word] && term.contains { Self.holds($0, word) } }
        }
        // Each term is looked for by the rarest run of its words; then all of every word must stand there.
        var found: [[UInt8]: Set<[[UInt8]]>] = [:]
        for term in needed {
            let runs = term.map { (run: Self.run($0), word: $0) }
            guard let rarest = runs.min(by: { Self.isRarer($0.run, $1.run) }) else { return nil }
            let others = term.filter { $0 != rarest.run }.sorted { $0.lexicographicallyPrecedes($1) }
            found[rarest.run, default: []].insert(others)
        }
        let sought = found.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        var letters: [UInt8] = []
        runs = sought.map { run, _ in
            letters += run
            return letters.count - run.count..<letters.count
        }
        self.letters = letters
        places = Places(sought.map(\.key))
        companions = sought.map { _, terms in
            terms.contains([]) ? [[]] : terms.map { $0.map { Companion(letters: $0, places: Places([$0])) } }
        }
    }

    /// Whether one of the terms may stand in these bytes.
    package func mayStand(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        // Runs whose companions were looked for in vain.
        var lonely: Set<Int> = []
        return letters.withUnsafeBufferPointer { letters in
            places.contains(in: bytes) { at in
                guard case .letter(let first, _) = Self.step(bytes, at) else { return false }
                for (index, run) in runs.enumerated() where letters[run.lowerBound] == first {
                    guard Self.stands(UnsafeBufferPointer(rebasing: letters[run]), at: at, in: bytes),
                        !lonely.contains(index)
                    else { continue }
                    if companions[index].contains(where: { $0.allSatisfy { Self.stands($0, in: bytes) } }) {
                        return true
                    }
                    lonely.insert(index)
                }
                return false
            }
        }
    }

    private static func stands(_ companion: Companion, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        companion.letters.withUnsafeBufferPointer { letters in
            companion.places.contains(in: bytes) { stands(letters, at: $0, in: bytes) }
        }
    }

    // MARK: One place

    private enum Step {
        case letter(UInt8, Int)
        case ignored(Int)
        case end
    }

    private static func stands(
        _ word: UnsafeBufferPointer<UInt8>, at start: Int, in bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        var at = start
        var index = 0
        while index < word.count {
            guard at < bytes.count else { return false }
            switch step(bytes, at) {
            case .letter(word[index], let size):
                index += 1
                at += size
            case .ignored(let size): at += size
            case .letter, .end: return false
            }
        }
        return true
    }

    private static func holds(_ word: [UInt8], _ part: [UInt8]) -> Bool {
        word.indices.contains { word[$0...].starts(with: part) }
    }

    private static func step(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Step {
        switch bytes[at] {
        case UInt8(ascii: "<"):
            // Markup inside a word, or between two elements; the second only lets more through.
            guard let end = bytes[at...].firstIndex(of: UInt8(ascii: ">")) else { return .end }
            return .ignored(end + 1 - at)
        case UInt8(ascii: "&"): return reference(bytes, at)
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

    /// Letters by their share of English text in thousandths, rounded; digits are in every date and number.
    private static let frequency: [UInt8: Int] = {
        let letters = Array("etaoinshrdlcumwfgypbvkjxqz".utf8)
        let shares = [
            120, 91, 81, 77, 73, 70, 63, 59, 60, 43, 40, 27, 29, 26, 21, 23, 20, 21, 18, 15, 11, 7, 2, 2, 1, 1,
        ]
        return Dictionary(uniqueKeysWithValues: zip(letters, shares)).merging(
            (UInt8(ascii: "0")...UInt8(ascii: "9")).map { ($0, 100) }
        ) { letter, _ in letter }
    }()

    /// How often two letters may be expected to stand together.
    private static func share(_ first: UInt8, _ second: UInt8) -> Int {
        (frequency[first] ?? 0) * (frequency[second] ?? 0)
    }

    /// Whether fewer places are to be expected of the first; among equals the order is fixed.
    private static func isRarer(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        let (left, right) = (share(a[0], a[1]), share(b[0], b[1]))
        if left != right { return left < right }
        return a.count != b.count ? a.count > b.count : a.lexicographicallyPrecedes(b)
    }

    /// The plain letters and digits of a pattern, `ketamin` of `ketamin*`; nil where they are too few to look for.
    private static func letters(_ pattern: String) -> [UInt8]? {
        let pieces = pattern.utf8.split { frequency[$0] == nil }.map(Array.init)
        guard let longest = pieces.max(by: { $0.count < $1.count }), longest.count >= shortestRun else { return nil }
        return longest
    }

    /// The end of a word, beginning with two rare letters, so that few places are looked at: `pression` of `depression`.
    private static func run(_ word: [UInt8]) -> [UInt8] {
        let starts = 0...max(0, word.count - 5)
        let start = starts.min { share(word[$0], word[$0 + 1]) < share(word[$1], word[$1 + 1]) }
        return Array(word[(start ?? 0)...])
    }
}
