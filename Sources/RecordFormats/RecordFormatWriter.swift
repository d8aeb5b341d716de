package import Bibliography

/// A format that records are written in: `header`, any number of records, `footer`, one after the other.
///
///     var bytes = RISWriter.header()
///     for record in records { RISWriter.write(record, to: &bytes) }
///     bytes += RISWriter.footer()
package protocol RecordFormatWriter {
    static func header() -> [UInt8]
    static func write(_ record: Record, to bytes: inout [UInt8])
    static func footer() -> [UInt8]
}

extension RecordFormatWriter {
    package static func header() -> [UInt8] { [] }
    package static func footer() -> [UInt8] { [] }
}
