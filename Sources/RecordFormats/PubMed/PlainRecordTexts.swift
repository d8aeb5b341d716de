/// Finds out where the texts of a record stand: all of it but authors, journal, grants, relations and what comes after
/// the citation (dates, ids, the list of references). A judgement reads nothing of these.
struct PlainRecordTexts: PlainRecordVisitor {
    private(set) var texts: [UnsafeBufferPointer<UInt8>] = []
    /// Whether the record surely has a title that says something.
    private(set) var hasTitle = false

    /// Where the text begins that is not among `texts` yet; nil before the record's first tag.
    private var start: UnsafePointer<UInt8>?
    /// How deep the element without texts lies that is open now; the deepest level there is where none is.
    private var without = PlainRecord.maxDepth
    private var isInCitation = false
    private var isInArticle = false
    private var isBeforeTitle = false

    mutating func restart() {
        texts.removeAll(keepingCapacity: true)
        hasTitle = false
        start = nil
        without = PlainRecord.maxDepth
        isBeforeTitle = false
    }

    mutating func begin(_ tag: PlainTag, depth: Int) {
        if start == nil { start = tag.start - 1 }
        guard depth < without, depth < 4, !tag.isWhole else { return }
        switch depth {
        case 1:
            isInCitation = tag.isNamed("MedlineCitation")
            if tag.isNamed("PubmedData") { leaveOut(tag, depth) }
        case 2 where isInCitation:
            isInArticle = tag.isNamed("Article")
            if tag.isNamed("CommentsCorrectionsList") { leaveOut(tag, depth) }
        case 3 where isInCitation && isInArticle:
            if tag.isNamed("AuthorList") || tag.isNamed("Journal") || tag.isNamed("GrantList") {
                leaveOut(tag, depth)
            } else if tag.isNamed("ArticleTitle") {
                isBeforeTitle = true
            }
        default: break
        }
    }

    private mutating func leaveOut(_ tag: PlainTag, _ depth: Int) {
        without = depth
        endText(tag.start - 1)
    }

    private mutating func endText(_ end: UnsafePointer<UInt8>) {
        if let start { texts.append(UnsafeBufferPointer(start: start, count: end - start)) }
    }

    /// The first sign of the title, in markup or not, must be no white space.
    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>, hasReferences: Bool) {
        guard isBeforeTitle else { return }
        isBeforeTitle = false
        let first = bytes[0]
        // ASCII, or one of the alphabets of Europe: their first bytes begin no white space.
        let saysSomething =
            first > 0x20 && first < 0x7F && first != UInt8(ascii: "&") || first >= 0xC3 && first < 0xE0
        hasTitle = hasTitle || saysSomething
    }

    mutating func end(_ end: UnsafePointer<UInt8>, depth: Int) {
        isBeforeTitle = false
        if depth == without {
            without = PlainRecord.maxDepth
            start = end
        }
        if depth == 0 { endText(end) }
    }
}
