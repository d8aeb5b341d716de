import Bibliography
import Foundation
import TestSupport
import Testing
import Transfer

@testable import Retrieval

@Suite("What an answer means")
struct MeaningTests {
    let screening = AnswerScreening(redaction: Redaction(key: "rejected-key-0123456789"), now: 0)

    private func kind<Value>(_ meaning: Meaning<Value>) -> String {
        switch meaning {
        case .result: "result"
        case .transient: "transient"
        case .tooMuch: "too much"
        case .badID: "bad id"
        case .limited: "limited"
        case .unreachable: "unreachable"
        case .permanent: "permanent"
        }
    }

    private func words<Value>(_ meaning: Meaning<Value>) -> String {
        switch meaning {
        case .result: ""
        case .transient(let why), .tooMuch(let why), .badID(let why), .limited(_, let why), .unreachable(let why),
            .permanent(let why):
            why
        }
    }

    private func answer(_ body: String, status: Int = 200, headers: [HTTPField] = []) -> HTTPAnswer {
        HTTPAnswer(status: status, headers: headers, body: Array(body.utf8))
    }

    private func fetch(_ body: String, status: Int = 200, requested: [UInt32] = [1, 2, 3]) -> Meaning<FetchAnswer> {
        FetchAnswer.read(answer(body, status: status), requested: Set(pmids(requested)), screening)
    }

    private struct Row: Decodable {
        var id: String
        var http_status: Int
        var content_type: String
        var body: String
    }

    @Test("the collected error bodies", .enabled(if: SharedData.isPresent, SharedData.notice))
    func collected() throws {
        let expected = [
            "E01": "limited", "E02": "permanent", "E03": "transient", "E04": "permanent", "E05": "transient",
            "E06": "transient", "E07": "transient", "E08": "permanent", "E09": "too much", "E10": "permanent",
            "E11": "transient", "E12": "permanent", "E13": "result", "E14": "transient", "E15": "transient",
        ]
        let text = try String(contentsOf: SharedData.url("eutils/errors/bodies.jsonl"), encoding: .utf8)
        var seen = 0
        for line in text.split(separator: "\n") {
            let row = try JSONDecoder().decode(Row.self, from: Data(line.utf8))
            let meaning = fetch(row.body, status: row.http_status)
            #expect(kind(meaning) == expected[row.id], "\(row.id): \(words(meaning))")
            #expect(!words(meaning).contains("rejected-key"))
            seen += 1
            if row.id == "E14" {
                guard case .result(let search) = SearchAnswer.read(answer(row.body), screening) else {
                    Issue.record("E14 is an answer of esearch")
                    continue
                }
                #expect(search.count == 0)
                #expect(search.warnings == [SearchWarning(kind: "PhraseNotFound", text: "PRJEB64534")])
            }
        }
        #expect(seen == 15)
    }

    @Test("real esearch answers are read", .enabled(if: SharedData.isPresent, SharedData.notice))
    func realSearches() throws {
        func read(_ name: String) throws -> Meaning<SearchAnswer> {
            let url = SharedData.url("eutils/biopython-entrez/\(name).xml")
            return SearchAnswer.read(
                HTTPAnswer(status: 200, headers: [], body: [UInt8](try Data(contentsOf: url))), screening)
        }
        guard case .result(let first) = try read("esearch1"), case .result(let second) = try read("esearch2"),
            case .result(let none) = try read("esearch8")
        else {
            Issue.record("not read")
            return
        }
        #expect(first.count == 63 && first.ids.count == 20 && first.warnings.isEmpty)
        #expect(second.count == 42_249 && second.ids.count == 100 && second.translations.count == 1)
        #expect(none.count == 0 && none.warnings.map(\.kind) == ["PhraseNotFound"])
    }

    @Test("an empty set means that none of the ids exists")
    func emptySet() {
        guard case .result(let fetched) = fetch("<PubmedArticleSet></PubmedArticleSet>") else {
            Issue.record("not a result")
            return
        }
        #expect(fetched.delivered.isEmpty)
    }

    @Test("a record counts by its own PMID, versions of one PMID are one record")
    func records() {
        let body = """
            <?xml version="1.0"?><!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD" "https://example.org/x.dtd">
            <PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">1</PMID><CommentsCorrectionsList>
            <CommentsCorrections RefType="Cites"><PMID Version="1">99</PMID></CommentsCorrections>
            </CommentsCorrectionsList></MedlineCitation></PubmedArticle>
            <PubmedArticle><MedlineCitation><PMID Version="2">1</PMID></MedlineCitation></PubmedArticle>
            <PubmedBookArticle><BookDocument><PMID>3</PMID></BookDocument></PubmedBookArticle></PubmedArticleSet>
            """
        guard case .result(let fetched) = fetch(body) else {
            Issue.record("not a result: \(words(fetch(body)))")
            return
        }
        #expect(fetched.delivered == pmids([1, 3]))
    }

