import Annotation
import Bibliography
import Compression
import Foundation
import Mutation
import RecordFormats
import TestSupport
import Testing

@testable import Screening

@Suite("What a record needs to name")
struct NeedsTests {
    private static func screener(_ needs: String = "ketamin* OR esketamin* OR ketalar") throws -> Screener {
        let criterion = CriterionDeclaration(
            id: SourceText("drug"), needs: SourceText(needs),
            rules: [
                Invented.rule("title", .met, "ketamin*[ti]"),
                Invented.rule("pain", .notMet, "pain[ti]", overrides: ["title"]),
            ])
        return try Screener(criteria: [criterion, Invented.criterion("later", Invented.rule("mice", .notMet, "mice"))])
    }

    private static func judge(_ document: Document) throws -> Judgement {
        try screener().judge(document, Annotations(items: []))
    }

    @Test("a record that names the drug nowhere is excluded by the criterion, and its title is the quote")
    func nowhere() throws {
        let judgement = try Self.judge(
            Invented.document(title: "Midazolam in mice", abstract: ["Mice were given midazolam."]))
        #expect(judgement.decision == .exclude)
        #expect(judgement.reason == "drug")
        let evidence = try #require(judgement.criteria[0].evidence.first)
        #expect(evidence.quote == "Midazolam in mice")
        #expect(evidence.rule == "drug.needs")
    }

