import Bibliography
import Interchange
import Pipeline
import Store
import TestSupport
import Testing

/// A review of a few records that no run has seen, and what people say of them.
struct DecidedReview {
    let folder: TemporaryFolder
    let store: ReviewStore
    var plan: Plan

    init(screening: String = "") throws {
        folder = try TemporaryFolder()
        store = try ReviewStore(writingTo: folder.path)
        plan = try Self.plan(screening)
        try store.write { transaction in
            try transaction.replace(
                records: ["a", "b", "c"].map { id in
                    RecordRow(
                        id: RecordID(id), source: "s", digest: "d", answer: "a", line: 1, start: 0, end: 1, json: "{}")
                }, issues: [])
        }
    }

    static func plan(_ screening: String) throws -> Plan {
        try Plan.read(
            text: """
                review: {id: r, title: R}
                sources: [{id: a, kind: file, path: a.csv, database: A}]
                \(screening.isEmpty ? "" : "screening: {\(screening)}")
                criteria:
                  - {id: route, question: Intravenous?, met: [{id: iv, when: intravenous}]}
                  - {id: dose, question: Low dose?, met: [{id: low, when: low}]}
                """, file: "pipeline.yaml")
    }

    @discardableResult
    func take(
        _ csv: String, _ defaults: DecisionDefaults = DecisionDefaults(reviewer: "AB"),
        at now: String = "2026-01-01T00:00:00Z", isTrial: Bool = false
    ) throws -> DecisionReceipt {
        try DecisionImport.append(
            try DecisionDraft.drafts(try DelimitedText(parsing: Array(csv.utf8))), to: store, plan: plan,
            defaults: defaults, now: now, isTrial: isTrial)
    }

    /// Why a table is refused.
    func refusal(
        _ csv: String, _ defaults: DecisionDefaults = DecisionDefaults(reviewer: "AB"),
        at now: String = "2026-01-01T00:00:00Z"
    ) -> String {
        do {
            try take(csv, defaults, at: now)
            return "accepted"
        } catch { return "\(error)" }
    }

    var log: [DecisionRow] { get throws { try store.read { try $0.decisions() } } }

    func exported(of reviewer: String? = nil) throws -> String {
        String(
            decoding: DelimitedWriter.text(
                try ReviewReading(store: store, plan: plan).decisionsTable(of: reviewer)), as: UTF8.self)
    }

    func standing(_ record: RecordID, _ stage: DecisionStage = .abstract) throws -> StageStanding {
        PeoplesDecisions(try log, plan).standing(of: Report(id: record, records: [record]), at: stage)
    }
}

@Suite("The log of decisions")
struct DecisionLogTests {
    private let filled = #"""
        record,decision,reason,reviewer,note
        b,exclude,route,CD,"two lines
        and a ""quote"""
        a,include,,AB,=SUM(A1)
        a,exclude,dose,CD,

        """#

    @Test("the exported log taken in again changes nothing, here or where it is new")
    func roundTrip() throws {
        let review = try DecidedReview(screening: "reviewers: 2")
        #expect(try review.take(filled).added.count == 3)
        try review.take("record,decision,role,reviewer\na,include,adjudicator,EF\n", at: "2026-01-02T00:00:00Z")
        try review.take("record,decision,reviewer\na,withdrawn,AB\n", at: "2026-01-03T00:00:00Z")
        let exported = try review.exported()
        let again = try review.take(exported, at: "2026-02-01T00:00:00Z")
        #expect(again.added.isEmpty && again.known == 5)
        #expect(try review.exported() == exported)

        let elsewhere = try DecidedReview(screening: "reviewers: 2")
        #expect(try elsewhere.take(exported, at: "2026-02-01T00:00:00Z").added.count == 5)
        #expect(try elsewhere.exported() == exported)
        #expect(try elsewhere.standing("a") == review.standing("a").renumbered(by: elsewhere))
    }

    @Test("a row edited in a spreadsheet is a new decision, made now; nothing else is added")
    func edited() throws {
        let review = try DecidedReview()
        try review.take(filled)
        let edited = try review.exported().replacing(
            "a,abstract,reviewer,AB,include,,", with: "a,abstract,reviewer,AB,exclude,dose,")
        let receipt = try review.take(edited, at: "2026-03-01T00:00:00Z")
        #expect(receipt.added.map(\.decision) == ["exclude"] && receipt.known == 2)
        #expect(receipt.added.map(\.decidedAt) == ["2026-03-01T00:00:00Z"])
        #expect(try review.log.count == 4)
    }

