import Annotation
import Bibliography
import Interchange
import Pipeline
import Reporting
import Screening
import Store

/// One report after the other, decided by single letters. Every decision is recorded at once, so a session may end at
/// any time and go on where it stopped.
struct DecisionDialogue {
    let reading: ReviewReading
    let recorder: DecisionRecorder
    let reviewer: String
    /// Whether disagreements are settled, instead of reports decided.
    let settles: Bool
    let consensus: Bool
    let stage: DecisionStage?
    /// The next line that the person types; nil at the end of input.
    let ask: () -> String?
    let say: (String) throws -> Void

    private var decided = 0
    private var skipped = 0

    init(
        reading: ReviewReading, recorder: DecisionRecorder, reviewer: String, settles: Bool, consensus: Bool,
        stage: DecisionStage?, ask: @escaping () -> String?, say: @escaping (String) throws -> Void
    ) {
        self.reading = reading
        self.recorder = recorder
        self.reviewer = reviewer
        self.settles = settles
        self.consensus = consensus
        self.stage = stage
        self.ask = ask
        self.say = say
    }

    private enum Step { case next, back, quit }

    private static let keys =
        "i include   e exclude   u unclear   s skip   b back, taking the last decision back   q quit"
    private static let help = """
        Type one letter and press Enter. What follows the letter is kept as your note: i good match
        e asks for the reason, or takes it at once by number or name: e 2   e route wrong drug
        Every decision is recorded as soon as it is made; q ends, and the same command goes on from there.
        """

    mutating func run() throws {
        let people = reading.plan.screening.people
        guard settles || people.mayReview(reviewer) else {
            throw CommandError.usage(
                "\(reviewer) is not among the review's reviewers: \(people.reviewers.joined(separator: ", "))")
        }
        let queue = try reading.reportsInReview().filter(isMine)
        guard !queue.isEmpty else {
            return try say(
                settles ? "Nothing waits to be settled." : "Nothing waits for \(reviewer).")
        }
        try say("\(queue.count) \(queue.count == 1 ? "report waits" : "reports wait") for \(reviewer). \(Self.help)")
        var position = 0
        var made: [Int] = []
        while position < queue.count {
            // Somebody else may have decided it meanwhile.
            guard let item = try reading.refreshed([queue[position]]).first, isMine(item) else {
                position += 1
                continue
            }
            try say(card(item, position + 1, queue.count))
            switch try answer(item) {
            case .next?:
                made.append(position)
                position += 1
            case .back?:
                guard let last = made.popLast() else {
                    try say("There is nothing to take back in this session.")
                    continue
                }
                position = last
                try takeBack(queue[last])
            case .quit?: return try end(queue)
            case nil:
                skipped += 1
                position += 1
            }
        }
        try end(queue)
    }

    private func isMine(_ item: ReportInReview) -> Bool {
        guard stage == nil || item.stage == stage else { return false }
        return settles
            ? item.entry.state == .pending && item.standing.isForAdjudication : item.isOpen(for: reviewer)
    }

    private var role: DecisionRole {
        guard settles else { return .reviewer }
        return consensus || reading.plan.screening.people.adjudication == .consensus ? .consensus : .adjudicator
    }

    /// Asks until there is an answer; nil for a report that is skipped.
    private mutating func answer(_ item: ReportInReview) throws -> Step? {
        while true {
            try say(Self.keys)
            guard let line = ask() else { return .quit }
            let words = line.split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
            let note = words.count > 1 ? words[1] : nil
            switch words.first?.lowercased() {
            case "i", "include":
                if try record(item, DecisionWord.include, nil, note) { return .next }
            case "u", "unclear":
                if try record(item, DecisionWord.unclear, nil, note) { return .next }
            case "e", "exclude":
                guard let (reason, remark) = try reason(note, item.stage) else { continue }
                if try record(item, DecisionWord.exclude, reason, remark) { return .next }
            case "s", "skip": return nil
            case "b", "back": return .back
            case "q", "quit": return .quit
            case nil: continue
            default: try say(Self.help)
            }
        }
    }