    @Test(
        "records that are not those asked for are no result",
        arguments: [
            (
                "<PubmedArticle><MedlineCitation><PMID>4</PMID></MedlineCitation></PubmedArticle>",
                "without having been asked"
            ),
            ("<PubmedArticle><MedlineCitation/></PubmedArticle>", "has no PMID"),
            ("<PubmedArticle><MedlineCitation><PMID>x</PMID></MedlineCitation></PubmedArticle>", "has no PMID"),
            (
                "<PubmedArticle><MedlineCitation><PMID>1</PMID></MedlineCitation></PubmedArticle>"
                    + "<PubmedArticle><MedlineCitation><PMID>1</PMID></MedlineCitation></PubmedArticle>", "came twice"
            ),
            ("<ERROR>NCBI C++ Exception</ERROR>", "NCBI C++ Exception"),
        ])
    func wrongRecords(inside: String, why: String) {
        let meaning = fetch("<PubmedArticleSet>\(inside)</PubmedArticleSet>")
        #expect(kind(meaning) == "transient")
        #expect(words(meaning).contains(why))
    }

    @Test(
        "a list of ids that cannot be trusted is no result",
        arguments: [
            "<eSearchResult><IdList/></eSearchResult>", "<eSearchResult><Count>1</Count></eSearchResult>",
            "<eSearchResult><Count>-1</Count><IdList/></eSearchResult>",
            "<eSearchResult><Count>x</Count><IdList/></eSearchResult>",
            "<eSearchResult><Count>1</Count><IdList><Id>one</Id></IdList></eSearchResult>",
            "<eSearchResult><Count>0</Count><IdList><Id>1</Id></IdList></eSearchResult>",
            "<eSearchResult><Count>1</Count><IdList><Id>1</Id></IdList>",
            "<eSearchResult><ERROR>x</ERROR></eSearchResult>",
            "<eFetchResult/>", "plain text", "", "  \n", "\u{0}\u{1}", "{}", "{\"error\":", "<a><b></a>",
        ])
    func wrongLists(body: String) {
        #expect(kind(SearchAnswer.read(answer(body), screening)) == "transient")
    }

    @Test("the wording of a 400 decides whether it may pass")
    func clientErrors() {
        func error(_ text: String) -> String {
            kind(fetch("<eFetchResult><ERROR>\(text)</ERROR></eFetchResult>", status: 400))
        }
        #expect(error("ID list is empty! Possibly it has no correct IDs.") == "permanent")
        #expect(error("Cannot retrieve history data: OUT OF RANGE. Parameter retstart=600") == "permanent")
        #expect(error("Unable to obtain query #1") == "transient")
        #expect(error("Something nobody has seen") == "permanent")
        #expect(kind(fetch("{\"error\":\"API key invalid\"}", status: 400)) == "permanent")
        #expect(kind(fetch("no", status: 404)) == "permanent")
        #expect(kind(fetch("", status: 408)) == "transient")
    }

    @Test("503 with a Retry-After asks to wait; without, it is an outage")
    func unavailable() {
        let asking = FetchAnswer.read(
            answer("", status: 503, headers: [HTTPField("retry-after", "9")]), requested: [], screening)
        guard case .limited(retryAfter: 9, _) = asking else {
            Issue.record("\(kind(asking))")
            return
        }
        #expect(kind(fetch("", status: 503)) == "transient")
    }

