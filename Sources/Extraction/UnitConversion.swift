/// Brings a number that a person wrote, in whatever unit of its kind, to the unit of its field.
package enum UnitConversion {
    /// The number in the field's unit, nil where the units are of different kinds.
    package static func convert(_ number: Double, from unit: String, to canonical: String) -> Double? {
        let written = folded(unit)
        guard written != folded(canonical) else { return number }
        guard let scale = scales[canonical], let factor = scale.first(where: { $0.words.contains(written) }) else {
            return nil
        }
        return number * factor.times / factor.over
    }

    /// The units that a field in `canonical` takes, for messages.
    package static func accepted(_ canonical: String) -> [String] {
        [canonical] + (scales[canonical] ?? []).compactMap(\.words.first).filter { $0 != canonical }
    }

    /// Units of doses that no weight turns into another: fixed, by the hour, by the day.
    package static let otherDoses = ["mg", "mg/kg/h", "mg/h", "mg/day", "mg/kg/day"]

    private struct Factor: Sendable {
        let words: [String]
        let times: Double
        let over: Double

        init(_ words: [String], _ times: Double = 1, over: Double = 1) {
            self.words = words
            self.times = times
            self.over = over
        }
    }

    private static let days = Factor(["d", "day", "days"], 24)
    private static let hours = Factor(["h", "hr", "hrs", "hour", "hours"])

    private static let scales: [String: [Factor]] = [
        "mg/kg": [
            Factor(["mg/kg"]), Factor(["\u{3BC}g/kg", "\u{B5}g/kg", "ug/kg", "mcg/kg"], over: 1000),
            Factor(["g/kg"], 1000),
        ],
        "mg": [
            Factor(["mg"]), Factor(["\u{3BC}g", "\u{B5}g", "ug", "mcg"], over: 1000), Factor(["g"], 1000),
        ],
        "mg/kg/h": [
            Factor(["mg/kg/h", "mg/kg/hr", "mg/kg/hour"]), Factor(["mg/kg/min"], 60),
            Factor(["\u{3BC}g/kg/min", "\u{B5}g/kg/min", "ug/kg/min", "mcg/kg/min"], 60, over: 1000),
        ],
        "mg/h": [Factor(["mg/h", "mg/hr", "mg/hour"]), Factor(["mg/min"], 60)],
        "mg/day": [Factor(["mg/day", "mg/d", "mg daily", "mg per day"])],
        "mg/kg/day": [Factor(["mg/kg/day", "mg/kg/d"])],
        "min": [
            Factor(["min", "mins", "minute", "minutes"]), Factor(["h", "hr", "hrs", "hour", "hours"], 60),
            Factor(["s", "sec", "second", "seconds"], over: 60), Factor(["d", "day", "days"], 1440),
        ],
        "h": [
            hours, Factor(["min", "mins", "minute", "minutes"], over: 60), days,
            Factor(["week", "weeks", "wk", "w"], 168),
        ],
        "years": [
            Factor(["years", "year", "yr", "yrs", "y"]), Factor(["months", "month", "mo"], over: 12),
            Factor(["weeks", "week"], over: 52.1775),
        ],
        "%": [Factor(["%", "percent", "per cent", "pct"])],
        "participants": [Factor(["participants", "participant", "patients", "people", "persons", "subjects", "n"])],
        "events": [Factor(["events", "event", "n"])],
        "points": [Factor(["points", "point", "score"])],
        "infusions": [Factor(["infusions", "infusion"])],
        "treatments": [Factor(["treatments", "treatment", "trials", "antidepressants"])],
    ]

    private static func folded(_ unit: String) -> String {
        unit.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ").replacing(" / ", with: "/")
    }
}
