import Bibliography
import Extraction
import Foundation
import Interchange
import Store
import Synthesis

/// What two people said of the same values, field by field, before any consensus.
struct ValueAgreement {
    struct Item: Hashable {
        var field: String
        /// What each makes of it; nil: rejected, or not found by one where the other added.
        var first: ExtractedValue.Value?
        var second: ExtractedValue.Value?
    }

    let first: String
    let second: String
    let items: [Item]

    /// - Parameter decisions: rows of every report, in the order in which they were made.
    static func all(_ decisions: [RecordID: [ValueDecisionRow]]) throws -> [ValueAgreement] {
        var pairs: [[String]: [Item]] = [:]
        for (_, rows) in decisions.sorted(by: { $0.key < $1.key }) {
            let statements = try ValueStatement.standing(rows).filter { !$0.isConsensus }
            let voices = Set(statements.map(\.voice)).sorted()
            for (index, first) in voices.enumerated() {
                for second in voices[(index + 1)...] {
                    pairs[[first, second], default: []] += items(statements, first, second)
                }
            }
        }
        return pairs.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map {
            ValueAgreement(first: $0.key[0], second: $0.key[1], items: $0.value)
        }
    }

    /// Values of which both spoke, and places to which both added something.
    private static func items(_ statements: [ValueStatement], _ first: String, _ second: String) -> [Item] {
        let one = statements.filter { $0.voice == first }
        let two = statements.filter { $0.voice == second }
        var items: [Item] = []
        for statement in one {
            guard let other = two.first(where: { $0.key == statement.key }),
                let field = statement.value?.field ?? other.value?.field ?? statement.extracted?.field
            else { continue }
            items.append(Item(field: field, first: statement.value?.value, second: other.value?.value))
        }
        let matched = Set(one.map(\.key)).intersection(two.map(\.key))
        for place in Set(one.filter { $0.verdict == .add }.compactMap { $0.value?.place }) {
            func left(_ statements: [ValueStatement]) -> [ExtractedValue.Value] {
                statements.filter { $0.verdict == .add && !matched.contains($0.key) && $0.value?.place == place }
                    .sorted { $0.key < $1.key }.compactMap { $0.value?.value }
            }
            let (ours, theirs) = (left(one), left(two))
            guard two.contains(where: { $0.verdict == .add && $0.value?.place == place }) else { continue }
            for index in 0..<max(ours.count, theirs.count) {
                items.append(
                    Item(
                        field: place.field, first: index < ours.count ? ours[index] : nil,
                        second: index < theirs.count ? theirs[index] : nil))
            }
        }
        return items
    }

    /// The pairs of numbers of a field that both have.
    static func numbers(_ items: [Item]) -> [(first: Double, second: Double)] {
        items.compactMap { item in
            guard case .number(let first) = item.first, case .number(let second) = item.second else { return nil }
            return (first, second)
        }
    }
}

extension ReviewReading {
    /// Agreement of every two people on every field of which both spoke: kappa for words, differences for numbers. A
    /// consensus, and what it settled, is not part of it.
    func valueAgreementTable() throws -> Table {
        var table = Table(columns: [
            "first", "second", "field", "n", "agreed", "agreement", "ciLower", "ciUpper", "kappa", "kappaLower",
            "kappaUpper", "ac1", "meanDifference", "sdDifference", "largestDifference",
        ])
        let decisions = try store.read { transaction in
            let reports = try transaction.reports()
            let reportOf = Dictionary(
                reports.flatMap { report in report.records.map { ($0, report.id) } }, uniquingKeysWith: { a, _ in a })
            return Dictionary(grouping: try transaction.valueDecisions()) { reportOf[$0.record] ?? $0.record }
        }
        let form = try plan.extractionForm()
        for pair in try ValueAgreement.all(decisions) {
            for field in form.fields {
                let items = pair.items.filter { $0.field == field.id }
                guard !items.isEmpty else { continue }
                let agreed = items.count { $0.first == $0.second }
                let share = ExactShare(agreed, of: items.count)
                let head: [TableCell] = [
                    .text(pair.first), .text(pair.second), .text(field.id), .integer(items.count), .integer(agreed),
                    .optional(share.value), .optional(share.lower), .optional(share.upper),
                ]
                table.rows.append(head + Self.coefficients(items, field) + Self.differences(items, field))
            }
        }
        return table
    }

    /// Only where the field has a closed or repeating list of words: of free text and numbers no chance agreement is
    /// known.
    private static func coefficients(_ items: [ValueAgreement.Item], _ field: ExtractionForm.Field) -> [TableCell] {
        guard field.kind == .vocabulary else { return Array(repeating: .empty, count: 4) }
        func word(_ value: ExtractedValue.Value?) -> String { value?.plainText ?? "" }
        let agreement = PairAgreement(
            items.map { (first: word($0.first), second: word($0.second)) }, categories: field.vocabulary)
        return [
            .optional(agreement.kappa.value), .optional(agreement.kappa.lower), .optional(agreement.kappa.upper),
            .optional(agreement.ac1.value),
        ]
    }

    private static func differences(_ items: [ValueAgreement.Item], _ field: ExtractionForm.Field) -> [TableCell] {
        let differences = ValueAgreement.numbers(items).map { $0.first - $0.second }
        guard [.number, .integer].contains(field.kind), !differences.isEmpty else {
            return Array(repeating: .empty, count: 3)
        }
        let n = Double(differences.count)
        let mean = differences.reduce(0, +) / n
        let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
        return [
            .number(mean), n > 1 ? .number(variance.squareRoot()) : .empty,
            .optional(differences.map(abs).max()),
        ]
    }
}
