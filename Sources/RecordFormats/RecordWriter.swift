package import Bibliography
import Interchange

/// Writes records one after the other in any format that is written.
///
///     let writer = RecordWriter(format: .ris)
///     output.write(writer.header() + writer.bytes(of: records) + writer.footer())
package struct RecordWriter: Sendable {
    private let writer: any RecordFormatWriter.Type

    /// The formats that can be written.
    package static let formats: [RecordFormat] = [.ndjson, .csv, .ris, .nbib, .bibtex, .cslJSON]

    /// - Parameter format: one of `formats`; any other is written as NDJSON.
    package init(format: RecordFormat) {
        writer =
            switch format {
            case .csv: CSVWriter.self
            case .ris: RISWriter.self
            case .nbib: NBIBWriter.self
            case .bibtex: BibTeXWriter.self
            case .cslJSON: CSLJSONWriter.self
            default: NDJSONWriter.self
            }
    }

    /// Bytes of most records, and some to spare: memory that is too small is copied.
    private static let usualSize = 7000

    package func header() -> [UInt8] { writer.header() }

    /// Records with what stands between them; between two calls comes `separator`.
    package func bytes(of records: [Record]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(records.count * Self.usualSize)
        // Where they lie: an array gives out copies, which costs a count of every text in them.
        records.withUnsafeBufferPointer { records in
            for index in records.indices {
                if index > 0 { bytes += writer.separator() }
                writer.write(records[index], to: &bytes)
            }
        }
        return bytes
    }

    package func separator() -> [UInt8] { writer.separator() }

    package func footer() -> [UInt8] { writer.footer() }
}

/// One record a line, as the contracts shape it.
package enum NDJSONWriter: RecordFormatWriter {
    /// Bytes of most records, and some to spare.
    private static let usualSize = 1 << 13

    package static func write(_ record: Record, to bytes: inout [UInt8]) {
        var json = JSONWriter(capacity: usualSize)
        record.write(to: &json)
        json.newline()
        json.append(to: &bytes)
    }
}
