import Foundation
import Interchange
import Synthesis
import Testing

@Suite("Where nothing, or little, can be estimated")
struct EdgesTests {
    @Test("No study at all is a result with k = 0 and nothing estimable", arguments: PoolingMethod.allCases)
    func none(method: PoolingMethod) throws {
        let result = try run("slab,ai,bi,ci,di\n", .oddsRatio, method)
        #expect(result.k == 0)
        #expect(result.estimate == nil)
        #expect(result.q == nil)
        #expect(result.warnings == ["no study has an estimate: nothing can be pooled"])
        #expect(result.text().contains("not estimable"))
    }

    @Test("One study is its own estimate; heterogeneity is not estimable, never 0 per cent")
    func one() throws {
        let result = try run("slab,yi,vi\nAlone,0.5,0.04\n", .general)
        #expect(result.k == 1)
        #expect(result.estimate == 0.5)
        #expect(Tolerance.agree(result.se, 0.2, 1e-15))
        #expect(Tolerance.agree(result.ciUpper, 0.5 + 0.2 * 1.959963984540054, 1e-14))
        #expect(result.tau2 == nil)
        #expect(result.i2 == nil)
        #expect(result.h2 == nil)
        #expect(result.qPval == nil)
        #expect(result.piLower == nil)
        #expect(result.studies.first?.weight == 100)
        #expect(result.warnings.count == 1)
    }

    @Test("One study has no interval from a t distribution with 0 degrees of freedom")
    func oneKnapp() throws {
        for test in [EstimateTest.t, .knha] {
            let result = try run("yi,vi\n0.5,0.04\n", .general, .restrictedMaximumLikelihood, test)
            #expect(result.estimate == 0.5)
            #expect(result.ciLower == nil)
            #expect(result.pval == nil)
            #expect(result.warnings.contains("test \(test.rawValue) needs two studies or more"))
        }
    }

    @Test(
        "Equal estimates: no variance between studies, no test statistic out of nothing",
        arguments: PoolingMethod.allCases)
    func equal(method: PoolingMethod) throws {
        guard method != .mantelHaenszel else { return }
        let result = try run("yi,vi\n0.25,0.04\n0.25,0.04\n0.25,0.04\n", .general, method)
        #expect(result.estimate == 0.25)
        #expect(result.tau2 == (method.isRandomEffects ? 0 : nil))
        #expect(result.q == 0)
        #expect(result.i2 == 0)
        let knapp = try run("yi,vi\n0.25,0.04\n0.25,0.04\n", .general, method, .knha)
        #expect(knapp.statistic == nil)
    }

    @Test("Rows with missing counts are left out and named")
    func missing() throws {
        let text = """
            slab,ai,bi,ci,di
            Whole,9,21,4,26
            No controls,5,20,NA,
            Also whole,12,28,7,33
            Empty,,,,
            """
        let result = try run(text, .oddsRatio)
        #expect(result.k == 2)
        #expect(result.omitted.map(\.slab) == ["No controls", "Empty"])
        #expect(result.warnings.first == "line 3: study 'No controls' is left out: ci is missing")
    }

    @Test("Tables without any event are counted by Mantel-Haenszel, with no weight and no estimate of their own")
    func doubleZero() throws {
        let text = "ai,bi,ci,di\n9,21,4,26\n0,40,0,40\n12,28,7,33\n"
        let result = try run(text, .oddsRatio, .mantelHaenszel)
        #expect(result.k == 3)
        #expect(result.qDf == 1)
        #expect(result.studies[1].yi == nil)
        #expect(result.studies[1].weight == 0)
        let without = try run("ai,bi,ci,di\n9,21,4,26\n12,28,7,33\n", .oddsRatio, .mantelHaenszel)
        #expect(result.estimate == without.estimate)
    }

    @Test("No event in any treated group: Mantel-Haenszel has no odds ratio, but a risk difference")
    func noEvents() throws {
        let text = "ai,bi,ci,di\n0,30,4,26\n0,40,3,37\n"
        let ratio = try run(text, .oddsRatio, .mantelHaenszel)
        #expect(ratio.estimate == nil)
        #expect(ratio.pval == nil)
        #expect(try run(text, .riskDifference, .mantelHaenszel).estimate != nil)
        #expect(try run("ai,bi,ci,di\n0,30,0,26\n", .peto, .equalEffects).estimate == nil)
    }