    @Test("what is history cannot be edited")
    func history() throws {
        let review = try DecidedReview()
        try review.take("record,decision\na,include\n")
        try review.take("record,decision\na,unclear\n", at: "2026-01-02T00:00:00Z")
        let edited = try review.exported().replacing("AB,include,", with: "AB,withdrawn,")
        #expect(review.refusal(edited, at: "2026-01-03T00:00:00Z").contains("line 2: this row of AB on a is history"))
        #expect(try review.log.count == 2)
    }

    @Test("two copies of the log merge to the same state, in either order")
    func merge() throws {
        let header = "record,stage,role,reviewer,decision,reason,note,decidedAt\n"
        let early = "a,abstract,reviewer,AB,include,,,2026-01-01T08:00:00Z\n"
        let late = "a,abstract,reviewer,AB,exclude,dose,,2026-01-02T08:00:00Z\n"
        let one = try DecidedReview()
        let other = try DecidedReview()
        for row in [early, late] { try one.take(header + row, at: "2026-02-01T00:00:00Z") }
        for row in [late, early] { try other.take(header + row, at: "2026-02-01T00:00:00Z") }
        #expect(try one.standing("a").outcome == .settled("exclude", reason: "dose"))
        #expect(try other.standing("a").outcome == .settled("exclude", reason: "dose"))
        #expect(try one.exported() == other.exported())
        // A conflict that git leaves to be resolved is a row each: both are kept.
        #expect(try one.take(header + early + late, at: "2026-02-01T00:00:00Z").added.isEmpty)
    }

    @Test("a decision made while the clock is behind is still the newest of its reviewer")
    func clockBehind() throws {
        let review = try DecidedReview()
        try review.take("record,decision\na,include\n", at: "2026-05-01T00:00:00Z")
        try review.take("record,decision\na,unclear\n", at: "2026-04-01T00:00:00Z")
        #expect(try review.standing("a").outcome == .settled("unclear", reason: nil))
    }

    @Test("rows of a log from before a criterion was renamed are kept as they were given, and told")
    func renamedCriterion() throws {
        let review = try DecidedReview()
        let row = "a,abstract,reviewer,AB,exclude,mood,,2025-01-01T08:00:00Z\n"
        let receipt = try review.take("record,stage,role,reviewer,decision,reason,note,decidedAt\n" + row)
        #expect(receipt.added.count == 1 && receipt.notices.joined().contains("'mood'"))
        #expect(try review.standing("a").outcome == .settled("exclude", reason: "mood"))
    }

    @Test("a record that its source dropped keeps its decisions, and the log still comes in")
    func droppedRecord() throws {
        let review = try DecidedReview()
        try review.take("record,decision\na,include\n")
        let exported = try review.exported()
        try review.store.write { try $0.replace(records: [], issues: []) }
        #expect(try review.take(exported).known == 1)
    }

    @Test("spelling and white space make no second reviewer")
    func spelling() throws {
        let review = try DecidedReview(screening: "reviewers: 2")
        try review.take("record,decision,reviewer\na,include,Ada Lovelace\n")
        try review.take("record,decision,reviewer\na,include,ada  lovelace\n")
        #expect(try review.log.count == 1)
        #expect(try review.standing("a").outcome == .waiting)
    }

    @Test("a trial run writes nothing")
    func trial() throws {
        let review = try DecidedReview()
        #expect(try review.take(filled, isTrial: true).added.count == 3)
        #expect(try review.log.isEmpty)
    }

    @Test(
        "what a log may not say is refused with its line",
        arguments: [
            ("record,decision,decidedAt\na,include,tomorrow\n", "line 2: decidedAt 'tomorrow' is no time such as"),
            ("record,decision,decidedAt\na,include,2026-02-30T00:00:00Z\n", "is no time such as"),
            ("record,decision,decidedAt\na,include,2099-01-01T00:00:00Z\n", "lies in the future"),
            ("record,decision,stage\na,include,poster\n", "'poster' is no stage; accepted: abstract, fullText"),
            ("record,decision,role\na,include,boss\n", "'boss' is no role; accepted: reviewer, adjudicator, consensus"),
            ("record,decision,reason,decidedAt\na,exclude,\"<b>x\",2025-01-01T00:00:00Z\n", "found '<b>x'"),
            ("record,decision,reason,decidedAt\na,exclude,,2025-01-01T00:00:00Z\n", "found none"),
        ])
    func refusals(csv: String, message: String) throws {
        let review = try DecidedReview()
        #expect(review.refusal(csv).contains(message))
        #expect(try review.log.isEmpty)
    }

