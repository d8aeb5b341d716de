import Foundation
import GRDB
import TestSupport
import Testing

@Suite("sluice verify")
struct VerifyTests {
    private func finished() async throws -> (review: LiveReview, service: EutilsService) {
        let review = try LiveReview()
        let service = try await EutilsService.start(.invented(count: 8))
        service.change { $0.gone = [90_000_005] }
        let result = try await review.sluice("run", service: service)
        #expect(result.status == 0, "\(result.errors)")
        return (review, service)
    }

    @Test("a workspace as a run leaves it is whole, part by part, and nothing is asked or written")
    func whole() async throws {
        let (review, service) = try await finished()
        defer { service.stop() }
        service.forgetLog()
        let result = try await review.sluice("verify")
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(
            result.output.split(separator: "\n").map { $0.prefix(16).trimmingCharacters(in: .whitespaces) } == [
                "ok    archive", "ok    database", "ok    records", "ok    ledger", "ok    flow", "ok    output",
            ])
        #expect(result.output.contains("3 answers to 3 requests") && result.output.contains("7 records of 1 sources"))
        #expect(service.log.isEmpty)
        let json = try await review.sluice("verify", "--json")
        #expect(json.output.hasPrefix("{\"whole\":true,\"parts\":[{\"part\":\"archive\""))
    }

    @Test("a damaged answer: 65, its name, and the records that stand in it are not blamed one by one")
    func damagedAnswer() async throws {
        let (review, service) = try await finished()
        defer { service.stop() }
        let archive = review.workspace + "/archive/"
        let names = try FileManager.default.contentsOfDirectory(atPath: archive).filter { $0.hasSuffix(".gz") }
        for name in names { try Data("spoilt".utf8).write(to: URL(filePath: archive + name)) }
        let result = try await review.sluice("verify")
        #expect(result.status == 65)
        for name in names { #expect(result.output.contains("\(name): damaged"), "\(result.output)") }
        #expect(result.output.contains("BAD   records"))
        #expect(!result.output.contains("no archived answer holds it"))
        #expect(result.errors.contains("Restore the named files from a backup"))
    }

    @Test(
        "a database that says something else than the answers: 65 and the record; an id that is lost: 4 and the id",
        arguments: [
            ("UPDATE record SET json = replace(json, 'number 3', 'number 4')", Int32(65), "pubmed:90000004: answer"),
            ("DELETE FROM record WHERE id = 'pubmed:90000002'", 65, "pubmed:90000002: it stands in answer"),
            (
                "INSERT INTO record SELECT 'pubmed:1', source, digest, answer, line, start, end, json FROM record LIMIT 1",
                65, "pubmed:1: no archived answer holds it"
            ),
            (
                "DELETE FROM ledger WHERE stage = 'screen' AND id = 'pubmed:90000003'", 4,
                "1 given to it and not accounted"
            ),
            ("DELETE FROM ledger WHERE stage = 'fetch' AND id = 'pubmed:90000003'", 4, "pubmed:90000003"),
        ])
    func tampered(statement: String, status: Int32, words: String) async throws {
        let (review, service) = try await finished()
        defer { service.stop() }
        // Another program's hand: sluice itself offers no such thing.
        try await DatabaseQueue(path: review.workspace + "/review.sqlite").write { try $0.execute(sql: statement) }
        let result = try await review.sluice("verify")
        #expect(result.status == status, "\(result.output)")
        #expect(result.output.contains(words), "\(result.output)")
    }

    @Test("a file of output/ that was changed or is gone is named; a run that did not end is noted, not blamed")
    func output() async throws {
        let (review, service) = try await finished()
        defer { service.stop() }
        try review.folder.write("changed", to: "w/output/flow.csv")
        try FileManager.default.removeItem(atPath: review.workspace + "/output/report.html")
        let result = try await review.sluice("verify")
        #expect(result.status == 65)
        #expect(result.output.contains("flow.csv: it is not what the run wrote"))
        #expect(result.output.contains("report.html: it is gone"))
        #expect(try await review.sluice("run", "--offline").status == 0)
        #expect(try await review.sluice("verify").status == 0)

        service.change { $0.gone = [] }
        #expect(try await review.sluice("fetch", "--refetch", "known", service: service).status == 0)
        let ahead = try await review.sluice("verify")
        #expect(ahead.status == 0, "\(ahead.output)")
        #expect(ahead.output.contains("note: parse has not been run on its newest input"), "\(ahead.output)")
    }

    @Test("without a review: 66")
    func nothing() async throws {
        let review = try LiveReview()
        #expect(try await review.sluice("verify").status == 66)
    }
}
