import Foundation

extension PlainText {
    /// Whether bytes hold only characters that XML allows, in UTF-8, no `]]>`, and after every `&` one of the five names
    /// or the number of a character that XML allows.
    static func isPlainXML(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let isBeyondASCII = isBeyondASCII(bytes), !hasTwoBrackets(bytes), hasPlainReferences(bytes) else {
            return false
        }
        return !isBeyondASCII || hasXMLCharacters(bytes)
    }

    /// Nil where control characters stand there that XML does not allow. Eight bytes are looked at together.
    private static func isBeyondASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool? {
        let raw = UnsafeRawBufferPointer(bytes)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highest = ones &* 0x80
        let others = ones &* 0x7F
        var all: UInt64 = 0
        var at = 0
        while at + 8 <= bytes.count {
            let word = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            all |= word
            // The highest bit of each byte: set where the byte is below 0x20, or where it is a line feed.
            let isControl = ~(((word & others) &+ ones &* 0x60) | word) & highest
            let difference = word ^ (ones &* 0x0A)
            let isLineFeed = ~(((difference & others) &+ others) | difference) & highest
            if isControl & ~isLineFeed != 0, hasControl(bytes[at..<at + 8]) { return nil }
            at += 8
        }
        let rest = bytes[at...]
        return hasControl(rest) ? nil : all & highest != 0 || rest.contains { $0 >= 0x80 }
    }

    private static func hasControl(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        bytes.contains { $0 < 0x20 && $0 != 0x0A && $0 != 0x09 && $0 != 0x0D }
    }

    /// `]]` may begin `]]>`, which no text may hold.
    private static func hasTwoBrackets(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = bytes.baseAddress else { return false }
        var at = 0
        while at < bytes.count, let hit = memchr(base + at, 0x5D, bytes.count - at) {
            at = UnsafeRawPointer(hit) - UnsafeRawPointer(base) + 1
            if at < bytes.count, bytes[at] == 0x5D { return true }
        }
        return false
    }

    private static let names: [[UInt8]] = ["lt;", "gt;", "amp;", "quot;", "apos;"].map { Array($0.utf8) }

    private static func hasPlainReferences(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = bytes.baseAddress else { return true }
        var at = 0
        while at < bytes.count, let hit = memchr(base + at, 0x26, bytes.count - at) {
            at = UnsafeRawPointer(hit) - UnsafeRawPointer(base) + 1
            let rest = bytes[at...]
            if rest.first == UInt8(ascii: "#") {
                guard isNumberOfCharacter(rest.dropFirst()) else { return false }
            } else if !names.contains(where: { rest.starts(with: $0) }) {
                return false
            }
        }
        return true
    }

    /// `107;` or `x6B;`
    private static func isNumberOfCharacter(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard let end = text.prefix(10).firstIndex(of: UInt8(ascii: ";")) else { return false }
        let isHexadecimal = text.first == UInt8(ascii: "x")
        let digits = text[..<end].dropFirst(isHexadecimal ? 1 : 0)
        let isNumber = digits.allSatisfy { byte in
            (byte >= 0x30 && byte <= 0x39) || (isHexadecimal && byte | 0x20 >= 0x61 && byte | 0x20 <= 0x66)
        }
        guard isNumber, let value = UInt32(String(decoding: digits, as: UTF8.self), radix: isHexadecimal ? 16 : 10)
        else { return false }
        return isXMLCharacter(value)
    }

    private static func isXMLCharacter(_ value: UInt32) -> Bool {
        value == 0x09 || value == 0x0A || value == 0x0D || (value >= 0x20 && value <= 0xD7FF)
            || (value >= 0xE000 && value <= 0xFFFD) || (value >= 0x10000 && value <= 0x10FFFF)
    }

    private static func hasXMLCharacters(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = bytes.baseAddress else { return true }
        let raw = UnsafeRawPointer(base)
        var at = 0
        while at < bytes.count {
            if at + 8 <= bytes.count,
                raw.loadUnaligned(fromByteOffset: at, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
            {
                at += 8
                continue
            }
            let lead = base[at]
            guard lead >= 0x80 else {
                at += 1
                continue
            }
            let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
            guard lead >= 0xC2, lead <= 0xF4, at + length <= bytes.count else { return false }
            var value = UInt32(lead) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
            for offset in 1..<length {
                guard base[at + offset] & 0xC0 == 0x80 else { return false }
                value = value << 6 | UInt32(base[at + offset] & 0x3F)
            }
            guard value >= (length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000), isXMLCharacter(value) else {
                return false
            }
            at += length
        }
        return true
    }
}
