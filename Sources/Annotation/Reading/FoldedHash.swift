/// A hash of a word's folded letters, eight at a time: what words are looked up by, so that none is ever copied.
struct FoldedHash {
    private var mixed: UInt64 = 0
    /// Letters that wait until there are eight, the first one lowest. No letter is a nought.
    private var waiting: UInt64 = 0
    private var bits: UInt64 = 0

    var value: UInt64 { bits == 0 ? mixed : Self.mix(mixed, waiting) }

    @inline(__always) mutating func add(_ byte: UInt8) { add(UInt64(byte), bits: 8) }

    /// Adds up to eight letters at once.
    ///
    /// - Parameters:
    ///   - letters: the first one lowest, noughts after the last.
    ///   - count: their number of bits, 8 to 64.
    @inline(__always) mutating func add(_ letters: UInt64, bits count: UInt64) {
        waiting |= letters &<< bits
        guard bits + count >= 64 else {
            bits += count
            return
        }
        mixed = Self.mix(mixed, waiting)
        // Shifted by 64 nothing of them is left, which `>>` does and `&>>` would not.
        waiting = letters >> (64 - bits)
        bits = bits + count - 64
    }

    /// Two rounds of multiplying and folding the upper half down, so that every letter counts in every bit.
    @inline(__always) private static func mix(_ value: UInt64, _ letters: UInt64) -> UInt64 {
        var value = (value ^ letters) &* 0x9E37_79B9_7F4A_7C15
        value = (value ^ value >> 32) &* 0xD6E8_FEB8_6659_FD93
        return value ^ value >> 32
    }

    /// Adds a letter outside ASCII: Latin letters lose their accents, micro and mu become `u`, a soft hyphen and
    /// combining accents vanish; anything else counts as it is.
    mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ length: Int) {
        if length == 2 {
            switch (bytes[at], bytes[at + 1]) {
            case (0xC3, let second):
                let folded = Self.latin[Int(second & 0x3F)]
                if folded != 0 { return add(folded) }
            case (0xC2, 0xB5), (0xCE, 0xBC): return add(0x75)
            case (0xC2, 0xAD), (0xCC, _), (0xCD, 0x80...0xAF): return
            default: break
            }
        }
        for offset in at..<at + length { add(bytes[offset]) }
    }

    static func isCapital(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
        bytes[at] == 0xC3 && at + 1 < bytes.count && bytes[at + 1] < 0x9F
    }

    /// U+00C0...U+00FF without accents; 0 where there is no single plain letter.
    private static let latin: [UInt8] = Array(
        "aaaaaa\u{0}ceeeeiiii\u{0}nooooo\u{0}ouuuuy\u{0}\u{0}aaaaaa\u{0}ceeeeiiii\u{0}nooooo\u{0}ouuuuy\u{0}y".utf8)
}
