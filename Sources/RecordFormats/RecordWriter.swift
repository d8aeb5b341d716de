package import Bibliography
import Interchange

/// Writes records one after the other in any format that is written.
///
///     var writer = RecordWriter(format: .ris)
///     output.write(writer.header())
///     for record in records { output.write(writer.bytes(of: record)) }
///     output.write(writer.footer())
package struct RecordWriter {
    private let writer: any RecordFormatWriter.Type
    private var isFirst = true

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

    package func header() -> [UInt8] { writer.header() }

    package mutating func bytes(of record: Record) -> [UInt8] {
        var bytes = isFirst ? [] : writer.separator()
        isFirst = false
        writer.write(record, to: &bytes)
        return bytes
    }

    package func footer() -> [UInt8] { writer.footer() }
}

/// One record a line, as the contracts shape it.
package enum NDJSONWriter: RecordFormatWriter {
    package static func write(_ record: Record, to bytes: inout [UInt8]) {
        var json = JSONWriter()
        record.write(to: &json)
        json.newline()
        bytes += json.bytes
    }
}
