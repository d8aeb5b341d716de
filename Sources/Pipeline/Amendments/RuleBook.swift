import Annotation
import Foundation
import Screening

/// Everything of a plan that decides how a report is judged, as a value that can be kept and compared.
struct RuleBook: Codable, Hashable, Sendable {
    var annotation: AnnotationPlan
    var screening: ScreeningPlan
    /// `ScreenStage.codeVersion`: the same rules may read differently in another sluice.
    var code: Int

    init(_ plan: Plan, code: Int) {
        annotation = plan.annotation
        screening = plan.screening
        self.code = code
    }

    /// The book that a workspace kept; nil where it cannot be read any more.
    init?(kept text: String) {
        guard let book = try? JSONDecoder().decode(RuleBook.self, from: Data(text.utf8)) else { return nil }
        self = book
    }

    var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Texts, numbers and lists of them always encode.
        guard let data = try? encoder.encode(self) else { return "" }
        return String(decoding: data, as: UTF8.self)
    }
}

/// One thing that differs between two books of rules, by its way through the pipeline file.
package struct RuleChange: Codable, Hashable, Sendable {
    /// `criteria.route.iv`, `concepts.ketamine`, `switches.retrospectiveCohorts`.
    package var path: String
    /// nil: it is new.
    package var before: String?
    /// nil: it is gone.
    package var after: String?

    package init(path: String, before: String?, after: String?) {
        self.path = path
        self.before = before
        self.after = after
    }
}

extension RuleBook {
    /// What changed from an earlier book, in the order of this one; what is gone comes last. Examples are tests of
    /// rules, not rules, and are passed over.
    func changes(since earlier: RuleBook) -> [RuleChange] {
        let now = entries
        let then = earlier.entries
        let before = Dictionary(then.map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(now.map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
        return now.filter { before[$0.path] != $0.text }
            .map { RuleChange(path: $0.path, before: before[$0.path], after: $0.text) }
            + then.filter { after[$0.path] == nil }.map { RuleChange(path: $0.path, before: $0.text, after: nil) }
    }

    /// The book line by line.
    private var entries: [(path: String, text: String)] {
        var lines: [(path: String, text: String)] = [
            ("screening.assessedOn", screening.assessedOn.rawValue),
            ("annotation.drugs", annotation.drugs.joined(separator: ", ")),
        ]
        for (key, names) in [("drugNames", annotation.names.drugs), ("scaleNames", annotation.names.scales)] {
            for own in names { lines.append(("annotation.\(key).\(own.name)", own.words.joined(separator: "; "))) }
        }
        let declaration = screening.declaration
        for name in declaration.switches.keys.sorted() {
            lines.append(("switches." + name, declaration.switches[name] ?? ""))
        }
        for concept in declaration.concepts {
            lines.append(("concepts." + concept.name.text, Self.oneLine(concept.query.text)))
        }
        for branch in declaration.mesh {
            lines.append(("mesh." + branch.name.text, branch.below.map(\.text).joined(separator: "; ")))
        }
        lines.append(("criteria", "in this order: " + declaration.criteria.map(\.id.text).joined(separator: ", ")))
        for criterion in declaration.criteria {
            let path = "criteria." + criterion.id.text
            lines.append((path + ".question", Self.oneLine(criterion.question)))
            if let label = criterion.label { lines.append((path + ".label", label)) }
            lines.append((path + ".silence", criterion.silence.rawValue))
            for rule in criterion.rules { lines.append((path + "." + rule.id.text, Self.text(of: rule))) }
        }
        lines.append(("sluice", "reads texts by version \(code) of its rules"))
        return lines
    }

    /// `notMet when intranasal[ti]; overrides iv; only if someSwitch is include`.
    private static func text(of rule: RuleDeclaration) -> String {
        var parts = ["\(rule.verdict.rawValue) when \(oneLine(rule.when.text))"]
        if !rule.overrides.isEmpty { parts.append("overrides " + rule.overrides.map(\.text).joined(separator: ", ")) }
        for condition in rule.onlyIf {
            parts.append("only if \(condition.name.text) is \(condition.values.joined(separator: " or "))")
        }
        return parts.joined(separator: "; ")
    }

    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
