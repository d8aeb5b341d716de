import CISAL

/// Inflates gzip members one after the other with ISA-L's streaming igzip: a few hundred kilobytes of memory, whatever
/// the file holds.
struct Inflater: ~Copyable {
    /// Larger pieces leave the processor's cache, smaller ones make the library copy its window more often.
    private static let pieceSize = 1 << 18

    private let state: UnsafeMutablePointer<inflate_state>
    private let source: any ByteInput
    private var input: [UInt8] = []
    private var position = 0
    private var isBetweenMembers = true
    private var members = 0
    private var end: End?

    private enum End {
        case complete
        case failed(any Error)
    }

    init(source: any ByteInput) {
        self.source = source
        state = .allocate(capacity: 1)
        isal_inflate_init(state)
    }

    deinit { state.deallocate() }

    /// The next inflated piece; nil at a proper end.
    ///
    /// - Throws: `GzipError` after everything that could be inflated was given out, and on every call from then on.
    mutating func next() throws -> [UInt8]? {
        while true {
            switch end {
            case .complete: return nil
            case .failed(let error): throw error
            case nil: break
            }
            do {
                if isBetweenMembers, try !beginMember() {
                    end = .complete
                    continue
                }
                if position == input.count, try !refill() {
                    // What the library still holds comes out without further input.
                    let (piece, _) = inflate()
                    if isBetweenMembers { return piece.isEmpty ? nil : piece }
                    if piece.isEmpty { end = .failed(GzipError.truncated) } else { return piece }
                    continue
                }
                let (piece, error) = inflate()
                if let error { end = .failed(error) }
                if !piece.isEmpty { return piece }
            } catch { end = .failed(error) }
        }
    }

    /// Steps over zeros after a member; false where the data ends.
    private mutating func beginMember() throws -> Bool {
        while true {
            if position == input.count, try !refill() { return false }
            guard input[position] == 0, members > 0 else { break }
            position += 1
        }
        if input[position] != 0x1F { throw members > 0 ? GzipError.trailingBytes : GzipError.corrupt }
        isal_inflate_reset(state)
        state.pointee.crc_flag = UInt32(ISAL_GZIP)
        isBetweenMembers = false
        return true
    }

    private mutating func refill() throws -> Bool {
        guard let piece = try source.next() else { return false }
        input = piece
        position = 0
        return true
    }

    private mutating func inflate() -> (piece: [UInt8], error: GzipError?) {
        var code: Int32 = ISAL_DECOMP_OK
        let state = self.state
        let given = input.count - position
        let start = position
        let piece = input.withUnsafeMutableBufferPointer { input in
            [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, count in
                state.pointee.next_in = input.baseAddress.map { $0 + start }
                state.pointee.avail_in = UInt32(clamping: given)
                state.pointee.next_out = buffer.baseAddress
                state.pointee.avail_out = UInt32(Self.pieceSize)
                code = isal_inflate(state)
                count = Self.pieceSize - Int(state.pointee.avail_out)
            }
        }
        position = input.count - min(given, Int(state.pointee.avail_in))
        if code == ISAL_DECOMP_OK, state.pointee.block_state == ISAL_BLOCK_FINISH {
            isBetweenMembers = true
            members += 1
        }
        return (piece, Self.error(code, afterMembers: members))
    }

    private static func error(_ code: Int32, afterMembers members: Int) -> GzipError? {
        switch code {
        case ISAL_DECOMP_OK, ISAL_END_INPUT, ISAL_OUT_OVERFLOW: nil
        case ISAL_INCORRECT_CHECKSUM: .checksum
        case ISAL_INVALID_WRAPPER where members > 0: .trailingBytes
        default: .corrupt
        }
    }
}

/// The bytes of another input, inflated where they are gzip, else unchanged.
package final class InflatingInput: ByteInput {
    private let source: PeekingInput
    private var inflater: Inflater?
    private var isKnown = false

    package init(_ source: any ByteInput) { self.source = PeekingInput(source) }

    package func next() throws -> [UInt8]? {
        if !isKnown {
            isKnown = true
            if Gzip.isGzip(try source.peek(2)) { inflater = Inflater(source: source) }
        }
        guard inflater != nil else { return try source.next() }
        return try inflater?.next()
    }
}
