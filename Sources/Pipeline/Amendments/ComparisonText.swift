import Annotation
import Bibliography
package import Interchange
import Screening
import Store

extension RuleComparison {
    /// Flips that change what becomes of a report: nobody had decided it.
    package var movingFlips: [Flip] { flips.filter { $0.changesDecision && $0.people == nil } }

    /// For a person at a terminal.
    package var text: String {
        var lines: [String] = []
        lines.append(changes.isEmpty ? "No rule differs." : "What differs in the rules (\(changes.count))")
        for change in changes {
            lines.append("  \(change.path)")
            lines.append("    before: \(change.before ?? "not there")")
            lines.append("    after:  \(change.after ?? "not there")")
        }
        lines.append("")
        let onTexts = comparedOnFullText > 0 ? " (\(comparedOnFullText) of them on the full text)" : ""
        lines.append(
            "Of \(compared) reports\(onTexts): \(movingFlips.count) decisions would flip, "
                + "\(flips.count - movingFlips.count) more reports are judged differently and stay where they are.")
        if notJudged > 0 {
            lines.append("\(notJudged) reports have not been judged as they are now; a run judges them.")
        }
        lines += notices
        for flip in flips.filter({ $0.changesDecision }) + flips.filter({ !$0.changesDecision }) {
            lines += [""] + flip.lines(isWanted: wanted.contains(flip.report))
        }
        if !overrulings.isEmpty {
            lines += ["", "People's decisions that these rules contradict; they stand (\(overrulings.count))"]
            for item in overrulings {
                lines.append("  \(item.report)  \(item.title ?? "")")
                let place = item.read == .fullText ? " on the full text" : ""
                lines.append("    people: \(item.people); rules: \(item.rules.decisionText)\(place)")
                if let words = item.rules.decidingWords { lines.append("    \(words.text)") }
            }
        }
        return lines.joined(separator: "\n")
    }

    /// One JSON object: `compared`, `notJudged`, `changes`, `flips`, `overruled`, `comparedOnFullText`.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("compared", compared)
            json.member("notJudged", notJudged)
            json.member("changes") { json in
                json.array { json in
                    for change in changes {
                        json.object { json in
                            json.member("path", change.path)
                            json.member("before", change.before)
                            json.member("after", change.after)
                        }
                    }
                }
            }
            json.member("flips") { json in json.array { json in for flip in flips { flip.write(to: &json) } } }
            json.member("overruled") { json in
                json.array { json in
                    for item in overrulings {
                        json.object { json in
                            json.member("report", item.report.rawValue)
                            json.member("people", item.people)
                            json.member("decision", item.rules.decision.rawValue)
                            json.member("reason", item.rules.reason)
                            json.member("read", item.read.rawValue)
                        }
                    }
                }
            }
            json.member("comparedOnFullText", comparedOnFullText)
        }
    }
}

extension Judgement {
    /// The words of the reason, or of the first criterion that is met.
    var decidingWords: Evidence? {
        let deciding = criteria.first { $0.id == reason } ?? criteria.first { !$0.evidence.isEmpty }
        return deciding?.evidence.first
    }
}

extension Flip {
    /// For a person: decision, criteria, and the words on either side.
    ///
    /// - Parameter isWanted: only the new rules leave it in, and its full text is not there.
    func lines(isWanted: Bool) -> [String] {
        var lines = ["  \(report)  \(title ?? "")"]
        switch (readBefore, readAfter) {
        case (.abstract, .abstract): break
        case (.fullText, .fullText): lines.append("    read: full text")
        case (.abstract, .fullText): lines.append("    read: title and abstract -> full text")
        case (.fullText, .abstract): lines.append("    read: full text -> title and abstract, which decide")
        }
        if changesDecision {
            lines.append("    decision: \(before.decisionText) -> \(after.decisionText)")
        } else {
            lines.append("    decision: \(after.decisionText), as before")
        }
        if let people {
            lines.append("    people decided: \(people); that stands")
        } else if changesDecision, readAfter == .fullText, after.decision == .exclude {
            lines.append("    it would wait for a person: no rule puts a report out on its full text")
        } else if isWanted {
            lines.append("    its full text would be looked for, and decide")
        }
        for criterion in criteria {
            let old = criterion.before?.verdictText ?? "not asked"
            let new = criterion.after?.verdictText ?? "not asked"
            lines.append("    \(criterion.id): \(old) -> \(new)")
            lines += criterion.wordsBefore.map { "      before: \($0.text)" }
            lines += criterion.wordsAfter.map { "      after:  \($0.text)" }
        }
        return lines
    }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("report", report.rawValue)
            json.member("title", title)
            json.member("people", people)
            json.member("before") { json in before.writeJSON(id: report.rawValue, to: &json) }
            json.member("after") { json in after.writeJSON(id: report.rawValue, to: &json) }
            json.member("readBefore", readBefore.rawValue)
            json.member("readAfter", readAfter.rawValue)
        }
    }
}
