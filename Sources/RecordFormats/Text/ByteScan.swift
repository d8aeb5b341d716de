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
        guard let base = bytes.baseAddress, let first = bytes.first, let last = bytes.last, first > 0x20, last > 0x20
        else { return false }
        var at = 0
        // A blank must not be the last of them, so the byte after them is looked at too.
        while at + 17 <= bytes.count {
            let next = Sixteen(base, at + 1).bytes
            let blank = Sixteen.times(0x20)
            let length = Sixteen(base, at).first {
                ($0 .< blank) .| ($0 .>= Sixteen.times(0x7F)) .| (($0 .== blank) .& (next .== blank))
            }
            guard length == 16 else { return false }
            at += 16
        }
        while at < bytes.count {
            guard bytes[at] >= 0x20, bytes[at] < 0x7F, bytes[at] != 0x20 || bytes[at + 1] != 0x20 else { return false }
            at += 1
        }
        return true
    }
}
