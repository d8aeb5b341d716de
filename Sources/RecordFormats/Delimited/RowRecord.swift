import Bibliography
import Foundation
import Interchange

/// Makes a record of a row.
struct RowRecord {
    let columns: Columns
    let source: RecordFormat

    func record(_ cells: [[UInt8]]) -> (record: Record, key: String?) {
        let row = Row(columns: columns, cells: cells)
        var record = Record(id: RecordID(""), kind: kind(row.text(.kind)), source: source.rawValue)
        // Spreadsheets and pandas make 123.0 of 123 where other cells are empty.
        record.pmid = row.text(.pmid).flatMap { text in
            PMID(text.hasSuffix(".0") ? text.dropLast(2) : text[...])
                ?? IdentifierText.pmid(text) ?? IdentifierText.pmid(address: text)
        }
        record.pmid = record.pmid ?? row.text(.number).flatMap { WebOfScienceRecord.pmid(of: $0) }
        record.pmcid = row.text(.pmcid)
        record.doi = row.text(.doi).flatMap { DOI($0) }
        record.title = row.text(.title)
        record.vernacularTitle = row.text(.vernacularTitle)
        record.abstract = FieldText.abstract(row.textBytes(.abstract) ?? row.textBytes(.summary) ?? [])
        let names = row.text(.authors) ?? row.text(.otherAuthors)
        record.authors = names.map { columns.isOwn ? NameList.strict($0) : NameList.parse($0) } ?? []
        record.dropEtAl()
        RowAffiliations.add(
            named: row.text(.namedAffiliations), addresses: row.text(.affiliations), to: &record.authors)
        record.authors += row.lists(.groups).map { Author(collective: $0) }
        record.journal = journal(row)
        record.published = date(row)
        record.languages = row.lists(.languages)
        record.publicationTypes = row.lists(.publicationTypes).map { PublicationType(name: $0) }
        record.mesh = row.lists(.mesh).compactMap { MeshText.parse($0) }
        // `Animals. *Birds / growth & development; physiology.`: MEDLINE's headings in Web of Science.
        record.mesh += (row.text(.sentences) ?? "").components(separatedBy: ". ").compactMap { heading in
            let text = heading.hasSuffix(".") ? String(heading.dropLast()) : heading
            return MeshText.parse(text.replacing(";", with: "/"))
        }
        record.keywords =
            columns.isOwn
            ? row.lists(.keywords) : row.positions(.keywords).flatMap { NameList.terms($0) }.uniqued()
        record.chemicals = row.lists(.chemicals).map { Chemical(name: $0) }
        record.registrations = row.lists(.registrations).map { registration($0) }
        record.grants = row.lists(.grants).map { Grant(id: $0) }
        var key = row.text(.id) ?? row.text(.otherID)
        if let trial = row.text(.trial) {
            makeTrial(&record, trial, row)
            key = key ?? trial
        } else {
            record.status = row.text(.status)
        }
        return (record, key ?? (record.pmid == nil ? row.text(.key) : nil))
    }

    /// A row of a registry is no article: its id is the registration number.
    private func makeTrial(_ record: inout Record, _ trial: String, _ row: Row) {
        record.kind = .other
        let number = trial.uppercased()
        let registration = Registration(registry: "ClinicalTrials.gov", number: number)
        if !record.registrations.contains(registration) { record.registrations.insert(registration, at: 0) }
        record.publicationTypes = [PublicationType(name: "Trial Registration")]
        let terms = row.lists(.conditions, separators: "|") + row.lists(.interventions, separators: "|")
        record.keywords = (record.keywords + terms).uniqued()
    }

    private func kind(_ text: String?) -> Record.Kind {
        guard let text = text?.lowercased() else { return .article }
        if let kind = Record.Kind(rawValue: text) { return kind }
        return ["book", "inbook", "incollection", "chap", "chapter", "booksection", "booklet"].contains(text)
            ? .book : .article
    }

    private func journal(_ row: Row) -> Journal {
        var journal = Journal(
            title: row.text(.journal), abbreviation: row.text(.abbreviation),
            issn: row.positions(.issn).lazy.compactMap { SerialNumber.issn($0) }.first, volume: row.text(.volume),
            issue: row.text(.issue), pages: row.text(.pages))
        if journal.pages == nil {
            let ends = [row.text(.startPage), row.text(.endPage)].compactMap { $0 }
            // OpenAlex and others repeat an only page as the last.
            let range = ends.count == 2 && ends[0] == ends[1] ? [ends[0]] : ends
            journal.pages = range.isEmpty ? row.text(.articleNumber) : range.joined(separator: "-")
        }
        if let citation = row.text(.citation).flatMap({ SourceLine($0) }) {
            journal.volume = journal.volume ?? citation.volume
            journal.issue = journal.issue ?? citation.issue
            journal.pages = journal.pages ?? citation.pages
        }
        if let source = row.text(.source) {
            if let citation = EmbaseSource(source) {
                journal.title = journal.title ?? citation.title
                journal.volume = journal.volume ?? citation.volume
                journal.issue = journal.issue ?? citation.issue
                journal.pages = journal.pages ?? citation.pages
            } else if columns.sourceIsJournal {
                journal.title = source
            }
        }
        return journal
    }

