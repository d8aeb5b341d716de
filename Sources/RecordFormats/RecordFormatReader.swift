package import Compression

/// A format that records are read from: one pass over the bytes, records and issues in the order of the file.
package protocol RecordFormatReader: SendableMetatype {
    static func read(_ input: any ByteInput, name: String, emit: (ReadingEvent) throws -> Void) throws
}
