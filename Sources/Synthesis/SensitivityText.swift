package import Interchange

/// What a person asked beside the pooled result: how far it hangs on single studies, on a property of them, on small ones.
package struct SensitivityReport: Sendable {
    package struct Wish: Sendable {
        /// The column that holds each study's group.
        package var subgroups: String?
        package var leavesOneOut = false
        package var testsSmallStudies = false

        package init(subgroups: String? = nil, leavesOneOut: Bool = false, testsSmallStudies: Bool = false) {
            self.subgroups = subgroups
            self.leavesOneOut = leavesOneOut
            self.testsSmallStudies = testsSmallStudies
        }
    }

    private let wish: Wish
    private let subgroups: Synthesis.Subgroups?
    private let leftOut: [Synthesis.LeftOut]
    private let egger: Synthesis.EggerTest?
    private let result: SynthesisResult

    /// - Throws: `SynthesisError` where the table has no column for the groups.
    package init(_ wish: Wish, _ table: SynthesisTable, _ result: SynthesisResult) throws(SynthesisError) {
        self.wish = wish
        self.result = result
        if let column = wish.subgroups {
            subgroups = try Synthesis.subgroups(table, result.options, by: column)
        } else {
            subgroups = nil
        }
        leftOut = wish.leavesOneOut ? try Synthesis.leaveOneOut(table, result.options) : []
        egger = wish.testsSmallStudies ? Synthesis.eggerTest(result) : nil
    }

    /// What must be said of an answer before it is used.
    package var warnings: [String] {
        guard wish.testsSmallStudies else { return [] }
        var warnings: [String] = []
        if result.k < 10 {
            warnings.append(
                "Egger's test has too little power with fewer than ten studies (Sterne 2011, BMJ 343:d4002)")
        }
        if [.oddsRatio, .peto].contains(result.options.measure) {
            warnings.append(
                "of log odds ratios the standard error hangs together with the estimate, so Egger's test finds small-study "
                    + "effects too often (Peters 2006, JAMA 295:676)")
        }
        return warnings
    }

    // MARK: Text

    /// Sections for below the result; empty where nothing was asked.
    package func text() -> String {
        var lines: [String] = []
        if let subgroups, let column = wish.subgroups {
            lines += ["", "Subgroups by \(column)"]
            for group in subgroups.groups {
                let name = group.label.isEmpty ? "(not stated)" : group.label
                lines.append(line("\(name), k = \(group.result.k)", group.result))
            }
            let test = subgroups.q.map {
                "\(SynthesisResult.fixed($0, 2)), p \(SynthesisResult.probability(subgroups.pval))"
            }
            lines.append(result.row("between, Q (df = \(subgroups.df))", test ?? SynthesisResult.unknown))
        }
        if wish.leavesOneOut {
            lines += ["", "Leaving out one study at a time"]
            lines += leftOut.map { line("without \($0.slab)", $0.result) }
        }
        if wish.testsSmallStudies {
            lines += ["", "Small-study effects (Egger's test)"]
            if let egger {
                lines += [
                    result.row("bias", SynthesisResult.fixed(egger.slope, 4)),
                    result.row(
                        "t (df = \(egger.df))",
                        "\(SynthesisResult.fixed(egger.statistic, 2)), p \(SynthesisResult.probability(egger.pval))"),
                ]
            } else {
                lines.append(result.row("bias", SynthesisResult.unknown))
            }
        }
        return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
    }

    private func line(_ name: String, _ one: SynthesisResult) -> String {
        "  " + SynthesisResult.pad(name, 34) + one.interval(one.estimate, one.ciLower, one.ciUpper)
    }

    // MARK: JSON

    /// Members for the result's object: `subgroups`, `leaveOneOut` and `egger`, each where it was asked for.
    package func writeMembers(to json: inout JSONWriter) {
        if let subgroups, let column = wish.subgroups {
            json.member("subgroups") { json in
                json.object { json in
                    json.member("column", column)
                    json.member("q", significant17: subgroups.q)
                    json.member("qDf", subgroups.df)
                    json.member("qPval", significant17: subgroups.pval)
                    json.member("groups") { json in
                        json.array { json in
                            for group in subgroups.groups { Self.write("label", group.label, group.result, to: &json) }
                        }
                    }
                }
            }
        }
        if wish.leavesOneOut {
            json.member("leaveOneOut") { json in
                json.array { json in
                    for left in leftOut { Self.write("without", left.slab, left.result, to: &json) }
                }
            }
        }
        if wish.testsSmallStudies {
            json.member("egger") { json in
                json.object { json in
                    json.member("slope", significant17: egger?.slope)
                    json.member("intercept", significant17: egger?.intercept)
                    json.member("statistic", significant17: egger?.statistic)
                    json.member("df", egger?.df)
                    json.member("pval", significant17: egger?.pval)
                }
            }
        }
    }

    private static func write(_ key: StaticString, _ name: String, _ one: SynthesisResult, to json: inout JSONWriter) {
        json.object { json in
            json.member(key, name)
            json.member("k", one.k)
            json.member("estimate", significant17: one.estimate)
            json.member("se", significant17: one.se)
            json.member("ciLower", significant17: one.ciLower)
            json.member("ciUpper", significant17: one.ciUpper)
            json.member("tau2", significant17: one.tau2)
            json.member("i2", significant17: one.i2)
        }
    }
}
