extension TraceSearch {
    /// The places in a text of XML where one of some runs of letters may begin, found sixteen at a time: its first two
    /// letters in either case, the second of them perhaps behind markup, a reference or a character beyond ASCII, the
    /// first perhaps one of these itself.
    struct Places: Sendable {
        private typealias Bytes = SIMD16<UInt8>

        /// Two letters, each sixteen times.
        private struct Beginning: Sendable {
            let first: Bytes
            let second: Bytes
        }

        private let beginnings: [Beginning]
        /// First bytes of the characters beyond ASCII that fold to one of the first letters.
        private let leads: [Bytes]

        /// - Parameter runs: of two letters or more.
        init(_ runs: [[UInt8]]) {
            beginnings = Set(runs.map { Array($0.prefix(2)) }).sorted { $0.lexicographicallyPrecedes($1) }.map {
                Beginning(first: Self.splat($0[0]), second: Self.splat($0[1]))
            }
            let firsts = Set(runs.map { $0[0] })
            func begins(_ letters: String) -> Bool { letters.utf8.contains { firsts.contains($0) } }
            var leads: [UInt8] = []
            // Latin-1's accented letters, the micro sign, the Kelvin and the Angstrom sign.
            if begins("aceidnoutsy") { leads.append(0xC3) }
            if begins("u") { leads.append(0xC2) }
            if begins("ka") { leads.append(0xE2) }
            self.leads = leads.map(Self.splat)
        }

        /// Visits the places in order until one will do.
        @inline(__always)
        func contains(in bytes: UnsafeBufferPointer<UInt8>, _ isSought: (Int) -> Bool) -> Bool {
            guard let base = bytes.baseAddress.map({ UnsafeRawPointer($0) }) else { return false }
            return beginnings.withUnsafeBufferPointer { beginnings in
                leads.withUnsafeBufferPointer { leads in
                    var at = 0
                    while at < bytes.count {
                        let left = bytes.count - at
                        let (here, next) = left > 16 ? Self.load(base + at) : Self.load(base + at, count: left)
                        let marks = Self.marks(here, next, beginnings, leads)
                        for half in 0..<2 {
                            var left = marks[half].littleEndian & 0x0101_0101_0101_0101
                            while left != 0 {
                                if isSought(at + 8 * half + left.trailingZeroBitCount / 8) { return true }
                                left &= left - 1
                            }
                        }
                        at += 16
                    }
                    return false
                }
            }
        }

        /// Sixteen bytes, and the same one place on.
        @inline(__always)
        private static func load(_ bytes: UnsafeRawPointer) -> (Bytes, Bytes) {
            (bytes.loadUnaligned(as: Bytes.self), bytes.loadUnaligned(fromByteOffset: 1, as: Bytes.self))
        }

        /// The last bytes, with zeros after them; no run begins with a zero.
        private static func load(_ bytes: UnsafeRawPointer, count: Int) -> (Bytes, Bytes) {
            var (here, next) = (Bytes(), Bytes())
            for index in 0..<count {
                let byte = bytes.load(fromByteOffset: index, as: UInt8.self)
                here[index] = byte
                if index > 0 { next[index - 1] = byte }
            }
            return (here, next)
        }

        /// Eight bits, all of them set, for each place.
        @inline(__always)
        private static func marks(
            _ here: Bytes, _ next: Bytes, _ beginnings: UnsafeBufferPointer<Beginning>,
            _ leads: UnsafeBufferPointer<Bytes>
        ) -> SIMD2<UInt64> {
            let (lowered, loweredNext) = (here | splat(0x20), next | splat(0x20))
            let hidesLetter =
                (next .== splat(UInt8(ascii: "<"))) .| (next .== splat(UInt8(ascii: "&"))) .| (next .>= splat(0x80))
            var marks = (here .== splat(UInt8(ascii: "&"))) .& (next .== splat(UInt8(ascii: "#")))
            for lead in leads { marks .|= here .== lead }
            for letters in beginnings {
                marks .|= (lowered .== letters.first) .& ((loweredNext .== letters.second) .| hidesLetter)
            }
            return unsafeBitCast(marks, to: SIMD2<UInt64>.self)
        }

        /// Compared with single bytes, or with vectors whose type is inferred, vectors are taken apart.
        @inline(__always)
        private static func splat(_ byte: UInt8) -> Bytes { Bytes(repeating: byte) }
    }
}
