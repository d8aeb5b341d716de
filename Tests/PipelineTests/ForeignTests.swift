import Bibliography
import Interchange
import Pipeline
import Store
import TestSupport
import Testing

/// All entries here are invented. The shapes are those of the tools: Rayyan's notes (as parsers such as rayyanR read
/// them), ASReview's columns and RIS notes (its documentation on exports, versions 1 and 2), Covidence's columns.
@Suite("Decisions made in other tools")
struct ForeignTests {
    private let records: [Record] = {
        func record(
            _ id: String, _ title: String, pmid: String? = nil, doi: String? = nil, year: Int? = nil
        ) -> Record {
            var record = Record(id: RecordID(id), kind: .article, source: "s")
            record.title = title
            record.pmid = pmid.flatMap { PMID($0) }
            record.doi = doi.flatMap { DOI($0) }
            record.published.year = year
            return record
        }
        return [
            record(
                "pubmed:11", "Low doses in the harbour trial", pmid: "11", doi: "10.1000/harbour",
                year: 2019),
            record("7", "Sleep after surgery: a cohort", year: 2015),
            record("x2", "A twin title", year: 2011), record("x3", "A twin title", year: 2011),
            record("x4", "Röntgen in the α-group", doi: "10.1000/ROE", year: 2012),
        ]
    }()

    private func export(_ text: String, as decision: String? = nil) throws -> ForeignExport {
        let bytes = Array(text.utf8)
        let table = text.hasPrefix("TY") || text.hasPrefix("@") ? nil : try DelimitedText(parsing: bytes)
        return try ForeignExport.read(bytes, name: "x.csv", table: table, all: decision)
    }

    private func batch(
        _ text: String, as decision: String? = nil, map: [String: String] = [:], skip: Bool = false
    ) throws -> DecisionBatch {
        try ForeignDecisions(
            plan: try DecidedReview.plan(""), matching: RecordMatching(records, reports: []),
            stage: .abstract,
            reasons: map, skipsUnknown: skip
        ).batch(try export(text, as: decision), file: "x.csv")
    }

    private func refusal(
        _ text: String, as decision: String? = nil, map: [String: String] = [:]
    )
        -> String
    {
        do {
            _ = try batch(text, as: decision, map: map)
            return "accepted"
        } catch { return "\(error)" }
    }

    private let rayyanHeader =
        "key,title,year,month,day,journal,issn,volume,issue,pages,authors,url,language,publisher,"
        + "location,abstract,notes,pubmed_id,pmc_id\n"

