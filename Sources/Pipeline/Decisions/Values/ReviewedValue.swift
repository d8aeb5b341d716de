import Annotation
import Bibliography
package import Extraction
package import Store

/// A value as it stands after what people said of it.
package struct ReviewedValue: Hashable, Sendable {
    package enum State: String, Sendable {
        /// Read by the rules; no person has spoken.
        case extracted
        case accepted, corrected, added, rejected
        /// Two people say different things, and no consensus says which holds.
        case disputed
        /// Read by the rules after a person had spoken of this place: listed, not applied.
        case later
    }

    package var key: String
    package var value: ExtractedValue
    package var state: State
    /// Who set it, `consensus` included; empty where no person did.
    package var by: [String]
    /// What the rules had read, where a person has something else.
    package var extracted: ExtractedValue?
    /// False where the rules read it once and do not any more, or never did.
    package var isStillRead: Bool
    package var note: String?
    /// Where two people differ: what each of them says, `AB: 5 events`.
    package var said: [String] = []

    /// Whether tables and pooling use it.
    package var isApplied: Bool {
        switch state {
        case .extracted, .accepted, .corrected, .added: true
        case .rejected, .disputed, .later: false
        }
    }

    /// ` (corrected by AB; the rules read 24 participants)`; empty where no person has spoken.
    var standing: String {
        guard state != .extracted else { return "" }
        let who = by.isEmpty ? "" : " by " + by.joined(separator: ", ")
        return " (\(state.rawValue)\(who)" + (extracted.map { "; the rules read \($0.valueText)" } ?? "") + ")"
    }

    /// Whether it rests on words of the document, rather than on a person's word alone.
    package var pointsIntoDocument: Bool { value.evidence.end > value.evidence.start }
}

/// What one voice says now of one value.
struct ValueStatement {
    var key: String
    var verdict: ValueVerdict
    var value: ExtractedValue?
    var extracted: ExtractedValue?
    var seen: Set<String>
    var voice: String
    var isConsensus: Bool
    var note: String?

    /// What it makes of the value; nil: nothing.
    var result: String? { value?.key }

    func speaks(of place: ValuePlace) -> Bool { extracted?.place == place || value?.place == place }
}

/// What a person may say of a value.
package enum ValueVerdict: String, CaseIterable, Sendable {
    case accept, correct, add, reject, withdraw
}

extension ValueStatement {
    init?(_ row: ValueDecisionRow) throws {
        guard let verdict = ValueVerdict(rawValue: row.verdict), verdict != .withdraw else { return nil }
        let report = row.record.rawValue
        self.init(
            key: row.key, verdict: verdict, value: try row.value.map { try ExtractedValue(json: $0, of: report) },
            extracted: try row.extracted.map { try ExtractedValue(json: $0, of: report) },
            seen: Set(row.seen.split(separator: " ").map(String.init)), voice: row.voice,
            isConsensus: row.isConsensus, note: row.note)
    }

    /// What stands of a report's rows.
    static func standing(_ rows: [ValueDecisionRow]) throws -> [ValueStatement] {
        try ValueDecisionRow.standing(rows).compactMap { try ValueStatement($0) }
    }
}

extension ValueDecisionRow {
    /// The newest of each value and voice, in the order of their first rows.
    static func standing(_ rows: [ValueDecisionRow]) -> [ValueDecisionRow] {
        struct Voice: Hashable {
            var key: String
            var voice: String
        }
        var newest: [Voice: ValueDecisionRow] = [:]
        var order: [Voice] = []
        for row in rows {
            let voice = Voice(key: row.key, voice: row.voice)
            if newest.updateValue(row, forKey: voice) == nil { order.append(voice) }
        }
        return order.compactMap { newest[$0] }
    }

    /// The reviewer, or that of the consensus, which is one voice whoever wrote it down.
    package var voice: String { isConsensus ? "consensus" : reviewer }
}
