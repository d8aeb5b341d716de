extension UnsafePointer<UInt8> {
    /// Where a byte of ASCII stands next; `end` where it does not.
    @inline(__always)
    func find(_ sign: Unicode.Scalar, from start: Int, to end: Int) -> Int {
        let byte = UInt8(truncatingIfNeeded: sign.value)
        var at = start
        while at + 16 <= end {
            // A branch, not a sum, so that the processor may go on before it knows.
            let length = Sixteen(self, at).first { $0 .== Sixteen.times(byte) }
            if length < 16 { return at + length }
            at += 16
        }
        while at < end, self[at] != byte { at += 1 }
        return at
    }

    /// Where a byte of ASCII stands last before an offset; nil where it does not.
    @inline(__always)
    func findLast(_ sign: Unicode.Scalar, before end: Int) -> Int? {
        let byte = UInt8(truncatingIfNeeded: sign.value)
        let pattern = UInt64(byte) &* 0x0101_0101_0101_0101
        let raw = UnsafeRawPointer(self)
        var at = end
        while at > 0 {
            if at >= 8 {
                let word = raw.loadUnaligned(fromByteOffset: at - 8, as: UInt64.self) ^ pattern
                if (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 == 0 {
                    at -= 8
                    continue
                }
            }
            at -= 1
            if self[at] == byte { return at }
        }
        return nil
    }

    /// Whether the same bytes stand here and there.
    @inline(__always)
    func holds(_ other: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        let (left, right) = (UnsafeRawPointer(self), UnsafeRawPointer(other))
        func isSame<Word: FixedWidthInteger & BitwiseCopyable>(_: Word.Type, at offset: Int) -> Bool {
            left.loadUnaligned(fromByteOffset: offset, as: Word.self)
                == right.loadUnaligned(fromByteOffset: offset, as: Word.self)
        }
        // The last word may overlap the one before; nearly every name is two words at most.
        if count >= 8 {
            guard isSame(UInt64.self, at: 0), isSame(UInt64.self, at: count - 8) else { return false }
            var index = 8
            while index + 8 < count {
                guard isSame(UInt64.self, at: index) else { return false }
                index += 8
            }
            return true
        }
        if count >= 4 { return isSame(UInt32.self, at: 0) && isSame(UInt32.self, at: count - 4) }
        for index in 0..<count where self[index] != other[index] { return false }
        return true
    }

    /// Where the first byte stands that is no letter of ASCII, digit, `_` or `-`; `end` where there is none.
    @inline(__always)
    func endOfName(from start: Int, to end: Int) -> Int {
        var at = start
        while at + 16 <= end {
            let length = Sixteen(self, at).first {
                let isLetter = (($0 | Sixteen.times(0x20)) &- Sixteen.times(0x61)) .< Sixteen.times(26)
                let isDigit = ($0 &- Sixteen.times(0x30)) .< Sixteen.times(10)
                let isSign = ($0 .== Sixteen.times(UInt8(ascii: "_"))) .| ($0 .== Sixteen.times(UInt8(ascii: "-")))
                return .!(isLetter .| isDigit .| isSign)
            }
            at += length
            if length < 16 { return at }
        }
        while at < end, Self.isOfName(self[at]) { at += 1 }
        return at
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
}
