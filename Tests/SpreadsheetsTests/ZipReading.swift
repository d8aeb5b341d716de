import Compression
import Foundation

/// The entries of a zip file as texts, by their paths: enough to look into a workbook that was just written.
enum ZipReading {
    struct Damaged: Error {}

    static func entries(_ bytes: [UInt8]) throws -> [String: String] {
        guard let end = bytes.indices.last(where: { bytes[$0...].starts(with: [0x50, 0x4B, 0x05, 0x06]) }) else {
            throw Damaged()
        }
        var entries: [String: String] = [:]
        var place = number(bytes, end + 16, 4)
        for _ in 0..<number(bytes, end + 10, 2) {
            let (packed, nameLength) = (number(bytes, place + 20, 4), number(bytes, place + 28, 2))
            let name = String(decoding: bytes[(place + 46)..<(place + 46 + nameLength)], as: UTF8.self)
            let local = number(bytes, place + 42, 4)
            let start = local + 30 + number(bytes, local + 26, 2) + number(bytes, local + 28, 2)
            // The same deflate stream, between the head and the tail of a gzip file.
            let gzip: [UInt8] =
                [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255] + bytes[start..<(start + packed)]
                + bytes[(place + 16)..<(place + 20)] + bytes[(place + 24)..<(place + 28)]
            entries[name] = String(decoding: try Gzip.decompress(gzip, limit: 1 << 26), as: UTF8.self)
            place += 46 + nameLength + number(bytes, place + 30, 2) + number(bytes, place + 32, 2)
        }
        return entries
    }

    private static func number(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int {
        bytes[start..<(start + count)].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
