import Foundation

extension SynthesisResult {
    /// The result as a statistician expects it: studies, pooled estimate, heterogeneity. 80 columns.
    package func text() -> String {
        var lines = [heading, ""]
        lines += studyLines
        lines += ["", "Pooled \(options.measure.analysisLabel)"]
        lines += estimateLines
        if options.measure.isLogarithmic || isProportionTransformed {
            lines += ["", "As \(options.measure.label.lowercased())"]
            let back = backTransformed
            lines.append(row("estimate", interval(back.estimate, back.ciLower, back.ciUpper)))
            if back.piLower != nil {
                lines.append(row("prediction interval", bounds(back.piLower, back.piUpper)))
            }
        }
        lines += ["", "Heterogeneity"]
        lines += heterogeneityLines
        return lines.joined(separator: "\n") + "\n"
    }

    private var isProportionTransformed: Bool {
        options.measure == .logitProportion || options.measure == .doubleArcsineProportion
    }

    private var heading: String {
        let model =
            switch options.method {
            case .equalEffects: "Equal-effects model"
            case .mantelHaenszel: "Mantel-Haenszel method"
            default: "Random-effects model (\(options.method.rawValue))"
            }
        let test =
            switch options.test {
            case .z: "normal distribution"
            case .t: "t distribution"
            case .knha: "Hartung-Knapp"
            }
        return "\(model), \(k) \(k == 1 ? "study" : "studies"), \(test), level \(Self.plain(options.level))%"
    }

    private var studyLines: [String] {
        guard !studies.isEmpty else { return ["  (no study)"] }
        let critical = Distributions.normalQuantile(1 - (1 - options.level / 100) / 2) ?? .nan
        var lines = [
            "  " + Self.pad("study", 30) + Self.lead("estimate", 12) + Self.lead("interval", 24)
                + Self.lead("weight", 10)
        ]
        for study in studies {
            let half = study.vi.map { critical * $0.squareRoot() }
            let lower = study.yi.flatMap { y in half.map { y - $0 } }
            let upper = study.yi.flatMap { y in half.map { y + $0 } }
            let weight = study.weight.map { Self.fixed($0, 1) + "%" } ?? "-"
            let interval = study.yi == nil ? "-" : bounds(lower, upper)
            lines.append(
                "  " + Self.pad(study.slab, 30) + Self.lead(number(study.yi), 12) + Self.lead(interval, 24)
                    + Self.lead(weight, 10))
        }
        return lines
    }

    private var estimateLines: [String] {
        let name = df.map { "t (df = \(Self.plain($0)))" } ?? "z"
        var lines = [
            row("estimate", interval(estimate, ciLower, ciUpper)), row("standard error", number(se)),
            row(name, statistic.map { "\(Self.fixed($0, 2)), p \(Self.probability(pval))" } ?? Self.unknown),
        ]
        if options.method.isRandomEffects { lines.append(row("prediction interval", bounds(piLower, piUpper))) }
        return lines
    }

    private var heterogeneityLines: [String] {
        var lines: [String] = []
        if options.method.isRandomEffects {
            let error = tau2Se.map { " (SE \(Self.fixed($0, 4)))" } ?? ""
            lines.append(row("tau\u{B2}", tau2.map { Self.fixed($0, 4) + error } ?? Self.unknown))
            lines.append(row("  Q-profile interval", bounds(tau2Lower, tau2Upper)))
            lines.append(row("tau", tau2.map { Self.fixed($0.squareRoot(), 4) } ?? Self.unknown))
        }
        lines.append(row("I\u{B2}", i2.map { Self.fixed($0, 1) + "%" } ?? Self.unknown))
        if let i2Lower, let i2Upper {
            lines.append(row("  Q-profile interval", "[\(Self.fixed(i2Lower, 1))%, \(Self.fixed(i2Upper, 1))%]"))
        }
        lines.append(row("H\u{B2}", h2.map { Self.fixed($0, 2) } ?? Self.unknown))
        lines.append(
            row("Q (df = \(qDf))", q.map { "\(Self.fixed($0, 2)), p \(Self.probability(qPval))" } ?? Self.unknown))
        return lines
    }

    // MARK: Numbers

    static let unknown = "not estimable"

    func row(_ label: String, _ value: String) -> String { "  " + Self.pad(label, 22) + value }

    private func number(_ value: Double?) -> String { value.map { Self.fixed($0, 4) } ?? Self.unknown }

    private func bounds(_ lower: Double?, _ upper: Double?) -> String {
        guard let lower, let upper else { return Self.unknown }
        return "[\(Self.fixed(lower, 4)), \(Self.fixed(upper, 4))]"
    }

    func interval(_ estimate: Double?, _ lower: Double?, _ upper: Double?) -> String {
        guard estimate != nil else { return Self.unknown }
        return "\(number(estimate)) \(bounds(lower, upper))"
    }

    /// `95` and `99.9`.
    package static func plain(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e9 ? String(Int(value)) : value.description
    }

    package static func probability(_ p: Double?) -> String {
        guard let p else { return unknown }
        return p < 0.0001 ? "< 0.0001" : "= " + fixed(p, 4)
    }

    /// Numbers too large or too small for fixed decimals are printed with an exponent.
    package static func fixed(_ value: Double, _ decimals: Int) -> String {
        let size = abs(value)
        if size >= 1e7 || (size > 0 && size < 0.5 * pow(10, -Double(decimals))) {
            return String(format: "%.2e", value)
        }
        return String(format: "%.\(decimals)f", value)
    }

    static func pad(_ text: String, _ width: Int) -> String {
        text.count >= width
            ? String(text.prefix(width - 2)) + "\u{2026} " : text + String(repeating: " ", count: width - text.count)
    }

    private static func lead(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(1, width - text.count)) + text
    }
}
