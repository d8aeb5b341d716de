/// A forest plot as plain numbers on the analysis scale; `ForestPlot.render` draws it.
package struct ForestPlot: Hashable, Sendable {
    package struct Row: Hashable, Sendable {
        /// The study's name.
        package var label: String
        package var estimate: Double
        package var lower: Double
        package var upper: Double
        /// Per cent of the whole weight; nil where the row has none.
        package var weight: Double?

        package init(label: String, estimate: Double, lower: Double, upper: Double, weight: Double?) {
            self.label = label
            self.estimate = estimate
            self.lower = lower
            self.upper = upper
            self.weight = weight
        }
    }

    package struct Summary: Hashable, Sendable {
        package var label: String
        package var estimate: Double
        package var lower: Double
        package var upper: Double
        /// The prediction interval, drawn as a bar under the diamond.
        package var prediction: ClosedRange<Double>?

        package init(
            label: String, estimate: Double, lower: Double, upper: Double, prediction: ClosedRange<Double>? = nil
        ) {
            self.label = label
            self.estimate = estimate
            self.lower = lower
            self.upper = upper
            self.prediction = prediction
        }
    }

    /// How numbers of the analysis scale are printed.
    package enum Scale: Hashable, Sendable {
        /// As they are.
        case linear
        /// Natural logarithms, printed as ratios on a logarithmic axis.
        case logarithmic
        /// Logits, printed as proportions.
        case logit
    }

    package var title: String
    /// `Odds ratio`, under the axis and above the numbers.
    package var measure: String
    package var scale: Scale
    package var rows: [Row]
    package var summary: Summary?
    /// Where the line of no effect stands, on the analysis scale; nil for none (proportions).
    package var reference: Double?
    /// Below the plot: heterogeneity and model.
    package var note: String?
    /// In per cent, for the headings.
    package var level: Double

    package init(
        title: String, measure: String, scale: Scale, rows: [Row], summary: Summary?, reference: Double? = 0,
        note: String? = nil, level: Double = 95
    ) {
        self.title = title
        self.measure = measure
        self.scale = scale
        self.rows = rows
        self.summary = summary
        self.reference = reference
        self.note = note
        self.level = level
    }

    /// Enough decimals that differences between studies show (risk differences are small).
    var decimals: Int {
        guard scale == .linear else { return 2 }
        let ends = rows.flatMap { [$0.lower, $0.upper] }.filter(\.isFinite)
        let span = (ends.max() ?? 1) - (ends.min() ?? 0)
        return span < 0.05 ? 4 : span < 0.5 ? 3 : 2
    }

    /// A number of the analysis scale as it is printed.
    func shown(_ value: Double) -> Double {
        switch scale {
        case .linear: value
        case .logarithmic: Elementary.exp(value)
        case .logit: 1 / (1 + Elementary.exp(-value))
        }
    }
}
