import Foundation
import Screening
import Store

/// The rules by which the reports of a workspace were judged last.
struct KeptRules {
    /// nil where an older sluice kept them in a form that is no longer read.
    var book: RuleBook?
    /// As it stands in the input of every judgement.
    var digest: String

    /// nil where nothing has been judged yet.
    init?(_ transaction: StoreTransaction) throws {
        guard let digest = try transaction.fact(Self.digestFact), let text = try transaction.fact(Self.bookFact) else {
            return nil
        }
        self.digest = digest
        book = RuleBook(kept: text)
    }

    static func keep(_ book: RuleBook, digest: String, _ transaction: StoreTransaction) throws {
        try transaction.setFact(bookFact, book.text)
        try transaction.setFact(digestFact, digest)
    }

    /// What differs in new rules.
    func changes(in new: RuleBook) -> [RuleChange] {
        guard let book else {
            return [RuleChange(path: "criteria", before: "kept in a form that is no longer read", after: "rewritten")]
        }
        return new.changes(since: book)
    }

    private static let bookFact = "rules"
    private static let digestFact = "rulesDigest"
}

extension FlipRow {
    init(_ flip: Flip) {
        self.init(
            report: flip.report, before: JudgementRow(report: flip.report, input: "", flip.before).json,
            after: JudgementRow(report: flip.report, input: "", flip.after).json, readBefore: flip.readBefore,
            readAfter: flip.readAfter, people: flip.people)
    }

    /// The flip that the row holds.
    func flip(title: String?) throws -> Flip? {
        func judgement(_ json: String) throws -> Judgement {
            try JudgementRow(report: report, input: "", decision: "", reason: nil, json: json).judgement
        }
        return Flip(
            report, title: title, before: try judgement(before), on: readBefore, after: try judgement(after),
            on: readAfter, people: people)
    }
}

extension AmendmentRow {
    /// nil where neither the rules nor what they say is another.
    init?(run: Int, _ changes: [RuleChange], _ flips: [Flip]) {
        guard !changes.isEmpty || !flips.isEmpty else { return nil }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Texts always encode.
        let json = (try? encoder.encode(changes)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
        self.init(run: run, changes: json, flips: flips.map { FlipRow($0) })
    }

    var ruleChanges: [RuleChange] {
        get throws {
            do {
                return try JSONDecoder().decode([RuleChange].self, from: Data(changes.utf8))
            } catch {
                throw RunError.damagedRow(table: "amendment", id: String(number), cause: "\(error)")
            }
        }
    }
}
