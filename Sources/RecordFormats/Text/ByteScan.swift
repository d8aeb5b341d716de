import Foundation

/// Questions about many bytes, asked of sixteen at a time.
enum ByteScan {
    /// Where a byte stands first from `start` on; the end where it does not.
    static func first(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        guard let base = bytes.baseAddress, start < bytes.count,
            let hit = memchr(base + start, Int32(byte), bytes.count - start)
        else { return bytes.count }
        return UnsafeRawPointer(hit) - UnsafeRawPointer(base)
    }

    /// Where the first line feed or carriage return stands from `start` on; the end where none does.
    static func lineEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        guard let base = bytes.baseAddress else { return start }
        var at = start
        while at + 16 <= bytes.count {
            // A branch, not a sum, so that the processor may go on before it knows.
            let length = Sixteen(base, at).first { ($0 .== Sixteen.times(0x0A)) .| ($0 .== Sixteen.times(0x0D)) }
            if length < 16 { return at + length }
            at += 16
        }
        while at < bytes.count, bytes[at] != 0x0A, bytes[at] != 0x0D { at += 1 }
        return at
    }

    /// How many bytes from `start` on are ASCII for sure; perhaps a few more are.
    static func asciiPrefix(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let raw = UnsafeRawBufferPointer(bytes)
        var at = start
        while at + 16 <= bytes.count {
            let halves = raw.loadUnaligned(fromByteOffset: at, as: SIMD2<UInt64>.self)
            if (halves[0] | halves[1]) & 0x8080_8080_8080_8080 != 0 { break }
            at += 16
        }
        return at - start
    }

    /// Whether bytes are printable ASCII with single blanks between words, as most values are.
    static func isPlainASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let last = bytes.last, last > 0x20 else { return false }
        return endOfPlain(bytes, from: 0) == bytes.count
    }

    /// Where the first byte from `start` on stands that is not printable ASCII, or is a blank that stands first of all or
    /// after another; the end where none does.
    @inline(never)
    static func endOfPlain(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        guard let base = bytes.baseAddress else { return start }
        let end = bytes.count
        var at = start
        if at == 0 {
            guard end > 0, base[0] != 0x20, isPrintable(base[0]) else { return 0 }
            at = 1
        }
        // Every byte is looked at together with the one before it.
        while at + 16 <= end {
            let blank = Sixteen.times(0x20)
            let before = Sixteen(base, at - 1).bytes
            let length = Sixteen(base, at).first {
                ($0 .< blank) .| ($0 .>= Sixteen.times(0x7F)) .| (($0 .== blank) .& (before .== blank))
            }
            guard length == 16 else { return at + length }
            at += 16
        }
        if at + 8 <= end, isPlainWord(base, at) { at += 8 }
        while at < end, isPrintable(base[at]), base[at] != 0x20 || base[at - 1] != 0x20 { at += 1 }
        return at
    }

    @inline(__always)
    private static func isPrintable(_ byte: UInt8) -> Bool { byte >= 0x20 && byte < 0x7F }

    /// As `endOfPlain` looks at them, eight bytes.
    @inline(__always)
    private static func isPlainWord(_ base: UnsafePointer<UInt8>, _ start: Int) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let word = UnsafeRawPointer(base).loadUnaligned(fromByteOffset: start, as: UInt64.self).littleEndian
        // The highest bit of each byte tells; the bytes are ASCII where these words are to be trusted.
        let isControl = (word &- ones &* 0x20) & ~word
        let delete = word ^ (ones &* 0x7F)
        let isDelete = (delete &- ones) & ~delete
        let isBlank = ~((word ^ (ones &* 0x20)) &+ ones &* 0x7F)
        let isSecondBlank = isBlank & (isBlank << 8 | (base[start - 1] == 0x20 ? 0x80 : 0))
        return (word | isControl | isDelete | isSecondBlank) & (ones &* 0x80) == 0
    }
}
