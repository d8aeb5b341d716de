package import Interchange

/// What a synthesis found, on the scale of the analysis. Nil is "not estimable".
package struct SynthesisResult: Hashable, Sendable {
    package struct Study: Hashable, Sendable {
        package var slab: String
        package var line: Int
        /// Nil for a table that is pooled but has no estimate of its own.
        package var yi: Double?
        package var vi: Double?
        /// Per cent of all weights.
        package var weight: Double?
    }

    /// Estimate and intervals as readers want them: ratios, proportions.
    package struct BackTransformed: Hashable, Sendable {
        package var estimate: Double?
        package var ciLower: Double?
        package var ciUpper: Double?
        package var piLower: Double?
        package var piUpper: Double?
    }

    package var options: SynthesisOptions
    /// The number of studies, or of tables for a method that pools tables.
    package var k: Int
    package var estimate: Double?
    package var se: Double?
    package var statistic: Double?
    /// Degrees of freedom of the statistic, nil where it is normal.
    package var df: Double?
    package var pval: Double?
    package var ciLower: Double?
    package var ciUpper: Double?
    package var piLower: Double?
    package var piUpper: Double?
    package var tau2: Double?
    package var tau2Se: Double?
    /// Interval of `tau2` by the Q-profile method, for random-effects models.
    package var tau2Lower: Double?
    package var tau2Upper: Double?
    /// In per cent.
    package var i2: Double?
    /// The interval of `i2` that goes with that of `tau2`.
    package var i2Lower: Double?
    package var i2Upper: Double?
    package var h2: Double?
    package var q: Double?
    package var qDf: Int
    package var qPval: Double?
    package var backTransformed: BackTransformed
    package var studies: [Study]
    package var omitted: [OmittedStudy]

    init(options: SynthesisOptions, k: Int, studies: [Study], omitted: [OmittedStudy]) {
        self.options = options
        self.k = k
        self.studies = studies
        self.omitted = omitted
        qDf = max(k - 1, 0)
        backTransformed = BackTransformed()
    }

    /// One sentence each, for people: what was left out, what cannot be estimated.
    package var warnings: [String] {
        var warnings = omitted.map { "line \($0.line): study '\($0.slab)' is left out: \($0.why)" }
        switch studies.filter({ $0.yi != nil }).count {
        case 0: warnings.append("no study has an estimate: nothing can be pooled")
        case 1:
            warnings.append("one study only: heterogeneity and a prediction interval are not estimable")
            if options.test != .z { warnings.append("test \(options.test.rawValue) needs two studies or more") }
        default: break
        }
        return warnings
    }

    /// The contract's object, numbers with 17 significant digits.
    ///
    /// - Parameter more: members behind those of the contract.
    package func write(to json: inout JSONWriter, more: (inout JSONWriter) -> Void = { _ in }) {
        json.object { json in
            json.member("measure", options.measure.rawValue)
            json.member("method", options.method.rawValue)
            json.member("k", k)
            let numbers: [(String, Double?)] = [
                ("estimate", estimate), ("se", se), ("statistic", statistic), ("pval", pval), ("ciLower", ciLower),
                ("ciUpper", ciUpper), ("piLower", piLower), ("piUpper", piUpper), ("tau2", tau2), ("tau2Se", tau2Se),
                ("i2", i2), ("h2", h2), ("q", q),
            ]
            for (name, value) in numbers { json.member(name, significant17: value) }
            json.member("qDf", qDf)
            json.member("qPval", significant17: qPval)
            json.member("backTransformed") { json in
                json.object { json in
                    json.member("estimate", significant17: backTransformed.estimate)
                    json.member("ciLower", significant17: backTransformed.ciLower)
                    json.member("ciUpper", significant17: backTransformed.ciUpper)
                    json.member("piLower", significant17: backTransformed.piLower)
                    json.member("piUpper", significant17: backTransformed.piUpper)
                }
            }
            json.member("studies") { json in
                json.array { json in
                    for study in studies {
                        json.object { json in
                            json.member("slab", study.slab)
                            json.member("yi", significant17: study.yi)
                            json.member("vi", significant17: study.vi)
                            json.member("weight", significant17: study.weight)
                        }
                    }
                }
            }
            json.member("test", options.test.rawValue)
            json.member("df", significant17: df)
            json.member("level", options.level)
            json.member("tau2Lower", significant17: tau2Lower)
            json.member("tau2Upper", significant17: tau2Upper)
            json.member("i2Lower", significant17: i2Lower)
            json.member("i2Upper", significant17: i2Upper)
            json.member("omitted") { json in
                json.array { json in
                    for study in omitted {
                        json.object { json in
                            json.member("slab", study.slab)
                            json.member("line", study.line)
                            json.member("why", study.why)
                        }
                    }
                }
            }
            more(&json)
        }
    }
}
