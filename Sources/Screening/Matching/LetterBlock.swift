/// Up to 64 bytes of a text: which of them are letters, and all of them in lower case, eight at a time.
struct LetterBlock {
    static let size = 64
    /// How many bytes more than a text has are written when the whole of it is read.
    static let slack = 8

    /// A bit for each byte that is an ASCII letter or digit.
    private(set) var letters: UInt64 = 0
    /// A bit for each byte of characters beyond ASCII.
    private(set) var beyond: UInt64 = 0

    /// - Parameters:
    ///   - bytes: `count` bytes, at most 64.
    ///   - folded: takes them in lower case, and up to eight bytes more.
    @inline(__always)
    init(_ bytes: UnsafePointer<UInt8>, _ count: Int, folded: UnsafeMutablePointer<UInt8>) {
        var at = 0
        while at < count {
            let eight = count - at >= 8 ? Self.load(bytes + at) : Self.last(bytes + at, count - at)
            let ascii = eight & ~Self.highs
            let lower = ascii | Self.every(0x20)
            let isLetter = Self.high(lower, from: 0x61, to: 0x7A) & ~eight
            let isDigit = Self.high(ascii, from: 0x30, to: 0x39) & ~eight
            let folds = eight | isLetter >> 2
            UnsafeMutableRawPointer(folded + at).storeBytes(of: folds.littleEndian, as: UInt64.self)
            letters |= Self.gather(isLetter | isDigit) << UInt64(truncatingIfNeeded: at)
            beyond |= Self.gather(eight & Self.highs) << UInt64(truncatingIfNeeded: at)
            at += 8
        }
    }

    /// The high bit of each byte that is in a range, all of them being ASCII. Sums stay below 0x100, so that no byte
    /// disturbs its neighbour; the high bit tells on which side of a bound it is.
    @inline(__always)
    private static func high(_ ascii: UInt64, from low: UInt64, to high: UInt64) -> UInt64 {
        (ascii &+ every(0x80 - low)) & ~(ascii &+ every(0x7F - high)) & highs
    }

    private static let highs: UInt64 = 0x8080_8080_8080_8080

    @inline(__always)
    private static func every(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }

    @inline(__always)
    private static func load(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
    }

    /// The last bytes of a text, and noughts.
    @inline(never)
    private static func last(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        (0..<count).reduce(0) { $0 | UInt64(bytes[$1]) << UInt64(8 * $1) }
    }

    /// The high bits of eight bytes as one byte, the first byte's lowest.
    @inline(__always)
    private static func gather(_ eight: UInt64) -> UInt64 { ((eight >> 7) &* 0x0102_0408_1020_4080) >> 56 }
}
