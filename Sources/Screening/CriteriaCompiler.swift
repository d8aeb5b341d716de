/// Checks and compiles a review's criteria, gathering every problem instead of stopping at the first.
struct CriteriaCompiler {
    private let declaration: ScreeningDeclaration
    private var concepts: [String: Query] = [:]
    private let mesh: [MeshTree.Heading]
    private(set) var program = QueryProgramBuilder()
    private(set) var problems: [CriteriaProblem] = []

    init(_ declaration: ScreeningDeclaration) {
        self.declaration = declaration
        mesh = MeshTree.headings(of: declaration.mesh)
    }

    mutating func compile() -> [Screener.Criterion] {
        readConcepts()
        var seen: Set<String> = []
        return declaration.criteria.compactMap { criterion in
            if !seen.insert(criterion.id.text).inserted {
                problems.append(
                    CriteriaProblem(
                        line: criterion.id.line, criterion: criterion.id.text, found: criterion.id.text,
                        message: "two criteria have this id", accepted: "an id of its own"))
            }
            return compile(criterion)
        }
    }

    private mutating func readConcepts() {
        for concept in declaration.concepts {
            let name = concept.name.text
            if concepts[name] != nil {
                problems.append(
                    CriteriaProblem(
                        line: concept.name.line, concept: name, found: name, message: "two concepts have this name",
                        accepted: "a name of its own"))
                continue
            }
            do {
                concepts[name] = try QueryParser.parse(
                    concept.query.text, concepts: concepts, switches: declaration.switches, mesh: mesh,
                    names: declaration.names)
            } catch {
                report(error, in: concept.query, concept: name)
                // Queries that use it are not to blame as well.
                concepts[name] = .or([])
            }
        }
    }

    private mutating func compile(_ criterion: CriterionDeclaration) -> Screener.Criterion {
        var ids: Set<String> = []
        for rule in criterion.rules where !ids.insert(rule.id.text).inserted {
            problem(rule.id, criterion, rule, "two rules of this criterion have this id", "an id of its own")
        }
        let inForce = criterion.rules.filter { isInForce($0, of: criterion) }
        var rules: [Screener.Rule] = []
        for rule in criterion.rules {
            let query = parse(rule, of: criterion)
            checkOverrides(rule, of: criterion)
            guard let query, inForce.contains(where: { $0.id == rule.id }) else { continue }
            let overrides = overridden(by: rule, among: inForce)
            rules.append(
                Screener.Rule(
                    id: rule.id.text, fullName: criterion.id.text + "." + rule.id.text,
                    query: program.intern(query), asksForFindings: query.asksForFindings, overrides: overrides,
                    declaration: rule))
        }
        return Screener.Criterion(
            id: criterion.id.text, silence: criterion.silence, needs: needs(of: criterion), rules: rules)
    }

    private mutating func needs(of criterion: CriterionDeclaration) -> Needs? {
        guard let text = criterion.needs else { return nil }
        do {
            let query = try QueryParser.parse(text.text, concepts: concepts, switches: declaration.switches)
            guard let terms = query.plainTerms else {
                problems.append(
                    CriteriaProblem(
                        line: text.line, criterion: criterion.id.text,
                        message: "what a record needs to name is more than words",
                        accepted: "words, \"phrases\" and #concepts of them joined by OR, without fields and measures"))
                return nil
            }
            return Needs(query: program.intern(query), search: TraceSearch(terms: terms))
        } catch {
            report(error, in: text, criterion: criterion.id.text)
            return nil
        }
    }

    private mutating func parse(_ rule: RuleDeclaration, of criterion: CriterionDeclaration) -> Query? {
        do {
            let query = try QueryParser.parse(
                rule.when.text, concepts: concepts, switches: declaration.switches, mesh: mesh, names: declaration.names
            )
            guard query.restsOnWords else {
                problem(
                    rule.when, criterion, rule, "the rule can hold without any word to quote (NOT alone)",
                    "a term or measure that shows it, then NOT ...", found: "NOT")
                return nil
            }
            return query
        } catch {
            report(error, in: rule.when, criterion: criterion.id.text, rule: rule.id.text)
            return nil
        }
    }

    /// The rules that a rule beats: those it names, or, with `all`, every rule that says otherwise and does not beat it.
    private func overridden(by rule: RuleDeclaration, among rules: [RuleDeclaration]) -> [Int] {
        rules.indices.filter { index in
            let other = rules[index]
            if rule.overrides.contains(other.id) { return true }
            guard rule.overridesAll, other.verdict != rule.verdict else { return false }
            return !other.overridesAll && !other.overrides.contains(rule.id)
        }
    }

    private mutating func checkOverrides(_ rule: RuleDeclaration, of criterion: CriterionDeclaration) {
        for name in rule.overrides where name.text != RuleDeclaration.all {
            guard let other = criterion.rules.first(where: { $0.id == name }) else {
                problem(
                    name, criterion, rule, "no rule of this criterion has this id",
                    NearestWord.hint(name.text, among: criterion.rules.map(\.id.text)))
                continue
            }
            if other.verdict == rule.verdict {
                problem(name, criterion, rule, "a rule overrides only rules that say otherwise", "")
            } else if other.overrides.contains(rule.id) {
                problem(name, criterion, rule, "the two rules override each other", "one of the two")
            }
        }
    }

    private mutating func isInForce(_ rule: RuleDeclaration, of criterion: CriterionDeclaration) -> Bool {
        var inForce = true
        for condition in rule.onlyIf {
            guard let value = declaration.switches[condition.name.text] else {
                problem(
                    condition.name, criterion, rule, "no switch of this name",
                    NearestWord.hint(condition.name.text, among: declaration.switches.keys.sorted()))
                continue
            }
            if !condition.values.contains(value) { inForce = false }
        }
        return inForce
    }

    private mutating func problem(
        _ text: SourceText, _ criterion: CriterionDeclaration, _ rule: RuleDeclaration, _ message: String,
        _ accepted: String, found: String? = nil
    ) {
        problems.append(
            CriteriaProblem(
                line: text.line, criterion: criterion.id.text, rule: rule.id.text, found: found ?? text.text,
                message: message, accepted: accepted))
    }

    private mutating func report(
        _ error: QueryProblem, in query: SourceText, criterion: String? = nil, rule: String? = nil,
        concept: String? = nil
    ) {
        // In a block of several lines the line of the problem is known.
        let before = query.text.utf8.prefix(error.offset)
        let line = query.line + before.count { $0 == 0x0A }
        problems.append(
            CriteriaProblem(
                line: line, criterion: criterion, rule: rule, concept: concept, offset: error.offset,
                found: error.found, message: error.message, accepted: error.accepted))
    }
}
