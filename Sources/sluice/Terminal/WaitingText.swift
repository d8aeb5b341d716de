import Interchange
import Pipeline
import Store

/// What waits, in words.
enum WaitingText {
    private static let shown = 20

    static func waiting(_ reading: ReviewReading, _ folder: String, reviewer: String?) throws -> String {
        let table = try reading.waitingTable(for: reviewer)
        let conflicts = try reading.table(.conflicts).rows.count
        let decide = NextStep.command("decide", folder)
        let queue =
            conflicts > 0
            ? "\(conflicts) more \(conflicts == 1 ? "waits" : "wait") for someone to settle: \(decide) --conflicts"
            : nil
        guard !table.rows.isEmpty else {
            let whom = reviewer.map { "Nothing waits for \($0)." } ?? "Nothing waits for a person."
            return ([whom] + (queue.map { [$0] } ?? [])).joined(separator: "\n")
        }
        var lines = ["\(waiting(table)) for \(reviewer ?? "a person"):"]
        for row in table.rows.prefix(shown) {
            lines.append("  \(text(row, "report", table))  \(text(row, "title", table).prefix(90))")
            let open = text(row, "open", table)
            let why = why(text(row, "why", table), text(row, "stage", table))
            lines.append("      \(why)" + (open.isEmpty ? "" : "; open: \(open)"))
            // What a full text says is not to be seen in title and abstract.
            let found = text(row, "found", table)
            if text(row, "stage", table) == DecisionStage.fullText.rawValue, !found.isEmpty {
                lines.append("      found: \(found)")
            }
        }
        if table.rows.count > shown { lines.append("  ... and \(table.rows.count - shown) more") }
        if reviewer != nil, let queue { lines.append(queue) }
        lines.append("One after the other, on a terminal: \(decide) --reviewer \(reviewer ?? "NAME")")
        let file = folder + "/output/waiting.csv"
        lines.append("Or fill in the columns decision, reason and reviewer of \(file), then:")
        lines.append("  \(decide) --from \(NextStep.quoted(file))")
        return lines.joined(separator: "\n")
    }

    static func conflicts(_ reading: ReviewReading, _ folder: String) throws -> String {
        let table = try reading.table(.conflicts)
        guard !table.rows.isEmpty else { return "Reviewers disagree on nothing that is not settled." }
        var lines = ["\(waiting(table)) for someone to settle:"]
        for row in table.rows.prefix(shown) {
            lines.append("  \(text(row, "report", table))  \(text(row, "title", table).prefix(90))")
            lines.append("      \(text(row, "said", table))")
        }
        if table.rows.count > shown { lines.append("  ... and \(table.rows.count - shown) more") }
        let people = reading.plan.screening.people
        let how =
            switch people.adjudication {
            case .anyone: "--adjudicate --reviewer NAME    (a third person), or --consensus"
            case .named: "--adjudicate --reviewer " + people.adjudicators.joined(separator: ", or ")
            case .consensus: "--consensus --reviewer NAME"
            }
        lines.append("Settle one: \(NextStep.command("decide", folder)) REPORT include \(how)")
        lines.append("All in a table: \(NextStep.command("export", folder)) conflicts -o conflicts.csv")
        return lines.joined(separator: "\n")
    }

    private static func waiting(_ table: Table) -> String {
        "\(table.rows.count) \(table.rows.count == 1 ? "report waits" : "reports wait")"
    }

    static func why(_ reason: String, _ stage: String) -> String {
        let place = stage == DecisionStage.fullText.rawValue ? "full text: " : ""
        return switch reason {
        case "unclear": place + "nothing decided yet"
        case "anotherReviewer": place + "another reviewer is needed"
        case "reviewersDisagree": place + "reviewers disagree"
        case "fullText": "full text to be read"
        case "noFullText": "full text to be found; where it cannot be had: exclude, reason notRetrieved"
        case "fullTextFails": "by the rules its full text fails; its words decide"
        default: place + reason
        }
    }

    private static func text(_ row: [TableCell], _ column: String, _ table: Table) -> String {
        guard let index = table.columns.firstIndex(of: column), index < row.count else { return "" }
        return SafeText.line(row[index].plainText)
    }
}
