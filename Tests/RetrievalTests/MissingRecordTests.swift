import Bibliography
import TestSupport
import Testing

@testable import Retrieval

@Suite("Records that are listed and do not come")
struct MissingRecordTests {
    private static let book = """
        <PubmedBookArticle><BookDocument><PMID Version="1">90000900</PMID><ArticleTitle>A chapter</ArticleTitle>\
        </BookDocument></PubmedBookArticle>
        """

    private func bench() async throws -> Bench {
        let entries = EutilsCorpus.invented(count: 20).entries + EutilsCorpus(xml: [Array(Self.book.utf8)]).entries
        return try await Bench(EutilsCorpus(entries: entries))
    }

    @Test("each is told apart: deleted, merged, a book, lost; two of them make the source incomplete")
    func classified() async throws {
        let bench = try await bench()
        bench.service.change {
            $0.gone = [90_000_002]
            $0.lost = [90_000_003, 90_000_004, 90_000_900]
            $0.merged = [90_000_003: 90_000_010]
        }
        let error = await failure { try await bench.retrieve() }
        #expect(
            error
                == .incomplete(
                    source: "pubmed",
                    missing: [
                        MissingRecord(pmid: try #require(PMID(90_000_004)), reason: .lost),
                        MissingRecord(pmid: try #require(PMID(90_000_900)), reason: .book),
                    ]))
        #expect(error?.exitStatus == 2)
        // They were asked for again before that, and only those that exist.
        let again = bench.service.log(of: "efetch").dropFirst().map { Set($0.ids) }
        #expect(again.count == 2 && again.allSatisfy { $0 == [90_000_004, 90_000_900] })
    }

    @Test("a record that was merged into another hit is whole there")
    func merged() async throws {
        let bench = try await bench()
        bench.service.change {
            $0.lost = [90_000_003]
            $0.merged = [90_000_003: 90_000_010]
        }
        let outcome = try await bench.retrieve()
        let target = try #require(PMID(90_000_010))
        #expect(outcome.missing.map(\.reason) == [.merged(into: target)])
        #expect(outcome.missing.first?.description == "PMID 90000003: PubMed has it as 90000010 now")
        #expect(outcome.delivered.count == 20)
        #expect(try await bench.retrieve(offline: true).content == outcome.content)
    }

    @Test("a record that was merged into one that the search does not list would be lost: status 2, by name")
    func mergedElsewhere() async throws {
        let bench = try await bench()
        bench.service.change {
            $0.lost = [90_000_003]
            $0.merged = [90_000_003: 12_345_678]
        }
        let error = await failure { try await bench.retrieve() }
        #expect(error?.exitStatus == 2)
        #expect(
            error?.description == """
                pubmed: 1 listed record was not delivered:
                  PMID 90000003: PubMed has it as 12345678 now
                """)
    }
}
