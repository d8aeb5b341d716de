import Bibliography
import Compression

@testable import RecordFormats

/// Everything that reading gave.
struct Reading {
    var records: [Record] = []
    var locations: [RecordLocation] = []
    var issues: [ReadingIssue] = []

    var errors: [ReadingIssue] { issues.filter { $0.severity == .error } }
    var ids: [String] { records.map(\.id.rawValue) }
    var codes: [String] { issues.map(\.code) }

    private mutating func take(_ event: ReadingEvent) {
        switch event {
        case .record(let record, let location):
            records.append(record)
            locations.append(location)
        case .issue(let issue): issues.append(issue)
        }
    }

    /// PubMed XML from memory.
    static func pubMed(_ bytes: [UInt8], name: String = "test.xml", pieceSize: Int = 1 << 16) throws -> Reading {
        var reading = Reading()
        try PubMedXMLReader.read(MemoryInput(bytes, pieceSize: pieceSize), name: name) { reading.take($0) }
        return reading
    }

    static func pubMed(_ text: String, pieceSize: Int = 1 << 16) throws -> Reading {
        try pubMed(Array(text.utf8), pieceSize: pieceSize)
    }

    /// Through the one door.
    static func any(
        _ bytes: [UInt8], name: String = "test", format: RecordFormat? = nil, pieceSize: Int = 1 << 16
    ) throws -> Reading {
        var reading = Reading()
        var reader = RecordReader(input: MemoryInput(bytes, pieceSize: pieceSize), name: name, format: format)
        reader.blockSize = pieceSize
        try reader.read { reading.take($0) }
        return reading
    }

    static func any(_ text: String, name: String = "test") throws -> Reading { try any(Array(text.utf8), name: name) }

    static func file(_ path: String) throws -> Reading {
        var reading = Reading()
        try RecordReader(path: path).read { reading.take($0) }
        return reading
    }
}

/// Where two records differ, field by field; empty where they are the same.
func differences(_ found: Record, _ expected: Record) -> [String] {
    zip(Mirror(reflecting: found).children, Mirror(reflecting: expected).children).compactMap { a, b in
        let (left, right) = (String(describing: a.value), String(describing: b.value))
        return left == right ? nil : "\(a.label ?? "?"): found \(left.prefix(300)), expected \(right.prefix(300))"
    }
}