    @Test("long lists of problems are cut, with their number")
    func manyProblems() throws {
        let review = try DecidedReview()
        let rows = (0..<50).map { "x\($0),include\n" }.joined()
        #expect(review.refusal("record,decision\n" + rows).contains("... and 30 more"))
    }
}

@Suite("Who may decide")
struct DecisionRightsTests {
    private let two = "reviewers: [AB, CD], adjudicator: EF"
    private let disagree = "record,decision,reason,reviewer\na,include,,AB\na,exclude,dose,CD\n"

    @Test("of two reviewers both must decide; who agrees settles, who disagrees waits for a third person")
    func twoReviewers() throws {
        let review = try DecidedReview(screening: two)
        try review.take("record,decision,reviewer\na,include,AB\nb,include,AB\n")
        #expect(try review.standing("a").isBlind)
        try review.take("record,decision,reason,reviewer\na,exclude,dose,CD\nb,include,,CD\n")
        #expect(try review.standing("a").outcome == .conflict)
        #expect(try review.standing("b").outcome == .settled("include", reason: nil))
        try review.take("record,decision,reason,role,reviewer\na,exclude,route,adjudicator,EF\n")
        #expect(try review.standing("a").outcome == .settled("exclude", reason: "route"))
        // The third person's word is the last, until it is taken back.
        try review.take("record,decision,reviewer\na,include,CD\n", at: "2026-02-01T00:00:00Z")
        #expect(try review.standing("a").outcome == .settled("exclude", reason: "route"))
        try review.take("record,decision,role,reviewer\na,withdrawn,adjudicator,EF\n", at: "2026-02-02T00:00:00Z")
        #expect(try review.standing("a").outcome == .settled("include", reason: nil))
    }

    @Test(
        "who may not, or need not, is told why",
        arguments: [
            ("record,decision,reviewer\na,include,GH\n", "GH is not among the review's reviewers: AB, CD"),
            (
                "record,decision,role,reviewer\na,include,adjudicator,GH\n",
                "GH does not settle disagreements in this review; EF does"
            ),
            (
                "record,decision,role,reviewer\na,include,consensus,AB\n",
                "settled by EF in this review, not by consensus"
            ),
            ("record,decision,role,reviewer\nb,include,adjudicator,EF\n", "there is nothing to settle on b"),
        ])
    func rights(csv: String, message: String) throws {
        let review = try DecidedReview(screening: two)
        try review.take(disagree)
        #expect(review.refusal(csv).contains(message), "\(review.refusal(csv))")
        #expect(try review.log.count == 2)
    }

