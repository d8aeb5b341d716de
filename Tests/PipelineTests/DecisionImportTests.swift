import Bibliography
import Interchange
import Pipeline
import Store
import TestSupport
import Testing

@Suite("What people decide")
struct DecisionImportTests {
    private let folder: TemporaryFolder
    private let store: ReviewStore

    init() throws {
        folder = try TemporaryFolder()
        store = try ReviewStore(writingTo: folder.path)
        try store.write { transaction in
            try transaction.replace(
                records: ["pubmed:1", "b"].map { id in
                    RecordRow(
                        id: RecordID(id), source: "s", digest: "d", answer: "a", line: 1, start: 0, end: 1, json: "{}")
                }, issues: [])
        }
    }

    private func append(_ csv: String, reviewer: String? = "AB") throws -> Int {
        let plan = try Plan.read(
            text: """
                review: {id: r, title: R}
                sources: [{id: a, kind: file, path: a.csv, database: A}]
                criteria:
                  - {id: route, question: Intravenous?, met: [{id: iv, when: intravenous}]}
                  - {id: dose, question: Low dose?, met: [{id: low, when: low}]}
                """, file: "pipeline.yaml")
        return try DecisionImport.append(
            try DecisionDraft.drafts(try DelimitedText(parsing: Array(csv.utf8))), to: store, plan: plan,
            defaults: DecisionDefaults(reviewer: reviewer), now: "2026-01-01T00:00:00Z"
        ).added.count
    }

    private func refusal(_ csv: String, reviewer: String? = "AB") -> String {
        do {
            _ = try append(csv, reviewer: reviewer)
            return "accepted"
        } catch {
            return "\(error)"
        }
    }

    @Test("rows without a decision are left alone; a bare PMID is understood")
    func blankRows() throws {
        #expect(try append("report,title,decision,reason\n1,x,exclude,route\nb,y,,\n") == 1)
        #expect(try store.read { try $0.decisions() }.map(\.record) == ["pubmed:1"])
    }

    @Test(
        "marks that git leaves in a merge are refused with their lines, and nothing is taken",
        arguments: [
            ("record,decision\n<<<<<<< HEAD\nb,include\n=======\nb,unclear\n>>>>>>> other\n", "line 2, line 4, line 6"),
            ("<<<<<<< HEAD\nrecord,decision\nb,include\n=======\n>>>>>>> x\n", "the first line"),
            ("record,decision\nb,include\n||||||| base\n", "line 3"),
        ])
    func mergeMarks(csv: String, lines: String) throws {
        let refused = refusal(csv)
        #expect(refused.contains("git left marks of a merge (\(lines)"), "\(refused)")
        #expect(refused.contains("keep the rows of both sides"))
        #expect(try store.read { try $0.decisions() }.isEmpty)
    }

    @Test("what spreadsheets and statistics packages do to PMIDs and times is understood; what they spoil is told")
    func spreadsheets() throws {
        let log = "record,decision,decidedAt\n1.0,include,2025-12-31T10:00:00Z\n"
        #expect(try append(log) == 1)
        for rewritten in ["2025-12-31 10:00:00", "2025-12-31T10:00:00", "2025-12-31 10:00:00Z"] {
            #expect(try append(log.replacing("2025-12-31T10:00:00Z", with: rewritten)) == 0, "known already")
        }
        let spoilt = refusal("record,decision,decidedAt\nb,include,31/12/25 10:00\n")
        #expect(spoilt.contains("line 2: decidedAt '31/12/25 10:00' is no time such as"))
        #expect(spoilt.contains("empty the cell of a decision made now"))
        // Without the column nothing is new either.
        #expect(try append("record,decision\n1,Include \n") == 0)
    }

    @Test("the same file taken in twice adds nothing the second time")
    func idempotent() throws {
        #expect(try append("record,decision\nb,include\n") == 1)
        #expect(try append("record,decision\nb,include\n") == 0)
    }

    @Test("a change of mind is appended; what was said before stays readable")
    func changeOfMind() throws {
        _ = try append("record,decision\nb,include\n")
        _ = try append("record,decision,reason\nb,exclude,dose\n")
        #expect(try store.read { try $0.decisions() }.map(\.decision) == ["include", "exclude"])
    }

    @Test(
        "one bad row refuses the file with its line, and nothing of it is kept",
        arguments: [
            ("record,decision\nb,include\nnobody,include\n", "line 3: the review holds no record 'nobody'"),
            ("record,decision\nb,include\n1,maybe\n", "line 3: 'maybe' is no decision"),
            (
                "record,decision\nb,exclude\n",
                "line 2: an exclusion needs a reason; found none, accepted: route, dose, unstated"
            ),
            ("record,decision,reason\nb,exclude,mood\n", "line 2: an exclusion needs a reason; found 'mood'"),
            ("record,decision,reason\nb,include,route\n", "line 2: only an exclusion has a reason"),
            ("record,decision,reason\nb,include,\nb,exclude,route\n", "line 3: b is decided twice"),
            ("record,title\nb,x\n", "the file needs the columns"),
        ])
    func refusals(csv: String, message: String) throws {
        #expect(refusal(csv).contains(message))
        #expect(try store.read { try $0.decisions() }.isEmpty)
    }

    @Test("nobody decides anonymously")
    func anonymous() {
        #expect(refusal("record,decision\nb,include\n", reviewer: nil).contains("who decides?"))
    }
}
