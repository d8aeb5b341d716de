import Bibliography
import Transfer
import XMLReading

/// Which records an efetch answer holds.
struct FetchAnswer: Hashable {
    /// In the order of the document; books included; once each.
    var delivered: [PMID]

    /// - Parameter requested: what was asked for; a record beside it makes the answer wrong.
    static func read(_ answer: HTTPAnswer, requested: Set<PMID>, _ screening: AnswerScreening) -> Meaning<FetchAnswer> {
        let reader = RecordSetReader()
        if let failure = screening.failure(
            reading: answer, with: reader, root: "PubmedArticleSet", of: "records", FetchAnswer.self)
        {
            return failure
        }
        return check(reader, requested: requested)
    }

    private static func check(_ reader: RecordSetReader, requested: Set<PMID>) -> Meaning<FetchAnswer> {
        var versions: Set<String> = []
        var seen: Set<PMID> = []
        var delivered: [PMID] = []
        for record in reader.records {
            guard let pmid = PMID(record.pmid) else { return .transient("a record of the answer has no PMID") }
            guard requested.contains(pmid) else { return .transient("PMID \(pmid) came without having been asked for") }
            guard versions.insert("\(pmid).\(record.version)").inserted else {
                return .transient("PMID \(pmid) came twice")
            }
            if seen.insert(pmid).inserted { delivered.append(pmid) }
        }
        return .result(FetchAnswer(delivered: delivered))
    }
}

/// Reads a `PubmedArticleSet` to its end and keeps the PMIDs of its records.
private final class RecordSetReader: EntrezSetReader {
    struct Found {
        var pmid = ""
        var version = ""
    }

    private(set) var rootName = ""
    private(set) var records: [Found] = []
    private(set) var errors = ""
    private var path: [XMLName] = []
    private var isInPMID = false
    private var isInError = false

    static let vocabulary = XMLVocabulary([
        "PubmedArticle", "PubmedBookArticle", "MedlineCitation", "BookDocument", "PMID", "Version", "ERROR",
    ])
    private static let article = vocabulary["PubmedArticle"]
    private static let bookArticle = vocabulary["PubmedBookArticle"]
    private static let citation = vocabulary["MedlineCitation"]
    private static let book = vocabulary["BookDocument"]
    private static let pmid = vocabulary["PMID"]
    private static let version = vocabulary["Version"]
    private static let error = vocabulary["ERROR"]

    func startElement(_ name: XMLName, _ tag: XMLStartTag) throws {
        if path.isEmpty { rootName = tag.name }
        path.append(name)
        if path.count == 2, name == Self.article || name == Self.bookArticle { records.append(Found()) }
        if name == Self.error { isInError = true }
        // A record's own PMID; the others of a record are those of corrections and references.
        guard path.count == 4, name == Self.pmid, !records.isEmpty, records[records.count - 1].pmid.isEmpty,
            (path[1] == Self.article && path[2] == Self.citation)
                || (path[1] == Self.bookArticle && path[2] == Self.book)
        else { return }
        isInPMID = true
        records[records.count - 1].version = tag.string(Self.version) ?? "1"
    }

    func endElement(_ name: XMLName) throws {
        path.removeLast()
        isInPMID = false
        if name == Self.error { isInError = false }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        if isInPMID { records[records.count - 1].pmid += String(decoding: bytes, as: UTF8.self) }
        if isInError, errors.utf8.count < 2000 { errors += String(decoding: bytes, as: UTF8.self) }
    }
}
