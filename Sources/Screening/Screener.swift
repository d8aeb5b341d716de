package import Annotation

/// The criteria of a review, ready to judge documents. It is a value: one screener may judge on many threads.
///
///     let screener = try Screener(declaration)
///     let judgement = screener.judge(document, Annotator().annotate(document, for: screener.findings))
package struct Screener: Sendable {
    final class Rule: Sendable {
        let id: String
        /// `route.iv`, as every output names it.
        let fullName: String
        let verdict: Verdict
        /// The step of the program that answers the rule's query.
        let query: Int32
        let asksForFindings: Bool
        /// Indices of the rules of the criterion that do not count where this one holds.
        let overrides: [Int]
        let declaration: RuleDeclaration

        init(
            id: String, fullName: String, query: Int32, asksForFindings: Bool, overrides: [Int],
            declaration: RuleDeclaration
        ) {
            self.id = id
            self.fullName = fullName
            self.query = query
            self.asksForFindings = asksForFindings
            self.overrides = overrides
            self.declaration = declaration
            verdict = declaration.verdict
        }
    }

    /// A class, as its rules are: every document walks through all of them, and a copy of a value is one of all its lists.
    final class Criterion: Sendable {
        let id: String
        let silence: CriterionDeclaration.Silence
        let needs: Needs?
        /// Those in force under the review's switches.
        let rules: [Rule]
        /// The step that answers each of them.
        let queries: [Int32]
        /// Indices of the rules that beat others, and of those that beat none.
        let beating: [Int]
        let others: [Int]
        /// Indices of the rules that words alone answer, and of those that do not speak against a record and that more has to
        /// be found for.
        let byWords: [Int]
        let otherwiseByFindings: [Int]
        /// The steps of the rules that speak against a record: those that words alone answer, then the rest.
        let againstByWords: [Int32]
        let againstByFindings: [Int32]

        init(id: String, silence: CriterionDeclaration.Silence, needs: Needs?, rules: [Rule]) {
            self.id = id
            self.silence = silence
            self.needs = needs
            self.rules = rules
            queries = rules.map(\.query)
            beating = rules.indices.filter { !rules[$0].overrides.isEmpty }
            others = rules.indices.filter { rules[$0].overrides.isEmpty }
            byWords = rules.indices.filter { !rules[$0].asksForFindings }
            otherwiseByFindings = rules.indices.filter { rules[$0].asksForFindings && rules[$0].verdict != .notMet }
            let against = rules.filter { $0.verdict == .notMet }
            againstByWords = against.filter { !$0.asksForFindings }.map(\.query)
            againstByFindings = against.filter(\.asksForFindings).map(\.query)
        }
    }

    let criteria: [Criterion]
    let program: QueryProgram
    /// What the rules ask of annotation.
    package let findings: FindingKinds

    /// Compiles a review's criteria.
    ///
    /// - Throws: `CriteriaError` with every problem found.
    package init(_ declaration: ScreeningDeclaration) throws(CriteriaError) {
        var compiler = CriteriaCompiler(declaration)
        let criteria = compiler.compile()
        guard compiler.problems.isEmpty else { throw CriteriaError(problems: compiler.problems) }
        self.criteria = criteria
        program = QueryProgram(compiler.program)
        // Parts of an abstract scope terms as well as measures.
        findings = program.measures.reduce(.heading) { $0.union($1.kind) }
    }

    package init(criteria: [CriterionDeclaration], switches: [String: String] = [:]) throws(CriteriaError) {
        try self.init(ScreeningDeclaration(criteria: criteria, switches: switches))
    }

    /// What the rules say of a document. The annotations must be of this very document.
    package func judge(_ document: Document, _ annotations: Annotations) -> Judgement {
        var reading = Reading(document, .found(annotations), program: program)
        let presuming = Self.canBeSilent(document)
        return Judgement(criteria: criteria.map { Self.judge($0, &reading, presuming: presuming) })
    }

    /// The same, where the document is read only as far as the rules ask.
    package func judge(_ document: Document, by annotator: Annotator) -> Judgement {
        var reading = Reading(document, .on(demand: annotator), program: program)
        let presuming = Self.canBeSilent(document)
        return Judgement(criteria: criteria.map { Self.judge($0, &reading, presuming: presuming) })
    }

    /// The same for callers that print no excluded documents: of these, only the criterion that is the reason, without its
    /// words.
    ///
    /// A criterion is not met only where a rule against it holds, so that these rules are asked before all others.
    ///
    /// - Parameter namesReason: false where nobody counts the reasons; any criterion that is not met will do then.
    package func judgeUnlessExcluded(
        _ document: Document, by annotator: Annotator, namesReason: Bool = true
    ) -> Judgement {
        var reading = Reading(document, .on(demand: annotator), program: program)
        let presuming = Self.canBeSilent(document)
        func excludes(_ criterion: Criterion) -> Bool {
            Self.outcome(of: criterion, &reading, presuming: presuming).verdict == .notMet
        }
        if !namesReason {
            // Words decide most; what they decide spares the search for findings.
            for criterion in criteria where Self.speaksAgainst(criterion, &reading, byWords: true) {
                if Self.failsByWords(criterion, &reading) { return .excluded(by: criterion.id) }
            }
        }
        for criterion in criteria where Self.speaksAgainst(criterion, &reading, byWords: false) {
            if excludes(criterion) { return .excluded(by: criterion.id) }
        }
        return Judgement(criteria: criteria.map { Self.judge($0, &reading, presuming: presuming) })
    }

    /// Whether anything speaks against a record: without it no criterion fails.
    private static func speaksAgainst(_ criterion: Criterion, _ reading: inout Reading, byWords: Bool) -> Bool {
        if let needs = criterion.needs, !reading.names(needs) { return true }
        if criterion.againstByWords.contains(where: { reading.holds($0) }) { return true }
        return !byWords && criterion.againstByFindings.contains { reading.holds($0) }
    }

    /// Whether a criterion is not met whatever would be found: a rule against the record holds, and every rule that says
    /// otherwise either is known not to hold or is beaten by one that does. A rule that is beaten still beats, so that one
    /// which may do so must not beat all that speaks against the record.
    private static func failsByWords(_ criterion: Criterion, _ reading: inout Reading) -> Bool {
        if let needs = criterion.needs, !reading.names(needs) { return reading.wholeRecord != nil }
        let rules = criterion.rules
        let holding = criterion.byWords.filter { reading.holds(rules[$0].query) }
        func isBeaten(_ rule: Int) -> Bool { holding.contains { rules[$0].overrides.contains(rule) } }
        let counting = holding.filter { !isBeaten($0) }
        return counting.allSatisfy { rules[$0].verdict == .notMet }
            && criterion.otherwiseByFindings.allSatisfy { isBeaten($0) }
            && counting.contains { rule in
                !criterion.otherwiseByFindings.contains { rules[$0].overrides.contains(rule) }
            }
    }

    /// Silence is an abstract's; a title alone leaves open what it does not say.
    private static func canBeSilent(_ document: Document) -> Bool {
        document.sections.contains { ($0.field == .abstract || $0.field == .body) && !$0.text.isEmpty }
    }

    /// A verdict before its words are looked up.
    private struct Outcome {
        var verdict: Verdict
        var presumed = false
        /// Indices of the rules that count.
        var counting: [Int] = []
        /// What stands for the record, where it names nothing of what the criterion needs.
        var whole: TextSpan?
    }

    private static func judge(_ criterion: Criterion, _ reading: inout Reading, presuming: Bool) -> CriterionJudgement {
        quoted(outcome(of: criterion, &reading, presuming: presuming), of: criterion, &reading)
    }

    private static func outcome(of criterion: Criterion, _ reading: inout Reading, presuming: Bool) -> Outcome {
        // What is about something else altogether is not read further; a record without any text has nothing to quote.
        if let needs = criterion.needs, !reading.names(needs), let title = reading.wholeRecord {
            return Outcome(verdict: .notMet, whole: title)
        }
        // What beats others is asked first: what it beats need not be asked at all.
        let beating = criterion.beating.filter { reading.holds(criterion.queries[$0]) }
        func isBeaten(_ rule: Int) -> Bool { beating.contains { criterion.rules[$0].overrides.contains(rule) } }
        let others = criterion.others.filter { !isBeaten($0) && reading.holds(criterion.queries[$0]) }
        guard !beating.isEmpty || !others.isEmpty else {
            let presumed = presuming && criterion.silence == .met
            return Outcome(verdict: presumed ? .met : .unclear, presumed: presumed)
        }
        let counting = (beating.filter { !isBeaten($0) } + others).sorted()
        // One voice decides; two contradict each other, and a rule that asks for a person is heard.
        var verdict = counting.first.map { criterion.rules[$0].verdict } ?? .unclear
        if counting.contains(where: { criterion.rules[$0].verdict != verdict }) { verdict = .unclear }
        return Outcome(verdict: verdict, counting: counting)
    }

    private static func quoted(
        _ outcome: Outcome, of criterion: Criterion, _ reading: inout Reading
    ) -> CriterionJudgement {
        var evidence: [Evidence] = []
        if let whole = outcome.whole {
            evidence.append(Evidence(whole, in: reading.document, rule: criterion.id + ".needs"))
        }
        for index in outcome.counting { evidence += quotes(of: criterion.rules[index], &reading) }
        return CriterionJudgement(
            id: criterion.id, verdict: outcome.verdict, presumed: outcome.presumed, evidence: evidence)
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
}
