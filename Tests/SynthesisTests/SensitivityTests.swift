import Foundation
import Interchange
import Synthesis
import TestSupport
import Testing

@Suite("Sensitivity of a synthesis")
struct SensitivityTests {
    private let text = """
        slab,yi,vi,design
        A,0.2,0.04,trial
        B,0.5,0.09,trial
        C,-0.1,0.02,cohort
        D,0.9,0.25,cohort
        E,0.3,NA,cohort
        """

    @Test("Leaving out one study gives what the table without it gives")
    func leaveOneOut() throws {
        let options = SynthesisOptions(measure: .general)
        let results = try Synthesis.leaveOneOut(table(text), options)
        #expect(results.map(\.slab) == ["A", "B", "C", "D"])
        let without = try run("yi,vi\n0.2,0.04\n-0.1,0.02\n0.9,0.25\n", .general)
        #expect(results[1].result.estimate == without.estimate)
        #expect(results[1].result.tau2 == without.tau2)
    }

    @Test("Subgroups are pooled alone; equal-effects sums of squares add up to the whole")
    func subgroups() throws {
        let options = SynthesisOptions(measure: .general, method: .equalEffects)
        let subgroups = try Synthesis.subgroups(table(text), options, by: "design")
        #expect(subgroups.groups.map(\.label) == ["trial", "cohort"])
        #expect(subgroups.groups.map(\.result.k) == [2, 2])
        let within = subgroups.groups.reduce(0) { $0 + ($1.result.q ?? 0) }
        let whole = try Synthesis.run(table(text), options)
        #expect(Tolerance.agree(within + (subgroups.q ?? 0), whole.q, 1e-12))
        #expect(throws: SynthesisError.self) { try Synthesis.subgroups(table(text), options, by: "nothing") }
    }

    @Test("Egger's test needs three studies of different precision")
    func eggerEdges() throws {
        #expect(Synthesis.eggerTest(try run("yi,vi\n1,1\n2,2\n", .general)) == nil)
        #expect(Synthesis.eggerTest(try run("yi,vi\n1,1\n2,1\n3,1\n", .general)) == nil)
        #expect(Synthesis.eggerTest(try run(text, .general))?.df == 2)
    }

    @Test("The Q-profile interval is empty, not zero, for estimates closer than chance allows")
    func emptyInterval() throws {
        let result = try run("yi,vi\n0.5,1\n0.5,1\n0.5,1\n", .general)
        #expect(result.tau2Lower == nil)
        #expect(result.tau2Upper == nil)
    }

    @Test(
        "metafor's confint(), leave1out(), regtest() and subgroups",
        .enabled(if: SharedData.isPresent, SharedData.notice))
    func metafor() throws {
        let bytes = try Data(contentsOf: SharedData.url("meta/dat.bcg.csv"))
        let bcg = try SynthesisTable(reading: DelimitedText(parsing: bytes))
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: SharedData.url("meta/dat.bcg.json")))
        let file = try #require(json as? [String: Any])
        let all = try #require(file["RR"] as? [String: Any])
        let options = SynthesisOptions(measure: .riskRatio)
        let result = try Synthesis.run(bcg, options)

        let profile = try #require(all["REML_confint_Qprofile"] as? [String: [Double]])
        let tau2 = try #require(profile["tau2"])
        let i2 = try #require(profile["I2"])
        #expect(Tolerance.agree(result.tau2Lower, tau2[1], Tolerance.iterated))
        #expect(Tolerance.agree(result.tau2Upper, tau2[2], Tolerance.iterated))
        #expect(Tolerance.agree(result.i2Lower, i2[1], Tolerance.iterated))
        #expect(Tolerance.agree(result.i2Upper, i2[2], Tolerance.iterated))

        let left = try #require(all["leave1out_REML"] as? [String: Any])
        let estimates = try #require(left["estimate"] as? [Double])
        for (own, expected) in zip(try Synthesis.leaveOneOut(bcg, options), estimates) {
            #expect(Tolerance.agree(own.result.estimate, expected, Tolerance.iterated))
        }

        let egger = try #require((all["egger"] as? [String: Any])?["lm_sei"] as? [String: Any])
        let own = try #require(Synthesis.eggerTest(result))
        #expect(Tolerance.agree(own.statistic, egger["stat"] as? Double, Tolerance.closed * 100))
        #expect(Tolerance.agree(own.pval, egger["pval"] as? Double, Tolerance.closed * 100))
        #expect(Tolerance.agree(own.intercept, egger["intercept"] as? Double, Tolerance.closed * 100))
        #expect(Tolerance.agree(own.slope, egger["slope"] as? Double, Tolerance.closed * 100))

        let expected = try #require(file["subgroup_RR_alloc_separate_tau2"] as? [String: Any])
        for method in [PoolingMethod.equalEffects, .derSimonianLaird, .restrictedMaximumLikelihood] {
            let fits = try #require(expected[method.rawValue] as? [String: [String: Any]])
            let options = SynthesisOptions(measure: .riskRatio, method: method)
            let subgroups = try Synthesis.subgroups(bcg, options, by: "alloc")
            for group in subgroups.groups {
                let fit = try #require(fits[group.label])
                #expect(Tolerance.agree(group.result.estimate, fit["estimate"] as? Double, Tolerance.iterated))
            }
            #expect(Tolerance.agree(subgroups.q, fits["between"]?["Q"] as? Double, Tolerance.iterated))
            #expect(Tolerance.agree(subgroups.pval, fits["between"]?["pval"] as? Double, Tolerance.iterated))
        }
    }
}
