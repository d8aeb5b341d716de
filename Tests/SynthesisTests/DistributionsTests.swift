import Synthesis
import Testing

/// References computed with mpmath at 40 digits.
@Suite("Distributions")
struct DistributionsTests {
    @Test("Tails and quantiles agree with references of many digits")
    func values() {
        #expect(Tolerance.agree(Distributions.tTwoSided(3.5, df: 12), 0.00438186943174814891, 1e-13))
        #expect(Tolerance.agree(Distributions.normalTwoSided(-5), 5.73303143758387823e-7, 1e-12))
        #expect((Distributions.normalTwoSided(-5) ?? 0) > 5.733e-7)
        let tail = Distributions.chiSquaredUpper(152.2, df: 12) ?? 0
        #expect(abs(tail / 2.02782292865168821e-26 - 1) < 1e-12)
        #expect(Tolerance.agree(Distributions.normalQuantile(0.975), 1.959963984540054, 1e-14))
        #expect(Tolerance.agree(Distributions.tQuantile(0.975, df: 12), 2.1788128296672284, 1e-13))
        #expect(Tolerance.agree(Distributions.betaQuantile(0.025, 3, 8), 0.06673951117773447, 1e-12))
    }

    @Test("What has no answer is nil, and nothing crosses from C++")
    func none() {
        #expect(Distributions.tQuantile(0.975, df: 0) == nil)
        #expect(Distributions.tTwoSided(.nan, df: 3) == nil)
        #expect(Distributions.chiSquaredUpper(-1, df: 3) == nil)
        #expect(Distributions.chiSquaredUpper(1, df: .nan) == nil)
        #expect(Distributions.normalQuantile(1) == nil)
        #expect(Distributions.betaQuantile(0.5, -1, 2) == nil)
        #expect(Distributions.gammaRatio(-1, delta: 0.5) == nil)
        #expect(Distributions.normalTwoSided(.infinity) == 0)
        #expect(Distributions.tTwoSided(1e300, df: 1e300) == 0)
    }
}
