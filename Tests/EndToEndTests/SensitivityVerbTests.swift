import Foundation
import TestSupport
import Testing

@Suite("synthesise with questions of sensitivity")
struct SensitivityVerbTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(
            "slab,yi,vi,design\nA,0.2,0.04,trial\nB,0.5,0.09,trial\nC,-0.1,0.02,cohort\nD,0.9,0.25,cohort\n",
            to: "t.csv")
    }

    private func synthesise(_ more: String...) async throws -> BuiltTool.Result {
        try await BuiltTool.run(["synthesise", folder.path("t.csv")] + more)
    }

    @Test("groups, studies left out and Egger's test stand below the result, and warnings on stderr")
    func text() async throws {
        let plain = try await synthesise("--measure", "GEN", "--method", "EE")
        let result = try await synthesise(
            "--measure", "GEN", "--method", "EE", "--subgroups", "design", "--leave-one-out", "--egger")
        #expect(result.status == 0 && result.output.hasPrefix(plain.output), "\(result.errors)")
        for text in [
            "Subgroups by design", "trial, k = 2", "cohort, k = 2", "between, Q (df = 1)",
            "Leaving out one study at a time", "without B", "Small-study effects (Egger's test)", "t (df = 2)",
        ] {
            #expect(result.output.contains(text), "\(text) in \(result.output)")
        }
        #expect(result.errors.contains("fewer than ten studies") && plain.errors.isEmpty)
    }

    @Test("in JSON the members come behind the contract's, and only where they were asked for")
    func json() async throws {
        let plain = try await synthesise("--measure", "GEN", "--json")
        let result = try await synthesise("--measure", "GEN", "--json", "--subgroups", "design", "--egger")
        let head = plain.output.trimmingCharacters(in: .whitespacesAndNewlines).dropLast()
        #expect(result.output.hasPrefix(head))
        let object = try #require(
            JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        let groups = try #require((object["subgroups"] as? [String: Any])?["groups"] as? [[String: Any]])
        #expect(groups.compactMap { $0["label"] as? String } == ["trial", "cohort"])
        #expect((object["egger"] as? [String: Any])?["df"] as? Int == 2)
        #expect(object["leaveOneOut"] == nil)
    }

    @Test("a column of groups that is not there is told with those that are; odds ratios get a warning")
    func refused() async throws {
        let result = try await synthesise("--measure", "GEN", "--subgroups", "nothing")
        #expect(result.status == 65 && result.errors.contains("nothing") && result.errors.contains("design"))
        try folder.write("ai,bi,ci,di\n1,9,2,8\n3,7,2,8\n5,5,4,6\n", to: "t.csv")
        #expect(try await synthesise("--measure", "OR", "--egger").errors.contains("Peters 2006"))
    }
}
