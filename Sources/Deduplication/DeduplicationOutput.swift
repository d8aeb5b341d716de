package import Bibliography
package import Interchange

extension DeduplicationResult {
    /// The name of a report where files are worked on without a review: `R1` for the report with the smallest record.
    package static func name(ofReport position: Int) -> String { "R\(position + 1)" }

    /// One line a report: `{"report":"R1","records":[...],"links":[...],"review":false}`. Links for review are
    /// listed with both reports they concern, so that whoever looks at one of them sees it.
    package func writeJSONLines(to json: inout JSONWriter) {
        let linksOf = linksByReport()
        for (position, report) in reports.enumerated() {
            let links = linksOf[position]
            json.object { json in
                json.member("report", Self.name(ofReport: position))
                json.member("records", report.records.map(\.rawValue))
                json.member("links") { json in
                    json.array { json in
                        for link in links { Self.write(link, to: &json) }
                    }
                }
                json.member("review", links.contains(where: \.review))
            }
            json.newline()
        }
    }

    private static func write(_ link: DuplicateLink, to json: inout JSONWriter) {
        json.object { json in
            json.member("a", link.a.rawValue)
            json.member("b", link.b.rawValue)
            json.member("reason", link.reason)
            json.member("score", link.score)
            json.member("review", link.review)
        }
    }

    private func linksByReport() -> [[DuplicateLink]] {
        var positions: [RecordID: [Int]] = [:]
        for (position, report) in reports.enumerated() {
            for id in report.records where positions[id]?.last != position {
                positions[id, default: []].append(position)
            }
        }
        var result = [[DuplicateLink]](repeating: [], count: reports.count)
        for link in links {
            // Where two files give one id to several records, a link belongs to the report that has both ends.
            let ends = positions[link.a, default: []].filter { positions[link.b, default: []].contains($0) }
            if let position = ends.first { result[position].append(link) }
        }
        for link in review {
            for position in Set(positions[link.a, default: []] + positions[link.b, default: []]) {
                result[position].append(link)
            }
        }
        return result
    }

    /// `record,report`, one row a record in the order in which `ids` (those of the records as given) stand.
    package func table(ids: [RecordID]) -> Table {
        var table = Table(columns: ["record", "report"])
        for (id, report) in zip(ids, reportOfRecord) {
            table.rows.append([.text(id.rawValue), .text(Self.name(ofReport: report))])
        }
        return table
    }
}
