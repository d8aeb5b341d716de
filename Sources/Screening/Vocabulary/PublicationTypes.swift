import Annotation

/// The publication types of MEDLINE that screening asks for, by name and descriptor. Source: NLM, MeSH Publication
/// Characteristics (tree V). A search for one covers those below it, as PubMed's `[pt]` does.
enum PublicationTypeTable {
    private static let rows: [(name: String, ui: String, above: String?)] = [
        ("Journal Article", "D016428", nil),
        ("Clinical Study", "D000068397", nil),
        ("Clinical Trial", "D016430", "Clinical Study"),
        ("Clinical Trial, Phase I", "D017426", "Clinical Trial"),
        ("Clinical Trial, Phase II", "D017427", "Clinical Trial"),
        ("Clinical Trial, Phase III", "D017428", "Clinical Trial"),
        ("Clinical Trial, Phase IV", "D017429", "Clinical Trial"),
        ("Controlled Clinical Trial", "D018848", "Clinical Trial"),
        ("Randomized Controlled Trial", "D016449", "Controlled Clinical Trial"),
        ("Pragmatic Clinical Trial", "D065007", "Controlled Clinical Trial"),
        ("Equivalence Trial", "D000073843", "Randomized Controlled Trial"),
        ("Observational Study", "D064888", "Clinical Study"),
        ("Multicenter Study", "D016448", nil),
        ("Comparative Study", "D003160", nil),
        ("Evaluation Study", "D023362", nil),
        ("Validation Study", "D023361", nil),
        ("Case Reports", "D002363", nil),
        ("Clinical Trial Protocol", "D000078325", nil),
        ("Review", "D016454", nil),
        ("Systematic Review", "D000078182", "Review"),
        ("Scoping Review", "D000098163", "Review"),
        ("Meta-Analysis", "D017418", nil),
        ("Network Meta-Analysis", "D000097967", "Meta-Analysis"),
        ("Guideline", "D016431", nil),
        ("Practice Guideline", "D017065", "Guideline"),
        ("Consensus Development Conference", "D016446", nil),
        ("Editorial", "D016421", nil),
        ("Comment", "D016420", nil),
        ("Letter", "D016422", nil),
        ("News", "D016433", nil),
        ("Newspaper Article", "D018431", nil),
        ("Historical Article", "D016456", nil),
        ("Interview", "D017203", nil),
        ("Biography", "D019215", nil),
        ("Lecture", "D019531", nil),
        ("Published Erratum", "D016425", nil),
        ("Retracted Publication", "D016441", nil),
        ("Retraction Notice", "D016440", nil),
        ("Expression of Concern", "D000075742", nil),
        ("Preprint", "D000076942", nil),
        ("English Abstract", "D004740", nil),
        ("Video-Audio Media", "D059040", nil),
        // Not MEDLINE's: what the reader of a register's table gives its rows.
        ("Trial Registration", "", nil),
    ]

    /// Names that MEDLINE used for the same descriptor before.
    private static let former = ["Retraction of Publication": "Retraction Notice"]

    static func types(_ text: String, at token: QueryToken) throws(QueryProblem) -> HeadingSet {
        let wanted = text.lowercased()
        guard
            let row = rows.first(where: {
                $0.name.lowercased() == wanted || (!$0.ui.isEmpty && $0.ui.lowercased() == wanted)
            })
                ?? former.first(where: { $0.key.lowercased() == wanted }).flatMap({ pair in
                    rows.first { $0.name == pair.value }
                })
        else {
            throw QueryProblem(
                offset: token.offset, found: token.text,
                message: "not a publication type of MEDLINE that is known here",
                accepted: NearestWord.hint(text, among: rows.map(\.name)))
        }
        var covered = [row.name]
        var grown = true
        while grown {
            let more = rows.filter { $0.above.map(covered.contains) == true && !covered.contains($0.name) }.map(\.name)
            covered += more
            grown = !more.isEmpty
        }
        let members = rows.filter { covered.contains($0.name) }
        let formerNames = former.filter { covered.contains($0.value) }.keys
        return HeadingSet(
            field: .publicationTypes,
            names: Set((members.map(\.name) + formerNames).map { $0.lowercased() }),
            identifiers: Set(members.map(\.ui).filter { !$0.isEmpty }))
    }
}
