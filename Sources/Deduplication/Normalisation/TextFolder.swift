/// Brings text of any source to one plain alphabet: `a-z`, `0-9`, letters of other scripts as they are, one space
/// between words. Accents, markup, Greek letters, typographic signs and doubly encoded UTF-8 all disappear, since
/// databases differ in every one of them.
package enum TextFolder {
    /// Punctuation that carries structure in titles and journal names.
    package enum Punctuation { case dropped, kept }

    static let space: UInt8 = 0x20

    /// Appends the folded form of `text`. With `.kept`, brackets, colons and equals signs stay, as `( ) [ ] : =`.
    static func fold(_ text: String, punctuation: Punctuation = .dropped, limit: Int = 4096, into out: inout [UInt8]) {
        var text = text
        text.withUTF8 { fold($0, punctuation: punctuation, limit: limit, into: &out) }
    }

    package static func folded(_ text: String, punctuation: Punctuation = .dropped) -> [UInt8] {
        var out: [UInt8] = []
        fold(text, punctuation: punctuation, into: &out)
        return out
    }

    /// `limit` bounds the bytes that are read: a title of a megabyte costs no more than a long one.
    static func fold(
        _ bytes: UnsafeBufferPointer<UInt8>, punctuation: Punctuation, limit: Int, into out: inout [UInt8]
    ) {
        let start = out.count
        let end = min(bytes.count, limit)
        var index = 0
        while index < end {
            let byte = bytes[index]
            if byte < 0x80 {
                index += 1
                switch byte {
                case 0x61...0x7A, 0x30...0x39: out.append(byte)
                case 0x41...0x5A: out.append(byte + 0x20)
                case 0x27, 0x60: break  // apostrophes: "patient's" is "patients"
                case 0x28, 0x29, 0x5B, 0x5D, 0x3A, 0x3D:
                    if punctuation == .kept { out.append(byte) } else { separate(&out, from: start) }
                case 0x3B:  // "Stroke; a journal of cerebral circulation"
                    if punctuation == .kept { out.append(0x3A) } else { separate(&out, from: start) }
                case 0x3C:
                    let skipped = markupLength(bytes, at: index - 1, end: end)
                    if skipped > 0 {
                        index += skipped - 1
                    } else {
                        separate(&out, from: start)
                        index += orEqualLength(bytes, at: index, end: end)
                    }
                case 0x3E:
                    separate(&out, from: start)
                    index += orEqualLength(bytes, at: index, end: end)
                case 0x26:
                    let (length, name) = entity(bytes, at: index - 1, end: end)
                    index += length - 1
                    if name.isEmpty { separate(&out, from: start) } else { word(name, &out, from: start) }
                default: separate(&out, from: start)
                }
                continue
            }
            let (scalar, length) = decode(bytes, at: index, end: bytes.count)
            index += length
            index += foldScalar(
                scalar, next: { decode(bytes, at: index + $0, end: bytes.count) }, into: &out, from: start)
        }
        if out.count > start, out[out.count - 1] == space { out.removeLast() }
    }

    private static func separate(_ out: inout [UInt8], from start: Int) {
        if out.count > start, out[out.count - 1] != space { out.append(space) }
    }

    private static func word(_ name: StaticString, _ out: inout [UInt8], from start: Int) {
        name.withUTF8Buffer { out.append(contentsOf: $0) }
    }

    private static func word(_ name: [UInt8], _ out: inout [UInt8], from start: Int) {
        if name == Array("and".utf8) { separate(&out, from: start) }
        out.append(contentsOf: name)
        if name == Array("and".utf8) { separate(&out, from: start) }
    }

    /// `<sub>`, `</i>`: the length of a tag at a position, 0 where `<` is a sign of its own.
    private static func markupLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, end: Int) -> Int {
        guard index + 2 < end else { return 0 }
        let next = bytes[index + 1] | 0x20
        guard next == 0x2F || (next >= 0x61 && next <= 0x7A) else { return 0 }
        var cursor = index + 2
        while cursor < end, cursor - index < 80 {
            if bytes[cursor] == 0x3E { return cursor - index + 1 }
            if bytes[cursor] == 0x3C { return 0 }
            cursor += 1
        }
        return 0
    }

    /// MEDLINE's way to write the signs for at least and at most in ASCII: `>or=`, `< or =`.
    private static func orEqualLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, end: Int) -> Int {
        var letters: [UInt8] = []
        for cursor in index..<min(end, index + 6) {
            if bytes[cursor] != space { letters.append(bytes[cursor] | 0x20) }
            if letters == [0x6F, 0x72, 0x3D] { return cursor - index + 1 }
        }
        return 0
    }

    /// `&amp;`, `&alpha;`: the length of an entity, and the letters it stands for (none for a sign).
    private static func entity(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, end: Int) -> (Int, [UInt8]) {
        var cursor = index + 1
        while cursor < end, cursor - index < 10, bytes[cursor] != 0x3B, isLetterOrDigit(bytes[cursor]) { cursor += 1 }
        guard cursor < end, bytes[cursor] == 0x3B, cursor > index + 1 else { return (1, Array("and".utf8)) }
        let name = bytes[(index + 1)..<cursor].map { $0 | 0x20 }
        let length = cursor - index + 1
        if name == Array("amp".utf8) { return (length, Array("and".utf8)) }
        return (length, FoldingTables.greekNames.contains(name) ? name : [])
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == 0x23
    }

    /// One scalar of well-formed UTF-8 (which `String` guarantees).
    private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, end: Int) -> (UInt32, Int) {
        guard index < end else { return (0, 0) }
        let first = bytes[index]
        func tail(_ offset: Int) -> UInt32 { index + offset < end ? UInt32(bytes[index + offset] & 0x3F) : 0 }
        if first < 0x80 { return (UInt32(first), 1) }
        if first < 0xE0 { return (UInt32(first & 0x1F) << 6 | tail(1), 2) }
        if first < 0xF0 { return (UInt32(first & 0x0F) << 12 | tail(1) << 6 | tail(2), 3) }
        return (UInt32(first & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4)
    }

    /// Folds a scalar beyond ASCII; gives how many further bytes it used up.
    private static func foldScalar(
        _ scalar: UInt32, next: (Int) -> (UInt32, Int), into out: inout [UInt8], from start: Int
    ) -> Int {
        // UTF-8 read as Windows-1252 and stored again: a quotation mark has become U+00E2 U+20AC and a third sign,
        // an accented letter U+00C3 and a sign of the upper half of Latin-1.
        if scalar == 0xE2 || scalar == 0xC2 || scalar == 0xC3 {
            let (following, length) = next(0)
            if scalar == 0xE2, following == 0x20AC {
                separate(&out, from: start)
                return length + next(length).1
            }
            if scalar != 0xE2, following >= 0x80, following <= 0xBF {
                let intended = (scalar & 0x1F) << 6 | (following & 0x3F)
                _ = foldScalar(intended, next: { _ in (0, 0) }, into: &out, from: start)
                return length
            }
        }
        if let letters = FoldingTables.latin(scalar) {
            out.append(contentsOf: letters)
            return 0
        }
        switch scalar {
        case 0x0300...0x036F, 0x00AD, 0x200B...0x200F, 0x2060, 0xFE00...0xFE0F, 0xFEFF: return 0
        case 0x2018, 0x2019, 0x02BC, 0x00B4, 0x2032: return 0
        case 0x0080...0x00BF, 0x2000...0x2BFF, 0x3000...0x303F, 0xFF00...0xFF0F, 0xFFFD: separate(&out, from: start)
        case 0xFF10...0xFF19: out.append(UInt8(scalar - 0xFF10 + 0x30))
        case 0xFF21...0xFF3A: out.append(UInt8(scalar - 0xFF21 + 0x61))
        case 0xFF41...0xFF5A: out.append(UInt8(scalar - 0xFF41 + 0x61))
        case 0x0410...0x042F: appendUTF8(scalar + 0x20, to: &out)  // Cyrillic capitals
        default: appendUTF8(scalar, to: &out)
        }
        return 0
    }

    private static func appendUTF8(_ scalar: UInt32, to out: inout [UInt8]) {
        guard let scalar = Unicode.Scalar(scalar) else { return }
        out.append(contentsOf: UTF8.encode(scalar) ?? Unicode.UTF8.encodedReplacementCharacter)
    }
}
