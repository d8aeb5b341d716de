package import Annotation

/// The criteria of a review, ready to judge documents. It is a value: one screener may judge on many threads.
///
///     let screener = try Screener(declaration)
///     let judgement = screener.judge(document, Annotator().annotate(document, for: screener.findings))
package struct Screener: Sendable {
    struct Rule: Sendable {
        let id: String
        /// `route.iv`, as every output names it.
        let fullName: String
        let verdict: Verdict
        /// The step of the program that answers the rule's query.
        let query: Int32
        /// Indices of the rules of the criterion that do not count where this one holds.
        let overrides: [Int]
        let declaration: RuleDeclaration
    }

    struct Criterion: Sendable {
        let id: String
        let silence: CriterionDeclaration.Silence
        let needs: Needs?
        /// Those in force under the review's switches.
        let rules: [Rule]
    }

    let criteria: [Criterion]
    let program: QueryProgram

    /// Compiles a review's criteria.
    ///
    /// - Throws: `CriteriaError` with every problem found.
    package init(_ declaration: ScreeningDeclaration) throws(CriteriaError) {
        var compiler = CriteriaCompiler(declaration)
        let criteria = compiler.compile()
        guard compiler.problems.isEmpty else { throw CriteriaError(problems: compiler.problems) }
        self.criteria = criteria
        program = compiler.program
    }

    package init(criteria: [CriterionDeclaration], switches: [String: String] = [:]) throws(CriteriaError) {
        try self.init(ScreeningDeclaration(criteria: criteria, switches: switches))
    }

    /// What the rules ask of annotation.
    package var findings: FindingKinds {
        // Parts of an abstract scope terms as well as measures.
        program.measures.reduce(.heading) { $0.union($1.measure.finding) }
    }

    /// What the rules say of a document. The annotations must be of this very document.
    package func judge(_ document: Document, _ annotations: Annotations) -> Judgement {
        var reading = Reading(document, annotations, program: program)
        // Silence is an abstract's; a title alone leaves open what it does not say.
        let isSilent = document.sections.contains { ($0.field == .abstract || $0.field == .body) && !$0.text.isEmpty }
        return Judgement(criteria: criteria.map { Self.judge($0, &reading, presuming: isSilent) })
    }

    private static func judge(_ criterion: Criterion, _ reading: inout Reading, presuming: Bool) -> CriterionJudgement {
        // What is about something else altogether is not read further; a record without any text has nothing to quote.
        if let needs = criterion.needs, !reading.names(needs), let title = reading.wholeRecord {
            let evidence = Evidence(title, in: reading.document, rule: criterion.id + ".needs")
            return CriterionJudgement(id: criterion.id, verdict: .notMet, evidence: [evidence])
        }
        let firing = criterion.rules.indices.filter { reading.holds(criterion.rules[$0].query) }
        guard !firing.isEmpty else {
            let presumed = presuming && criterion.silence == .met
            return CriterionJudgement(id: criterion.id, verdict: presumed ? .met : .unclear, presumed: presumed)
        }
        let struck = Set(firing.flatMap { criterion.rules[$0].overrides })
        let counting = firing.filter { !struck.contains($0) }
        let verdicts = Set(counting.map { criterion.rules[$0].verdict })
        // One voice decides; two contradict each other, and a rule that asks for a person is heard.
        let verdict = verdicts.count == 1 ? verdicts.first ?? .unclear : .unclear
        var evidence: [Evidence] = []
        for index in counting { evidence += quotes(of: criterion.rules[index], &reading) }
        return CriterionJudgement(id: criterion.id, verdict: verdict, evidence: evidence)
    }

    /// A rule's words in the order of the document, each place once.
    private static func quotes(of rule: Rule, _ reading: inout Reading) -> [Evidence] {
        let spans = reading.spans(rule.query).sorted { ($0.section, $0.start, $0.end) < ($1.section, $1.start, $1.end) }
        var evidence: [Evidence] = []
        var previous: TextSpan?
        for span in spans where span != previous {
            previous = span
            evidence.append(Evidence(span, in: reading.document, rule: rule.fullName))
            if evidence.count == longestEvidence { break }
        }
        return evidence
    }

    /// Enough to judge by; a rule of many alternatives would otherwise quote half the abstract.
    private static let longestEvidence = 4

    /// Which rules hold in a document, by criterion: for trying out rules.
    package func firing(_ document: Document, _ annotations: Annotations) -> [String] {
        var reading = Reading(document, annotations, program: program)
        return criteria.flatMap { criterion in
            criterion.rules.filter { reading.holds($0.query) }.map { criterion.id + "." + $0.id }
        }
    }
}
