import Annotation

extension ExtractedValue {
    /// Value and unit as the text prints them, for those who hold lines against the text: `500 μg/kg` where the value
    /// itself is kept as 0.5 mg/kg. A unit that is not printed (of "5 subjects", of "aged 45") is nil.
    package var printed: (value: Value, unit: String?) {
        guard let unit, case .number(let number) = value, !text.contains(unit) else { return (value, unit) }
        if unit == "%", text.lowercased().contains("percent") { return (value, "percent") }
        // The measure of an effect is not a unit of the text: `d = 0.5` is an SMD.
        if field.hasPrefix("effect") { return (value, unit) }
        guard Self.convertedFields.contains(field), let unitPrinted = Self.unitPrinted(in: text) else {
            // The unit of a cell is printed in its headers.
            return (value, evidence.place?.part == .cell ? unit : nil)
        }
        let match = Self.numbers(in: text).first { printed in
            Self.factors.contains { abs(printed * $0 - number) <= 1e-9 * max(1, abs(number)) }
        }
        return match.map { (.number($0), unitPrinted) } ?? (value, nil)
    }

    /// Fields whose values are brought to one unit.
    private static let convertedFields: Set<String> = [
        "dose", "comparatorDose", "infusionDuration", "relapseTime",
    ]

    /// From what is printed to the canonical unit: itself; micrograms; grams; hours, days and seconds to minutes; weeks and months to days;
    /// micrograms a minute to milligrams an hour; milligrams a minute to milligrams an hour.
    private static let factors: [Double] = [1, 0.001, 1000, 60, 1440, 1.0 / 60, 0.06, 7, 30.4375]

    /// The numbers of a text, decimals written with a point, a comma, a middle dot, or without a leading zero.
    private static func numbers(in text: String) -> [Double] {
        var numbers: [Double] = []
        var current = ""
        for character in text + " " {
            if character.isASCII, character.isNumber {
                current.append(character)
            } else if [".", ",", "\u{B7}"].contains(character), !current.contains(".") {
                current.append(".")
            } else {
                if let number = Double(current.hasSuffix(".") ? String(current.dropLast()) : current) {
                    numbers.append(number)
                }
                current = ""
            }
        }
        return numbers
    }

    /// What stands behind the last number, without blanks and hyphens around it; nil where nothing does.
    private static func unitPrinted(in text: String) -> String? {
        let last = text.indices.last { place in
            text[place].isASCII && text[place].isNumber && !isExponent(place, in: text)
        }
        guard let last else { return nil }
        func isEdge(_ character: Character) -> Bool {
            character.isWhitespace || "-\u{2010}\u{2011}\u{2013}".contains(character)
        }
        let unit = text[text.index(after: last)...].drop(while: isEdge).reversed().drop(while: isEdge).reversed()
        return unit.isEmpty ? nil : String(unit)
    }

    /// What stands before the 1 of `kg-1`, `kg(-1)`, with a hyphen or a minus.
    private static let beforeExponents: [String] = ["kg", "h", "hr", "min", "d", "day"].flatMap { unit in
        ["-", "\u{2010}", "\u{2011}", "\u{2013}", "\u{2212}"].flatMap { ["\(unit)\($0)", "\(unit)(\($0)"] }
    }

    /// The 1 of `kg-1`.
    private static func isExponent(_ place: String.Index, in text: String) -> Bool {
        text[place] == "1" && beforeExponents.contains { text[..<place].hasSuffix($0) }
    }
}
