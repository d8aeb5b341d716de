import XMLReading

/// PubMed's vocabulary by its bytes.
final class PlainNames: @unchecked Sendable {
    // Unchecked: written in `init` only.

    static let shared = PlainNames(PubMedGrammar.shared.vocabulary)

    private struct Slot {
        /// 0 for an empty slot.
        var number: UInt16 = 0
        var length = 0
        /// The first eight bytes, or fewer and zeros.
        var head: UInt64 = 0
        var letters: UnsafePointer<UInt8>?
    }

    /// Open addressing: a name's hash leads to its slot or one of the next.
    private let slots: UnsafeMutablePointer<Slot>
    private let mask: Int

    private init(_ vocabulary: XMLVocabulary) {
        var capacity = 16
        while capacity < vocabulary.names.count * 4 { capacity *= 2 }
        mask = capacity - 1
        slots = .allocate(capacity: capacity)
        slots.initialize(repeating: Slot(), count: capacity)
        for (index, name) in vocabulary.names.enumerated() {
            // Room for a head of eight bytes.
            let letters = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: name.utf8.count + 8)
            letters.initialize(repeating: 0)
            for (offset, byte) in name.utf8.enumerated() { letters[offset] = byte }
            guard let start = UnsafePointer(letters.baseAddress) else { continue }
            let head = Self.head(start, name.utf8.count)
            var slot = Self.hash(head, name.utf8.count) & mask
            while slots[slot].number != 0 { slot = (slot + 1) & mask }
            slots[slot] = Slot(number: UInt16(index + 1), length: name.utf8.count, head: head, letters: start)
        }
    }

    /// - Parameter start: `PlainTag.readable` bytes from here on can be read, however short the name is.
    func name(_ start: UnsafePointer<UInt8>, _ length: Int) -> XMLName {
        let head = Self.head(start, length)
        var slot = Self.hash(head, length) & mask
        while slots[slot].number != 0 {
            if slots[slot].head == head, slots[slot].length == length, let letters = slots[slot].letters,
                length <= 8 || (start + 8).holds(letters + 8, length - 8)
            {
                return XMLName(number: slots[slot].number)
            }
            slot = (slot + 1) & mask
        }
        return .unknown
    }

    @inline(__always)
    private static func head(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
        let word = UnsafeRawPointer(start).loadUnaligned(as: UInt64.self).littleEndian
        return length >= 8 ? word : word & ((1 << (8 * UInt64(length))) - 1)
    }

    @inline(__always)
    private static func hash(_ head: UInt64, _ length: Int) -> Int {
        Int(truncatingIfNeeded: ((head &+ UInt64(length)) &* 0x9E37_79B9_7F4A_7C15) >> 40)
    }
}
