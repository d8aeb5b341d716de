/// The formats that records are read from and written to, by their names on the command line.
package enum RecordFormat: String, CaseIterable, Sendable {
    case pubmedXML = "pubmed-xml"
    case nbib
    case ris
    case bibtex
    /// Full texts.
    case jats
    case endnoteXML = "endnote-xml"
    /// EndNote's tagged text, Refer's format.
    case endnoteText = "enw"
    case webOfScience = "wos"
    case cochrane
    case csv
    case tsv
    case cslJSON = "csl-json"
    case ndjson
}
