import Bibliography
import Interchange

/// `flow.json`: every row of `flow.csv` that holds a number, under the same key with the same number, and the ids
/// behind it (`null` where only the number is known); then the boxes that the CSV format does not have.
///
///     {"database_results":{"n":2,"ids":["pubmed:1","ris:7"],"parts":[{"id":"pubmed","label":"PubMed","n":1, ...}]},
///      ..., "awaiting_reports":{...}, "balanced":true,"imbalances":[]}
package enum FlowJSON {
    package static func render(_ flow: PrismaFlow) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            for key in FlowKey.allCases {
                guard let box = flow.box(key) else { continue }
                // The detail rows are the parts of the row before them.
                if key == .databaseSpecificResults || key == .registerSpecificResults { continue }
                write(key.rawValue, box, flow.parts(key), to: &json)
            }
            write("awaiting_reports", flow.awaiting, [], to: &json)
            write("other_awaiting_reports", flow.otherAwaiting, [], to: &json)
            write("other_removed", flow.otherRemoved.total, flow.otherRemoved.parts, to: &json)
            write("records_excluded_by_automation", flow.excludedByAutomation, [], to: &json)
            write("records_excluded_by_people", flow.excludedByPeople, [], to: &json)
            let imbalances = flow.imbalances()
            json.member("balanced", imbalances.isEmpty)
            json.member("imbalances", imbalances.map(\.description))
        }
        json.newline()
        return json.bytes
    }

    private static func write(_ name: String, _ box: FlowBox, _ parts: [FlowPart], to json: inout JSONWriter) {
        json.member(name) { json in
            json.object { json in
                content(box, to: &json)
                guard !parts.isEmpty else { return }
                json.member("parts") { json in
                    json.array { json in
                        for part in parts {
                            json.object { json in
                                json.member("id", part.id)
                                json.member("label", part.label)
                                content(part.box, to: &json)
                            }
                        }
                    }
                }
            }
        }
    }

    private static func content(_ box: FlowBox, to json: inout JSONWriter) {
        json.member("n", box.n)
        if case .text(let text) = box.content { json.member("text", text) }
        guard let ids = box.ids else { return json.member("ids") { $0.null() } }
        json.member("ids", ids.map(\.rawValue))
    }
}
