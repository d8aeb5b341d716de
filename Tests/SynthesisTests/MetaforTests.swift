import Foundation
import Interchange
import Synthesis
import TestSupport
import Testing

/// Results of metafor 3.8 (Viechtbauer 2010) on data sets of the R package metadat.
@Suite("Agreement with metafor", .enabled(if: SharedData.isPresent, SharedData.notice))
struct MetaforTests {
    struct Set: CustomStringConvertible, Sendable {
        var name: String
        var measures: [Measure]
        var description: String { name }
    }

    static let sets = [
        Set(name: "dat.bcg", measures: [.oddsRatio, .riskRatio, .riskDifference, .peto]),
        Set(name: "dat.nielweise2007", measures: [.oddsRatio, .riskRatio, .riskDifference, .peto]),
        Set(name: "dat.normand1999", measures: [.meanDifference, .standardizedMeanDifference]),
        Set(name: "dat.pritz1997", measures: [.proportion, .logitProportion, .doubleArcsineProportion]),
        Set(name: "dat.hackshaw1998", measures: [.general]),
    ]

    private func load(_ name: String) throws -> (SynthesisTable, [String: Any]) {
        let bytes = try Data(contentsOf: SharedData.url("meta/\(name).csv"))
        let json = try Data(contentsOf: SharedData.url("meta/\(name).json"))
        let object = try #require(JSONSerialization.jsonObject(with: json) as? [String: Any])
        return (try SynthesisTable(reading: DelimitedText(parsing: bytes)), object)
    }

    private func reference(_ object: [String: Any], _ measure: Measure) throws -> [String: Any] {
        measure == .general ? object : try #require(object[measure.rawValue] as? [String: Any])
    }

    private func compare(_ result: SynthesisResult, _ fit: [String: Any], _ relative: Double, _ what: String) {
        let pairs: [(String, Double?)] = [
            ("estimate", result.estimate), ("se", result.se), ("stat", result.statistic), ("pval", result.pval),
            ("ci_lb", result.ciLower), ("ci_ub", result.ciUpper), ("Q", result.q), ("Q_p", result.qPval),
            ("I2", result.i2), ("H2", result.h2),
        ]
        for (key, value) in pairs {
            let expected = (fit[key] as? NSNumber)?.doubleValue
            #expect(Tolerance.agree(value, expected, relative), "\(what) \(key): \(value ?? .nan) \(expected ?? .nan)")
        }
        guard result.options.method.isRandomEffects else { return }
        let more: [(String, Double?)] = [
            ("tau2", result.tau2), ("se_tau2", result.tau2Se), ("pi_lb", result.piLower), ("pi_ub", result.piUpper),
        ]
        for (key, value) in more {
            let expected = (fit[key] as? NSNumber)?.doubleValue
            #expect(Tolerance.agree(value, expected, relative), "\(what) \(key): \(value ?? .nan) \(expected ?? .nan)")
        }
    }

    @Test("Effect sizes and variances are escalc()'s", arguments: sets)
    func effects(set: Set) throws {
        let (table, object) = try load(set.name)
        for measure in set.measures {
            let result = try Synthesis.run(table, SynthesisOptions(measure: measure, method: .derSimonianLaird))
            let expected = try reference(object, measure)
            let yi = try #require(expected["yi"] as? [Double])
            let vi = try #require(expected["vi"] as? [Double])
            #expect(result.studies.count == yi.count)
            for (index, study) in result.studies.enumerated() where index < yi.count {
                #expect(Tolerance.agree(study.yi, yi[index], Tolerance.closed), "\(measure) \(index)")
                #expect(Tolerance.agree(study.vi, vi[index], Tolerance.closed), "\(measure) \(index)")
            }
        }
    }

