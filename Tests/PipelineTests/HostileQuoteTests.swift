import Annotation
import Bibliography
import Foundation
import Interchange
import Pipeline
import Screening
import TestSupport
import Testing

@Suite("Quotes of hostile texts")
struct HostileQuoteTests {
    /// Words that rules look for, torn by what Unicode has to tear them with.
    private static let pieces = [
        "ketamine", "Ketamin\u{E9}", "esk\u{301}etamine", "k\u{AD}etamine", "intra\u{2010}venous", "intravenous", "IV",
        "i.v.", "treatment\u{2011}resistant", "treatment-resistant", "depression", "de\u{301}pression", "0.5 mg/kg",
        "0\u{B7}5\u{A0}mg\u{2009}kg\u{207B}\u{B9}", "\u{B5}g/kg", "over 40 min", "healthy", "volunteers", "rats", "ECT",
        "anaesthesia", "randomi\u{17F}ed", "randomized", "adults", "aged 18\u{2013}65", "\u{FB01}nding",
        "\u{1F469}\u{200D}\u{1F469}\u{200D}\u{1F467}",
        "\u{FEFF}", "\u{0}", "\u{200B}", "\u{202E}", "\u{301}\u{301}", "\u{10FFFF}", "\u{3B1}\u{3B2}",
        "\u{4F60}\u{597D}",
        "\u{212A}etamine", "\u{130}V", "\u{DF}", "\"", "\\", "\n", "\t", "\u{7F}", "\u{2028}", "&gt;", "<b>", "(", ")",
        "DSM-IV", "METHODS:", "failed two antidepressants", ".", ";", "\u{1D4DA}\u{1D4EE}", "\u{F3}\u{308}",
    ]

    private struct Random {
        var state: UInt64
        mutating func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        mutating func text(_ pieces: [String], atMost count: Int) -> String {
            var text = ""
            for _ in 0..<next(count) + 1 {
                text += pieces[next(pieces.count)]
                if next(3) > 0 { text += " " }
            }
            return text
        }
    }

    private struct Line: Decodable {
        struct Criterion: Decodable {
            struct Item: Decodable {
                var field: String
                var section: Int?
                var start: Int
                var end: Int
                var quote: String
            }
            var verdict: String
            var presumed: Bool
            var evidence: [Item]
        }
        var criteria: [Criterion]
    }

    @Test(
        "equal their slice of the text that parse prints, by bytes, in the line that screen prints",
        arguments: ["iv-ketamine-trd", "psilocybin-depression", "exercise-back-pain"])
    func slices(_ review: String) throws {
        let plan = try Plan.read(folder: Checkout.url("Pipelines/" + review).path)
        let screener = try plan.screening.screener()
        let annotator = Annotator(interest: plan.annotation.drugs)
        var random = Random(state: 7)
        var quotes = 0
        for number in 0..<400 {
            var record = Record(id: RecordID("t\(number)"), kind: .article, source: "test")
            record.title = random.text(Self.pieces, atMost: 10)
            for _ in 0..<random.next(3) {
                record.abstract.append(AbstractSection(text: random.text(Self.pieces, atMost: 30)))
            }
            record.keywords = [random.text(Self.pieces, atMost: 3)]
            let document = Document(record)
            var json = JSONWriter()
            screener.judge(document, annotator.annotate(document)).writeJSON(id: record.id.rawValue, to: &json)
            let line = try JSONDecoder().decode(Line.self, from: Data(json.bytes))
            for criterion in line.criteria {
                #expect(criterion.verdict == "unclear" || criterion.presumed == criterion.evidence.isEmpty)
                for item in criterion.evidence {
                    quotes += 1
                    let text =
                        switch item.field {
                        case "title": record.title
                        case "abstract": item.section.map { record.abstract[$0].text }
                        default: item.section.map { record.keywords[$0] }
                        }
                    let bytes = Array(try #require(text).utf8)
                    guard item.start < item.end, item.end <= bytes.count else {
                        Issue.record("\(item) leaves its text")
                        continue
                    }
                    #expect(
                        Array(item.quote.utf8) == Array(bytes[item.start..<item.end]), "\(item) of record \(number)")
                }
            }
        }
        #expect(quotes > 100)
    }
}
