extension RecordFormat {
    /// Who reads this format.
    package var reader: any RecordFormatReader.Type {
        switch self {
        case .pubmedXML: PubMedXMLReader.self
        case .nbib: NBIBReader.self
        case .ris: RISReader.self
        case .bibtex: BibTeXReader.self
        case .endnoteXML: EndNoteXMLReader.self
        case .webOfScience: WebOfScienceReader.self
        case .cochrane: CochraneReader.self
        case .csv, .tsv: DelimitedRecordReader.self
        case .cslJSON: CSLJSONReader.self
        case .ndjson: NDJSONReader.self
        }
    }
}