    @Test("Every estimator gives rma()'s numbers", arguments: sets)
    func models(set: Set) throws {
        let (table, object) = try load(set.name)
        for measure in set.measures {
            let expected = try reference(object, measure)
            for method in PoolingMethod.allCases where method != .mantelHaenszel {
                // Peto with equal effects is pooled in one step, without correction: see below.
                if measure == .peto && method == .equalEffects { continue }
                for (test, suffix) in [(EstimateTest.z, ""), (.knha, "_knha"), (.t, "_t")] {
                    guard let fit = expected[method.rawValue + suffix] as? [String: Any] else { continue }
                    let options = SynthesisOptions(measure: measure, method: method, test: test)
                    let result = try Synthesis.run(table, options)
                    #expect(result.k == fit["k"] as? Int)
                    let what = "\(set.name) \(measure.rawValue) \(method.rawValue)\(suffix)"
                    compare(result, fit, Tolerance.iterated, what)
                }
            }
        }
    }

    @Test("Weights of the random- and the equal-effects model", arguments: sets)
    func weights(set: Set) throws {
        let (table, object) = try load(set.name)
        for measure in set.measures where measure != .peto {
            for method in [PoolingMethod.restrictedMaximumLikelihood, .equalEffects] {
                let key = "weights_\(method.rawValue)"
                guard let expected = try reference(object, measure)[key] as? [Double] else { continue }
                let result = try Synthesis.run(table, SynthesisOptions(measure: measure, method: method))
                for (study, weight) in zip(result.studies, expected) {
                    #expect(Tolerance.agree(study.weight, weight, Tolerance.iterated))
                }
            }
        }
    }

    @Test("Mantel-Haenszel is rma.mh()'s, tables without events counted", arguments: ["dat.bcg", "dat.nielweise2007"])
    func mantelHaenszel(name: String) throws {
        let (table, object) = try load(name)
        for measure in [Measure.oddsRatio, .riskRatio, .riskDifference] {
            let fit = try #require(object["MH_\(measure.rawValue)"] as? [String: Any])
            let result = try Synthesis.run(table, SynthesisOptions(measure: measure, method: .mantelHaenszel))
            #expect(result.k == fit["k"] as? Int)
            #expect(result.tau2 == nil)
            #expect(result.piLower == nil)
            compare(result, fit, Tolerance.iterated, "\(name) MH \(measure.rawValue)")
        }
    }

    @Test("Peto's method in one step is rma.peto()'s", arguments: ["dat.bcg", "dat.nielweise2007"])
    func peto(name: String) throws {
        let (table, object) = try load(name)
        let fit = try #require(object["PETO_pooled"] as? [String: Any])
        let result = try Synthesis.run(table, SynthesisOptions(measure: .peto, method: .equalEffects))
        #expect(result.k == fit["k"] as? Int)
        compare(result, fit, Tolerance.iterated, "\(name) PETO")
    }

    @Test("Proportions come back to the scale of 0 to 1, the double arcsine by the harmonic mean (Miller 1978)")
    func backTransformed() throws {
        let (table, object) = try load("dat.pritz1997")
        for measure in [Measure.proportion, .logitProportion, .doubleArcsineProportion] {
            let all = try #require(reference(object, measure)["back_transformed"] as? [String: [String: Any]])
            for (name, fit) in all {
                let method = try #require(PoolingMethod(name: name))
                let back = try Synthesis.run(table, SynthesisOptions(measure: measure, method: method)).backTransformed
                let pairs: [(String, Double?)] = [
                    ("pred", back.estimate), ("ci_lb", back.ciLower), ("ci_ub", back.ciUpper),
                    ("pi_lb", back.piLower), ("pi_ub", back.piUpper),
                ]
                for (key, value) in pairs {
                    let expected = (fit[key] as? NSNumber)?.doubleValue
                    #expect(Tolerance.agree(value, expected, Tolerance.iterated), "\(measure) \(name) \(key)")
                }
            }
        }
    }

    @Test("Anchors of the BCG trials (Colditz 1994), log risk ratio")
    func anchors() throws {
        let (table, _) = try load("dat.bcg")
        let dl = try Synthesis.run(table, SynthesisOptions(measure: .riskRatio, method: .derSimonianLaird))
        #expect(Tolerance.agree(dl.estimate, -0.714117222073227, 1e-13))
        #expect(Tolerance.agree(dl.q, 152.233008082373, 1e-13))
    }
}
