package import Bibliography

extension Document {
    /// A record with its full text: title, abstract and headings as before, then every paragraph, caption, table cell
    /// and footnote of the body as a section of its own, numbered through.
    package init(_ record: Record, fullText: FullText?) {
        self.init(record)
        guard let fullText else { return }
        var bodyCount = 0
        // What stands before the first heading of an article with methods is its introduction.
        var isIntroduction = fullText.parts.contains {
            BodyZone.name(headings: $0.headings, kind: $0.kind) == BodyZone.methods
        }
        for part in fullText.parts {
            isIntroduction = isIntroduction && part.headings.isEmpty && part.kind == nil
            let category =
                isIntroduction ? BodyZone.background : BodyZone.name(headings: part.headings, kind: part.kind)
            func add(_ text: String, _ place: Place, _ cell: CellIndex? = nil) {
                guard !text.isEmpty else { return }
                sections.append(
                    Section(
                        field: .body, index: bodyCount, category: category, text: text, place: place, cell: cell))
                bodyCount += 1
            }
            switch part.content {
            case .paragraph(let text): add(text, Place(part: .paragraph, headings: part.headings))
            case .figure(let label, let caption):
                add(caption, Place(part: .caption, headings: part.headings, label: label))
            case .table(let table):
                func place(_ part: Place.Part) -> Place {
                    Place(part: part, headings: headings, label: table.label)
                }
                let headings = part.headings
                tables.append(table)
                add(table.caption ?? "", place(.caption))
                for (index, cell) in table.cells.enumerated() {
                    var place = place(cell.role == .body ? .cell : .header)
                    place.rowHeaders = table.rowHeaders(of: cell)
                    place.columnHeaders = table.columnHeaders(of: cell)
                    add(cell.text, place, CellIndex(table: tables.count - 1, cell: index))
                }
                for note in table.footnotes { add(note, place(.footnote)) }
            }
        }
    }

    /// Where in a full text a section stands, for a person who looks it up.
    package struct Place: Sendable, Hashable, Codable {
        package enum Part: String, Sendable, Hashable, Codable { case paragraph, caption, header, cell, footnote }

        package var part: Part
        /// From the outermost section inwards, as printed.
        package var headings: [String]
        /// Of the table or figure: `Table 2`.
        package var label: String?
        /// Of a cell, from the outermost inwards.
        package var rowHeaders: [String]
        package var columnHeaders: [String]

        package init(
            part: Part, headings: [String], label: String? = nil, rowHeaders: [String] = [],
            columnHeaders: [String] = []
        ) {
            self.part = part
            self.headings = headings
            self.label = label
            self.rowHeaders = rowHeaders
            self.columnHeaders = columnHeaders
        }

        /// For a person: `Results, Table 2, row Patients, n (%) > Response, column Ketamine > 24 h`.
        package var text: String {
            var parts = [headings.joined(separator: " > "), label ?? ""]
            if part == .caption { parts.append("caption") }
            if part == .footnote { parts.append("footnote") }
            if !rowHeaders.isEmpty { parts.append("row " + rowHeaders.joined(separator: " > ")) }
            if !columnHeaders.isEmpty { parts.append("column " + columnHeaders.joined(separator: " > ")) }
            return parts.filter { !$0.isEmpty }.joined(separator: ", ")
        }
    }

    /// Which cell of which of the document's tables a section is.
    package struct CellIndex: Sendable, Hashable {
        package var table: Int
        package var cell: Int
    }
}

extension Document.Section {
    /// Whether it is of a part of a full text that speaks of the field and of others' studies: words there say nothing
    /// of this study.
    package var tellsOfOthers: Bool {
        field == .body && (category == "BACKGROUND" || category == "CONCLUSIONS" || category == "FUNDING")
    }
}

/// Which part of an article a section is, told by its headings. Background and Discussion speak of other studies,
/// Methods and Results of this one.
enum BodyZone {
    static let background = "BACKGROUND"
    static let methods = "METHODS"

    /// The name as `Headings` has it; nil where the headings do not tell.
    static func name(headings: [String], kind: String?) -> String? {
        if let kind, let name = kinds[kind.lowercased()] { return name }
        // The outermost heading that tells: `Results > Participants` are results.
        for heading in headings {
            if let name = name(heading) { return name }
        }
        return nil
    }

    private static func name(_ heading: String) -> String? {
        let lowered = heading.lowercased()
        return words.first { _, words in words.contains { lowered.contains($0) } }?.name
    }

    /// The words of `sec-type` that the JATS tag library suggests, and those of front matter.
    private static let kinds: [String: String] = [
        "intro": "BACKGROUND", "introduction": "BACKGROUND", "background": "BACKGROUND", "methods": "METHODS",
        "materials": "METHODS", "materials|methods": "METHODS", "materials and methods": "METHODS",
        "subjects": "METHODS", "results": "RESULTS", "cases": "RESULTS", "results|discussion": "RESULTS",
        "discussion": "CONCLUSIONS", "conclusions": "CONCLUSIONS", "discussion|conclusions": "CONCLUSIONS",
        // Money, interests, thanks, lives: nothing there is of the study's people.
        "funding-group": "FUNDING", "funding": "FUNDING", "author-notes": "FUNDING", "ack": "FUNDING",
        "fn-group": "FUNDING", "bio": "FUNDING", "glossary": "FUNDING", "notes": "FUNDING",
        "coi-statement": "FUNDING", "data-availability": "FUNDING", "supplementary-material": "FUNDING",
    ]

    /// The first that is found in a heading decides: `Results and discussion` are results.
    private static let words: [(name: String, words: [String])] = [
        ("REGISTRATION", ["registration"]),
        (
            "FUNDING",
            [
                "funding", "financial support", "role of the sponsor", "acknowledg", "competing interest",
                "conflict of interest", "conflicts of interest", "disclosure", "contribution", "abbreviations",
                "data availability", "pre-publication", "supporting information", "supplementary",
            ]
        ),
        ("METHODS", ["method", "patients and", "subjects and", "study design", "trial design", "experimental proc"]),
        ("RESULTS", ["result", "finding", "case report", "case presentation", "case description", "case series"]),
        (
            "CONCLUSIONS",
            [
                "discussion", "conclusion", "limitation", "strengths", "implication", "comment", "perspective",
            ]
        ),
        ("BACKGROUND", ["introduction", "background", "rationale", "literature", "previous stud"]),
        ("OBJECTIVE", ["objective", "aims", "hypothes"]),
        (
            "METHODS",
            [
                "participant", "procedure", "intervention", "randomi", "blinding", "statistic", "outcome measure",
                "assessment", "sample size", "eligib", "inclusion", "treatment", "data collection", "measures", "ethic",
            ]
        ),
    ]
}
