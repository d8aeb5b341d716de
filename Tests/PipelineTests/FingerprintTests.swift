import Pipeline
import Testing

@Suite("Why a stage runs")
struct FingerprintTests {
    private let now = Fingerprint(input: "i", settings: "s", code: 1)

    @Test("each reason has its cause, and an unchanged stage has none")
    func reasons() {
        func reason(since last: Fingerprint?, missing: Bool = false, forced: Bool = false) -> RerunReason? {
            now.reasonToRun(since: last, outputMissing: missing, forced: forced)
        }
        #expect(reason(since: nil) == .outputMissing)
        #expect(reason(since: now) == nil)
        #expect(reason(since: now, missing: true) == .outputMissing)
        #expect(reason(since: now, forced: true) == .forced)
        #expect(reason(since: Fingerprint(input: "other", settings: "s", code: 1)) == .inputChanged)
        #expect(reason(since: Fingerprint(input: "i", settings: "other", code: 1)) == .settingsChanged)
        #expect(reason(since: Fingerprint(input: "i", settings: "s", code: 2)) == .codeChanged)
    }

    @Test("the seven words are the seven words")
    func words() {
        #expect(
            StageName.allCases.map(\.rawValue)
                == ["fetch", "parse", "deduplicate", "screen", "extract", "synthesise", "report"])
        #expect(RerunReason.allCases.allSatisfy { !$0.explanation.isEmpty })
    }
}