    @Test("a summary says exists, book, merged or unknown; trouble in a comment is trouble")
    func summaries() throws {
        let body = """
            <eSummaryResult><DocumentSummarySet status="OK">
            <DocumentSummary uid="1"><error>cannot get document summary</error></DocumentSummary>
            <DocumentSummary uid="2"><DocType>chapter</DocType></DocumentSummary>
            <DocumentSummary uid="3"><ArticleIds><ArticleId><IdType>pubmed</IdType><Value>4</Value></ArticleId></ArticleIds>
            </DocumentSummary></DocumentSummarySet></eSummaryResult>
            """
        let asked = pmids([1, 2, 3, 5])
        guard case .result(let summary) = SummaryAnswer.read(answer(body), requested: asked, screening) else {
            Issue.record("not a result")
            return
        }
        #expect(summary.findings[asked[0]] == .unknown)
        #expect(summary.findings[asked[1]] == .exists(isBook: true))
        #expect(summary.findings[asked[2]] == .merged(into: try #require(PMID(4))))
        #expect(summary.findings[asked[3]] == nil)
        let trouble = body.replacing("<DocumentSummarySet", with: "<!-- DocSum Backend failed --><DocumentSummarySet")
        #expect(kind(SummaryAnswer.read(answer(trouble), requested: asked, screening)) == "transient")
        let old =
            "<eSummaryResult><DocSum><Id>2</Id></DocSum><ERROR>UID=1: cannot get document summary</ERROR></eSummaryResult>"
        guard case .result(let older) = SummaryAnswer.read(answer(old), requested: asked, screening) else {
            Issue.record("not a result")
            return
        }
        #expect(older.findings == [asked[0]: .unknown, asked[1]: .exists(isBook: false)])
        let bad = "<eSummaryResult><ERROR>Neither query_key nor id specified</ERROR></eSummaryResult>"
        #expect(kind(SummaryAnswer.read(answer(bad), requested: asked, screening)) == "permanent")
        #expect(kind(SummaryAnswer.read(answer("<eSummaryResult>"), requested: asked, screening)) == "transient")
    }

    @Test("secrets are taken out in every spelling, and nothing else")
    func redaction() {
        let redaction = Redaction(key: "a&b\"c")
        #expect(redaction("x a&b\"c y") == "x [key] y")
        #expect(redaction("api_key=a%26b%22c&db=x") == "api_key=[key]&db=x")
        #expect(redaction("{\"k\":\"a&b\\\"c\"}") == "{\"k\":\"[key]\"}")
        #expect(redaction("<k>a&amp;b&quot;c</k>") == "<k>[key]</k>")
        #expect(redaction("a&b") == "a&b")
        #expect(redaction("a%26b%22c a%26B%22c") == "[key] a%26B%22c")
        #expect(Redaction(key: "k+/=")("k%2b%2f%3d k%2B%2F%3D k+\\/= %6b%2b%2f%3d") == "[key] [key] [key] [key]")
        #expect(redaction.finds(in: Array("x a&b\"c".utf8)) && !redaction.finds(in: Array("x a&b".utf8)))
        #expect(!Redaction(key: "abc").isArmed && Redaction(key: "abcd").isArmed)
        // Each character may be spelt in its own way, as where a service escapes some and not others.
        #expect(
            redaction("<k>a&amp;b\"c a&#38;b&#x22;c a\\u0026b\\u0022c &#97;%26b\"%63</k>")
                == "<k>[key] [key] [key] [key]</k>")
        #expect(redaction("a&amp;amp;b&amp;quot;c a%2526b%2522c") == "[key] [key]")
        #expect(redaction("a&am;b\"c a&amp;b&quotc a&amp") == "a&am;b\"c a&amp;b&quotc a&amp")
        #expect(Redaction(key: "k ey-")("k+ey- k%20ey- key-") == "[key] [key] key-")
        #expect(Redaction(key: nil)("a&b") == "a&b")
        #expect(Redaction(key: "")("a&b") == "a&b")
    }

    @Test("texts of the service are shown in one short line")
    func shortened() {
        #expect(ErrorText.shortened("a\n\tb \u{1B}[31mc") == "a b [31mc")
        #expect(ErrorText.shortened(String(repeating: "x", count: 1000)).count == 300)
    }

    @Test("every error has its status and says what to do")
    func errors() throws {
        let pmid = try #require(PMID(5))
        let errors: [(RetrievalError, Int32, String)] = [
            (
                .unreachable(host: "h", why: "w"), 75,
                "h could not be reached: w. Nothing is lost; run the same command again later"
            ),
            (
                .askedToWait(host: "h", seconds: 9), 75,
                "h asks us to wait 9 s. Nothing is lost; run the same command again after that"
            ),
            (.wrongAnswer(request: "esearch", why: "w"), 2, "esearch: w"),
            (
                .incomplete(
                    source: "s",
                    missing: [.init(pmid: pmid, reason: .book), .init(pmid: pmid, reason: .merged(into: pmid))]), 2,
                "s: 2 listed records were not delivered:\n  PMID 5: a book that exists but was not delivered\n"
                    + "  PMID 5: PubMed has it as 5 now"
            ),
            (.rateFile(path: "p", why: "w"), 1, "rate file p: w"), (.archive(path: "p", why: "w"), 65, "archive p: w"),
            (
                .archive(path: "a/x.gz", why: "damaged"), 65,
                "archive a/x.gz: damaged. Restore it from a backup; or move it and its other half (.gz, .json) away, and "
                    + "a fetch asks for what it held again"
            ),
        ]
        for (error, status, text) in errors {
            #expect(error.exitStatus == status)
            #expect(error.description == text)
        }
    }
}
