package import Compression

/// PubMed XML: answers of efetch, exports of the web site, baseline and update files, sets of the older
/// `MedlineCitationSet` DTDs, single records. Reading is a stream: memory does not grow with the file.
///
/// Damage does not end it: the record in which it stands comes out with what was read, an issue says where, and
/// reading goes on at the next record. Several documents in one file are read one after the other.
package enum PubMedXMLReader: RecordFormatReader {
    package static func read(
        _ input: any ByteInput, name: String, emit: (ReadingEvent) throws -> Void
    ) throws {
        let stream = PubMedStream(file: name)
        var inputError: (any Error)?
        while inputError == nil, !stream.hasGivenUp {
            var piece: [UInt8]?
            do { piece = try input.next() } catch { inputError = error }
            guard let piece else { break }
            try stream.take(piece)
            for event in stream.takeEvents() { try emit(event) }
        }
        try stream.finish(inputError: inputError)
        for event in stream.takeEvents() { try emit(event) }
    }
}
