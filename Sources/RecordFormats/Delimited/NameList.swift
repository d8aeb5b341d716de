import Bibliography

/// Lists in one cell, in the spellings of the tools that write them.
enum NameList {
    /// One more than an entry may have, so that the excess is seen and reported.
    private static let most = EntryIdentity.mostAuthors + 1

    /// Authors: `Doe, Jane; Roe, R.`, `Doe, Jane and Roe, Richard`, `Doe J, Roe R.`, `Doe, J., Roe, R.`,
    /// `['Doe, Jane', 'Roe, Richard']`.
    static func parse(_ text: String) -> [Author] {
        if let items = literal(text) { return items.prefix(most).compactMap { PersonName.parse($0) } }
        // OpenAlex parts names in reading order by bars.
        if text.contains("|") {
            return text.split(separator: "|").prefix(most).compactMap { PersonName.readingOrder(String($0)) }
        }
        let bySemicolon = split(text, separator: ";")
        if bySemicolon.count > 1 { return bySemicolon.prefix(most).compactMap { PersonName.parse($0) } }
        let byAnd = splitAnd(text)
        if byAnd.count > 1 { return byAnd.prefix(most).compactMap { PersonName.parse($0) } }
        let single = bySemicolon.first ?? text
        let byComma = split(single, separator: ",")
        guard byComma.count > 1 else { return [PersonName.parse(trimmedStop(single))].compactMap { $0 } }
        let trimmed = byComma.map { trimmedStop($0) }
        if trimmed.allSatisfy({ PersonName.familyAndInitials($0) != nil }) {
            return trimmed.prefix(most).compactMap { PersonName.familyAndInitials($0) }
        }
        if byComma.count > 2, byComma.count.isMultiple(of: 2) {
            let pairs = stride(from: 0, to: byComma.count, by: 2).map { (byComma[$0], byComma[$0 + 1]) }
            if pairs.allSatisfy({ PersonName.isInitials($0.1) && !PersonName.isInitials($0.0) }) {
                return pairs.compactMap { PersonName.parse("\($0.0), \($0.1)") }
            }
        }
        // Three names and more that each have a blank are names in reading order or of groups.
        if byComma.count > 2 {
            let known = trimmed.filter { PersonName.familyAndInitials($0) != nil }.count
            if known * 2 >= byComma.count || byComma.allSatisfy({ $0.contains(" ") }) {
                return trimmed.prefix(most).compactMap { PersonName.parse($0) }
            }
        }
        return [PersonName.parse(single)].compactMap { $0 }
    }

    /// Names between semicolons only, as `CSVWriter` writes them.
    static func strict(_ text: String) -> [Author] {
        split(text, separator: ";").prefix(most).compactMap { PersonName.parse($0) }
    }

    /// Terms: `a; b`, `['a', 'b']`, `a|b`; with commas alone, `a, b` (Embase's explain terms in brackets: `a (b, c), d`).
    static func terms(_ text: String) -> [String] {
        if let items = literal(text) { return items.compactMap { FieldText.plain($0) } }
        for separator in [";", "|"] as [Character] where text.contains(separator) {
            return text.split(separator: separator).compactMap { FieldText.plain($0) }
        }
        return split(text, separator: ",").compactMap { FieldText.plain($0) }
    }

    /// A list as Python prints it; nil for anything else.
    static func literal(_ text: String) -> [String]? {
        guard text.hasPrefix("["), text.hasSuffix("]"), text.count >= 2 else { return nil }
        let inner = text.dropFirst().dropLast()
        guard inner.isEmpty || inner.hasPrefix("'") || inner.hasPrefix("\"") else { return nil }
        var items: [String] = []
        var current = ""
        var quote: Character?
        var isEscaped = false
        for character in inner {
            if let open = quote {
                if isEscaped {
                    current.append(character)
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else if character == open {
                    quote = nil
                    items.append(current)
                    current = ""
                } else {
                    current.append(character)
                }
            } else if character == "'" || character == "\"" {
                quote = character
            } else if character != ",", character != " " {
                return nil
            }
        }
        return quote == nil ? items : nil
    }

    /// The parts between separators that stand outside braces and brackets.
    private static func split(_ text: String, separator: Character) -> [String] {
        var parts: [String] = []
        var current = ""
        var depth = 0
        for character in text {
            if character == "{" || character == "(" { depth += 1 }
            if character == "}" || character == ")" { depth = max(0, depth - 1) }
            if character == separator, depth == 0 {
                parts.append(current)
                current = ""
            } else {
                current.append(character)
            }
        }
        // Brackets that never close protect nothing.
        if depth > 0 { return text.split(separator: separator).compactMap { FieldText.plain($0) } }
        parts.append(current)
        return parts.compactMap { FieldText.plain($0) }
    }

    /// BibTeX's ` and `, outside braces.
    static func splitAnd(_ text: String) -> [String] {
        var parts: [String] = []
        var current: [Substring] = []
        var depth = 0
        for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == "\t" }) {
            if depth == 0, word == "and" {
                parts.append(current.joined(separator: " "))
                current = []
                continue
            }
            for byte in word.utf8 {
                if byte == 0x7B { depth += 1 }
                if byte == 0x7D { depth = max(0, depth - 1) }
            }
            current.append(word)
        }
        parts.append(current.joined(separator: " "))
        return parts.filter { !$0.isEmpty }
    }

    /// PubMed ends its list with a full stop: `Doe J, Roe R.`; initials with full stops keep theirs.
    private static func trimmedStop(_ text: String) -> String {
        guard text.hasSuffix("."), let last = text.split(separator: " ").last,
            last.dropLast().allSatisfy({ $0.isUppercase })
        else { return text }
        return String(text.dropLast())
    }
}
