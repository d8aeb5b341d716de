package import Bibliography
import Interchange

/// CSV with one row a record. Lists are joined with `; `, an abstract in sections takes a line a section (`LABEL: text`), and
/// cells that a spreadsheet would run as a formula are made inert.
package enum CSVWriter: RecordFormatWriter {
    package static let columns = [
        "id", "kind", "pmid", "pmcid", "doi", "title", "vernacular_title", "abstract", "authors", "journal",
        "abbreviation", "issn", "volume", "issue", "pages", "year", "month", "day", "season", "date", "languages",
        "publication_types", "mesh", "keywords", "chemicals", "registrations", "status",
    ]

    package static func header() -> [UInt8] { row(columns.map(TableCell.text)) }

    package static func write(_ record: Record, to bytes: inout [UInt8]) {
        bytes += row([
            .text(record.id.rawValue), .text(record.kind.rawValue), text(record.pmid?.description), text(record.pmcid),
            text(record.doi?.text), text(record.title), text(record.vernacularTitle),
            .text(FieldText.abstractLines(record.abstract).joined(separator: "\n")),
            .text(record.authors.compactMap { PersonName.text($0) }.joined(separator: "; ")),
            text(record.journal.title), text(record.journal.abbreviation), text(record.journal.issn),
            text(record.journal.volume), text(record.journal.issue), text(record.journal.pages),
            .optional(record.published.year), .optional(record.published.month), .optional(record.published.day),
            text(record.published.season), text(record.published.raw), list(record.languages),
            list(record.publicationTypes.map(\.name)), list(record.mesh.map { MeshText.text($0) }),
            list(record.keywords), list(record.chemicals.map(\.name)),
            list(record.registrations.map { "\($0.registry): \($0.number)" }), text(record.status),
        ])
    }

    private static func row(_ cells: [TableCell]) -> [UInt8] {
        var writer = DelimitedWriter()
        writer.row(cells)
        return writer.bytes
    }

    private static func text(_ value: String?) -> TableCell { .optional(value.flatMap { FieldText.plain($0) }) }

    /// An item's own semicolons would make two items of it.
    private static func list(_ items: [String]) -> TableCell {
        text(items.map { $0.replacing(";", with: ",") }.joined(separator: "; "))
    }
}
