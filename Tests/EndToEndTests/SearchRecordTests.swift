import Foundation
import TestSupport
import Testing

/// What a reviewer sees of a search: before it, after it, and after the next one.
@Suite("Searches as a reviewer sees them")
struct SearchRecordTests {
    @Test("every fact that PRISMA-S asks for stands in `export searches` and on the page")
    func prismaS() async throws {
        let review = try LiveReview(
            sources: "  - {id: pubmed, kind: pubmed, query: ketamin*, from: 2009-01-01, allow: [\"ketamin*\"]}")
        let service = try await EutilsService.start(.invented(count: 12))
        defer { service.stop() }
        service.change {
            $0.translation = { _ in "ketamin*[All Fields] AND 2009/01/01:3000/12/31[Date - Publication]" }
            $0.warnings = [("OutputMessage", "Wildcard search for 'ketamin*' used only the first 600 variations.")]
        }
        let result = try await review.sluice("run", service: service)
        #expect(result.status == 0, "\(result.errors)")
        let row = try #require(try await review.table("searches").first)
        #expect(row["run"] == "1" && row["source"] == "pubmed" && row["database"] == "PubMed")
        #expect(row["platform"] == "NCBI E-utilities" && row["query"] == "ketamin*")
        #expect(row["from"] == "2009/01/01" && row["to"] == "3000/12/31" && row["dates"] == "pdat")
        #expect(row["translation"] == "ketamin*[All Fields] AND 2009/01/01:3000/12/31[Date - Publication]")
        #expect(
            row["acceptedWarnings"]
                == "OutputMessage: Wildcard search for 'ketamin*' used only the first 600 variations.")
        #expect(row["searchedAt"]?.hasSuffix("Z") == true && row["hits"] == "12")
        #expect(row["listDigest"]?.count == 64 && row["answer"]?.count == 64)
        #expect(row["software"]?.hasPrefix("sluice ") == true)
        #expect(row["changes"] == "", "the first search has nothing to be compared with")
        let page = try String(contentsOfFile: review.workspace + "/output/report.html", encoding: .utf8)
        for word in ["Searches (PRISMA-S)", "NCBI E-utilities", "Date - Publication", "600 variations"] {
            #expect(page.contains(word), "\(word)")
        }
        #expect(page.contains(row["searchedAt"] ?? "-"))
    }

    @Test("a later search says what PubMed reads otherwise, which hits appeared and which vanished")
    func compared() async throws {
        let review = try LiveReview()
        let service = try await EutilsService.start(.invented(count: 10))
        defer { service.stop() }
        service.change {
            $0.finds = { _, entry in entry.pmid <= 90_000_008 }
            $0.translation = { _ in "\"ketamine\"[MeSH Terms] OR \"ketamine\"[Title/Abstract]" }
        }
        #expect(try await review.sluice("run", service: service).status == 0)
        service.change {
            $0.finds = { _, entry in entry.pmid != 90_000_002 }
            $0.translation = { _ in "\"ketamine\"[MeSH Terms] OR \"ketamines\"[Title/Abstract]" }
        }
        let second = try await review.sluice("run", service: service)
        #expect(second.status == 0, "\(second.errors)")
        let lines = [
            "PubMed now also searches: \"ketamines\"[Title/Abstract]",
            "PubMed no longer searches: \"ketamine\"[Title/Abstract]",
            "hits: 8 before, 9 now", "2 hits appeared: pubmed:90000009 pubmed:90000010",
            "1 hit vanished: pubmed:90000002",
        ]
        for line in lines { #expect(second.errors.contains("pubmed: \(line)"), "\(second.errors)") }
        let status = try await review.sluice("status")
        for line in lines { #expect(status.output.contains("since run 1: \(line)"), "\(status.output)") }
        let json = try await review.sluice("status", "--json").output
        #expect(json.contains("\"sinceRun\":1") && json.contains("\"vanished\":[\"pubmed:90000002\"]"))

        // A third search is compared with the second, not with everything ever found.
        service.change { $0.finds = nil }
        #expect(try await review.sluice("run", service: service).status == 0)
        let rows = try await review.table("searches")
        try #require(rows.map { $0["run"] } == ["1", "2", "3"])
        #expect(rows[1]["appeared"] == "pubmed:90000009 pubmed:90000010" && rows[1]["vanished"] == "pubmed:90000002")
        #expect(rows[2]["appeared"] == "pubmed:90000002" && rows[2]["vanished"] == "")
        #expect(try await review.table("records").count == 10)
        // A fourth that brings nothing new still says when it was made.
        #expect(try await review.sluice("run", service: service).status == 0)
        #expect(try await review.sluice("status").output.contains("since run 3: nothing changed"))
    }

    @Test(
        "a dry run shows window, translation, warnings, requests and time for each source, and where a fetch would stop"
    )
    func dryRun() async throws {
        let review = try LiveReview(
            sources: """
                  - {id: pubmed, kind: pubmed, query: ketamine, from: 2009-01-01, dates: created, allow: [the]}
                  - {id: register, kind: clinicaltrials, query: ketamine AND depression}
                  - {id: psycinfo, kind: file, path: x.ris, database: PsycINFO}
                """)
        let service = try await EutilsService.start(.invented(count: 1200))
        let trials = try await TrialsService.start(studies: 250)
        defer {
            service.stop()
            trials.stop()
        }
        service.change { $0.warnings = [("PhraseIgnored", "the")] }
        let result = try await review.sluice("fetch", "--dry-run", service: service, trials: trials)
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            result.output == """
                pubmed: 1200 hits
                  query:       ketamine
                  window:      2009-01-01 to open, created in PubMed
                  translation: "ketamine"[All Fields]
                  requests:    4, about 6 s without retries
                  warning:     PhraseIgnored: the  (accepted)
                register: 250 hits
                  query:       ketamine AND depression
                  requests:    3, about 4 s without retries
                psycinfo: a file (x.ris); no request is made.

                """)
        #expect(service.log.allSatisfy { $0.endpoint == "esearch" } && trials.log.count == 1)
        #expect(!FileManager.default.fileExists(atPath: review.workspace))

        service.change { $0.warnings = [("FieldNotFound", "tiabb")] }
        let stopping = try await review.sluice(
            "fetch", "--dry-run", "--max-records", "300", service: service, trials: trials)
        #expect(stopping.status == 2 && stopping.errors.contains("a fetch would stop"))
        #expect(stopping.output.contains("FieldNotFound: tiabb  (would stop the fetch; see `allow`)"))
        #expect(stopping.output.contains("more than the 300 allowed: would stop the fetch (maxRecords, --max-records)"))
    }

    @Test("--max-records stops fetch and run before a record is asked for, above the plan's own limit and below")
    func maxRecords() async throws {
        let review = try LiveReview(sources: "  - {id: pubmed, kind: pubmed, query: x, maxRecords: 5}")
        let service = try await EutilsService.start(.invented(count: 20))
        defer { service.stop() }
        for verb in ["fetch", "run"] {
            let result = try await review.sluice(verb, "--max-records", "19", service: service)
            #expect(result.status == 2)
            #expect(result.errors.contains("the query has 20 hits, more than the 19 allowed"), "\(result.errors)")
        }
        #expect(try await review.sluice("fetch", service: service).errors.contains("more than the 5 allowed"))
        #expect(service.log(of: "efetch").isEmpty)
        #expect(try await review.sluice("fetch", "--max-records", "20", service: service).status == 0)
        let bad = try await review.sluice("fetch", "--max-records", "0", service: service)
        #expect(bad.status == 64 && bad.errors.contains("--max-records takes a number from 1 on"))
    }

    @Test("`dates` of a source takes published or created, and says so")
    func dates() async throws {
        let review = try LiveReview(sources: "  - {id: pubmed, kind: pubmed, query: x, dates: creatd}")
        let result = try await review.sluice("fetch", "--offline")
        #expect(result.status == 78 && result.errors.contains("creatd") && result.errors.contains("created"))
    }

    @Test("--refetch included asks again for every record of a report that is in or waits, also behind another source")
    func refetchIncluded() async throws {
        // Without criteria every report waits. The file's record of trial 3 stands for the report.
        let review = try LiveReview(
            sources: """
                  - {id: psycinfo, kind: file, path: x.ris, database: PsycINFO}
                  - {id: pubmed, kind: pubmed, query: x}
                """)
        try review.folder.write(
            "TY  - JOUR\nID  - k1\nTI  - Invented trial number 3\nPY  - 2012\nAN  - 90000004\nER  - \n", to: "p/x.ris")
        let service = try await EutilsService.start(.invented(count: 6))
        defer { service.stop() }
        let first = try await review.sluice("run", service: service)
        #expect(first.status == 0, "\(first.errors)")
        #expect(try await review.table("reports").count == 6)
        service.forgetLog()
        let second = try await review.sluice("run", "--refetch", "included", service: service)
        #expect(second.status == 0, "\(second.errors)")
        #expect(service.log(of: "efetch").flatMap(\.ids).sorted() == Array(90_000_001...90_000_006))
    }

    @Test("a study that the register's search no longer finds stays in the review as it was last seen")
    func vanishedStudy() async throws {
        let review = try LiveReview(sources: "  - {id: register, kind: clinicaltrials, query: ketamine}")
        let trials = try await TrialsService.start(studies: 130)
        defer { trials.stop() }
        #expect(try await review.sluice("run", trials: trials).status == 0)
        trials.add(studies: -20)
        let second = try await review.sluice("run", trials: trials)
        #expect(second.status == 0, "\(second.errors)")
        #expect(second.errors.contains("20 hits vanished: clinicaltrials:NCT90000110"))
        #expect(second.errors.contains("20 records found earlier are no longer listed; they stay in the review"))
        #expect(try await review.table("records").count == 130)
        let offline = try await review.sluice("run", "--offline")
        #expect(offline.status == 0, "\(offline.errors)")
    }

    @Test("an answer that is gone from the archive is asked for again, and only its records")
    func lostAnswer() async throws {
        let review = try LiveReview()
        let service = try await EutilsService.start(.invented(count: 600))
        defer { service.stop() }
        #expect(try await review.sluice("run", service: service).status == 0)
        let before = try await review.sluice("export", "records", "--to", "ndjson").output
        let archive = review.workspace + "/archive/"
        let victim = try #require(service.log(of: "efetch").first?.ids)
        let sidecars = try FileManager.default.contentsOfDirectory(atPath: archive).filter { $0.hasSuffix(".json") }
        let hash = try #require(
            sidecars.first { name in
                let text = (try? String(contentsOfFile: archive + name, encoding: .utf8)) ?? ""
                return text.contains("efetch") && text.contains("\"\(victim[0]),")
            }?.dropLast(5))

        // Damaged first: named, with what to do, and nothing is asked.
        try Data("spoilt".utf8).write(to: URL(filePath: archive + hash + ".gz"))
        let damaged = try await review.sluice("run", "--force", "parse", service: service)
        #expect(damaged.status == 65 && damaged.errors.contains("\(hash).gz: damaged"), "\(damaged.errors)")
        #expect(damaged.errors.contains("move it and its other half (.gz, .json) away"))

        for half in [".gz", ".json"] { try FileManager.default.removeItem(atPath: archive + hash + half) }
        service.forgetLog()
        let mended = try await review.sluice("run", service: service)
        #expect(mended.status == 0, "\(mended.errors)")
        #expect(service.log(of: "efetch").map { $0.ids.sorted() } == [victim.sorted()])
        #expect(try await review.sluice("export", "records", "--to", "ndjson").output == before)
        #expect(try await review.sluice("verify").status == 0)
    }
}
