/// Words of up to eight letters, looked up by all their letters at once: a number each.
///
/// Every word has one slot. Of two that share it only the first is kept; the other is found on the longer way.
struct ShortWords: Sendable {
    /// The letters of the word in each slot; 0 where there is none.
    private var letters: [UInt64] = [0]
    private var ids: [Int32] = [-1]
    /// How far a hash is shifted to give a slot.
    private var shift: UInt64 = 63

    /// Holds nothing.
    init() {}

    /// - Parameter words: small letters and digits of ASCII; those of more than eight are passed over.
    init(_ words: [String: Int32]) {
        let short = words.filter { (1...8).contains($0.key.utf8.count) }.sorted { $0.value < $1.value }
        // Four slots a word, so that few words share one.
        var bits: UInt64 = 1
        while 1 << bits < 4 * short.count { bits += 1 }
        shift = 64 - bits
        letters = Array(repeating: 0, count: 1 << Int(bits))
        ids = Array(repeating: -1, count: letters.count)
        for (word, id) in short {
            let value = word.utf8.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let slot = Self.slot(value, shift)
            guard letters[slot] == 0 else { continue }
            letters[slot] = value
            ids[slot] = id
        }
    }

    @inline(__always)
    private static func slot(_ letters: UInt64, _ shift: UInt64) -> Int {
        Int(truncatingIfNeeded: (letters &* 0x9E37_79B9_7F4A_7C15) >> shift)
    }

    /// The table as pointers, which live as long as the closure they are lent to.
    struct Table {
        fileprivate let letters: UnsafePointer<UInt64>
        fileprivate let ids: UnsafePointer<Int32>
        fileprivate let shift: UInt64

        /// The number of a word of one to eight ASCII letters and digits, in either case; eight bytes must be there to read.
        @inline(__always)
        func id(_ word: UnsafePointer<UInt8>, _ count: Int) -> Int32? {
            let bytes = UnsafeRawPointer(word).loadUnaligned(as: UInt64.self).littleEndian
            // Digits have the bit that makes small letters of capitals.
            let value = (bytes | 0x2020_2020_2020_2020) & (UInt64.max >> UInt64(64 - 8 * count))
            let slot = ShortWords.slot(value, shift)
            return letters[slot] == value ? ids[slot] : nil
        }
    }

    func withTable(_ body: (Table) -> Void) {
        letters.withUnsafeBufferPointer { letters in
            ids.withUnsafeBufferPointer { ids in
                guard let letters = letters.baseAddress, let ids = ids.baseAddress else { return }
                body(Table(letters: letters, ids: ids, shift: shift))
            }
        }
    }
}
