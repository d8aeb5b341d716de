import CISAL

/// Why compressed bytes could not be inflated to their end. What could be inflated came before the error.
package enum GzipError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The bytes end before the member does.
    case truncated
    /// A block, a symbol or a header is not what RFC 1951 and RFC 1952 allow.
    case corrupt
    /// Everything was inflated, but the checksum or the length at the end is not that of the result.
    case checksum
    /// After the last member stand bytes that are neither gzip nor zeros.
    case trailingBytes
    /// The result would be larger than the caller allows.
    case tooLarge(limit: Int)
    /// The library refused to compress; the number is its own.
    case internalFailure(code: Int)

    package var description: String {
        switch self {
        case .truncated: "the gzip data is cut off before its end; fetch or copy the file again"
        case .corrupt: "the gzip data is damaged; fetch or copy the file again"
        case .checksum: "the gzip checksum does not match what was inflated; fetch or copy the file again"
        case .trailingBytes: "after the end of the gzip data stand other bytes, which were not read"
        case .tooLarge(let limit): "the gzip data inflates to more than \(limit) bytes"
        case .internalFailure(let code): "the gzip library failed with code \(code)"
        }
    }
}

/// Whole buffers in and out; for files see `FileInput`, `InflatingInput` and `GzipWriter`.
package enum Gzip {
    /// One gzip member without name and time: the same bytes give the same result on the same machine.
    package static func compress(_ bytes: [UInt8]) throws -> [UInt8] {
        let writer = GzipWriter()
        var result = try writer.write(bytes)
        result += try writer.finish()
        return result
    }

    /// Inflates one or several members.
    ///
    /// - Parameter limit: the most bytes that the result may have.
    /// - Throws: `GzipError`; `tooLarge` as soon as the limit is passed, so that no bomb fills the memory.
    package static func decompress(_ bytes: [UInt8], limit: Int) throws -> [UInt8] {
        var inflater = Inflater(source: MemoryInput(bytes))
        var result: [UInt8] = []
        while let piece = try inflater.next() {
            guard piece.count <= limit - result.count else { throw GzipError.tooLarge(limit: limit) }
            result += piece
        }
        return result
    }

    /// The two bytes with which every gzip member begins.
    package static func isGzip(_ bytes: some Collection<UInt8>) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }
}

/// Compresses piece by piece into one gzip member, without name and time in its header.
package final class GzipWriter {
    private let stream: UnsafeMutablePointer<isal_zstream>
    private let levelBuffer: UnsafeMutablePointer<UInt8>
    /// ISA-L's default size for level 2: four bytes for each of 64 Ki tokens, its two hash tables of 32 Ki entries.
    private static let levelBufferSize = 4 * 1024 + 2 * 32 * 1024 + 4 * 64 * 1024
    private var isFinished = false

    package init() {
        stream = .allocate(capacity: 1)
        levelBuffer = .allocate(capacity: Self.levelBufferSize)
        isal_deflate_init(stream)
        stream.pointee.gzip_flag = UInt16(IGZIP_GZIP)
        stream.pointee.level = 2
        stream.pointee.level_buf = levelBuffer
        stream.pointee.level_buf_size = UInt32(Self.levelBufferSize)
    }

    deinit {
        stream.deallocate()
        levelBuffer.deallocate()
    }

    /// Takes more bytes; gives what of the compressed form is ready, which may be nothing.
    package func write(_ bytes: [UInt8]) throws(GzipError) -> [UInt8] {
        guard !isFinished else { throw GzipError.internalFailure(code: Int(ISAL_INVALID_STATE)) }
        return try run(bytes, isLast: false)
    }

    /// Ends the member; gives the rest of it.
    package func finish() throws(GzipError) -> [UInt8] {
        guard !isFinished else { return [] }
        isFinished = true
        return try run([], isLast: true)
    }

    private func run(_ bytes: [UInt8], isLast: Bool) throws(GzipError) -> [UInt8] {
        var result: [UInt8] = []
        var code: Int32 = COMP_OK
        var bytes = bytes
        bytes.withUnsafeMutableBufferPointer { input in
            var position = 0
            repeat {
                // The library counts in 32 bits.
                let piece = min(input.count - position, 1 << 30)
                stream.pointee.next_in = input.baseAddress.map { $0 + position }
                stream.pointee.avail_in = UInt32(piece)
                position += piece
                stream.pointee.end_of_stream = isLast && position == input.count ? 1 : 0
                code = drain(into: &result)
            } while code == COMP_OK && position < input.count
        }
        guard code == COMP_OK else { throw GzipError.internalFailure(code: Int(code)) }
        return result
    }

    private func drain(into result: inout [UInt8]) -> Int32 {
        let size = 1 << 16
        while true {
            var code: Int32 = COMP_OK
            let piece = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                stream.pointee.next_out = buffer.baseAddress
                stream.pointee.avail_out = UInt32(size)
                code = isal_deflate(stream)
                count = size - Int(stream.pointee.avail_out)
            }
            result += piece
            if code != COMP_OK || stream.pointee.avail_out > 0 { return code }
        }
    }
}
