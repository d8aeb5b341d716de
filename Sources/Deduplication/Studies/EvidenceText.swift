/// A text as the readers of study evidence see it: ASCII letters in lower case, every dash a hyphen, every space a
/// space, all else as it is.
struct EvidenceText {
    let bytes: [UInt8]

    /// Enough for any abstract; a full text would say too much of other studies.
    static let limit = 60_000

    init(_ text: String) {
        var out: [UInt8] = []
        out.reserveCapacity(min(text.utf8.count, Self.limit))
        for scalar in text.unicodeScalars {
            if out.count >= Self.limit { break }
            switch scalar.value {
            case 0x41...0x5A: out.append(UInt8(scalar.value) + 0x20)
            case 0x09, 0x0A, 0x0D, 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: out.append(0x20)
            case 0x2010...0x2015, 0x2212, 0xAD: out.append(0x2D)
            case 0xB7: out.append(0x2E)  // the Lancet's decimal point
            case 0..<0x80: out.append(UInt8(scalar.value))
            default: out.append(contentsOf: UTF8.encode(scalar) ?? Unicode.UTF8.encodedReplacementCharacter)
            }
        }
        bytes = out
    }

    func starts(_ text: StaticString, at index: Int) -> Bool {
        text.withUTF8Buffer { wanted in
            index + wanted.count <= bytes.count
                && (0..<wanted.count).allSatisfy { bytes[index + $0] == wanted[$0] }
        }
    }

    /// Whether a word begins at a position.
    func isWordStart(_ index: Int) -> Bool { index == 0 || !Self.isWordByte(bytes[index - 1]) }

    static func isWordByte(_ byte: UInt8) -> Bool { isDigit(byte) || (byte >= 0x61 && byte <= 0x7A) || byte >= 0x80 }
    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    /// How many digits stand at a position.
    func digits(at index: Int) -> Int {
        var cursor = index
        while cursor < bytes.count, Self.isDigit(bytes[cursor]) { cursor += 1 }
        return cursor - index
    }

    func skipping(_ skipped: Set<UInt8>, from index: Int, atMost limit: Int = 3) -> Int {
        var cursor = index
        while cursor < bytes.count, cursor - index < limit, skipped.contains(bytes[cursor]) { cursor += 1 }
        return cursor
    }

    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[max(0, range.lowerBound)..<min(bytes.count, range.upperBound)], as: UTF8.self)
    }

    /// A whole number with or without thousands separators; where it ends.
    func number(at index: Int) -> (value: Int, end: Int)? {
        var value = 0
        var cursor = index
        var digits = 0
        while cursor < bytes.count, digits < 9 {
            if Self.isDigit(bytes[cursor]) {
                value = value * 10 + Int(bytes[cursor] - 0x30)
                digits += 1
                cursor += 1
            } else if bytes[cursor] == 0x2C, digits > 0, self.digits(at: cursor + 1) == 3 {
                cursor += 1
            } else {
                break
            }
        }
        return digits > 0 ? (value, cursor) : nil
    }

    func contains(_ phrase: StaticString) -> Bool { position(of: phrase) != nil }

    func position(of phrase: StaticString) -> Int? {
        phrase.withUTF8Buffer { wanted -> Int? in
            guard let first = wanted.first, wanted.count <= bytes.count else { return nil }
            for index in 0...(bytes.count - wanted.count) where bytes[index] == first {
                if (1..<wanted.count).allSatisfy({ bytes[index + $0] == wanted[$0] }) { return index }
            }
            return nil
        }
    }
}
