/// FNV-1a with 64 bits (Fowler, Noll, Vo): the same bytes give the same value in every run, unlike `Hasher`.
struct StableHash {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func combine(byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }

    mutating func combine(_ number: UInt64) {
        var rest = number
        for _ in 0..<8 {
            combine(byte: UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    mutating func combine(_ text: String?) {
        guard let text else { return combine(byte: 0xFF) }
        for byte in text.utf8 { combine(byte: byte) }
        combine(byte: 0xFE)
    }

    static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var hash = StableHash()
        for byte in bytes { hash.combine(byte: byte) }
        return hash.value
    }

    /// Neighbouring inputs give FNV values whose high bits differ little; this spreads them.
    static func mixed(_ a: UInt64, _ b: UInt64) -> UInt64 {
        var x = a ^ (b &* 0x9E37_79B9_7F4A_7C15)
        x ^= x >> 32
        x = x &* 0xD6E8_FEB8_6659_FD93
        x ^= x >> 32
        return x
    }
}
