import Synthesis
import Testing

/// Six invented trials, one with a zero cell; expected numbers computed apart from this code, with NumPy and SciPy in
/// matrix form (projection matrix, Brent's root of the score), so that the suite has its anchors without other files.
@Suite("Six invented trials")
struct InventedTrialsTests {
    private let trials = """
        slab,ai,bi,ci,di
        Arden 2011,9,21,4,26
        Brook 2013,15,35,8,42
        Clay 2014,0,12,3,10
        Dale 2016,22,18,12,30
        Esk 2017,3,47,9,40
        Firth 2019,24,76,22,80

        """

    private func check(_ value: Double?, _ expected: Double, _ what: Comment) {
        #expect(Tolerance.agree(value, expected, 1e-10), what)
    }

    @Test("Restricted maximum likelihood, normal distribution")
    func reml() throws {
        let result = try run(trials, .oddsRatio)
        #expect(result.k == 6)
        check(result.estimate, 0.2868049433341496, "estimate")
        check(result.se, 0.38951998034796, "se")
        check(result.pval, 0.4615459878161051, "p")
        check(result.ciLower, -0.47664018940660163, "lower")
        check(result.ciUpper, 1.0502500760749007, "upper")
        check(result.piLower, -1.3214118793316245, "prediction")
        check(result.tau2, 0.521550007826879, "tau2")
        check(result.q, 12.722749920211678, "Q")
        check(result.qPval, 0.026120161095645373, "p of Q")
    }

    @Test("Hartung and Knapp's test: t with k - 1 degrees of freedom, prediction interval too")
    func knha() throws {
        let result = try run(trials, .oddsRatio, .restrictedMaximumLikelihood, .knha)
        check(result.se, 0.4335237791630926, "se")
        check(result.ciLower, -0.8276034086989053, "lower")
        check(result.ciUpper, 1.4012132953672043, "upper")
        check(result.pval, 0.5375138054327616, "p")
        check(result.piLower, -1.8784321254726781, "prediction")
        #expect(result.df == 5)
    }

    @Test("DerSimonian and Laird (1986)")
    func derSimonianLaird() throws {
        let result = try run(trials, .oddsRatio, .derSimonianLaird)
        check(result.tau2, 0.4657754261264103, "tau2")
        check(result.estimate, 0.29596988490506737, "estimate")
    }

    @Test("Mantel-Haenszel with the variance of Robins, Breslow and Greenland (1986), and Peto (Yusuf 1985)")
    func pooledTables() throws {
        let mh = try run(trials, .oddsRatio, .mantelHaenszel)
        check(mh.estimate, 0.330006591623409, "estimate")
        check(mh.se, 0.20176681034017127, "se")
        let peto = try run(trials, .peto, .equalEffects)
        check(peto.estimate, 0.33410090202261256, "estimate")
        check(peto.se, 0.20257223502190988, "se")
    }

    @Test("0.5 is added to all four cells of the one table with a zero, to no other")
    func continuityCorrection() throws {
        let studies = try run(trials, .oddsRatio).studies
        check(studies[2].yi, -2.120263536200091, "corrected")
        check(studies[2].vi, 2.460952380952381, "corrected")
        check(studies[0].yi, 1.0245043165143877, "as it is")
    }

    @Test("Group sizes do as well as non-events")
    func groupSizes() throws {
        let sizes = """
            slab,ai,n1i,ci,n2i
            Arden 2011,9,30,4,30
            Brook 2013,15,50,8,50
            Clay 2014,0,12,3,13
            Dale 2016,22,40,12,42
            Esk 2017,3,50,9,49
            Firth 2019,24,100,22,102
            """
        let one = try run(trials, .riskRatio)
        let other = try run(sizes, .riskRatio)
        #expect(one.estimate == other.estimate)
        #expect(one.tau2 == other.tau2)
    }

    @Test("Weights add up to 100 per cent, and ratios are the exponentials of their logarithms")
    func sums() throws {
        for method in PoolingMethod.allCases {
            let result = try run(trials, .oddsRatio, method)
            let sum = result.studies.reduce(0) { $0 + ($1.weight ?? 0) }
            #expect(abs(sum - 100) < 1e-9, "\(method)")
            check(
                result.backTransformed.estimate.map { $0 / (1 + $0) }, 1 / (1 + inverse(result.estimate)), "\(method)")
        }
    }

    /// exp(-x) by its series, to stay apart from the library's own.
    private func inverse(_ x: Double?) -> Double {
        guard let x else { return .nan }
        var sum = 1.0
        var term = 1.0
        for index in 1..<60 {
            term *= -x / Double(index)
            sum += term
        }
        return sum
    }

    @Test("Hedges' g with the exact correction, and the mean difference")
    func means() throws {
        let text = "m1i,sd1i,n1i,m2i,sd2i,n2i\n14.2,6.1,20,19.8,5.4,22\n"
        let g = try run(text, .standardizedMeanDifference).studies.first
        check(g?.yi, -0.9566579515948846, "g")
        check(g?.vi, 0.10634971731585166, "variance")
        let md = try run(text, .meanDifference).studies.first
        check(md?.yi, -5.6, "difference")
        check(md?.vi, 3.1859545454545453, "variance")
    }

    @Test("Of two summits of the likelihood the higher one is taken, whether it lies far out or near zero")
    func globalMaximum() throws {
        let far = "yi,vi\n-0.11,0.00265\n-8.5,1.47\n0.01,0.0105\n"
        check(try run(far, .general).tau2, 22.313311517014988, "REML, two summits, the far one is higher")
        #expect(Tolerance.agree(try run(far, .general, .maximumLikelihood).tau2, 14.3506210448283, 1e-6))
        let near = "yi,vi\n-0.5,0.0109\n-0.7,0.00432\n0.23,14.8\n8.5,17.7\n2.0,1.42\n"
        check(try run(near, .general).tau2, 0.017066826237568652, "REML, two summits, the near one is higher")
        #expect(Tolerance.agree(try run(near, .general, .maximumLikelihood).tau2, 0.0022447734420631203, 1e-5))
    }
}
