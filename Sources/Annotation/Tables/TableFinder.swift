import Bibliography

/// Outcomes, scores, numbers of people and doses in the cells of a table. The arm comes from the header over the cell,
/// time and scale from its headers or the caption; where a header is not understood nothing is said.
///
/// A finding's span is its whole cell, so that a value quotes exactly what stands there.
struct TableFinder {
    private let document: Document
    private let scene: Scene
    let table: TextTable
    /// By cell: its section.
    private var sections: [Int: Int] = [:]
    var meanings: [Int: HeaderMeaning] = [:]
    var caption: HeaderMeaning?
    private var notes: HeaderMeaning.Statistic = []
    /// What the head of the column of row headers says of all cells: `Event, n (%)`.
    private var stub: HeaderMeaning.Statistic = []
    /// The head of the column of row headers announces harms: `Adverse event`.
    private(set) var isHarmStub = false
    /// By header: the name that it would give an adverse event.
    private var names: [Int: String] = [:]
    /// Columns of groups that have a size and no name that is understood: cases and non-cases.
    private var hasUnnamedGroups = false
    /// Drugs that any header names, and those with more than one dose among the headers.
    private var armsNamed: Set<String> = []
    private var armsWithDoses: Set<String> = []

    /// The findings in all tables of a document, by section.
    static func find(in document: Document, _ scene: Scene) -> [Int: [Annotation]] {
        guard !document.tables.isEmpty else { return [:] }
        var sections = Array(repeating: [Int: Int](), count: document.tables.count)
        var around = Array(repeating: [Int](), count: document.tables.count)
        var last = -1
        for (index, section) in document.sections.enumerated() {
            if let cell = section.cell {
                sections[cell.table][cell.cell] = index
                if last != cell.table, index > 0, document.sections[index - 1].place?.part == .caption {
                    around[cell.table].append(index - 1)
                }
                last = cell.table
            } else if section.place?.part == .footnote, last >= 0 {
                around[last].append(index)
            }
        }
        var found: [Int: [Annotation]] = [:]
        for (index, table) in document.tables.enumerated() {
            let finder = TableFinder(document, scene, table, sections[index], around[index])
            finder.find(into: &found)
        }
        return found
    }

    private init(
        _ document: Document, _ scene: Scene, _ table: TextTable, _ sections: [Int: Int], _ around: [Int]
    ) {
        self.document = document
        self.scene = scene
        self.table = table
        self.sections = sections
        for section in around {
            let meaning = HeaderMeaning(scene.readings[section], scene)
            if document.sections[section].place?.part == .caption {
                caption = meaning
            } else {
                notes.formUnion(meaning.statistic)
            }
        }
        for (index, cell) in table.cells.enumerated() where cell.role != .body {
            guard let section = sections[index] else { continue }
            meanings[index] = HeaderMeaning(scene.readings[section], scene)
            names[index] = AdverseEvents.name(cell.text, marks: cell.marks)
        }
        for (index, meaning) in meanings
        where table.cells[index].role == .columnHeader && table.cells[index].column == 0 {
            stub.formUnion(meaning.statistic)
            if meaning.isHarm { isHarmStub = true }
        }
        hasUnnamedGroups =
            meanings.filter { index, meaning in
                table.cells[index].role == .columnHeader && meaning.size != nil && meaning.arms.isEmpty
                    && !meaning.isTotal
            }.count > 1
        for meaning in meanings.values where meaning.arms.count == 1 { armsNamed.formUnion(meaning.arms) }
        var doses: [String: Set<String>] = [:]
        for cell in table.cells where cell.role == .body {
            // The drug may stand over its doses, or beside what it is held against.
            let headers = (cell.columnHeaders + cell.rowHeaders).compactMap { meanings[$0] }
            guard let arm = headers.lazy.compactMap({ Self.arm(of: $0, scene) }).first,
                let dose = headers.lazy.compactMap(\.dose).first
            else { continue }
            doses[arm, default: []].insert(dose)
        }
        armsWithDoses = Set(doses.filter { $1.count > 1 }.keys)
    }

    /// The one drug that a header names, or the one that is studied beside what it is held against.
    private static func arm(of meaning: HeaderMeaning, _ scene: Scene) -> String? {
        if meaning.arms.count == 1 { return meaning.arms.first }
        let own = meaning.arms.filter { DrugRelation.family($0) == scene.mainDrug }
        return own.count == 1 ? own.first : nil
    }