    private func date(_ row: Row) -> PublicationDate {
        let source = row.text(.source).flatMap { EmbaseSource($0)?.year }
        // A registration is published when it is first posted; its `Start Date` is the trial's.
        let stated =
            row.text(.firstPosted) ?? row.text(.date) ?? row.text(.citation).flatMap { SourceLine($0)?.date }
        guard let year = row.text(.year) ?? (stated == nil ? source : nil) else {
            return stated.map { DateText.parse($0) } ?? PublicationDate()
        }
        var date = DateText.merged(year, stated)
        if let month = row.text(.month) {
            date.month = Int(month).flatMap { (1...12).contains($0) ? $0 : nil } ?? DateText.month(month)
        }
        if let day = row.text(.day).flatMap({ Int($0) }), (1...31).contains(day), date.month != nil { date.day = day }
        if let season = row.text(.season) { date.season = season }
        return date
    }

    /// `ClinicalTrials.gov: NCT01234567`, or a bare number of a registry that its letters name.
    private func registration(_ text: String) -> Registration {
        if let colon = text.range(of: ": ") {
            return Registration(registry: String(text[..<colon.lowerBound]), number: String(text[colon.upperBound...]))
        }
        return Registration(registry: text.hasPrefix("NCT") ? "ClinicalTrials.gov" : "", number: text)
    }
}

/// A row with its cells by what they hold.
private struct Row {
    let columns: Columns
    let cells: [[UInt8]]

    /// The first cell of these columns that is not empty, as it stands.
    func bytes(_ field: Columns.Field) -> [UInt8]? {
        for position in columns.positions(field) where position < cells.count {
            let cell = restored(cells[position])
            if cell.contains(where: { $0 > 0x20 }) { return cell }
        }
        return nil
    }

    /// The same, without markup; what this program writes has none.
    func textBytes(_ field: Columns.Field) -> [UInt8]? {
        guard let cell = bytes(field), !columns.isOwn else { return bytes(field) }
        return MarkedText.plain(cell) ?? cell
    }

    func text(_ field: Columns.Field) -> String? {
        guard let text = textBytes(field).flatMap({ FieldText.plain($0) }) else { return nil }
        // What pandas and R write for nothing.
        return !columns.isOwn && ["nan", "NaN", "NA", "N/A", "None", "null", "NULL"].contains(text) ? nil : text
    }

    /// The text of every column of this kind.
    func positions(_ field: Columns.Field) -> [String] {
        columns.positions(field).compactMap { position in
            guard position < cells.count else { return nil }
            let cell = restored(cells[position])
            return FieldText.plain(columns.isOwn ? cell : MarkedText.plain(cell) ?? cell)
        }
    }

    func lists(_ field: Columns.Field, separators: String = ";") -> [String] {
        guard let text = text(field) else { return [] }
        return text.split { separators.contains($0) }.compactMap { FieldText.plain($0) }
    }

    private func restored(_ cell: [UInt8]) -> [UInt8] {
        guard cell.first == 0x27 else { return cell }
        return Array(InertCell.restored(String(decoding: cell, as: UTF8.self)).utf8)
    }
}

/// `Cancer (2004) 102:4 (253-258). Date of Publication: 25 Aug 2004`: Embase's column `Source`.
struct EmbaseSource {
    let title: String
    let year: String
    let volume: String?
    let issue: String?
    let pages: String?

    init?(_ text: String) {
        guard let open = text.range(of: " ("), let title = FieldText.plain(text[..<open.lowerBound]) else { return nil }
        let rest = text[open.upperBound...]
        guard let close = rest.firstIndex(of: ")") else { return nil }
        let year = String(rest[..<close])
        guard DateText.parse(year).year != nil else { return nil }
        self.title = title
        self.year = year
        let tail = rest[rest.index(after: close)...]
        let numbers = tail.prefix { $0 != "(" && $0 != "." }
        // `15:1 Article Number: 4063`
        let article = numbers.range(of: "Article Number:")
        let parts = numbers[..<(article?.lowerBound ?? numbers.endIndex)].split(separator: ":", maxSplits: 1)
            .map { FieldText.plain($0) }
        volume = parts.first ?? nil
        issue = parts.count > 1 ? parts[1] : nil
        let inBrackets = tail.dropFirst(numbers.count)
        pages =
            article.flatMap { FieldText.plain(numbers[$0.upperBound...]) }
            ?? (inBrackets.hasPrefix("(") ? FieldText.plain(inBrackets.dropFirst().prefix { $0 != ")" }) : nil)
    }
}
