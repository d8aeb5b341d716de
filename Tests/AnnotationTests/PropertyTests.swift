import Annotation
import Bibliography
import Foundation
import TestSupport
import Testing

@Suite("Spans lie within their text, whatever the text")
struct PropertyTests {
    /// Checks every span of a document and gives their number.
    @discardableResult
    func check(_ document: Document) -> Int {
        let items = Annotator().annotate(document).items
        for item in items {
            let text = document.sections[item.span.section].text
            let bytes = Array(text.utf8)
            guard item.span.start >= 0, item.span.start < item.span.end, item.span.end <= bytes.count else {
                Issue.record("span \(item.span) of \(item.value) leaves the text")
                continue
            }
            let slice = String(decoding: bytes[item.span.start..<item.span.end], as: UTF8.self)
            let quote = Evidence(item.span, in: document, rule: "").quote
            if !quote.utf8.elementsEqual(slice.utf8) { Issue.record("'\(quote)' is not the slice '\(slice)'") }
        }
        return items.count
    }

    private static let pieces = [
        "ketamine", "0.5 mg/kg", "IV", "(", ")", "1,", "2", "-", "–", "µg/kg", "over 40 min", "≥", "two", "twenty", "%",
        ".",
        " ", "\u{A0}", "é", "e\u{301}", "👩‍👩‍👧", "\u{FEFF}", "day", "n =", "aged", "years", "responded", "of",
        "NCT01234567",
        "kg⁻¹", "MADRS", "mean age", "SD", "±", "failed", "antidepressants", "METHODS:", "0·", ",5", "2014-001234-56",
        ";",
        "respectively", "and", "12/25", "women", "infusions", "single", "99999999999999999999999", "in", "\u{301}", "·",
    ]

    @Test("texts put together at random never break out of bounds")
    func random() {
        var state: UInt64 = 42
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        for _ in 0..<1500 {
            var text = ""
            for _ in 0..<next(24) {
                text += Self.pieces[next(Self.pieces.count)]
                if next(3) > 0 { text += " " }
            }
            check(abstract(text, title: next(2) == 0 ? text : nil))
        }
    }

    @Test("the same text gives the same findings")
    func deterministic() {
        let document = abstract("Twelve adults had ketamine 0.5 mg/kg over 40 min; 8 of 12 (67%) responded at 24 h.")
        #expect(Annotator().annotate(document) == Annotator().annotate(document))
    }

    @Test("a text without end is read to a bound, and no character is cut")
    func endless() {
        // Most of it says nothing, which is read sooner; what is found lies on both sides of the bound.
        let filler = String(repeating: "words that say nothing at all, ", count: 1900)
        let piece = "ketamine é 1% 0.5 mg/kg responded IV nausea, adverse, twice weekly 3 of 4 "
        let text = filler + String(repeating: piece, count: 200)
        let document = abstract(text)
        let items = Annotator().annotate(document).items
        #expect(items.allSatisfy { $0.span.end <= 65_536 })
        #expect(items.contains { $0.span.end > 65_000 })
        for item in items.suffix(20) {
            let quote = Evidence(item.span, in: document, rule: "").quote
            #expect(quote.utf8.count == item.span.end - item.span.start)
        }
        check(abstract(String(repeating: "é", count: 40_000)))
    }

    @Test("nothing is found in nothing")
    func empty() {
        #expect(Annotator().annotate(abstract("")).items.isEmpty)
        #expect(Annotator().annotate(Document(id: RecordID("test:1"), sections: [])).items.isEmpty)
    }

    @Test("every quote over the real records equals its slice", .enabled(if: SharedData.isPresent, SharedData.notice))
    func realRecords() throws {
        let text = try String(contentsOf: SharedData.url("ketamine/records.csv"), encoding: .utf8)
        // A line is no record here, and need not be: any real text will do.
        var total = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: true).prefix(800) {
            total += check(abstract(String(line)))
        }
        #expect(total > 5_000)
    }
}

@Suite("Asking for some kinds of findings")
struct FindingKindsTests {
    private func isExtracted(_ item: Annotation) -> Bool {
        switch item.value {
        case .outcome, .score, .infusions, .schedule, .women, .adverseEvent, .country, .funding: true
        default: false
        }
    }

    @Test(
        "gives the same findings of these kinds as asking for all",
        arguments: [
            FindingKinds.dose, .route, .diagnosis, .design, .age, .duration, .sampleSize, .failedTreatments, .heading,
            .drug, .time, .percentage, .registration, .scale, .extracted, [.dose, .route], [],
        ])
    func subset(_ kinds: FindingKinds) {
        let document = abstract(
            """
            METHODS: 20 adults aged 18-65 years who failed two antidepressants were randomised to intravenous ketamine \
            0.5 mg/kg over 40 min (NCT01234567). RESULTS: At 24 h 12 of 20 (60%) responded on the MADRS; 11 women.
            """, title: "Ketamine for treatment-resistant depression: a double-blind trial")
        let all = Annotator().annotate(document).items
        let some = Annotator().annotate(document, for: kinds).items
        #expect(some.allSatisfy(all.contains))
        #expect(kinds.isEmpty == some.isEmpty)
        #expect(!kinds.contains(.extracted) || some == all)
        // Every finding that is not extraction's comes by asking for its kind alone.
        let parts = (0..<14).flatMap { Annotator().annotate(document, for: FindingKinds(rawValue: 1 << $0)).items }
        #expect(Set(all).subtracting(parts).allSatisfy(isExtracted))
    }
}
