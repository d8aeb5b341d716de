/// How texts and queries are cut into words: letters and digits, in lower case, accents taken off; everything else
/// (space, hyphen, dash, apostrophe, slash) separates. So `Treatment-resistant` and `treatment resistant` are the
/// same two words, as they are for PubMed.
enum WordFolding {
    /// What the bytes at one place are.
    enum Step {
        /// A letter or digit, folded to one byte, and the bytes it took.
        case letter(UInt8, Int)
        /// A letter outside the folded alphabets (Greek, Chinese ...): kept as its bytes.
        case letters(Int)
        /// Nothing that separates: a soft hyphen, a combining accent.
        case ignored(Int)
        case separator(Int)
    }

    /// Reads one character. `bytes` need not be valid UTF-8; what is not, separates.
    @inline(__always)
    static func step(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Step {
        let first = bytes[at]
        if first < 0x80 {
            if (first | 0x20) &- UInt8(ascii: "a") < 26 { return .letter(first | 0x20, 1) }
            return first &- UInt8(ascii: "0") < 10 ? .letter(first, 1) : .separator(1)
        }
        return beyondASCII(bytes, at, first)
    }

    /// Longer "words" are sequences or addresses; only their beginning is held against patterns.
    private static let longestWord = 64

    /// One word as patterns are written.
    static func folded(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var word: [UInt8] = []
        var at = 0
        while at < bytes.count, word.count < longestWord {
            switch step(bytes, at) {
            case .letter(let byte, let size):
                word.append(byte)
                at += size
            case .letters(let size):
                word.append(contentsOf: bytes[at..<at + size])
                at += size
            case .ignored(let size), .separator(let size): at += size
            }
        }
        return word
    }

    private static func beyondASCII(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ first: UInt8) -> Step {
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1
        guard length > 1, at + length <= bytes.count else { return .separator(1) }
        let second = bytes[at + 1]
        switch first {
        case 0xC2:
            if second == 0xAD { return .ignored(2) }
            // The micro sign is written u as often.
            return second == 0xB5 ? .letter(UInt8(ascii: "u"), 2) : .separator(2)
        case 0xC3:
            let folded = latin1[Int(second & 0x3F)]
            return folded == 0 ? .separator(2) : .letter(folded, 2)
        case 0xCC, 0xCD: return .ignored(2)
        case 0xE2: return .separator(3)
        case 0xE3 where second == 0x80: return .separator(3)
        case 0xEF: return .separator(3)
        default: return length == 4 ? .separator(4) : .letters(length)
        }
    }

    /// U+00C0...U+00FF without their accents.
    private static let latin1: [UInt8] = Array(
        "aaaaaaaceeeeiiiidnooooo\0ouuuuytsaaaaaaaceeeeiiiidnooooo\0ouuuuyty".utf8
    )
    .map { $0 }
}

/// One word of a query: folded letters with `*` (any letters, or none) and `?` (exactly one).
enum WordPattern {
    static let star = UInt8(ascii: "*")
    static let one = UInt8(ascii: "?")

    /// The words of a term as patterns: `Treatment-resist*` gives `treatment`, `resist*`.
    static func words(of text: String) -> [String] {
        var words: [String] = []
        var word: [UInt8] = []
        var text = text
        text.withUTF8 { bytes in
            var at = 0
            while at < bytes.count {
                if bytes[at] == star || bytes[at] == one {
                    word.append(bytes[at])
                    at += 1
                    continue
                }
                switch WordFolding.step(bytes, at) {
                case .letter(let byte, let length):
                    word.append(byte)
                    at += length
                case .letters(let length):
                    word.append(contentsOf: bytes[at..<at + length])
                    at += length
                case .ignored(let length): at += length
                case .separator(let length):
                    if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
                    word.removeAll()
                    at += length
                }
            }
        }
        if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        return words
    }

    /// `*` or `a*`: a search for nearly everything.
    static func isTooShort(_ word: String) -> Bool {
        guard word.utf8.contains(star) else { return word.utf8.allSatisfy { $0 == one } }
        return word.utf8.count { $0 != star && $0 != one } < 3
    }

    /// Whether a word fits a pattern with `*` and `?`; both folded.
    static func fits(_ word: [UInt8], _ pattern: [UInt8]) -> Bool {
        var w = 0
        var p = 0
        var retryPattern = -1
        var retryWord = 0
        while w < word.count {
            if p < pattern.count, pattern[p] == star {
                retryPattern = p
                retryWord = w
                p += 1
            } else if p < pattern.count, pattern[p] == one || pattern[p] == word[w] {
                p += 1
                w += 1
            } else if retryPattern >= 0 {
                retryWord += 1
                w = retryWord
                p = retryPattern + 1
            } else {
                return false
            }
        }
        while p < pattern.count, pattern[p] == star { p += 1 }
        return p == pattern.count
    }
}