    @Test("nobody settles a disagreement of their own; where consensus settles, no third person does")
    func ownConflict() throws {
        let open = try DecidedReview(screening: "reviewers: 2")
        try open.take(disagree)
        #expect(
            open.refusal("record,decision,role,reviewer\na,include,adjudicator,AB\n").contains(
                "is one of the reviewers"))
        let common = try DecidedReview(screening: "reviewers: 2, adjudicator: consensus")
        try common.take(disagree)
        #expect(
            common.refusal("record,decision,role,reviewer\na,include,adjudicator,EF\n").contains("settled by consensus")
        )
        try common.take("record,decision,role,reviewer\na,include,consensus,AB\n")
        #expect(try common.standing("a").outcome == .settled("include", reason: nil))
        // The reviewers together are one voice, whoever writes it down.
        try common.take("record,decision,role,reviewer\na,withdrawn,consensus,CD\n", at: "2026-02-01T00:00:00Z")
        #expect(try common.standing("a").outcome == .conflict)
    }

    @Test("a table may bring what reviewers say and what settles it, in any order")
    func oneTable() throws {
        let review = try DecidedReview(screening: two)
        try review.take(
            "record,decision,reason,role,reviewer\na,include,,adjudicator,EF\na,include,,,AB\na,exclude,dose,,CD\n")
        #expect(try review.standing("a").outcome == .settled("include", reason: nil))
    }

    @Test("with two stages every decision says at which it was made")
    func stages() throws {
        let review = try DecidedReview(screening: "assessedOn: fullText")
        #expect(review.refusal("record,decision\na,include\n").contains("fill in the column `stage`, or use --stage"))
        try review.take("record,stage,decision\na,abstract,include\na,Full text,include\n")
        #expect(try review.standing("a", .fullText).outcome == .settled("include", reason: nil))
        #expect(
            review.refusal("record,stage,decision,reason\nb,fullText,exclude,unstated\n").contains(
                "accepted: route, dose, notRetrieved"))
    }

    @Test(
        "what rules say of a full text includes or waits, never excludes, and people stand above it",
        arguments: [
            (FullTextWord.missing, "noFullText"), (.read(RulesWord(decision: "include", reason: nil)), nil),
            (.read(RulesWord(decision: "exclude", reason: "dose")), "fullTextFails"),
            (.read(RulesWord(decision: "unclear", reason: nil)), "unclear"),
        ] as [(FullTextWord, String?)])
    func fullTextWords(word: FullTextWord, waits: String?) throws {
        let review = try DecidedReview(screening: "assessedOn: fullText")
        let report = Report(id: "a", records: ["a"])
        let rules = RulesWord(decision: "include", reason: nil)
        let entry = PeoplesDecisions([], review.plan).entry(for: report, rules: rules, text: word)
        #expect(
            entry == waits.map { .pending("a", $0, on: .fullText) } ?? .advanced("a", by: .rules, on: .fullText))
        try review.take("record,stage,decision,reason\na,fullText,exclude,dose\n")
        let decided = PeoplesDecisions(try review.log, review.plan).entry(for: report, rules: rules, text: word)
        #expect(decided == .removed("a", "dose", by: .people, on: .fullText))
    }

    @Test("on full texts two reasons are a disagreement; on title and abstract the first in precedence counts")
    func reasons() throws {
        let review = try DecidedReview(screening: "assessedOn: fullText, reviewers: 2")
        let rows = { (stage: String) in
            "record,stage,decision,reason,reviewer\na,\(stage),exclude,dose,AB\na,\(stage),exclude,route,CD\n"
        }
        try review.take(rows("abstract"))
        try review.take(rows("fullText"))
        #expect(try review.standing("a").outcome == .settled("exclude", reason: "route"))
        #expect(try review.standing("a", .fullText).outcome == .conflict)
    }

    @Test("on title and abstract, unsure and include both go on to the full text; where there is none they disagree")
    func unsure() throws {
        let rows = "record,stage,decision,reviewer\na,abstract,include,AB\na,abstract,unclear,CD\n"
        let further = try DecidedReview(screening: "assessedOn: fullText, reviewers: 2")
        try further.take(rows)
        #expect(try further.standing("a").outcome == .settled("include", reason: nil))
        let final = try DecidedReview(screening: "reviewers: 2")
        try final.take(rows)
        #expect(try final.standing("a").outcome == .conflict)
    }

    @Test(
        "what the pipeline file may not say of people",
        arguments: [
            ("reviewers: 0", "not a whole number that is possible here, found '0'; accepted: 1 to 9"),
            ("reviewers: many", "not a whole number that is possible here, found 'many'"),
            ("reviewers: [AB, ab]", "the same person twice"),
            ("reviewers: [AB, CD], adjudicator: AB", "a reviewer cannot settle a disagreement of their own"),
            ("adjudicator: [consensus, EF]", "either the reviewers together or a third person"),
            ("rules: maybe", "accepted: shown, hidden"), ("reasons: [{id: route, label: x}]", "has this id"),
            ("reasons: [{id: language}]", "this key is missing"), ("reviewer: 2", "unknown key"),
        ])
    func planProblems(screening: String, message: String) {
        let error = #expect(throws: PlanError.self) { try DecidedReview.plan(screening) }
        #expect(
            error?.description.contains(message) == true, "\(error?.description ?? "")")
    }
}

extension StageStanding {
    /// The same with the row numbers of another store.
    fileprivate func renumbered(by review: DecidedReview) throws -> StageStanding {
        let log = try review.log
        func renumber(_ row: DecisionRow) -> DecisionRow {
            var row = row
            row.number = 0
            return log.first { other in
                var other = other
                other.number = 0
                return other == row
            } ?? row
        }
        var standing = self
        standing.words = words.map(renumber)
        standing.settlement = settlement.map(renumber)
        return standing
    }
}