    @Test("Numbers that cannot be are refused with line and column")
    func refused() throws {
        let cases: [(String, Measure, SynthesisError)] = [
            ("ai,bi,ci,di\n1,2,3,many\n", .oddsRatio, .notANumber(line: 2, column: "di", text: "many")),
            ("ai,bi,ci,di\n1,2,3,0x10\n", .oddsRatio, .notANumber(line: 2, column: "di", text: "0x10")),
            ("ai,bi,ci,di\n1,2,3,1e999\n", .oddsRatio, .notANumber(line: 2, column: "di", text: "1e999")),
            ("ai,bi,ci,di\n1,2,-3,4\n", .oddsRatio, .impossible(line: 2, what: "ci is negative")),
            ("ai,n1i,ci,n2i\n9,8,1,9\n", .riskRatio, .impossible(line: 2, what: "ai is larger than n1i")),
            ("xi,ni\n9,8\n", .proportion, .impossible(line: 2, what: "xi is larger than ni")),
            ("yi,vi, VI \n1,1,2\n", .general, .repeatedColumn("vi")),
            ("yi,vi\n1,-1\n", .general, .impossible(line: 2, what: "the variance vi is negative")),
            (
                "a,b\n1,2\n", .proportion,
                .missingColumns(measure: "PR", wanted: "xi, ni", found: "a, b")
            ),
        ]
        for (text, measure, error) in cases {
            #expect(throws: error) { try run(text, measure) }
            #expect(error.description.count > 20)
        }
    }

    @Test("Options that do not go together are refused")
    func options() {
        let pair = "ai,bi,ci,di\n1,2,3,4\n"
        #expect(throws: SynthesisError.methodNotForMeasure(method: "MH", measure: "PETO")) {
            try run(pair, .peto, .mantelHaenszel)
        }
        #expect(throws: SynthesisError.testNotForMethod(test: "knha", method: "MH")) {
            try run(pair, .oddsRatio, .mantelHaenszel, .knha)
        }
        #expect(throws: SynthesisError.levelOutOfRange(100)) { try run(pair, .oddsRatio, level: 100) }
        #expect(throws: SynthesisError.levelOutOfRange(0)) { try run(pair, .oddsRatio, level: 0) }
        #expect(PoolingMethod(name: "fe") == .equalEffects)
        #expect(PoolingMethod(name: "XX") == nil)
    }

    @Test("Other levels have other intervals")
    func level() throws {
        let text = "yi,vi\n0.5,0.04\n0.1,0.09\n"
        let result = try run(text, .general, .equalEffects, level: 90)
        let half = try #require(result.se) * 1.6448536269514722
        #expect(Tolerance.agree(result.ciUpper, (result.estimate ?? 0) + half, 1e-13))
    }

    @Test("Very small, very large and very unequal variances neither fail nor hang", arguments: PoolingMethod.allCases)
    func extremes(method: PoolingMethod) throws {
        guard method != .mantelHaenszel else { return }
        let tables = [
            "yi,vi\n1,1e-300\n2,1e-300\n3,1e300\n", "yi,vi\n1e150,1\n-1e150,1\n", "yi,vi\n1e-200,1e-5\n0,1e-5\n",
            "yi,vi\n1,1e-12\n1.000001,1e12\n4,1\n", "yi,vi\n1e308,1\n-1e308,1e308\n",
        ]
        for text in tables {
            let result = try run(text, .general, method)
            for value in [result.estimate, result.se, result.tau2, result.i2, result.pval] {
                #expect(value?.isFinite ?? true)
            }
        }
    }

    @Test("The JSON has the contract's keys in the contract's order, and null for what is not estimable")
    func json() throws {
        var writer = JSONWriter()
        try run("slab,yi,vi\nAlone,0.1,0.04\n", .general).write(to: &writer)
        #expect(
            writer.text.hasPrefix(
                "{\"measure\":\"GEN\",\"method\":\"REML\",\"k\":1,\"estimate\":0.10000000000000001,\"se\":"))
        let keys = [
            "measure", "method", "k", "estimate", "se", "statistic", "pval", "ciLower", "ciUpper", "piLower",
            "piUpper", "tau2", "tau2Se", "i2", "h2", "q", "qDf", "qPval", "backTransformed", "studies",
        ]
        var from = writer.text.startIndex
        for key in keys {
            let found = try #require(writer.text.range(of: "\"\(key)\":", range: from..<writer.text.endIndex))
            from = found.upperBound
        }
        #expect(writer.text.contains("\"tau2\":null,\"tau2Se\":null,\"i2\":null"))
        #expect(
            writer.text.contains(
                "{\"slab\":\"Alone\",\"yi\":0.10000000000000001,\"vi\":0.040000000000000001,\"weight\":100}"))
    }

    @Test("The text has estimate, interval and heterogeneity, within 80 columns")
    func text() throws {
        let text = try run(
            "slab,ai,bi,ci,di\nA study of a very long name indeed and more,9,21,4,26\nB,12,28,7,33\n", .oddsRatio
        ).text()
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
        #expect(text.contains("As odds ratio"))
        #expect(text.contains("prediction interval"))
        #expect(text.contains("I\u{B2}"))
    }

    @Test("A slab that is absent is the number of the row")
    func slabs() throws {
        #expect(try run("yi,vi\n1,1\n2,1\n", .general).studies.map(\.slab) == ["1", "2"])
    }
}
