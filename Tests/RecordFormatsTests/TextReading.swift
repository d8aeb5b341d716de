import Bibliography
import Compression
import Foundation

@testable import RecordFormats

/// What a reader makes of a text.
struct TextReading {
    var records: [Record] = []
    var locations: [RecordLocation] = []
    var issues: [ReadingIssue] = []

    init(_ reader: any RecordFormatReader.Type, _ text: String, name: String = "file.txt") throws {
        try self.init(reader, bytes: Array(text.utf8), name: name)
    }

    init(
        _ reader: any RecordFormatReader.Type, bytes: [UInt8], name: String = "file.txt", pieceSize: Int = 1 << 16
    ) throws {
        try reader.read(MemoryInput(bytes, pieceSize: pieceSize), name: name) { event in
            switch event {
            case .record(let record, let location):
                records.append(record)
                locations.append(location)
            case .issue(let issue):
                issues.append(issue)
            }
        }
    }

    var codes: [String] { issues.map(\.code) }
    var errors: [ReadingIssue] { issues.filter { $0.severity == .error } }
    var first: Record { records.first ?? Record(id: RecordID("none"), kind: .other, source: "none") }
}

extension Record {
    /// The abstract as it is written: `LABEL: text`, blanks between sections.
    var abstractText: String {
        abstract.map { ($0.label.map { "\($0): " } ?? "") + $0.text }.joined(separator: " ")
    }
}
