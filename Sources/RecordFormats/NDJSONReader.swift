import Bibliography
package import Compression
import Foundation

/// One JSON object a line, as `sluice parse` writes them. Keys may be missing, except `id`; unknown keys are passed
/// over. A line that cannot be read becomes an issue, and the next line is read.
package enum NDJSONReader: RecordFormatReader {
    /// The longest line that is read; no record comes near.
    static let maxLine = 64 << 20

    package static func read(
        _ input: any ByteInput, name: String, emit: (ReadingEvent) throws -> Void
    ) throws {
        var line: [UInt8] = []
        var number = 0
        var offset = 0
        var isTooLong = false
        let decoder = JSONDecoder()

        func endLine(at end: Int) throws {
            number += 1
            defer {
                line.removeAll(keepingCapacity: true)
                isTooLong = false
                offset = end
            }
            func fail(_ message: String) throws {
                try emit(
                    .issue(
                        ReadingIssue(
                            file: name, line: number, severity: .error, code: "badLine",
                            message: "\(message); the line was passed over")))
            }
            guard !isTooLong else { return try fail("the line is longer than \(maxLine >> 20) MiB") }
            if number == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
            guard line.contains(where: { !FormatDetection.isSpace($0) }) else { return }
            do {
                let mirror = try decoder.decode(RecordMirror.self, from: Data(line))
                try emit(.record(mirror.record, RecordLocation(line: number, start: offset, end: end)))
            } catch let error as DecodingError { try fail(Self.message(error)) }
        }

        var position = 0
        while let piece = try input.next() {
            var rest = piece[...]
            while let feed = rest.firstIndex(of: 0x0A) {
                if line.count + rest.count <= maxLine { line += rest[..<feed] } else { isTooLong = true }
                try endLine(at: position + feed + 1)
                rest = rest[(feed + 1)...]
            }
            if line.count + rest.count <= maxLine { line += rest } else { isTooLong = true }
            position += piece.count
        }
        if !line.isEmpty || isTooLong { try endLine(at: position) }
    }

    private static func message(_ error: DecodingError) -> String {
        let context: DecodingError.Context
        switch error {
        case .typeMismatch(_, let found), .valueNotFound(_, let found), .keyNotFound(_, let found),
            .dataCorrupted(let found):
            context = found
        @unknown default: return "the line is no record in JSON"
        }
        let path = context.codingPath.map(\.stringValue).joined(separator: ".")
        return "the line is no record in JSON\(path.isEmpty ? "" : " at '\(path)'"): \(context.debugDescription)"
    }
}

/// A record in JSON, of which every key but `id` may be missing.
private struct RecordMirror: Decodable {
    let id: String
    let kind: Record.Kind?
    let source: String?
    let pmid: PMID?
    let version: Int?
    let pmcid: String?
    let doi: String?
    let title: String?
    let vernacularTitle: String?
    let abstract: [AbstractSection]?
    let otherAbstracts: [OtherAbstract]?
    let authors: [Author]?
    let authorsComplete: Bool?
    let journal: Journal?
    let published: PublicationDate?
    let languages: [String]?
    let publicationTypes: [PublicationType]?
    let mesh: [MeshHeading]?
    let keywords: [String]?
    let chemicals: [Chemical]?
    let registrations: [Registration]?
    let grants: [Grant]?
    let relations: [Relation]?
    let status: String?
    let dates: RecordDates?

    var record: Record {
        var record = Record(id: RecordID(id), kind: kind ?? .other, source: source ?? "ndjson")
        record.pmid = pmid
        record.version = version ?? 1
        record.pmcid = pmcid
        record.doi = doi.flatMap { DOI($0) }
        record.title = title
        record.vernacularTitle = vernacularTitle
        record.abstract = abstract ?? []
        record.otherAbstracts = otherAbstracts ?? []
        record.authors = authors ?? []
        record.authorsComplete = authorsComplete ?? true
        record.journal = journal ?? Journal()
        record.published = published ?? PublicationDate()
        record.languages = languages ?? []
        record.publicationTypes = publicationTypes ?? []
        record.mesh = mesh ?? []
        record.keywords = keywords ?? []
        record.chemicals = chemicals ?? []
        record.registrations = registrations ?? []
        record.grants = grants ?? []
        record.relations = relations ?? []
        record.status = status
        record.dates = dates ?? RecordDates()
        return record
    }
}