    // MARK: Cells

    private func find(into found: inout [Int: [Annotation]]) {
        for (index, cell) in table.cells.enumerated() {
            guard let section = sections[index], !scene.readings[section].tokens.isEmpty else { continue }
            let reading = scene.readings[section]
            var items: [Annotation] = []
            if cell.role == .body {
                let context = cellContext(cell)
                let effects = effects(reading, cell, context)
                if !effects.isEmpty {
                    items += effects.map { annotation($0, reading, context) }
                } else if let numbers = CellNumbers(cell.text, marks: cell.marks) {
                    if let value = value(numbers, index, context) { items.append(annotation(value, reading, context)) }
                } else {
                    words(reading, context.arm, into: &items)
                }
            } else {
                header(index, reading, into: &items)
            }
            if !items.isEmpty { found[section] = items }
        }
    }

    /// What the headers of a cell say together.
    struct CellContext {
        var over: [HeaderMeaning]
        var beside: [HeaderMeaning]
        var arm: String?
        var dose: String?
        var size: Int?
        var hours: Double?
        var isBaseline = false
        var change: ScoreChange?
        var isEnd = false
        var statistic: HeaderMeaning.Statistic = []
        /// Every header over the cell is understood, and none sets it apart.
        var isPlain = true
    }

    func cellContext(_ cell: TextTable.Cell) -> CellContext {
        let over = cell.columnHeaders.compactMap { meanings[$0] }
        let beside = cell.rowHeaders.compactMap { meanings[$0] }
        // The innermost header says it most exactly.
        let all = over.reversed() + beside.reversed()
        var context = CellContext(over: over, beside: beside)
        if let named = all.first(where: { $0.arms.count == 1 }) {
            context.arm = named.arms.first
            context.dose = named.dose ?? all.first { $0.dose != nil }?.dose
        }
        context.size = all.first { $0.size != nil }?.size?.count
        let timed = all.first { !$0.hours.isEmpty || $0.isBaseline }
        context.isBaseline = timed?.isBaseline ?? false
        if let timed, timed.hours.count == 1, !timed.isBaseline { context.hours = timed.hours.first }
        if timed == nil, let caption {
            context.isBaseline = caption.isBaseline && caption.hours.isEmpty
            if caption.hours.count == 1, !caption.isBaseline { context.hours = caption.hours.first }
        }
        context.change = all.lazy.compactMap(\.change).first
        context.isEnd = all.contains(where: \.isEnd)
        context.statistic =
            all.map(\.statistic).first { !$0.isEmpty } ?? caption.flatMap { $0.statistic.isEmpty ? nil : $0.statistic }
            ?? (stub.isEmpty ? notes : stub)
        context.isPlain =
            over.allSatisfy { $0.isUnderstood && !$0.isApart && !$0.isPart } && beside.allSatisfy { !$0.isApart }
            && all.allSatisfy { $0.hours.count < 2 }
        return context
    }

    private func annotation(_ value: Annotation.Value, _ reading: Reading, _ context: CellContext) -> Annotation {
        Annotation(
            span: TextSpan(section: reading.section, start: 0, end: reading.bytes.count), value: value,
            context: scene.context(reading, 0, 0).subtracting(.negated), drug: context.arm)
    }

