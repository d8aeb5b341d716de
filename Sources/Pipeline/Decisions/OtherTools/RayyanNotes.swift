/// What Rayyan writes into the notes of an entry (CSV `notes`, RIS `N1`, BibTeX `note`):
///
///     RAYYAN-INCLUSION: {"Ada"=>"Included", "Bo"=>"Maybe"} | RAYYAN-LABELS: pilot,oral |
///     RAYYAN-EXCLUSION-REASONS: wrong population,wrong drug | USER-NOTES: {"Ada"=>["see table 2"]}
enum RayyanNotes {
    private static let keys = ["RAYYAN-INCLUSION:", "RAYYAN-LABELS:", "RAYYAN-EXCLUSION-REASONS:", "USER-NOTES:"]

    private static let reasonPrefix = "__EXR__"

    /// The notes of an entry of RIS or BibTeX: every field that Rayyan wrote into.
    static func notes(ofEntry text: String) -> String {
        var fields: [String] = []
        for line in text.split(whereSeparator: \.isNewline) {
            if let value = fieldValue(line) {
                fields.append(String(value))
            } else if let last = fields.indices.last {
                fields[last] += " " + line
            }
        }
        return fields.filter { field in keys.contains { field.contains($0) } }.map { field in
            // What closes a field of BibTeX is none of its text.
            var field = field.trimmed
            while field.hasSuffix(",") { field.removeLast() }
            if field.hasSuffix("}"), field.count(where: { $0 == "}" }) > field.count(where: { $0 == "{" }) {
                field.removeLast()
            }
            return field
        }.joined(separator: " | ")
    }

    /// What follows `N1  - ` or `note = {` where a line begins a field.
    private static func fieldValue(_ line: Substring) -> Substring? {
        let bytes = Array(line.utf8.prefix(6))
        func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
        if bytes.count >= 5, isCapital(bytes[0]), isCapital(bytes[1]) || (0x30...0x39).contains(bytes[1]),
            bytes[2] == 0x20, bytes[3] == 0x20, bytes[4] == 0x2D
        {
            return line.dropFirst(5)
        }
        let name = line.drop(while: \.isWhitespace).prefix { $0.isLetter || $0 == "_" || $0 == "-" }
        let rest = line[name.endIndex...].drop(while: \.isWhitespace)
        guard !name.isEmpty, rest.first == "=" else { return nil }
        let value = rest.dropFirst().drop(while: \.isWhitespace)
        return value.first == "{" || value.first == "\"" ? value.dropFirst() : nil
    }

    static func answers(in notes: String) throws(DecisionRefusal) -> [ForeignEntry.Answer] {
        // Some exports have been through HTML; RIS and BibTeX break and escape lines.
        var text = notes
        for (escaped, plain) in [
            ("&amp;", "&"), ("&gt;", ">"), ("&quot;", "\""), ("\\\"", "\""), ("\r", " "), ("\n", " "), ("\\_", "_"),
        ] { text = text.replacing(escaped, with: plain) }
        let parts = parts(text)
        // Inside, Rayyan keeps a reason as a label with a prefix; some exports show it so.
        let tags = list(parts["RAYYAN-LABELS:"])
        let labels = tags.filter { !$0.hasPrefix(reasonPrefix) }
        let reasons =
            list(parts["RAYYAN-EXCLUSION-REASONS:"])
            + tags.filter { $0.hasPrefix(reasonPrefix) }.map { String($0.dropFirst(reasonPrefix.count)).trimmed }
        let remarks = pairs(parts["USER-NOTES:"] ?? "")
        var answers: [ForeignEntry.Answer] = []
        for (name, word) in pairs(parts["RAYYAN-INCLUSION:"] ?? "") {
            let decision: String
            switch word.lowercased() {
            // Exports of Rayyan's first years say true and false.
            case "included", "true": decision = DecisionWord.include
            case "excluded", "false": decision = DecisionWord.exclude
            case "maybe": decision = DecisionWord.unclear
            case "undecided", "": continue
            default:
                throw DecisionRefusal(
                    "Rayyan's decision '\(word)' of \(name) is none of Included, Excluded, Maybe, Undecided")
            }
            let note =
                remarks.filter { $0.name == name }.map(\.value)
                + (labels.isEmpty ? [] : ["labels: " + labels.joined(separator: ", ")])
            answers.append(
                ForeignEntry.Answer(
                    reviewer: name, decision: decision, reasons: decision == DecisionWord.exclude ? reasons : [],
                    note: note.isEmpty ? nil : note.joined(separator: "; ")))
        }
        guard !answers.isEmpty || !text.contains("RAYYAN-INCLUSION:") || isEmptyInclusion(parts) else {
            throw DecisionRefusal("the decisions after RAYYAN-INCLUSION cannot be read: \(notes.prefix(80))")
        }
        return answers
    }

    private static func isEmptyInclusion(_ parts: [String: String]) -> Bool {
        let text = (parts["RAYYAN-INCLUSION:"] ?? "").filter { !$0.isWhitespace }
        return text.isEmpty || text.hasPrefix("{}") || text.lowercased().contains("undecided")
    }

    /// The text behind each key, up to the next.
    private static func parts(_ text: String) -> [String: String] {
        let places = keys.compactMap { key in text.firstRange(of: key).map { (key: key, range: $0) } }
            .sorted { $0.range.lowerBound < $1.range.lowerBound }
        var parts: [String: String] = [:]
        for (index, place) in places.enumerated() {
            let end = index + 1 < places.count ? places[index + 1].range.lowerBound : text.endIndex
            var part = text[place.range.upperBound..<end]
            while let last = part.last, last.isWhitespace || last == "|" { part.removeLast() }
            parts[place.key] = String(part)
        }
        return parts
    }

    /// `a,b`; what follows a bar belongs to no key that is known.
    private static func list(_ text: String?) -> [String] {
        (text ?? "").prefix { $0 != "|" }.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
    }

    /// `{"name"=>"value", ...}`, or `{"name"=>["value", "value"]}`.
    private static func pairs(_ text: String) -> [(name: String, value: String)] {
        var found: [(name: String, value: String)] = []
        var rest = Substring(text)
        while let (name, afterName) = quoted(rest) {
            var tail = afterName.drop(while: \.isWhitespace)
            guard tail.hasPrefix("=>") else {
                rest = afterName
                continue
            }
            tail = tail.dropFirst(2).drop(while: \.isWhitespace)
            var values: [String] = []
            if tail.first == "[" {
                tail = tail.dropFirst()
                while tail.first != "]", let (value, after) = quoted(tail) {
                    values.append(value)
                    tail = after.drop { $0.isWhitespace || $0 == "," }
                }
            } else if let first = tail.first, first.isLetter {
                let word = tail.prefix(while: \.isLetter)
                values.append(String(word))
                tail = tail[word.endIndex...]
            } else if let (value, after) = quoted(tail) {
                values.append(value)
                tail = after
            }
            found.append((name, values.joined(separator: "; ")))
            rest = tail
        }
        return found
    }

    /// The next text between quotation marks, and what follows it.
    private static func quoted(_ text: Substring) -> (String, Substring)? {
        guard let open = text.firstIndex(of: "\"") else { return nil }
        let inner = text[text.index(after: open)...]
        guard let close = inner.firstIndex(of: "\"") else { return nil }
        return (String(inner[..<close]), inner[inner.index(after: close)...])
    }
}
