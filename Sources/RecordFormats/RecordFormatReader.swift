package import Compression

package protocol RecordFormatReader {
    static func read(_ input: any ByteInput, name: String, emit: (ReadingEvent) throws -> Void) throws
}