    private func value(
        _ numbers: CellNumbers, _ index: Int, _ context: CellContext
    ) -> Annotation.Value? {
        // Where headers name arms, a cell that belongs to none of them is not the whole study's.
        let isTotal = context.over.contains(where: \.isTotal) || context.beside.contains(where: \.isTotal)
        guard context.arm != nil || (armsNamed.isEmpty && !hasUnnamedGroups) || isTotal else { return nil }
        switch harmRow(of: table.cells[index], context) {
        case .harm(let harm): return outcome(harm.kind, harm.name, numbers, context)
        case .other: return nil
        case nil: break
        }
        guard context.isPlain else { return nil }
        switch subject(context) {
        case .event(let kind): return outcome(kind, nil, numbers, context)
        case .scale(let name): return score(name, numbers, index, context)
        case .people(let role):
            guard numbers.form == .one, !numbers.isDecimal, !numbers.firstIsPercent, numbers.first >= 1,
                numbers.first < 1e6, context.statistic.isDisjoint(with: [.percent, .mean])
            else { return nil }
            guard let dose = dose(of: context) else { return nil }
            return .sampleSize(
                SampleSize(count: Int(numbers.first), role: role, arm: context.arm, dose: dose.text))
        case .age where context.arm == nil:
            guard let sd = deviation(numbers, context), numbers.first > 0, numbers.first < 120 else { return nil }
            return .age(Age(mean: numbers.first, sd: sd))
        case .women where context.arm == nil: return women(numbers, context)
        case .dose(let unit):
            guard let unit, let arm = context.arm, numbers.form == .one, numbers.first > 0 else { return nil }
            return .dose(Dose(low: numbers.first, high: numbers.first, unit: unit, drug: arm))
        default: return nil
        }
    }

    /// What the cell is about: the row says it, or else the column, or else the caption where it names one thing.
    private func subject(_ context: CellContext) -> HeaderMeaning.Subject? {
        for meaning in context.beside.reversed() + context.over.reversed()
        where !meaning.subjects.isEmpty || meaning.isDenied {
            if meaning.isDenied { return nil }
            // `MADRS response`: the event is what is counted, by the scale.
            return meaning.subjects.first { if case .event = $0 { true } else { false } } ?? meaning.subjects.first
        }
        guard let caption, caption.subjects.count == 1, let only = caption.subjects.first else { return nil }
        switch only {
        case .scale, .event: return only
        default: return nil
        }
    }

    private func scale(_ context: CellContext) -> String? {
        for meaning in context.beside.reversed() + context.over.reversed() {
            for case .scale(let name) in meaning.subjects { return name }
        }
        let named = (caption?.subjects ?? []).compactMap { subject -> String? in
            if case .scale(let name) = subject { name } else { nil }
        }
        return named.count == 1 ? named.first : nil
    }

    /// The name that a header would give an adverse event; nil where it holds none.
    func name(ofHeader index: Int) -> String? { names[index] }

    // MARK: Values

    private func outcome(
        _ kind: Outcome.Kind, _ name: String?, _ numbers: CellNumbers, _ context: CellContext
    ) -> Annotation.Value? {
        guard let dose = dose(of: context) else { return nil }
        var outcome = Outcome(
            kind: kind, arm: context.arm, dose: dose.text,
            hours: context.isBaseline ? nil : context.hours, scale: kind.isHarm ? nil : scale(context), name: name)
        guard !context.isBaseline, context.statistic.isDisjoint(with: [.mean, .other]) else { return nil }
        switch numbers.form {
        case .share:
            outcome.events = Int(numbers.first)
            outcome.total = numbers.total.map { Int($0) }
            outcome.percentage = numbers.second
        case .bracketed:
            guard let second = numbers.second else { return nil }
            let isPercentFirst =
                numbers.firstIsPercent || context.statistic.contains(.percentFirst)
                || !numbers.secondIsPercent && isShare(second, numbers.first, context)
                    && !isShare(numbers.first, second, context)
            // `4 (18)` under `n = 22` tells by its numbers that it is a count with its percentage.
            guard
                numbers.secondIsPercent || numbers.firstIsPercent || context.statistic.contains([.count, .percent])
                    || isShare(numbers.first, second, context) || isShare(second, numbers.first, context)
            else { return nil }
            let count = isPercentFirst ? second : numbers.first
            guard count == count.rounded() else { return nil }
            outcome.events = Int(count)
            outcome.percentage = isPercentFirst ? numbers.first : second
            outcome.total = context.size
        case .one:
            if numbers.firstIsPercent || context.statistic == .percent {
                outcome.percentage = numbers.first
            } else {
                // A bare `0` is nobody, whether people or shares of them are told.
                let isNobody =
                    numbers.first == 0
                    && (kind.isHarm && context.size != nil || context.statistic.contains([.count, .percent]))
                guard context.statistic == .count || isNobody, !numbers.isDecimal else { return nil }
                outcome.events = Int(numbers.first)
                outcome.total = context.size
            }
        case .plusMinus: return nil
        }
        if let share = outcome.percentage, !(0...100).contains(share) { return nil }
        if let events = outcome.events {
            guard events >= 0, outcome.total.map({ events <= $0 && $0 > 0 }) ?? true else { return nil }
            // A whole that the percentage contradicts is another one.
            if numbers.form != .share, let total = outcome.total, let share = outcome.percentage,
                abs(100 * Double(events) / Double(total) - share) > 0.51
            {
                outcome.total = nil
            }
        }
        return .outcome(outcome)
    }

