package import Bibliography

/// A format that records are written in: `header`, then the records with `separator` between them, then `footer`.
///
///     var bytes = CSLJSONWriter.header()
///     for (index, record) in records.enumerated() {
///         if index > 0 { bytes += CSLJSONWriter.separator() }
///         CSLJSONWriter.write(record, to: &bytes)
///     }
///     bytes += CSLJSONWriter.footer()
package protocol RecordFormatWriter: SendableMetatype {
    static func header() -> [UInt8]
    static func write(_ record: Record, to bytes: inout [UInt8])
    static func separator() -> [UInt8]
    static func footer() -> [UInt8]
}

extension RecordFormatWriter {
    package static func header() -> [UInt8] { [] }
    package static func separator() -> [UInt8] { [] }
    package static func footer() -> [UInt8] { [] }

    /// A whole file.
    package static func file(_ records: some Sequence<Record>) -> [UInt8] {
        var bytes = header()
        for (index, record) in records.enumerated() {
            if index > 0 { bytes += separator() }
            write(record, to: &bytes)
        }
        return bytes + footer()
    }
}
