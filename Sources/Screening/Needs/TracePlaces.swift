extension TraceSearch {
    /// The places in a text of XML where one of some runs of letters may begin, found sixteen at a time: its first three
    /// letters in either case, the second and the third of them perhaps behind markup, a reference or a character beyond
    /// ASCII, the first perhaps one of these itself.
    struct Places: Sendable {
        private typealias Bytes = SIMD16<UInt8>

        /// Three letters, each sixteen times.
        private struct Beginning: Sendable {
            let first: Bytes
            let second: Bytes
            let third: Bytes
        }

        /// A character beyond ASCII that folds to a letter: its first byte, and what its second byte has above the low bits
        /// that do not matter.
        private struct Lead: Sendable {
            let first: Bytes
            let second: Bytes
            let matters: Bytes
        }

        private let beginnings: [Beginning]
        /// Those of the characters beyond ASCII that fold to one of the first letters.
        private let leads: [Lead]

        /// - Parameter runs: of three letters or more.
        init(_ runs: [[UInt8]]) {
            beginnings = Set(runs.map { Array($0.prefix(3)) }).sorted { $0.lexicographicallyPrecedes($1) }.map {
                Beginning(first: Self.splat($0[0]), second: Self.splat($0[1]), third: Self.splat($0[2]))
            }
            let firsts = Set(runs.map { $0[0] })
            func begins(_ letters: String) -> Bool { letters.utf8.contains { firsts.contains($0) } }
            func lead(_ first: UInt8, _ second: UInt8, matters: UInt8 = 0xFF) -> Lead {
                Lead(first: Self.splat(first), second: Self.splat(second), matters: Self.splat(matters))
            }
            var leads: [Lead] = []
            // Latin-1's accented letters, the micro sign, the Kelvin and the Angstrom sign.
            if begins("aceidnoutsy") { leads.append(lead(0xC3, 0x80, matters: 0xC0)) }
            if begins("u") { leads.append(lead(0xC2, 0xB5)) }
            if begins("ka") { leads.append(lead(0xE2, 0x84)) }
            self.leads = leads
        }

        /// Visits the places in order until one will do.
        @inline(__always)
        func contains(in bytes: UnsafeBufferPointer<UInt8>, _ isSought: (Int) -> Bool) -> Bool {
            guard let base = bytes.baseAddress else { return false }
            var at = next(base, from: 0, to: bytes.count)
            while at < bytes.count {
                if isSought(at) { return true }
                at = next(base, from: at + 1, to: bytes.count)
            }
            return false
        }

        /// The first place from `start` on; `end` where there is none. A function by itself, so that the loop has the
        /// processor's registers for itself.
        @inline(never)
        private func next(_ base: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
            beginnings.withUnsafeBufferPointer { beginnings in
                leads.withUnsafeBufferPointer { leads in
                    let bytes = UnsafeRawPointer(base)
                    var at = start
                    while at + Self.span <= end {
                        if Self.mayBegin(bytes + at, beginnings, leads) {
                            let first = Self.first(bytes + at, beginnings, leads)
                            if first < 16 { return at + first }
                        }
                        at += 16
                    }
                    while at < end {
                        // The last bytes, with zeros after them; no run begins with a zero.
                        let first = withUnsafeTemporaryAllocation(byteCount: Self.span, alignment: 16) { rest in
                            rest.initializeMemory(as: UInt8.self, repeating: 0)
                            rest.copyMemory(
                                from: UnsafeRawBufferPointer(start: bytes + at, count: min(Self.span, end - at)))
                            return rest.baseAddress.map { Self.first($0, beginnings, leads) } ?? 16
                        }
                        if first < 16 { return at + first }
                        at += 16
                    }
                    return end
                }
            }
        }

        /// Bytes that are looked at for sixteen places.
        private static let span = 18

        /// Whether one of sixteen places may be one by its first two letters. Few are, and few of them by the third.
        @inline(__always)
        private static func mayBegin(
            _ bytes: UnsafeRawPointer, _ beginnings: UnsafeBufferPointer<Beginning>,
            _ leads: UnsafeBufferPointer<Lead>
        ) -> Bool {
            let here = bytes.loadUnaligned(as: Bytes.self)
            let next = bytes.loadUnaligned(fromByteOffset: 1, as: Bytes.self)
            let nextIsHidden = hidesLetter(next)
            var marks = hiddenBeginnings(here, next, leads)
            for letters in beginnings {
                marks .|= ((here | splat(0x20)) .== letters.first)
                    .& (((next | splat(0x20)) .== letters.second) .| nextIsHidden)
            }
            let halves = unsafeBitCast(marks, to: SIMD2<UInt64>.self)
            return halves[0] | halves[1] != 0
        }

        /// The places where a reference or a character beyond ASCII may stand for the first letter.
        @inline(__always)
        private static func hiddenBeginnings(
            _ here: Bytes, _ next: Bytes, _ leads: UnsafeBufferPointer<Lead>
        ) -> SIMDMask<SIMD16<Int8>> {
            var marks = (here .== splat(UInt8(ascii: "&"))) .& (next .== splat(UInt8(ascii: "#")))
            for lead in leads { marks .|= (here .== lead.first) .& ((next & lead.matters) .== lead.second) }
            return marks
        }

        /// The first of sixteen places; 16 where there is none.
        @inline(__always)
        private static func first(
            _ bytes: UnsafeRawPointer, _ beginnings: UnsafeBufferPointer<Beginning>,
            _ leads: UnsafeBufferPointer<Lead>
        ) -> Int {
            let here = bytes.loadUnaligned(as: Bytes.self)
            let next = bytes.loadUnaligned(fromByteOffset: 1, as: Bytes.self)
            let third = bytes.loadUnaligned(fromByteOffset: 2, as: Bytes.self)
            let nextIsHidden = hidesLetter(next)
            let thirdIsHidden = nextIsHidden .| hidesLetter(third)
            var marks = hiddenBeginnings(here, next, leads)
            for letters in beginnings {
                marks .|= ((here | splat(0x20)) .== letters.first)
                    .& (((next | splat(0x20)) .== letters.second) .| nextIsHidden)
                    .& (((third | splat(0x20)) .== letters.third) .| thirdIsHidden)
            }
            let halves = unsafeBitCast(marks, to: SIMD2<UInt64>.self)
            let (low, high) = (halves[0].littleEndian, halves[1].littleEndian)
            if low | high == 0 { return 16 }
            return low != 0 ? low.trailingZeroBitCount / 8 : 8 + high.trailingZeroBitCount / 8
        }

        @inline(__always)
        private static func hidesLetter(_ bytes: Bytes) -> SIMDMask<SIMD16<Int8>> {
            (bytes .== splat(UInt8(ascii: "<"))) .| (bytes .== splat(UInt8(ascii: "&"))) .| (bytes .>= splat(0x80))
        }

        /// Compared with single bytes, or with vectors whose type is inferred, vectors are taken apart.
        @inline(__always)
        private static func splat(_ byte: UInt8) -> Bytes { Bytes(repeating: byte) }
    }
}
