import Compression

extension RecordFormat {
    /// Who reads this format.
    package var reader: any RecordFormatReader.Type {
        switch self {
        case .pubmedXML: PubMedXMLReader.self
        case .nbib: NBIBReader.self
        case .ris: RISReader.self
        case .bibtex: BibTeXReader.self
        case .jats: JATSReader.self
        case .endnoteXML: EndNoteXMLReader.self
        case .endnoteText: EndNoteTextReader.self
        case .webOfScience: WebOfScienceReader.self
        case .cochrane: CochraneReader.self
        case .csv, .tsv: DelimitedRecordReader.self
        case .cslJSON: CSLJSONReader.self
        case .ndjson: NDJSONReader.self
        }
    }

    /// Reads records together with their full texts, where the format holds any.
    func readDocuments(
        _ input: any ByteInput, name: String, emit: (DocumentEvent) throws -> Void
    ) throws {
        guard self != .jats else { return try JATSReader.readFullTexts(input, name: name, emit: emit) }
        try reader.read(input, name: name) { event in
            switch event {
            case .record(let record, let location): try emit(.record(record, nil, location))
            case .issue(let issue): try emit(.issue(issue))
            }
        }
    }
}
