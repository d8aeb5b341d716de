import Foundation
import TestSupport
import Testing

/// `sluice screen FILE...` passes over records before they are parsed; nobody may be able to tell.
@Suite("Screening without parsing every record")
struct ScreenShortcutTests {
    private let folder: TemporaryFolder
    private let pipeline = Checkout.url("Pipelines/iv-ketamine-trd").path

    init() throws { folder = try TemporaryFolder() }

    /// Screens files with the shortcut and without and expects the same of both: output, talk, counts and status.
    private func compare(_ files: [String]) async throws -> (output: String, summary: String) {
        var results: [BuiltTool.Result] = []
        for extra in [[], ["--no-prefilter"]] {
            results.append(
                try await BuiltTool.run(
                    ["screen"] + files + ["--pipeline", pipeline, "--summary", folder.path("s\(extra.count).json")]
                        + extra,
                    in: folder.path))
        }
        #expect(results[0].output == results[1].output)
        #expect(results[0].errors == results[1].errors)
        #expect(results[0].status == results[1].status)
        let summaries = try ["s0.json", "s1.json"].map { try String(contentsOfFile: folder.path($0), encoding: .utf8) }
        #expect(summaries[0] == summaries[1])
        return (results[0].output, summaries[0])
    }

    private static func record(_ pmid: Int, title: String, rest: String = "", after: String = "") -> String {
        """
        <PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">\(pmid)</PMID>
        <Article PubModel="Print"><ArticleTitle>\(title)</ArticleTitle>\(rest)</Article>\(after)</MedlineCitation></PubmedArticle>

        """
    }

    @Test(
        "records that hide the drug in markup, entities, capitals, other abstracts or headings are judged, others counted"
    )
    func adversarial() async throws {
        let hidden = [
            Self.record(1, title: "Ket<i>amine</i> in depression"),
            Self.record(2, title: "K&#101;tamine in depression"),
            Self.record(3, title: "KETAMINE IN DEPRESSION"), Self.record(4, title: "Keta\u{AD}mine in depression"),
            Self.record(5, title: "\u{212A}etamine in depression"),
            Self.record(6, title: "K\u{E9}tamine et d\u{E9}pression"),
            Self.record(
                7, title: "A trial in depression",
                after:
                    "<OtherAbstract Type=\"Publisher\" Language=\"fre\"><AbstractText>La k\u{E9}tamine.</AbstractText></OtherAbstract>"
            ),
            Self.record(
                8, title: "A trial in depression",
                after:
                    "<MeshHeadingList><MeshHeading><DescriptorName UI=\"D007649\">Ketamine</DescriptorName></MeshHeading></MeshHeadingList>"
            ),
            Self.record(
                9, title: "A trial in depression",
                after:
                    "<ChemicalList><Chemical><RegistryNumber>0</RegistryNumber><NameOfSubstance>Esketamine</NameOfSubstance></Chemical></ChemicalList>"
            ),
            Self.record(10, title: "A trial <![CDATA[of keta]]><![CDATA[mine]]>"),
            Self.record(11, title: "A trial of keta<!-- x -->mine"),
        ]
        let others = (20..<60).map { Self.record($0, title: "Midazolam &amp; caf\u{E9}s in <b>adults</b>") }
        let odd = [
            Self.record(90, title: ""), "<!-- \(Self.record(91, title: "Commented out")) -->\n",
            "<PubmedArticle><MedlineCitation><Article><ArticleTitle>No PMID</ArticleTitle></Article></MedlineCitation></PubmedArticle>\n",
            "<DeleteCitation><PMID Version=\"1\">99</PMID></DeleteCitation>\n",
        ]
        let text =
            "<?xml version=\"1.0\"?>\n<PubmedArticleSet>\n" + (others + hidden + others + odd).joined()
            + "</PubmedArticleSet>\n"
        try folder.write(text, to: "a.xml")
        let (output, summary) = try await compare(["a.xml"])
        for pmid in 1...11 { #expect(output.contains("\"pubmed:\(pmid)\""), "\(pmid)") }
        #expect(!output.contains("\"pubmed:20\""))
        #expect(summary.contains("\"read\":94"))
        #expect(summary.contains("\"deleted\":1"))
    }

    @Test("every real file of PubMed gives the same", .enabled(if: SharedData.isPresent, SharedData.notice))
    func realFiles() async throws {
        let (_, summary) = try await compare(SharedData.files(under: "pubmed-xml").map(\.path))
        #expect(summary.contains("\"intervention\":"))
    }

    @Test("with --all every record is printed, each excluded one with words")
    func all() async throws {
        let text = "<PubmedArticleSet>" + Self.record(1, title: "Midazolam in adults") + "</PubmedArticleSet>"
        try folder.write(text, to: "a.xml")
        let result = try await BuiltTool.run(["screen", "a.xml", "--all", "--pipeline", pipeline], in: folder.path)
        #expect(result.output.contains("\"decision\":\"exclude\",\"reason\":\"intervention\""))
        #expect(result.output.contains("\"quote\":\"Midazolam in adults\",\"rule\":\"intervention.needs\""))
    }
}
