import Bibliography
import Compression
import XMLReading

/// What collects events while a whole XML document is parsed.
protocol XMLDocumentHandler: XMLHandler {
    associatedtype Event

    var parser: XMLPushParser? { get set }
    /// The events since the last call.
    func takeEvents() -> [Event]
    /// Drops what is open: the document ends here.
    func abandon()
    func report(_ severity: ReadingIssue.Severity, _ code: String, line: Int, id: RecordID?, _ message: String)
}

/// A document of another kind than the reader is for; thrown by handlers at the first element.
struct WrongXMLRoot: Error {
    let name: String
}

extension XMLDocumentHandler {
    /// Parses a document from beginning to end. Damage ends it with an issue; what stood before was given out.
    ///
    /// - Parameters:
    ///   - again: what to do about a damaged document: `fetch the article again`.
    ///   - wanted: what it should have been: `an article in JATS XML`.
    func read(
        _ input: any ByteInput, vocabulary: XMLVocabulary, again: String, wanted: String, emit: (Event) throws -> Void
    ) throws {
        let parser = try XMLPushParser(vocabulary: vocabulary, handler: self)
        self.parser = parser
        var inputError: GzipError?
        do {
            do {
                while let piece = try input.next() {
                    try parser.feed(piece)
                    for event in takeEvents() { try emit(event) }
                }
            } catch let error as GzipError { inputError = error }
            try parser.finish()
        } catch let error as XMLError {
            abandon()
            report(
                .error, inputError == nil ? error.kind.code : "damagedGzip", line: error.line, id: nil,
                inputError.map { "\($0)" }
                    ?? "the XML is damaged: \(error.message); what stands after it was not read; \(again)")
        } catch let error as WrongXMLRoot {
            report(.error, "wrongRoot", line: parser.line, id: nil, "the document is <\(error.name)>, not \(wanted)")
        }
        for event in takeEvents() { try emit(event) }
    }
}
