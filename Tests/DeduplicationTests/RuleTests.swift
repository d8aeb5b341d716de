import Bibliography
import Deduplication
import Foundation
import Interchange
import TestSupport
import Testing

/// One pair of `Fixtures/deduplication/pairs.csv`.
struct RulePair: Sendable, CustomTestStringConvertible {
    var number: String
    var expected: String
    var why: String
    var records: [Record]

    var testDescription: String { "\(number) \(expected): \(why)" }

    static let all: [RulePair] = {
        guard let bytes = try? Data(contentsOf: Checkout.url("Fixtures/deduplication/pairs.csv")),
            let table = try? DelimitedText(parsing: Array(bytes))
        else { return [] }
        let records = LabelledSet.records(table)
        return stride(from: 0, to: records.count - 1, by: 2).map { index in
            let row = table.rows[index]
            return RulePair(
                number: row.cell(0) ?? "", expected: row.cell(1) ?? "", why: row.cell(2) ?? "",
                records: [index, index + 1].map { place in
                    var record = records[place]
                    record.pmid = table.rows[place].cell(table.column("pmid")).flatMap { PMID($0) }
                    record.publicationTypes =
                        table.rows[place].cell(table.column("type")).map { [PublicationType(name: $0)] } ?? []
                    return record
                })
        }
    }()
}

@Suite("Rules on invented pairs")
struct RuleTests {
    @Test("each pair is joined, kept apart or given to a person as the field does it", arguments: RulePair.all)
    func pair(_ pair: RulePair) {
        for records in [pair.records, pair.records.reversed()] {
            let result = Deduplicator().deduplicate(records)
            switch pair.expected {
            case "same":
                #expect(result.reports.count == 1, "\(result.review) \(result.relations)")
                #expect(result.links.count == 1)
            case "review":
                #expect(result.reports.count == 2, "\(result.links)")
                #expect(result.review.count == 1)
            default:
                #expect(result.reports.count == 2, "\(result.links)")
                #expect(result.links.isEmpty)
                let kinds = pair.expected.split(separator: ":").dropFirst().map(String.init)
                let found = result.relations.map(\.kind.rawValue)
                #expect(kinds.isEmpty ? found.allSatisfy { $0 == "abstract-article" } : found == kinds)
            }
        }
    }

    @Test("the file of pairs is there, and all pairs together give what each gives alone")
    func together() {
        #expect(RulePair.all.count > 50)
        let result = Deduplicator().deduplicate(RulePair.all.flatMap(\.records))
        for report in result.reports {
            #expect(
                Set(report.records.map { $0.rawValue.dropLast() }).count == 1,
                "\(report.records) \(result.links.filter { report.records.contains($0.a) })")
        }
        #expect(result.reports.filter { $0.records.count == 2 }.count == RulePair.all.count { $0.expected == "same" })
    }
}