    /// Whether a number of people is the percentage of the arm that stands beside it.
    private func isShare(_ count: Double, _ percentage: Double, _ context: CellContext) -> Bool {
        guard let size = context.size, size > 0, count == count.rounded(), count > 0, count <= Double(size) else {
            return false
        }
        return abs(100 * count / Double(size) - percentage) <= 0.51
    }

    private func score(
        _ name: String, _ numbers: CellNumbers, _ index: Int, _ context: CellContext
    ) -> Annotation.Value? {
        guard let dose = dose(of: context), !numbers.firstIsPercent, context.statistic.isDisjoint(with: [.percent]),
            let sd = deviation(numbers, context) ?? neighbour(index, context)
        else { return nil }
        let kind: Score.Kind
        if context.change != nil {
            kind = .change
        } else if context.isBaseline {
            kind = .baseline
        } else if context.hours != nil || context.isEnd {
            kind = .endpoint
        } else {
            return nil
        }
        return .score(
            Score(
                kind: kind, mean: context.change?.signed(numbers.first, on: name) ?? numbers.first, sd: sd, scale: name,
                arm: context.arm, dose: dose.text,
                hours: kind == .baseline ? 0 : context.hours))
    }

    /// The dose that tells an arm from another of its drug, nil text where none has to; nil where one has to and none is
    /// printed, so that the cell belongs to no arm for certain.
    private func dose(of context: CellContext) -> (text: String?, Void)? {
        guard let arm = context.arm, armsWithDoses.contains(arm) else { return (nil, ()) }
        return context.dose.map { ($0, ()) }
    }

    /// The standard deviation behind a mean, where the headers or the caption call it one.
    private func deviation(_ numbers: CellNumbers, _ context: CellContext) -> Double? {
        guard numbers.form == .bracketed || numbers.form == .plusMinus, !numbers.secondIsPercent,
            context.statistic.contains(.deviation), !context.statistic.contains(.other),
            !context.statistic.contains(.count), let second = numbers.second, second >= 0
        else { return nil }
        return second
    }

    /// The number in the column `SD` beside the column `Mean`.
    private func neighbour(_ index: Int, _ context: CellContext) -> Double? {
        guard context.statistic == .mean, index + 1 < table.cells.count else { return nil }
        let cell = table.cells[index]
        let next = table.cells[index + 1]
        guard next.row == cell.row, next.column == cell.column + cell.columnSpan,
            let header = next.columnHeaders.last.flatMap({ meanings[$0] }), header.statistic == .deviation,
            next.columnHeaders.dropLast().elementsEqual(cell.columnHeaders.dropLast()),
            let numbers = CellNumbers(next.text, marks: next.marks), numbers.form == .one
        else { return nil }
        return numbers.first
    }

    private func women(_ numbers: CellNumbers, _ context: CellContext) -> Annotation.Value? {
        switch numbers.form {
        case .bracketed where numbers.secondIsPercent || context.statistic.contains([.count, .percent]):
            guard let share = numbers.second, (0...100).contains(share), !numbers.isDecimal else { return nil }
            return .women(Percentage(value: share, numerator: Int(numbers.first)))
        case .one where numbers.firstIsPercent || context.statistic == .percent:
            return (0...100).contains(numbers.first) ? .women(Percentage(value: numbers.first)) : nil
        default: return nil
        }
    }

    // MARK: Effects

