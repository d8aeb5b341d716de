package import Compression

/// The lines of a text file of any encoding that reference managers still write, as UTF-8.
///
/// A byte order mark decides between UTF-8 and UTF-16; UTF-16 without one is known by its zero bytes. Everything else
/// is read as UTF-8, and bytes that are not UTF-8 are read one by one as Windows-1252, which contains Latin-1's
/// letters. Lines end in LF, CRLF or CR. A line longer than the limit is cut, so that memory stays bounded.
package final class LineInput {
    package struct Line: Sendable {
        /// 1-based.
        package var number: Int
        /// Byte range in the source, its line end included.
        package var start: Int
        package var end: Int
        /// UTF-8, without line end and byte order mark.
        package var bytes: [UInt8]
        /// Whether the line was longer than the limit and its end is missing.
        package var isCut: Bool

        /// Whether there is nothing but white space.
        package var isBlank: Bool { bytes.allSatisfy { $0 <= 0x20 } }
    }

    private enum Encoding { case utf8, utf16LittleEndian, utf16BigEndian }

    /// The first line that was not UTF-8 and was read as Windows-1252.
    package private(set) var firstRepairedLine: Int?

    private let input: any ByteInput
    private let limit: Int
    private var piece: [UInt8] = []
    private var position = 0
    /// Bytes of the source before `piece`.
    private var pieceOffset = 0
    private var encoding: Encoding?
    private var number = 0
    private var skipsLineFeed = false

    package init(_ input: any ByteInput, limit: Int = 1 << 24) {
        self.input = input
        self.limit = max(1, limit)
    }

    package func next() throws -> Line? {
        if encoding == nil { try detectEncoding() }
        return switch encoding {
        case .utf16LittleEndian: try nextUTF16(bigEndian: false)
        case .utf16BigEndian: try nextUTF16(bigEndian: true)
        default: try nextUTF8()
        }
    }

    private func nextUTF8() throws -> Line? {
        let start = pieceOffset + position
        var bytes: [UInt8] = []
        var isCut = false
        var ended = false
        while !ended {
            guard try fill() else { break }
            let stop = lineEnd(from: position)
            let room = limit - bytes.count
            if stop - position > room { isCut = true }
            bytes.append(contentsOf: piece[position..<min(stop, position + room)])
            position = stop
            guard stop < piece.count else { continue }
            ended = true
            try endLine(piece[stop] == 0x0D)
        }
        let end = pieceOffset + position
        guard ended || end > start else { return nil }
        number += 1
        if bytes.starts(with: byteOrderMark) { bytes.removeFirst(byteOrderMark.count) }
        if let repaired = UTF8Repair.repaired(bytes) {
            // A cut may go through a character; that is no sign of another encoding.
            if !isCut, firstRepairedLine == nil { firstRepairedLine = number }
            bytes = repaired
        }
        return Line(number: number, start: start, end: end, bytes: bytes, isCut: isCut)
    }

    /// Steps over the line end at `position`, CRLF as one.
    private func endLine(_ isCarriageReturn: Bool) throws {
        position += 1
        guard isCarriageReturn, try fill(), piece[position] == 0x0A else { return }
        position += 1
    }

    private func lineEnd(from start: Int) -> Int {
        piece.withUnsafeBufferPointer { ByteScan.lineEnd($0, from: start) }
    }

    private func nextUTF16(bigEndian: Bool) throws -> Line? {
        let start = pieceOffset + position
        var bytes: [UInt8] = []
        var isCut = false
        var lead: UInt32?
        var previous: UInt16 = 0
        while let unit = try nextUnit(bigEndian: bigEndian) {
            if unit == 0x0A, previous == 0, skipsLineFeed {
                skipsLineFeed = false
                return try nextUTF16(bigEndian: bigEndian).map { line in
                    Line(number: line.number, start: start, end: line.end, bytes: line.bytes, isCut: line.isCut)
                }
            }
            skipsLineFeed = false
            previous = unit
            if unit == 0x0A || unit == 0x0D {
                skipsLineFeed = unit == 0x0D
                break
            }
            guard bytes.count < limit else {
                isCut = true
                continue
            }
            if (0xD800..<0xDC00).contains(unit) {
                if lead != nil { bytes.append(contentsOf: UTF8Repair.replacement) }
                lead = UInt32(unit)
            } else if (0xDC00..<0xE000).contains(unit), let high = lead {
                UTF8Repair.append(0x10000 + (high - 0xD800) << 10 + UInt32(unit) - 0xDC00, to: &bytes)
                lead = nil
            } else {
                if lead != nil { bytes.append(contentsOf: UTF8Repair.replacement) }
                lead = nil
                UTF8Repair.append(UInt32(unit), to: &bytes)
            }
        }
        if lead != nil { bytes.append(contentsOf: UTF8Repair.replacement) }
        let end = pieceOffset + position
        guard end > start else { return nil }
        number += 1
        return Line(number: number, start: start, end: end, bytes: bytes, isCut: isCut)
    }

    /// Two bytes as one unit; a last odd byte is left out.
    private func nextUnit(bigEndian: Bool) throws -> UInt16? {
        guard try fill() else { return nil }
        let first = piece[position]
        position += 1
        guard try fill() else { return nil }
        let second = piece[position]
        position += 1
        return bigEndian ? UInt16(first) << 8 | UInt16(second) : UInt16(second) << 8 | UInt16(first)
    }

    /// Makes sure that a byte stands at `position`; false at the end.
    private func fill() throws -> Bool {
        while position >= piece.count {
            pieceOffset += piece.count
            position = 0
            piece = []
            guard let more = try input.next() else { return false }
            piece = more
        }
        return true
    }

    private func detectEncoding() throws {
        while piece.count < 4, let more = try input.next() { piece += more }
        let head = piece.prefix(4)
        if head.starts(with: [0xFF, 0xFE]) {
            encoding = .utf16LittleEndian
            position = 2
        } else if head.starts(with: [0xFE, 0xFF]) {
            encoding = .utf16BigEndian
            position = 2
        } else if head.count == 4, head[1] == 0, head[3] == 0, head[0] != 0 {
            encoding = .utf16LittleEndian
        } else if head.count == 4, head[0] == 0, head[2] == 0, head[1] != 0 {
            encoding = .utf16BigEndian
        } else {
            encoding = .utf8
        }
    }
}

private let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
