import Foundation

/// Makes the plain text of a record's field out of the bytes of a source: white space collapsed, composed to NFC.
///
/// White space is what Unicode calls so (`White_Space`: line ends, tabs, no-break, thin and ideographic spaces, not the
/// zero-width ones); a run of it becomes one blank, at the ends nothing. No other character is changed or dropped,
/// except that bytes which are not UTF-8 become U+FFFD.
package enum PlainText {
    /// Nil where nothing but white space is left.
    package static func string(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        var plain: [UInt8] = []
        return string(bytes, scratch: &plain)
    }

    package static func string(_ text: String) -> String? {
        var text = text
        return text.withUTF8 { string($0) }
    }

    /// As `string(_:)`, with memory that is used again and again.
    ///
    /// - Parameter isUTF8: whether the bytes are known to be UTF-8.
    static func string(
        _ bytes: UnsafeBufferPointer<UInt8>, isUTF8: Bool = false, scratch plain: inout [UInt8]
    ) -> String? {
        if let text = unchanged(bytes, isUTF8: isUTF8) { return text }
        plain.removeAll(keepingCapacity: true)
        var mayNeedComposing = false
        var pendingBlank = false
        var index = 0
        // Runs of text that stay as they are, copied at once.
        var runStart = 0
        while index < bytes.count {
            let byte = bytes[index]
            let space: Int
            if byte < 0x80 {
                space = byte <= 0x20 && (byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)) ? 1 : 0
            } else {
                space = byte == 0xC2 || (byte >= 0xE1 && byte <= 0xE3) ? widthOfSpace(bytes, index) : 0
                if byte >= 0xCC, space == 0, !mayNeedComposing { mayNeedComposing = !isComposed(bytes, index) }
            }
            guard space > 0 else {
                index += 1
                continue
            }
            // One blank between words is the usual case and stays in the run.
            if byte == 0x20, index + 1 < bytes.count, bytes[index + 1] > 0x20, bytes[index + 1] < 0x80, index > runStart
            {
                index += 1
                continue
            }
            if index > runStart {
                if pendingBlank, !plain.isEmpty { plain.append(0x20) }
                plain.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[runStart..<index]))
                pendingBlank = false
            }
            pendingBlank = true
            index += space
            runStart = index
        }
        if index > runStart {
            if pendingBlank, !plain.isEmpty { plain.append(0x20) }
            plain.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[runStart..<index]))
        }
        guard !plain.isEmpty else { return nil }
        let text =
            isUTF8
            ? plain.withUnsafeBufferPointer { String(valid: $0, isASCII: false) }
            : String(decoding: plain, as: UTF8.self)
        return mayNeedComposing ? text.precomposedStringWithCanonicalMapping : text
    }

    /// The usual case, without a copy: single blanks between words and nothing that needs composing. Nil for all others.
    private static func unchanged(_ bytes: UnsafeBufferPointer<UInt8>, isUTF8: Bool) -> String? {
        var at = ByteScan.endOfPlain(bytes, from: 0)
        let isASCII = at == bytes.count
        while at < bytes.count {
            let byte = bytes[at]
            // A control character, or a blank that stands first or after another.
            if byte <= 0x20 { return nil }
            if byte == 0xC2 || (byte >= 0xE1 && byte <= 0xE3), widthOfSpace(bytes, at) > 0 { return nil }
            if byte >= 0xCC, !isComposed(bytes, at) { return nil }
            at += 1
            while at < bytes.count, bytes[at] >= 0x80, bytes[at] < 0xC0 { at += 1 }
            at = ByteScan.endOfPlain(bytes, from: at)
        }
        guard let last = bytes.last, last > 0x20 else { return nil }
        return isASCII || isUTF8 ? String(valid: bytes, isASCII: isASCII) : String(decoding: bytes, as: UTF8.self)
    }

    /// Length in bytes of the white space that begins with a byte of 0x80 or more; 0 where there is none.
    private static func widthOfSpace(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        let second = index + 1 < bytes.count ? bytes[index + 1] : 0
        if bytes[index] == 0xC2 { return second == 0xA0 || second == 0x85 ? 2 : 0 }
        let third = index + 2 < bytes.count ? bytes[index + 2] : 0
        switch (bytes[index], second) {
        case (0xE1, 0x9A): return third == 0x80 ? 3 : 0
        case (0xE2, 0x80):
            // U+2000...U+200A, U+2028, U+2029, U+202F
            return (third >= 0x80 && third <= 0x8A) || third == 0xA8 || third == 0xA9 || third == 0xAF ? 3 : 0
        case (0xE2, 0x81): return third == 0x9F ? 3 : 0
        case (0xE3, 0x80): return third == 0x80 ? 3 : 0
        default: return 0
        }
    }

    /// Whether the character that begins here is surely composed already (quick check of Unicode Standard Annex 15,
    /// on ranges that scientific texts use). False costs a slower, exact look at the whole text.
    private static func isComposed(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        let lead = bytes[index]
        func trail(_ distance: Int) -> UInt32 {
            index + distance < bytes.count ? UInt32(bytes[index + distance] & 0x3F) : 0
        }
        switch lead {
        case 0xCC...0xDF: return isComposed(UInt32(lead & 0x1F) << 6 | trail(1))
        case 0xE0...0xEF: return isComposed(UInt32(lead & 0x0F) << 12 | trail(1) << 6 | trail(2))
        default: return false
        }
    }

    static func isComposed(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0..<0x300, 0x2010...0x2125, 0x212C...0x2328, 0x232B...0x2ADB: true
        // Scripts of East Asia, without their own combining marks.
        case 0x3001...0x3029, 0x3030...0x3098, 0x309B...0x9FFF, 0xAC00...0xD7A3, 0xFF00...0xFFEF: true
        case 0x374, 0x37E, 0x387: false
        case 0x370...0x482: true
        default: false
        }
    }
}
