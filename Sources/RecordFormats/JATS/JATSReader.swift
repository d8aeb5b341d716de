import Bibliography
package import Compression
import XMLReading

/// JATS XML, the format of full texts (NISO Z39.96), and the NLM DTDs before it: an `article`, or the
/// `pmc-articleset` that efetch answers for `db=pmc`.
///
/// No DTD is loaded and no entity expanded; an article is read as a whole, with a bound on its size.
package enum JATSReader: RecordFormatReader {
    /// The bibliographic records of the articles.
    package static func read(_ input: any ByteInput, name: String, emit: (ReadingEvent) throws -> Void) throws {
        try readFullTexts(input, name: name) { event in
            switch event {
            case .record(let record, _, let location): try emit(.record(record, location))
            case .issue(let issue): try emit(.issue(issue))
            }
        }
    }

    package static func readFullTexts(
        _ input: any ByteInput, name: String, emit: (DocumentEvent) throws -> Void
    ) throws {
        let handler = JATSHandler(file: name)
        let parser = try XMLPushParser(vocabulary: JATSName.vocabulary, handler: handler)
        handler.parser = parser
        var inputError: GzipError?
        do {
            do {
                while let piece = try input.next() {
                    try parser.feed(piece)
                    for event in handler.takeEvents() { try emit(event) }
                }
            } catch let error as GzipError { inputError = error }
            try parser.finish()
        } catch let error as XMLError {
            handler.abandon()
            handler.report(
                .error, inputError == nil ? error.kind.code : "damagedGzip", line: error.line,
                inputError.map { "\($0)" }
                    ?? "the XML is damaged: \(error.message); what stands after it was not read; fetch the article again"
            )
        } catch let error as JATSHandler.WrongRoot {
            handler.report(
                .error, "wrongRoot", line: parser.line,
                "the document is <\(error.name)>, not an article in JATS XML or a set of them (pmc-articleset)")
        }
        for event in handler.takeEvents() { try emit(event) }
    }
}
