package import Bibliography

/// What is read of a report: an ordered list of labelled texts, the same type for an abstract and for a full text.
package struct Document: Sendable, Hashable {
    /// The fields that evidence can point into, by their names in every output.
    package enum Field: String, Sendable, Hashable, Codable, CaseIterable {
        case title, abstract, mesh, keywords, publicationTypes
        /// A paragraph, a caption or a table cell of a full text.
        case body
    }

    /// One text of the document, as `parse` prints it.
    package struct Section: Sendable, Hashable {
        package var field: Field
        /// 0-based index into the field's list; nil for the title.
        package var index: Int?
        /// The printed heading and NLM's category, where there are any.
        package var label: String?
        package var category: String?
        package var text: String
        /// A descriptor's or type's identifier (`D007649`), for `mesh` and `publicationTypes`.
        package var ui: String?
        /// Of the body: where a person finds it.
        package var place: Place?
        /// Of a table: which cell it is.
        package var cell: CellIndex?

        package init(
            field: Field, index: Int?, label: String? = nil, category: String? = nil, text: String, ui: String? = nil,
            place: Place? = nil, cell: CellIndex? = nil
        ) {
            self.field = field
            self.index = index
            self.label = label
            self.category = category
            self.text = text
            self.ui = ui
            self.place = place
            self.cell = cell
        }
    }

    package var id: RecordID
    package var sections: [Section]
    /// Numbers from the record's data banks; `DataBankList` is evidence no text shows.
    package var registrations: [Registration]
    package var publishedYear: Int?
    package var relations: [Relation]
    package var languages: [String]
    /// The tables of the full text, in its order.
    package internal(set) var tables: [TextTable] = []
    /// Vernacular title, other abstracts and chemicals: no rule reads them, but what they name is named.
    package var otherTexts: [String]

    package init(
        id: RecordID, sections: [Section], registrations: [Registration] = [], publishedYear: Int? = nil,
        relations: [Relation] = [], languages: [String] = [], otherTexts: [String] = []
    ) {
        self.id = id
        self.sections = sections
        self.registrations = registrations
        self.publishedYear = publishedYear
        self.relations = relations
        self.languages = languages
        self.otherTexts = otherTexts
    }

    /// Title, abstract, MeSH headings, keywords and publication types of a record, in that order. Other abstracts are
    /// not read: they repeat the main one in another language.
    package init(_ record: Record) {
        var sections: [Section] = []
        if let title = record.title, !title.isEmpty {
            sections.append(Section(field: .title, index: nil, text: title))
        }
        for (index, part) in record.abstract.enumerated() {
            sections.append(
                Section(field: .abstract, index: index, label: part.label, category: part.category, text: part.text))
        }
        for (index, heading) in record.mesh.enumerated() {
            sections.append(Section(field: .mesh, index: index, text: heading.name, ui: heading.ui))
        }
        for (index, keyword) in record.keywords.enumerated() {
            sections.append(Section(field: .keywords, index: index, text: keyword))
        }
        for (index, type) in record.publicationTypes.enumerated() {
            sections.append(Section(field: .publicationTypes, index: index, text: type.name, ui: type.ui))
        }
        self.init(
            id: record.id, sections: sections, registrations: record.registrations,
            publishedYear: record.published.year, relations: record.relations, languages: record.languages,
            otherTexts: [record.vernacularTitle].compactMap(\.self)
                + record.otherAbstracts.flatMap { $0.sections.map(\.text) } + record.chemicals.map(\.name))
    }
}

/// A place in a document: UTF-8 byte offsets into the text of one section, end exclusive.
package struct TextSpan: Sendable, Hashable {
    /// Index into `Document.sections`.
    package var section: Int
    package var start: Int
    package var end: Int

    package init(section: Int, start: Int, end: Int) {
        self.section = section
        self.start = start
        self.end = end
    }
}

/// The words that a judgement or a value rests on: where they stand and what they are. `quote` is exactly the slice.
package struct Evidence: Sendable, Hashable, Codable {
    package var field: Document.Field
    /// 0-based index into the field's list; nil for the title.
    package var section: Int?
    package var start: Int
    package var end: Int
    package var quote: String
    /// The rule that pointed here, `route.iv`.
    package var rule: String
    /// Of the body: headings, table and headers, for a person who looks it up.
    package var place: Document.Place?

    package init(
        field: Document.Field, section: Int?, start: Int, end: Int, quote: String, rule: String,
        place: Document.Place? = nil
    ) {
        self.field = field
        self.section = section
        self.start = start
        self.end = end
        self.quote = quote
        self.rule = rule
        self.place = place
    }

    /// The evidence at a span of a document.
    package init(_ span: TextSpan, in document: Document, rule: String) {
        let section = document.sections[span.section]
        let bytes = section.text.utf8
        let from = bytes.index(bytes.startIndex, offsetBy: span.start)
        let to = bytes.index(bytes.startIndex, offsetBy: span.end)
        self.init(
            field: section.field, section: section.index, start: span.start, end: span.end,
            quote: String(section.text[from..<to]), rule: rule, place: section.place)
    }
}
