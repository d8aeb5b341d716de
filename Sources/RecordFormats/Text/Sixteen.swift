/// Sixteen bytes that are looked at together.
struct Sixteen {
    let bytes: SIMD16<UInt8>

    @inline(__always)
    init(_ base: UnsafePointer<UInt8>, _ at: Int) {
        bytes = UnsafeRawPointer(base).loadUnaligned(fromByteOffset: at, as: SIMD16<UInt8>.self)
    }

    /// Sixteen times the same byte: compared with single bytes, or with vectors whose type is inferred, vectors are taken
    /// apart.
    @inline(__always)
    static func times(_ byte: UInt8) -> SIMD16<UInt8> { SIMD16(repeating: byte) }

    /// The first of them that is marked; 16 where none is.
    @inline(__always)
    func first(_ mark: (SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>>) -> Int {
        let halves = unsafeBitCast(mark(bytes), to: SIMD2<UInt64>.self)
        let (low, high) = (halves[0].littleEndian, halves[1].littleEndian)
        return low != 0 ? low.trailingZeroBitCount / 8 : 8 + high.trailingZeroBitCount / 8
    }
}
