/// The horizontal axis of a forest plot: which range is drawn and where its ticks stand, on the analysis scale.
struct ForestAxis: Equatable {
    struct Tick: Equatable {
        var value: Double
        var label: String
    }

    var lower: Double
    var upper: Double
    var ticks: [Tick]

    /// The range holds every estimate, the summary and the line of no effect; a very wide interval of one study
    /// is cut (and drawn with an arrow) rather than squeezing all others.
    init(_ plot: ForestPlot) {
        var points = plot.rows.map(\.estimate)
        if let summary = plot.summary {
            points += [summary.estimate, summary.lower, summary.upper]
            if let prediction = plot.summary?.prediction { points += [prediction.lowerBound, prediction.upperBound] }
        }
        if let reference = plot.reference { points.append(reference) }
        points = points.filter(\.isFinite)
        let low = points.min() ?? -1
        let high = points.max() ?? 1
        let spread = max(high - low, 0.1)
        let ends = plot.rows.flatMap { [$0.lower, $0.upper] }.filter(\.isFinite)
        lower = max(min(ends.min() ?? low, low), low - 0.75 * spread)
        upper = min(max(ends.max() ?? high, high), high + 0.75 * spread)
        if upper - lower < 1e-9 { (lower, upper) = (lower - 0.5, upper + 0.5) }
        let margin = 0.03 * (upper - lower)
        lower -= margin
        upper += margin
        ticks = []
        switch plot.scale {
        case .linear: ticks = Self.linearTicks(lower, upper)
        case .logarithmic: ticks = Self.ratioTicks(lower, upper)
        case .logit: ticks = Self.proportionTicks(lower, upper)
        }
    }

    /// Steps of 1, 2 or 5 times a power of ten.
    private static func linearTicks(_ lower: Double, _ upper: Double) -> [Tick] {
        var step = 1e-6
        let factors = [2, 2.5, 2]
        var turn = 0
        while (upper - lower) / step > 8, turn < 60 {
            step *= factors[turn % 3]
            turn += 1
        }
        var decimals = 0
        var unit = step
        while decimals < 6, abs(unit - unit.rounded()) > 1e-9 * max(1, unit) {
            unit *= 10
            decimals += 1
        }
        var ticks: [Tick] = []
        var index = (lower / step).rounded(.up)
        while index * step <= upper, ticks.count < 20 {
            ticks.append(Tick(value: index * step, label: Elementary.fixed(index * step, decimals: decimals)))
            index += 1
        }
        return ticks
    }

    private static func ratioTicks(_ lower: Double, _ upper: Double) -> [Tick] {
        var candidates: [(Double, String)] = []
        for decade in -6...6 {
            for digit in [1.0, 2, 5] {
                let value = digit * Elementary.power(10, Double(decade))
                candidates.append((Elementary.log(value), plain(value, decimals: max(0, -decade))))
            }
        }
        var inside = candidates.filter { $0.0 >= lower && $0.0 <= upper }
        if inside.count > 8 { inside = inside.filter { $0.1.contains("1") } }
        if inside.count < 2 {
            return linearTicks(Elementary.exp(lower), Elementary.exp(upper))
                .filter { $0.value > 0 }.map { Tick(value: Elementary.log($0.value), label: $0.label) }
        }
        return inside.map { Tick(value: $0.0, label: $0.1) }
    }

    private static func proportionTicks(_ lower: Double, _ upper: Double) -> [Tick] {
        [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99]
            .map { Tick(value: Elementary.log($0 / (1 - $0)), label: plain($0, decimals: 2)) }
            .filter { $0.value >= lower && $0.value <= upper }
    }

    private static func plain(_ value: Double, decimals: Int) -> String {
        Elementary.fixed(value, decimals: decimals)
    }
}
