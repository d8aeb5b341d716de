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
        try JATSHandler(file: name).read(
            input, vocabulary: JATSName.vocabulary, again: "fetch the article again",
            wanted: "an article in JATS XML or a set of them (pmc-articleset)", emit: emit)
    }
}
