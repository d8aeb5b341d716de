/// A hash of a word's folded letters (FNV-1a, 64 bits): what words are looked up by, so that none is ever copied.
struct FoldedHash {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    @inline(__always) mutating func add(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
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