    private func rayyan(
        _ title: String, _ notes: String, year: Int = 2019, pmid: String = ""
    )
        -> String
    {
        "rayyan-1,\(title),\(year),,,,,,,,,,,,,,\"\(notes.replacing("\"", with: "\"\""))\",\(pmid),\n"
    }

    @Test("Rayyan: each person's decision, the reasons of an exclusion, labels and notes")
    func rayyanCSV() throws {
        let notes =
            #"RAYYAN-INCLUSION: {"Ada"=>"Included", "Bo Li"=>"Excluded", "Cy"=>"Maybe"} | "#
            + #"RAYYAN-LABELS: pilot,oral | RAYYAN-EXCLUSION-REASONS: wrong drug,wrong dose | "#
            + #"USER-NOTES: {"Ada"=>["see table 2", "and 3"]}"#
        let batch = try batch(
            rayyanHeader + rayyan("Not yet", "RAYYAN-LABELS: pilot\n\nand, a line")
                + rayyan("Low doses in the harbour trial", notes, pmid: "11"),
            map: ["wrong drug": "dose", "Wrong Dose": "route"])
        #expect(batch.drafts.map(\.reviewer) == ["Ada", "Bo Li", "Cy"])
        #expect(batch.drafts.map(\.decision) == ["include", "exclude", "unclear"])
        // Two reasons: the first in the review's order of precedence.
        #expect(batch.drafts.map(\.reason) == [nil, "route", nil])
        #expect(batch.drafts.map(\.record) == ["pubmed:11", "pubmed:11", "pubmed:11"])
        #expect(batch.drafts[0].note == "from Rayyan: see table 2; and 3; labels: pilot, oral")
        #expect(
            batch.account[0].contains(
                "2 entries: 1 decided and matched, 0 decided and not matched, 1 undecided"))
    }

    @Test("Rayyan's RIS, and notes that went through HTML or BibTeX")
    func rayyanVariants() throws {
        let ris = """
            TY  - JOUR
            TI  - Sleep after surgery: a cohort
            PY  - 2015
            N1  - RAYYAN-INCLUSION: {"Ada"=>"Excluded"} | RAYYAN-EXCLUSION-REASONS: route
            ER  -

            """
        #expect(try batch(ris).drafts.map(\.reason) == ["route"])
        let bib = """
            @article{one,
              title = {Sleep after surgery: a cohort},
              year = {2015},
              note = {RAYYAN-INCLUSION: {"Ada"=>"Excluded"} | RAYYAN-LABELS: pilot
                | RAYYAN-EXCLUSION-REASONS: dose,route},
              journal = {Sleep}
            }

            """
        #expect(try batch(bib).drafts.map(\.reason) == ["route"])
        #expect(try batch(bib).drafts.map(\.note) == ["from Rayyan: labels: pilot"])
        for inclusion in [
            #"{\"Ada\"=>\"Included\"}"#, "{&quot;Ada&quot;=&gt;&quot;Included&quot;}",
            #"{"Ada" => "Included"}"#,
        ] {
            let text =
                rayyanHeader
                + rayyan("Sleep after surgery: a cohort", "RAYYAN-INCLUSION: " + inclusion, year: 2015)
            #expect(try batch(text).drafts.map(\.decision) == ["include"], "\(inclusion)")
        }
    }

    @Test("Rayyan's older words, true and false, and reasons that stand among the labels (as `__EXR__wrong dose`)")
    func rayyanOlder() throws {
        let text =
            rayyanHeader
            + rayyan(
                "Sleep after surgery: a cohort",
                #"RAYYAN-INCLUSION: {"Ada"=>true, "Bo"=>false} | RAYYAN-LABELS: pilot,__EXR__wrong dose"#, year: 2015)
        let drafts = try batch(text, map: ["wrong dose": "dose"]).drafts
        #expect(drafts.map(\.reviewer) == ["Ada", "Bo"] && drafts.map(\.decision) == ["include", "exclude"])
        #expect(drafts.map(\.reason) == [nil, "dose"] && drafts[0].note == "from Rayyan: labels: pilot")
        #expect(refusal(text).contains("the reason 'wrong dose' (1 entries, first on line 2) is none of the review's"))
    }

    @Test("ASReview, version 2, version 1, a data set of labels, and RIS")
    func asreview() throws {
        let two = """
            record_id,title,year,asreview_label,asreview_time,asreview_note,asreview_user_name
            7,Low doses in the harbour trial,2019,1,2025-05-02T10:22:31,good,Ada
            1,Sleep after surgery: a cohort,2015,0.0,,,Bo
            2,Never seen,2015,,,,

            """
        let drafts = try batch(two).drafts
        // ASReview numbers its records: its 7 is not our 7, as the title tells.
        #expect(drafts.map(\.record) == ["pubmed:11", "7"])
        #expect(
            drafts.map(\.decision) == ["include", "exclude"] && drafts.map(\.reviewer) == ["Ada", "Bo"])
        #expect(drafts[0].note == "from ASReview: labelled 2025-05-02T10:22:31; good")

        let one =
            "id,title,included,asreview_ranking\n7,Sleep after surgery: a cohort,1,1\nq,Other,-1,2\n"
        #expect(try batch(one).drafts.map(\.record) == ["7"])
        #expect(try batch("doi,label_included\n10.1000/roe,1\n").drafts.map(\.record) == ["x4"])

        let ris = """
            TY  - JOUR
            TI  - Low doses in the harbour trial
            N1  - ASReview_relevant
            N1  - ASReview_prior
            ER  -
            TY  - JOUR
            TI  - Sleep after surgery: a cohort
            N1  - ASReview_irrelevant
            ER  -
            TY  - JOUR
            TI  - Never seen
            N1  - ASReview_not_seen
            ER  -

            """
        #expect(try batch(ris).drafts.map(\.decision) == ["include", "exclude"])
    }

    @Test("Covidence: one file a decision, with its reason and tags")
    func covidence() throws {
        let header =
            "Title,Authors,Abstract,Published Year,Published Month,Journal,Volume,Issue,Pages,"
            + "Accession Number,DOI,Ref,Covidence #,Study,Notes,Tags\n"
        let row =
            "Low doses in the harbour trial,,,2019,,,,,,,10.1000/harbour,12,#7,Doe 2019,"
            + "Exclusion reason: Wrong route; seen twice,pilot\n"
        let drafts = try batch(header + row, as: "exclude", map: ["wrong route": "route"]).drafts
        #expect(drafts.map(\.record) == ["pubmed:11"] && drafts.map(\.reason) == ["route"])
        #expect(drafts[0].note?.contains("tags: pilot") == true)
        #expect(refusal(header + row).contains("say with --as include or --as exclude which this is"))
        #expect(
            refusal(header + row, as: "exclude").contains(
                "the reason 'Wrong route' (1 entries, first on line 2)"))
    }

    @Test("any list of records that were all decided alike, by any identifier")
    func list() throws {
        #expect(try batch("pmid\n11\n", as: "include").drafts.map(\.record) == ["pubmed:11"])
        let folded = "title,year\nRontgen in the alpha-group.,2013\n"
        #expect(try batch(folded, as: "include").drafts.map(\.record) == ["x4"])
        #expect(refusal("pmid\n11\n").contains("the file does not say what was decided"))
    }

    @Test(
        "every entry is accounted for: unknown and ambiguous ones refuse the file, or are left out and listed"
    )
    func account() throws {
        let text =
            "title,year,asreview_label\nA twin title,2011,1\nNobody's paper,2011,0\nSleep after surgery: a cohort,2015,1\n"
        let refused = refusal(text)
        #expect(refused.contains("line 2: \"A twin title\" (2011) may be any of x2, x3"))
        #expect(refused.contains("line 3: \"Nobody's paper\" (2011) is no record of this review"))
        let batch = try batch(text, skip: true)
        #expect(batch.drafts.map(\.record) == ["7"])
        #expect(
            batch.account[0].contains(
                "3 entries: 1 decided and matched, 2 decided and not matched, 0 undecided"))
        #expect(batch.account.count == 3)
        // Nobody decided it: no reason to refuse anything.
        #expect(try self.batch("title,asreview_label\nNobody's paper,\n").drafts.isEmpty)
    }

    @Test(
        "identifiers that contradict each other are ambiguous; a title of quite another year is another paper"
    )
    func contradiction() {
        #expect(
            refusal("pmid,doi\n11,10.1000/roe\n", as: "include").contains("may be any of pubmed:11, x4"))
        #expect(
            refusal("title,year\nSleep after surgery: a cohort,2019\n", as: "include").contains(
                "is no record"))
    }

    @Test(
        "what cannot be understood is refused with its place",
        arguments: [
            (
                "title,notes\nx,\"RAYYAN-INCLUSION: {\"\"Ada\"\"=>\"\"Perhaps\"\"}\"\n",
                "line 2: Rayyan's decision 'Perhaps' of Ada"
            ),
            (
                "title,notes\nx,RAYYAN-INCLUSION: {Ada}\n",
                "line 2: the decisions after RAYYAN-INCLUSION cannot be read"
            ),
            ("title,asreview_label\nx,2\n", "line 2: ASReview's label '2' is none of"),
            (
                "TY  - JOUR\nTI  - x\nN1  - ASReview_relevant ASReview_irrelevant\nER  - \n",
                "both ASReview_relevant and"
            ),
        ])
    func damaged(text: String, message: String) {
        #expect(refusal(text).contains(message), "\(refusal(text))")
    }

    @Test("--as beside decisions of the file's own, and a map to no reason, are refused")
    func options() {
        #expect(refusal("title,asreview_label\nx,1\n", as: "include").contains("leave --as out"))
        #expect(
            refusal("pmid\n11\n", as: "include", map: ["a": "mood"]).contains(
                "'mood' is no reason of the review"))
    }
}
