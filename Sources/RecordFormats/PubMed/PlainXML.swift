extension PlainText {
    /// Whether bytes hold only characters that XML allows, in UTF-8, no `]]>`, and after every `&` one of the five names
    /// or the number of a character that XML allows.
    static func isPlainXML(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let signs = Signs(bytes)
        if signs.hasControl || signs.hasTwoBrackets { return false }
        if signs.hasAmpersand, !hasPlainReferences(bytes) { return false }
        return !signs.isBeyondASCII || hasXMLCharacters(bytes)
    }

    /// What stands anywhere in some bytes, found many bytes at a time.
    private struct Signs {
        var isBeyondASCII = false
        var hasControl = false
        var hasAmpersand = false
        var hasTwoBrackets = false

        init(_ bytes: UnsafeBufferPointer<UInt8>) {
            guard let base = bytes.baseAddress.map({ UnsafeRawPointer($0) }) else { return }
            typealias Lanes = SIMD32<UInt8>
            var all = Lanes(repeating: 0)
            var controls = Lanes(repeating: 0)
            var ampersands = Lanes(repeating: 0)
            var brackets = Lanes(repeating: 0)
            let one = Lanes(repeating: 1)
            let zero = Lanes(repeating: 0)
            var at = 0
            // One byte more than a step is read: the second bracket.
            while at + 33 <= bytes.count {
                let lanes = base.loadUnaligned(fromByteOffset: at, as: Lanes.self)
                let next = base.loadUnaligned(fromByteOffset: at + 1, as: Lanes.self)
                all |= lanes
                let isSpace = (lanes .== 0x0A) .| (lanes .== 0x09) .| (lanes .== 0x0D)
                controls |= zero.replacing(with: one, where: (lanes .< 0x20) .& .!isSpace)
                ampersands |= zero.replacing(with: one, where: lanes .== 0x26)
                brackets |= zero.replacing(with: one, where: (lanes .== 0x5D) .& (next .== 0x5D))
                at += 32
            }
            isBeyondASCII = all.max() >= 0x80
            hasControl = controls.max() > 0
            hasAmpersand = ampersands.max() > 0
            hasTwoBrackets = brackets.max() > 0
            while at < bytes.count {
                let byte = bytes[at]
                if byte >= 0x80 { isBeyondASCII = true }
                if byte < 0x20, byte != 0x0A, byte != 0x09, byte != 0x0D { hasControl = true }
                if byte == 0x26 { hasAmpersand = true }
                if byte == 0x5D, at + 1 < bytes.count, bytes[at + 1] == 0x5D { hasTwoBrackets = true }
                at += 1
            }
        }
    }

    private static let names: [[UInt8]] = ["lt;", "gt;", "amp;", "quot;", "apos;"].map { Array($0.utf8) }

    private static func hasPlainReferences(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var at = 0
        while let sign = bytes[at...].firstIndex(of: 0x26) {
            let rest = bytes[(sign + 1)...]
            at = sign + 1
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
