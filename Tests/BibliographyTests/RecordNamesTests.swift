import Bibliography
import Testing

@Suite("Names of records and dates that people write")
struct RecordNamesTests {
    private let names = RecordNames(
        Set(
            ["pubmed:11", "embase/pubmed:12", "pubmed:13", "embase/pubmed:13", "14", "pubmed:14", "x:15"].map {
                RecordID($0)
            }))

    @Test(
        "an id names its record; a bare PMID all that bear it, PubMed's own first",
        arguments: [
            ("pubmed:11", ["pubmed:11"]), ("11", ["pubmed:11"]), ("11.0", ["pubmed:11"]), ("012", ["embase/pubmed:12"]),
            ("13", ["pubmed:13", "embase/pubmed:13"]), ("14", ["14"]), ("14.0", ["14"]), ("15", []), ("", []),
            ("pubmed:15", []),
        ])
    func meant(text: String, expected: [String]) { #expect(names.meant(by: text).map(\.rawValue) == expected) }

    @Test(
        "times are to the second, in UTC, and of a day that there was",
        arguments: [
            ("2026-11-27T09:30:00Z", true), ("2026-11-27T24:00:00Z", false), ("2026-11-27T09:60:00Z", false),
            ("2025-02-29T09:30:00Z", false), ("2026-11T09:30:00Z", false), ("2026-11-27T09:30:00", false),
            ("2026-11-27T9:30:00Z", false), ("2026-11-27 09:30:00Z", false), ("2026-11-27T09:30:00Z ", false),
            ("", false),
        ])
    func times(text: String, isTime: Bool) { #expect(CalendarDate.isTime(text) == isTime) }
}
