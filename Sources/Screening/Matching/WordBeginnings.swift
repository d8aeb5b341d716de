/// How the words of the rules begin: tells of most words of a text, by their first four letters, that they are none of
/// them. Of some others it does not know better.
struct WordBeginnings: Sendable {
    /// A bit for each hash of four letters. It stays in the processor's first cache.
    private var bits = [UInt64](repeating: 0, count: Self.size / 64)
    private static let size = 1 << 14

    /// Adds a word, or what its patterns begin with.
    ///
    /// - Parameters:
    ///   - letters: ASCII letters and digits, folded.
    ///   - isWhole: false where anything may follow them.
    mutating func insert(_ letters: [UInt8], isWhole: Bool) {
        guard letters.count < 4, !isWhole else { return add(Array(letters.prefix(4))) }
        guard !letters.isEmpty else {
            bits = Array(repeating: .max, count: bits.count)
            return
        }
        add(letters)
        for letter in Self.alphabet { insert(letters + [letter], isWhole: false) }
    }

    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)

    private mutating func add(_ letters: [UInt8]) {
        let key = letters.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let hash = Table.hash(key)
        bits[hash >> 6] |= 1 << UInt64(hash & 63)
    }

    /// The bits as a pointer. It lives as long as the closure it is lent to.
    struct Table {
        fileprivate let bits: UnsafePointer<UInt64>

        @inline(__always)
        fileprivate static func hash(_ key: UInt32) -> Int { Int((key &* 0x9E37_79B1) >> 18) }

        /// - Parameter word: folded, in room of four bytes at the least.
        @inline(__always)
        func mayHold(_ word: UnsafePointer<UInt8>, _ count: Int) -> Bool {
            let four = UInt32(littleEndian: UnsafeRawPointer(word).loadUnaligned(as: UInt32.self))
            let key = count > 3 ? four : four & ((1 << UInt32(truncatingIfNeeded: 8 * count)) &- 1)
            let hash = Self.hash(key)
            return bits[hash >> 6] >> UInt64(truncatingIfNeeded: hash & 63) & 1 != 0
        }
    }

    func withTable(_ body: (Table) -> Void) {
        bits.withUnsafeBufferPointer { bits in bits.baseAddress.map { body(Table(bits: $0)) } }
    }
}
