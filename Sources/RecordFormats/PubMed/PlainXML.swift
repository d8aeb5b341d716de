extension PlainText {
    /// Where the next `<` stands, `limit` where none does; nil where something stands before it that is no plain text of
    /// XML: characters that XML does not allow or that are not UTF-8, `]]`, and any `&` but before one of the five names
    /// or the number of a character that XML allows.
    ///
    /// - Parameter hasReferences: becomes true where `&` stands in the text.
    @inline(__always)
    static func endOfPlainText(
        _ base: UnsafePointer<UInt8>, _ start: Int, _ limit: Int, _ hasReferences: inout Bool
    ) -> Int? {
        var at = start
        while at + 16 <= limit {
            let distance = Sixteen(base, at).first(unusual)
            // A branch lets the processor go on before it knows; adding sixteen by way of the sum makes it wait.
            if distance == 16 {
                at += 16
                continue
            }
            at += distance
            if base[at] == UInt8(ascii: "<") { return at }
            if base[at] == UInt8(ascii: "&") { hasReferences = true }
            guard let end = endOfUnusual(base, at, limit) else { return nil }
            at = end
        }
        while at < limit, base[at] != UInt8(ascii: "<") {
            if base[at] == UInt8(ascii: "&") { hasReferences = true }
            guard let end = endOfUnusual(base, at, limit) else { return nil }
            at = end
        }
        return at
    }

    /// The bytes that need a closer look.
    @inline(__always)
    private static func unusual(_ bytes: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> {
        (((bytes &- Sixteen.times(0x20)) .>= Sixteen.times(0x60)) .^ (bytes .== Sixteen.times(0x0A)))
            .| (bytes .== Sixteen.times(UInt8(ascii: "<"))) .| (bytes .== Sixteen.times(UInt8(ascii: "&")))
            .| (bytes .== Sixteen.times(UInt8(ascii: "]")))
    }

    /// After a character, and those beyond ASCII that follow it; nil where something stands that plain XML does not have.
    /// Kept out of the loop above, which is short for that.
    @inline(never)
    static func endOfUnusual(_ base: UnsafePointer<UInt8>, _ start: Int, _ limit: Int) -> Int? {
        let bytes = UnsafeBufferPointer(start: base, count: limit)
        guard let length = lengthOfCharacter(bytes, start) else { return nil }
        var at = start + length
        while at < limit, base[at] >= 0x80 {
            guard let length = lengthBeyondASCII(bytes, at) else { return nil }
            at += length
        }
        return at
    }

    /// How many bytes to go on by; nil where something stands that plain XML does not have.
    private static func lengthOfCharacter(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int? {
        switch bytes[at] {
        case 0x80...: return lengthBeyondASCII(bytes, at)
        case UInt8(ascii: "&"): return isReference(bytes[(at + 1)...]) ? 1 : nil
        // It may begin `]]>`, which no text may hold.
        case UInt8(ascii: "]"): return at + 1 < bytes.count && bytes[at + 1] == UInt8(ascii: "]") ? nil : 1
        case 0x09, 0x0A, 0x0D, 0x20...: return 1
        default: return nil
        }
    }

    private static let names: [[UInt8]] = ["lt;", "gt;", "amp;", "quot;", "apos;"].map { Array($0.utf8) }

    /// What follows `&`.
    private static func isReference(_ rest: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        if rest.first == UInt8(ascii: "#") { return isNumberOfCharacter(rest.dropFirst()) }
        return names.contains { rest.starts(with: $0) }
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

    /// The bytes of a character; nil where it is not UTF-8, or none that XML allows.
    private static func lengthBeyondASCII(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int? {
        let lead = bytes[at]
        // Two bytes, as the alphabets of Europe have: whatever they are, XML allows it.
        if lead >= 0xC2, lead < 0xE0 { return at + 1 < bytes.count && bytes[at + 1] & 0xC0 == 0x80 ? 2 : nil }
        let length = lead >= 0xF0 ? 4 : 3
        guard lead >= 0xE0, lead <= 0xF4, at + length <= bytes.count else { return nil }
        var value = UInt32(lead) & (length == 3 ? 0x0F : 0x07)
        for offset in 1..<length {
            guard bytes[at + offset] & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(bytes[at + offset] & 0x3F)
        }
        guard value >= (length == 3 ? 0x800 : 0x10000), isXMLCharacter(value) else { return nil }
        return length
    }
}