    /// A reason by its number or name, with what follows it; asked for where it is not given. nil to think again.
    private func reason(_ given: String?, _ stage: DecisionStage) throws -> (String, String?)? {
        let reasons = reading.plan.reasons(at: stage)
        var text = given
        if text == nil {
            let list = reasons.enumerated().map { "  \($0 + 1)  \($1.id): \(SafeText.line($1.label))" }
            try say(
                "Which criterion is not met? (number or name; Enter to think again)\n" + list.joined(separator: "\n"))
            text = ask()
        }
        let words = (text ?? "").split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
        guard let word = words.first else { return nil }
        let byNumber = Int(word).flatMap { (1...reasons.count).contains($0) ? reasons[$0 - 1].id : nil }
        guard let id = byNumber ?? reasons.first(where: { $0.id.lowercased() == word.lowercased() })?.id else {
            try say("'\(SafeText.line(word))' is no reason; accepted: " + reasons.map(\.id).joined(separator: ", "))
            return nil
        }
        return (id, words.count > 1 ? words[1] : nil)
    }

    /// False where it was refused: the person is told why, and asked again.
    private mutating func record(
        _ item: ReportInReview, _ decision: String, _ reason: String?, _ note: String?
    ) throws -> Bool {
        let draft = DecisionDraft(
            record: item.report.id.rawValue, decision: decision, reason: reason, reviewer: reviewer, note: note,
            stage: item.stage.rawValue, role: role.rawValue)
        do {
            _ = try recorder.record([draft], DecisionDefaults())
            if decision != DecisionWord.withdrawn { decided += 1 }
            return true
        } catch let refusal as DecisionRefusal {
            try say(refusal.description)
        } catch let error as StoreError {
            try say(error.description)
        }
        return false
    }

    private mutating func takeBack(_ item: ReportInReview) throws {
        if try record(item, DecisionWord.withdrawn, nil, nil) {
            decided -= 1
            try say("Taken back: \(item.report.id).")
        }
    }

    private func end(_ queue: [ReportInReview]) throws {
        let left = try reading.refreshed(queue).count(where: isMine)
        var lines = ["\(decided) decided, \(skipped) skipped, \(left) still waiting."]
        if decided > 0 {
            lines.append(
                "Next: \(NextStep.countIn(workspace: recorder.workspace).text)")
        }
        try say(lines.joined(separator: "\n"))
    }

    // MARK: What is shown

    private func card(_ item: ReportInReview, _ position: Int, _ count: Int) -> String {
        let record = item.record
        let width = 80
        var lines = [
            "", String(repeating: "-", count: width),
            "\(position) of \(count)   \(SafeText.line(item.report.id.rawValue))   "
                + (item.stage == .fullText ? "decide on the full text" : "title and abstract"),
        ]
        lines += TextWrapping.paragraph(SafeText.line(record.title ?? "(no title)"), width: width)
        let authors = record.authors.prefix(3).map(\.displayName).joined(separator: ", ")
        let source = [
            record.authors.count > 3 ? authors + " et al." : authors, record.journal.title ?? "",
            record.published.year.map(String.init) ?? "", record.doi.map { "doi:\($0.text)" } ?? "",
            record.pmid.map { "PMID \($0)" } ?? "",
        ].filter { !$0.isEmpty }
        let sentences = source.map { $0.hasSuffix(".") ? $0 : $0 + "." }.joined(separator: " ")
        lines += TextWrapping.paragraph(SafeText.line(sentences), width: width)
        for section in record.abstract {
            let text = (section.label.map { "\($0): " } ?? "") + section.text
            lines += [""] + TextWrapping.paragraph(SafeText.line(text), width: width)
        }
        if record.abstract.isEmpty { lines += ["", "(no abstract)"] }
        if reading.plan.screening.people.showsRules, !item.judgement.criteria.isEmpty {
            lines += ["", "The rules say:"] + item.judgement.criteria.map(rule)
        }
        if settles {
            lines += ["", "The reviewers say:"] + item.standing.words.map { "  " + SafeText.line($0.saying) }
        }
        return (lines + [""]).joined(separator: "\n")
    }

    private func rule(_ criterion: CriterionJudgement) -> String {
        let word =
            switch criterion.verdict {
            case .met: criterion.presumed ? "presumed" : "met"
            case .notMet: "not met"
            case .unclear: "unclear"
            }
        let quotes = criterion.evidence.prefix(3).map { evidence in
            "\"\(SafeText.line(evidence.quote))\"" + (evidence.place.map { " (\(SafeText.line($0.text)))" } ?? "")
        }
        return "  \(criterion.id): \(word)" + (quotes.isEmpty ? "" : "   " + quotes.joined(separator: "  "))
    }
}

/// Text of unknown origin for a terminal: nothing that moves the cursor, changes colours or turns the direction of
/// writing reaches it.
enum SafeText {
    static func line(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: " "
                    default: scalar
                    }
                }))
    }
}