    /// The parts of an effect estimate: the measure stands in a header, the contrast in the same or another, or is that
    /// of the only arm of the drug.
    private func effects(_ reading: Reading, _ cell: TextTable.Cell, _ context: CellContext) -> [Annotation.Value] {
        let all = context.over + context.beside
        guard all.contains(where: { $0.measure != nil || $0.isP }),
            all.allSatisfy({ $0.hours.count < 2 && !$0.isPart }),
            let effect = CellEffect(reading), let contrast = contrast(all)
        else { return [] }
        let isP = all.contains(where: \.isP)
        // A p belongs to the measure of its row.
        guard let measure = all.lazy.compactMap(\.measure).first ?? (isP ? onlyMeasure : nil) else { return [] }
        let outcome: String?
        switch subject(context) {
        case .scale(let name): outcome = name
        case .event(let kind): outcome = kind.rawValue
        default:
            if case .harm(let harm) = harmRow(of: cell, context) {
                outcome = harm.name ?? harm.kind.rawValue
            } else {
                outcome = nil
            }
        }
        guard outcome != nil else { return [] }
        func part(_ part: Effect.Part, _ value: Double) -> Annotation.Value {
            .effect(
                Effect(
                    measure: measure, part: part, value: value, outcome: outcome, hours: context.hours,
                    arm: contrast.arm, dose: contrast.dose, comparator: contrast.comparator))
        }
        if isP { return effect.limits == nil && (0...1).contains(effect.value) ? [part(.p, effect.value)] : [] }
        guard !effect.isLimit, let limits = effect.limits else { return [] }
        return [part(.estimate, effect.value), part(.lower, limits.low), part(.upper, limits.high)]
            + (effect.p.map { [part(.p, $0)] } ?? [])
    }

    private var onlyMeasure: Effect.Measure? {
        let measures = Set(meanings.values.compactMap(\.measure))
        return measures.count == 1 ? measures.first : nil
    }

    /// The arm that is held against another, and what it is held against where a header or the table names just one; nil
    /// where it cannot be told which.
    private func contrast(_ headers: [HeaderMeaning]) -> (arm: String, dose: String?, comparator: String?)? {
        let isMain = { (arm: String) in DrugRelation.family(arm) == scene.mainDrug }
        let named = headers.last { $0.arms.contains(where: isMain) }
        let others = named.map { $0.arms.filter { !isMain($0) } } ?? []
        let rest = others.isEmpty ? armsNamed.filter { !isMain($0) } : Set(others)
        let comparator = rest.count == 1 ? rest.first : nil
        if let named {
            let own = named.arms.filter(isMain)
            guard own.count == 1, !armsWithDoses.contains(own[0]) || named.dose != nil else { return nil }
            return (own[0], armsWithDoses.contains(own[0]) ? named.dose : nil, comparator)
        }
        let own = armsNamed.filter(isMain)
        guard own.count == 1, let arm = own.first, !armsWithDoses.contains(arm) else { return nil }
        return (arm, nil, comparator)
    }

    // MARK: Words

    /// A cell of words is read as words are; what it does not say of the drug, its headers may.
    private func words(_ reading: Reading, _ arm: String?, into items: inout [Annotation]) {
        DoseFinder.find(in: reading, scene, into: &items)
        DurationFinder.find(in: reading, scene, into: &items)
        RouteFinder.find(in: reading, scene, into: &items)
        RegistrationFinder.find(in: reading, into: &items)
        guard let arm, reading.drugs.isEmpty else { return }
        for index in items.indices {
            items[index].drug = arm
            items[index].context.subtract([.otherDrug, .comparator])
            if let main = scene.mainDrug, DrugRelation.family(arm) != main {
                items[index].context.insert(.otherDrug)
                if DrugRelation.isUsualComparator(arm) { items[index].context.insert(.comparator) }
            }
            if case .dose(var dose) = items[index].value {
                dose.drug = arm
                items[index].value = .dose(dose)
            }
        }
    }

    /// A header that names an arm may tell its dose and size.
    private func header(_ index: Int, _ reading: Reading, into items: inout [Annotation]) {
        guard let meaning = meanings[index] else { return }
        words(reading, nil, into: &items)
        guard let arm = meaning.arms.first, meaning.arms.count == 1, !meaning.isApart, !meaning.isPart,
            let size = meaning.size
        else { return }
        let isOneOfMany = armsWithDoses.contains(arm)
        if isOneOfMany, meaning.dose == nil { return }
        items.append(
            Annotation(
                span: reading.span(size.first, size.last),
                value: .sampleSize(
                    SampleSize(
                        count: size.count, role: .unspecified, arm: arm, dose: isOneOfMany ? meaning.dose : nil)),
                context: scene.context(reading, size.first, size.last), drug: arm))
    }
}
