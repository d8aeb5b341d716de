import Annotation
package import Bibliography
package import Extraction
package import Store

/// The values of a report as they stand: what the rules read now, and what people said of it.
///
/// A person's word holds whatever the rules read later. What they read later at a place of which a person has spoken,
/// or in the words that a person has judged, is `later`: it is listed, and applied only when a person takes it.
package struct ValueReview: Sendable {
    package let values: [ReviewedValue]

    /// What tables and pooling use. A value of which a person has spoken rests on that word: nothing that is printed
    /// beside it speaks against it any more.
    package var applied: [ExtractedValue] {
        values.filter(\.isApplied).map { item in
            var value = item.value
            if let person = item.by.first { value.evidence.rule = "person.\(person)" }
            return value
        }
    }

    /// - Parameters:
    ///   - extracted: what the rules read now, in their order.
    ///   - decisions: the rows of the report's records, in the order in which they were made.
    package init(_ extracted: [ExtractedValue], _ decisions: [ValueDecisionRow]) throws {
        let statements = try ValueStatement.standing(decisions)
        guard !statements.isEmpty else {
            values = extracted.map { ReviewedValue($0, .extracted) }
            return
        }
        let current = Dictionary(extracted.map { ($0.key, $0) }, uniquingKeysWith: { a, _ in a })
        let byKey = Dictionary(grouping: statements, by: \.key)
        var spoken: [String: ReviewedValue] = [:]
        for (key, own) in byKey { spoken[key] = Self.settle(key, own, current[key]) }
        Self.compareAdded(byKey, &spoken)

        var values: [ReviewedValue] = []
        for value in extracted {
            if let own = spoken.removeValue(forKey: value.key) {
                values.append(own)
            } else if !Self.isLater(value, statements, current) {
                values.append(ReviewedValue(value, .extracted))
            } else if !byKey.keys.contains(where: { Self.holds(value, at: $0, byKey) }) {
                values.append(ReviewedValue(value, .later))
            }
        }
        // What only people have comes after, in the order in which they said it.
        var left: [String] = []
        for statement in statements where spoken[statement.key] != nil && !left.contains(statement.key) {
            left.append(statement.key)
        }
        self.values = values + left.compactMap { spoken[$0] }
    }

    private static func settle(_ key: String, _ own: [ValueStatement], _ now: ExtractedValue?) -> ReviewedValue? {
        let voices = own.filter(\.isConsensus).isEmpty ? own : own.filter(\.isConsensus)
        let before = now ?? own.compactMap(\.extracted).first
        guard let shown = voices.compactMap(\.value).last ?? before else { return nil }
        let results = Set(voices.map { $0.result ?? "" })
        let state: ReviewedValue.State =
            if results.count > 1 {
                .disputed
            } else if results == [""] {
                .rejected
            } else if let before {
                shown.saysTheSame(as: before) ? .accepted : .corrected
            } else {
                .added
            }
        return ReviewedValue(
            key: key, value: state == .disputed ? before ?? shown : shown, state: state,
            by: own.contains(where: \.isConsensus) ? ["consensus"] : voices.map(\.voice).sorted(),
            extracted: state == .corrected || state == .disputed ? before : nil, isStillRead: now != nil,
            note: voices.compactMap(\.note).last,
            said: state == .disputed
                ? voices.map { "\($0.voice): \($0.value?.valueText ?? "rejected")" }.sorted() : [])
    }

    /// Two people who each added something at one place, and not the same, are at odds.
    private static func compareAdded(
        _ byKey: [String: [ValueStatement]], _ spoken: inout [String: ReviewedValue]
    ) {
        let added = byKey.values.joined().filter { $0.verdict == .add && !$0.isConsensus }
        for (_, here) in Dictionary(grouping: added, by: { $0.value?.place }) {
            let voices = Set(here.map(\.voice))
            guard voices.count > 1 else { continue }
            for (key, own) in Dictionary(grouping: here, by: \.key)
            where Set(own.map(\.voice)) != voices && byKey[key]?.contains(where: \.isConsensus) == false {
                spoken[key]?.state = .disputed
            }
        }
    }

    private static func isLater(
        _ value: ExtractedValue, _ statements: [ValueStatement], _ current: [String: ExtractedValue]
    ) -> Bool {
        let here = statements.filter { $0.speaks(of: value.place) }
        if here.contains(where: { $0.seen.contains(value.key) }) { return false }
        if !here.isEmpty { return true }
        // The same words, read as another arm or time by now.
        return statements.contains { statement in
            guard let judged = statement.extracted, current[statement.key] == nil, judged.field == value.field else {
                return false
            }
            let (a, b) = (judged.evidence, value.evidence)
            return a.field == b.field && a.section == b.section && a.start < b.end && b.start < a.end
        }
    }

    /// Whether what the rules read now is what a person has already set.
    private static func holds(_ value: ExtractedValue, at key: String, _ byKey: [String: [ValueStatement]]) -> Bool {
        byKey[key]?.contains { $0.value.map { $0.saysTheSame(as: value) } == true } == true
    }
}

extension ReviewedValue {
    fileprivate init(_ value: ExtractedValue, _ state: State) {
        self.init(key: value.key, value: value, state: state, by: [], extracted: nil, isStillRead: true, note: nil)
    }
}

extension StoreTransaction {
    /// Every included report's values as they stand, sorted by report.
    package func reviewedValues() throws -> [(report: RecordID, values: ValueReview)] {
        let decisions = Dictionary(grouping: try valueDecisions(), by: \.record)
        guard !decisions.isEmpty else {
            return try extractions().map { ($0.report, try ValueReview(try $0.values, [])) }
        }
        let members = Dictionary(
            try reports().map { ($0.id, $0.records) }, uniquingKeysWith: { a, _ in a })
        return try extractions().map { row in
            let rows = (members[row.report] ?? [row.report]).flatMap { decisions[$0] ?? [] }
            return (row.report, try ValueReview(try row.values, rows.sorted { $0.number < $1.number }))
        }
    }
}