    @Test("a heading, a keyword, a chemical or another abstract names it too")
    func elsewhere() throws {
        var chemical = Record(id: RecordID("a"), kind: .article, source: "pubmed")
        chemical.title = "A trial"
        chemical.chemicals = [Chemical(name: "Esketamine", ui: nil)]
        var other = Record(id: RecordID("b"), kind: .article, source: "pubmed")
        other.title = "A trial"
        other.otherAbstracts = [
            OtherAbstract(
                type: nil, language: "fre",
                sections: [AbstractSection(label: nil, category: nil, text: "La k\u{E9}tamine")])
        ]
        var vernacular = Record(id: RecordID("c"), kind: .article, source: "pubmed")
        vernacular.title = "A trial"
        vernacular.vernacularTitle = "Ketamin bei Depression"
        let documents = [
            Document(chemical), Document(other), Document(vernacular),
            Invented.document(title: "A trial", mesh: ["Ketamine"]),
            Invented.document(title: "A trial", keywords: ["KETALAR"]),
        ]
        for document in documents { #expect(try Self.judge(document).criteria[0].verdict == .unclear) }
    }

    @Test("a record without any text has nothing to quote and waits for a person")
    func silent() throws {
        #expect(try Self.judge(Invented.document()).decision == .unclear)
    }

    @Test(
        "needs takes words joined by OR; anything else is refused with what is accepted",
        arguments: ["ketamine[ti]", "ketamine AND pain", "route = intravenous", "Ketamine[mh]"])
    func refused(needs: String) throws {
        let error = try #require(throws: CriteriaError.self) { try Self.screener(needs) }
        #expect(error.description.contains("what a record needs to name is more than words"))
        #expect(error.description.contains("joined by OR"))
    }

    @Test("an unknown concept in needs is told with its line")
    func unknownConcept() throws {
        let error = try #require(throws: CriteriaError.self) { try Self.screener("#nothing") }
        #expect(error.description.contains("no concept of this name"))
    }

    @Test(
        "a word is found in the bytes however it is written",
        arguments: [
            "<T>Ketamine</T>", "KETAMINE", "x ketamines", "esketamine", "ket<i>am</i>ine", "<b>K</b>etamine",
            "k&#101;tamine", "&#107;etamine", "&#x4B;ETAMINE", "keta&#xAD;mine", "keta\u{AD}mine", "k\u{E9}tamine",
            "ke\u{301}tamine", "\u{212A}etamine", "&#8490;etamine", "ket\u{E5}mine", "ket\u{212B}mine",
            "ke<sup a=\"1\">t</sup>a<sub/>mine", "Ketalar",
        ])
    func found(text: String) throws { #expect(try Self.mayStand(text)) }

    @Test(
        "other words are not",
        arguments: [
            "", "k", "ketam", "kettle", "ke tamine", "ke-tamine", "&#107", "keta&lt;mine", "ketobemidone",
            "\u{3BA}etamine",
        ])
    func notFound(text: String) throws { #expect(try !Self.mayStand(text)) }

    @Test("a phrase is looked for by every letter of each of its words, wherever in the text they stand")
    func phrases() throws {
        let needs = "\"resistant depression\" OR NMDA*"
        #expect(try Self.mayStand("resistant de<i>pres</i>sion", needs))
        #expect(try Self.mayStand("depression that was resistant", needs))
        #expect(try !Self.mayStand("expression in resistant strains", needs))
        #expect(try !Self.mayStand("persistant depression, assistant", needs))
        #expect(try Self.mayStand("N\u{AD}M<i>DA</i>R", needs))
    }

    @Test("a word is found wherever in the bytes it stands, and behind any number of characters of Europe")
    func everywhere() throws {
        let search = try #require(try Self.screener().firstNeed)
        func mayStand(_ text: String) -> Bool {
            Array(text.utf8).withUnsafeBufferPointer { search.mayStand(in: $0) }
        }
        for before in 0..<70 {
            for filler in ["x", "\u{E9}", "\u{2013}"] {
                let text = String(repeating: filler, count: before)
                #expect(mayStand(text + "ketamine"))
                // Every one of the first letters in another guise.
                for spelling in [
                    "k&#101;tamin", "&#107;etamin", "ke&#x54;amin", "K<i>e</i>tamin", "ke<b/>tamin", "k\u{C9}TAMIN",
                    "\u{212A}etamin", "k\u{AD}etamin", "ke\u{AD}tamin",
                ] {
                    #expect(mayStand(text + spelling), "\(before) \(spelling)")
                }
                #expect(!mayStand(text + "ketami"))
            }
        }
    }

    private static func mayStand(_ text: String, _ needs: String? = nil) throws -> Bool {
        let search = try #require(try (needs.map { try screener($0) } ?? screener()).firstNeed)
        return Array(text.utf8).withUnsafeBufferPointer { search.mayStand(in: $0) }
    }

    // MARK: The same decisions with and without the shortcut

    /// What `sluice screen` prints and counts.
    private struct Outcome: Equatable {
        var kept: [String] = []
        var excluded: [String: Int] = [:]
        var deleted = 0
        var issues: [String] = []

        /// Where a comment or the like is never closed, the line at which the parser notices depends on the pieces it got.
        mutating func note(_ issue: ReadingIssue) {
            issues.append(issue.code == "truncated" ? "truncated \(issue.id?.rawValue ?? "")" : "\(issue)")
        }

        mutating func judge(_ records: [Record], _ screener: Screener) {
            for record in records {
                guard record.kind != .deleted else {
                    deleted += 1
                    continue
                }
                let judgement = screener.judge(Document(record), Annotations(items: []))
                if let reason = judgement.reason {
                    excluded[reason, default: 0] += 1
                } else {
                    kept.append("\(record.id) \(judgement.decision)")
                }
            }
        }
    }

    private static func inFull(_ bytes: [UInt8], _ screener: Screener) throws -> Outcome {
        var outcome = Outcome()
        try RecordReader(input: MemoryInput(bytes), name: "f.xml").read { event in
            switch event {
            case .record(let record, _): outcome.judge([record], screener)
            case .issue(let issue): outcome.note(issue)
            }
        }
        return outcome
    }

    private static func sieved(
        _ bytes: [UInt8], _ screener: Screener, pieceSize: Int
    ) throws -> (Outcome, passedOver: Int) {
        var outcome = Outcome()
        var passedOver = 0
        let search = try #require(screener.firstNeed)
        let input = MemoryInput(bytes, pieceSize: pieceSize)
        try RecordReader(input: input, name: "f.xml").readBatches(
            workers: 2, sieve: { search.mayStand(in: $0) }, work: { $0 }
        ) { batch in
            outcome.judge(batch.records, screener)
            passedOver += batch.passedOver
        } issue: {
            outcome.note($0)
        }
        if passedOver > 0 { outcome.excluded["drug", default: 0] += passedOver }
        return (outcome, passedOver)
    }

    @Test(
        "every real file gives the same with the shortcut and without",
        .enabled(if: SharedData.isPresent, SharedData.notice))
    func realFiles() throws {
        let screener = try Self.screener("depress* OR cardi* OR mice")
        var passedOver = 0
        for url in SharedData.files(under: "pubmed-xml") {
            let input = try FileInput(path: url.path)
            var bytes: [UInt8] = []
            while let piece = try? input.next() { bytes += piece }
            let full = try Self.inFull(bytes, screener)
            let (quick, passed) = try Self.sieved(bytes, screener, pieceSize: 20_000)
            #expect(quick == full, "\(url.lastPathComponent)")
            passedOver += passed
        }
        #expect(passedOver > 200)
    }

    @Test("damaged and adversarial files give the same with the shortcut and without", arguments: 0..<8)
    func damaged(part: Int) throws {
        let screener = try Self.screener()
        for number in 0..<100 {
            var mutation = Mutation(seed: UInt64(part * 1000 + number))
            var file = PlainFile(records: 6)
            for _ in 0...mutation.number(below: 2) { file.damage(&mutation) }
            let full = try Self.inFull(file.bytes, screener)
            let (quick, _) = try Self.sieved(file.bytes, screener, pieceSize: 500 + mutation.number(below: 4000))
            #expect(quick == full, "seed \(part * 1000 + number)")
        }
    }

    @Test("plain records that name nothing are passed over, the others are parsed")
    func plain() throws {
        let (outcome, passedOver) = try Self.sieved(PlainFile(records: 40).bytes, Self.screener(), pieceSize: 3000)
        #expect(passedOver == 36)
        #expect(outcome.kept.count == 2)
        #expect(outcome.issues.isEmpty)
    }
}

/// Invented records of the shape of a baseline file; one in ten names ketamine.
private struct PlainFile {
    private(set) var bytes: [UInt8]
    private let records: [Range<Int>]

    init(records count: Int) {
        var text =
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE PubmedArticleSet SYSTEM \"none\">\n<PubmedArticleSet>\n"
        var ranges: [Range<Int>] = []
        for number in 0..<count {
            let start = text.utf8.count
            let drug = number % 10 == 3 ? "Ketamine" : "Midazolam"
            let title =
                number % 20 == 3 ? "\(drug) in depression" : "A trial of <i>\(drug)</i> &amp; pain in caf\u{E9}s"
            text += """
                <PubmedArticle>
                  <MedlineCitation Status="MEDLINE" Owner="NLM">
                    <PMID Version="1">\(1000 + number)</PMID>
                    <Article PubModel="Print">
                      <Journal><Title>Journal</Title></Journal>
                      <ArticleTitle>\(title)</ArticleTitle>
                      <Abstract><AbstractText Label="AIM">Twelve people had 0.5 mg/kg &lt; 1 mg/kg.</AbstractText></Abstract>
                      <AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Doe</LastName></Author></AuthorList>
                    </Article>
                  </MedlineCitation>
                  <PubmedData><PublicationStatus>ppublish</PublicationStatus></PubmedData>
                </PubmedArticle>

                """
            ranges.append(start..<text.utf8.count)
        }
        bytes = Array((text + "</PubmedArticleSet>\n").utf8)
        records = ranges
    }

    mutating func damage(_ mutation: inout Mutation) {
        let range = records[mutation.number(below: records.count)]
        mutation.damage(&bytes, in: range.lowerBound..<min(range.upperBound, bytes.count))
    }
}
