import Extraction
import Foundation
import Hashing

/// Where a value belongs: the field, and the arm, dose, scale and time that it is of.
package struct ValuePlace: Hashable, Sendable {
    package var field: String
    package var arm: String?
    package var dose: String?
    package var outcome: String?
    package var time: Double?
    package var comparator: String?
}

extension ExtractedValue {
    package var place: ValuePlace {
        ValuePlace(field: field, arm: arm, dose: dose, outcome: outcome, time: time, comparator: comparator)
    }

    /// Names the value within its report by all that it says, so that a value which changes is another value.
    package var key: String {
        let number =
            switch value {
            case .number(let number): "n\(number)"
            case .text(let text): "t\(text)"
            }
        let parts =
            [field, arm ?? "", dose ?? "", outcome ?? "", time.map { "\($0)" } ?? "", number, unit ?? ""]
            + (comparator.map { [$0] } ?? [])
        return String(SHA256Digest(of: parts.joined(separator: "\u{1F}")).hex.prefix(12))
    }

    /// Whether two values say the same, whatever words they rest on.
    func saysTheSame(as other: ExtractedValue) -> Bool { key == other.key }

    /// As the store keeps it.
    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }

    /// - Throws: `RunError.damagedRow`.
    init(json: String, of report: String) throws {
        do {
            self = try JSONDecoder().decode(ExtractedValue.self, from: Data(json.utf8))
        } catch {
            throw RunError.damagedRow(table: "valueDecision", id: report, cause: "\(error)")
        }
    }
}
