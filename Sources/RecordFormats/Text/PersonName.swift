package import Bibliography

/// Names of authors as reference formats write them in one string.
///
/// `Doe, Jane Q` and `Doe, Jane Q, Jr` are persons, so are `Doe JQ`, `Doe J.Q.` (PubMed, Embase), `J. Q. Doe` (IEEE)
/// and one word alone;
/// anything else without a comma is a group, as in Zotero. Braces protect a group or a part that would be misread,
/// as in BibTeX: `{UNESCO}`, `{Study Group, Phase 2}`, `{de la Cruz},`. EndNote's comma after a group is taken off.
package enum PersonName {
    /// Reads one name; nil where there is none.
    package static func parse(_ raw: String) -> Author? {
        guard let text = FieldText.plain(raw) else { return nil }
        let parts = split(text)
        let first = parts.first ?? ""
        guard parts.count > 1 else {
            if let group = unbraced(first) { return Author(collective: group) }
            return withoutComma(first)
        }
        if parts.count == 2, parts[1].isEmpty, unbraced(first) == nil, first.contains(" ") {
            return Author(collective: first)
        }
        var author = Author()
        author.family = unbraced(first) ?? nonEmpty(first)
        setGiven(&author, unbraced(parts[1]) ?? parts[1])
        let rest = parts.dropFirst(2).map { unbraced($0) ?? $0 }.filter { !$0.isEmpty }
        author.suffix = nonEmpty(rest.joined(separator: ", "))
        if author.family == nil, author.given == nil, author.suffix == nil { return nil }
        return author
    }

    /// The name in one string that `parse` reads back; nil where the author has no name.
    package static func text(_ author: Author) -> String? {
        if let group = author.collective.flatMap({ FieldText.plain($0) }) {
            let read = parse(group)
            return read?.collective == group && !group.contains(";") ? group : braced(group)
        }
        let family = author.family.flatMap { FieldText.plain($0) }
        let given = (author.given ?? author.initials).flatMap { FieldText.plain($0) }
        let suffix = author.suffix.flatMap { FieldText.plain($0) }
        guard family != nil || given != nil || suffix != nil else { return nil }
        let familyPart = family.map { needsBraces($0) || (given == nil && $0.contains(" ")) ? braced($0) : $0 } ?? ""
        if given == nil, suffix == nil, let family, !needsBraces(family), !family.contains(" ") { return family }
        var text = familyPart + ","
        if let given { text += " " + (needsBraces(given) ? braced(given) : given) }
        if let suffix { text += ", " + (needsBraces(suffix) ? braced(suffix) : suffix) }
        return text
    }

    /// Whether the name stands for those that the source left out: `et al.`, BibTeX's `others`.
    package static func isEtAl(_ author: Author) -> Bool {
        guard author.given == nil, let name = author.collective ?? author.family else { return false }
        return ["et al", "et al.", "etal", "others", "...", "…"].contains(name.lowercased())
    }

    /// The first letters of the given names: `Jane Q` gives `JQ`, `Jean-Pierre` gives `JP`, `J.Q.` gives `JQ`.
    package static func initials(of given: String) -> String? {
        if isInitials(given) { return String(given.filter(\.isLetter)) }
        let words = given.split { $0 == " " || $0 == "-" || $0 == "." }
        return nonEmpty(
            words.enumerated().map { place, word in
                // `Roger BJ` holds two initials in its last word.
                if place > 0, word.count == 2, isInitials(word) { return String(word) }
                return word.first { $0.isLetter }?.uppercased() ?? ""
            }.joined())
    }

    /// Up to five capitals, with full stops, hyphens or blanks between them: `JQ`, `J.-P.`, `D G`.
    package static func isInitials(_ text: some StringProtocol) -> Bool {
        var letters = 0
        for character in text {
            if character.isUppercase {
                letters += 1
            } else if character != "." && character != "-" && character != " " {
                return false
            }
        }
        return (1...5).contains(letters)
    }

    /// `Doe JQ` as family name and initials, with a suffix after them where one of the usual ones stands there.
    package static func familyAndInitials(_ text: String) -> Author? {
        var words = text.split(separator: " ")
        var suffix: String?
        if words.count > 2, let last = words.last, isSuffix(last) {
            suffix = String(last)
            words.removeLast()
        }
        guard words.count > 1, let last = words.last, isInitials(last) else { return nil }
        words.removeLast()
        var initials = last.filter(\.isLetter)
        // Each initial may be a word of its own: `Doe J Q`.
        while words.count > 1, initials.count < 5, let letter = words.last, letter.count(where: \.isLetter) == 1,
            isInitials(letter)
        {
            initials = letter.filter(\.isLetter) + initials
            words.removeLast()
        }
        return Author(family: words.joined(separator: " "), initials: initials, suffix: suffix)
    }

    /// `J. Q. Doe`, `J.-P. van Doe Jr.`, as IEEE prints names; nil where the words after the initials are more than a name.
    static func initialsFirst(_ text: String) -> Author? {
        var words = text.split(separator: " ")
        let initials = words.prefix { $0.hasSuffix(".") && isInitials($0) }
        words.removeFirst(initials.count)
        var suffix: String?
        if words.count > 1, let last = words.last, isSuffix(last) {
            suffix = String(last)
            words.removeLast()
        }
        let letters = initials.joined().filter(\.isLetter)
        guard !letters.isEmpty, (1...4).contains(words.count), !["US", "USA", "UK", "EU", "UN"].contains(letters),
            words.allSatisfy({ word in word.allSatisfy { $0.isLetter || "-'\u{2019}.".contains($0) } }),
            words.last?.first?.isUppercase == true,
            words.allSatisfy({ $0.first?.isUppercase == true || isParticle($0) })
        else { return nil }
        return Author(
            family: words.joined(separator: " "), given: initials.joined(separator: " "), initials: letters,
            suffix: suffix)
    }

    /// `Jane Q. van Doe`: a name of which it is known that it is a person's, in reading order.
    static func readingOrder(_ text: String) -> Author? {
        guard let text = FieldText.plain(text) else { return nil }
        let words = text.split(separator: " ")
        guard words.count > 1, !text.contains(",") else { return parse(text) }
        let start = words.dropFirst().dropLast().firstIndex { isParticle($0) } ?? words.count - 1
        var author = Author(family: words[start...].joined(separator: " "))
        setGiven(&author, words[..<start].joined(separator: " "))
        return author
    }

    /// `Doe Jane Q`, `Van Doe Jane`: a person's name of which the family name comes first, without a comma.
    static func familyFirst(_ text: String) -> Author? {
        guard let text = FieldText.plain(text) else { return nil }
        let words = text.split(separator: " ")
        let particles = words.prefix { isParticle($0.lowercased()) }.count
        let count = min(particles + 1, max(1, words.count - 1))
        var author = Author(family: words[..<count].joined(separator: " "))
        setGiven(&author, words[count...].joined(separator: " "))
        return author
    }

    private static func isParticle(_ word: some StringProtocol) -> Bool {
        [
            "de", "da", "di", "du", "dos", "das", "del", "della", "der", "den", "la", "le", "el", "al", "bin", "ten",
            "ter", "van", "von", "vom", "zu",
        ].contains(String(word))
    }

    package static func isSuffix(_ word: some StringProtocol) -> Bool {
        ["Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV", "2nd", "3rd", "4th", "5th", "6th"].contains(String(word))
    }

    private static func withoutComma(_ text: String) -> Author? {
        if let author = familyAndInitials(text) ?? initialsFirst(text) { return author }
        return text.contains(" ") ? Author(collective: text) : Author(family: text)
    }

    private static func setGiven(_ author: inout Author, _ text: String) {
        guard let given = nonEmpty(text) else { return }
        author.given = given
        author.initials = initials(of: given)
    }

    /// The parts between commas that stand outside braces, trimmed.
    private static func split(_ text: String) -> [String] {
        var parts: [String] = []
        var current = ""
        var depth = 0
        for character in text {
            if character == "{" { depth += 1 }
            if character == "}" { depth = max(0, depth - 1) }
            if character == ",", depth == 0 {
                parts.append(FieldText.plain(current) ?? "")
                current = ""
            } else {
                current.append(character)
            }
        }
        parts.append(FieldText.plain(current) ?? "")
        return parts
    }

    private static func needsBraces(_ text: String) -> Bool {
        text.utf8.contains { $0 == 0x2C || $0 == 0x3B || $0 == 0x7B || $0 == 0x7D }
    }

    /// In braces; braces inside become brackets, so that the pair around them stays the only one.
    private static func braced(_ text: String) -> String {
        "{" + text.replacing("{", with: "(").replacing("}", with: ")") + "}"
    }

    private static func unbraced(_ text: String) -> String? {
        guard text.utf8.count > 2, text.hasPrefix("{"), text.hasSuffix("}") else { return nil }
        return FieldText.plain(text.dropFirst().dropLast())
    }

    private static func nonEmpty(_ text: String) -> String? { text.isEmpty ? nil : text }
}

extension Record {
    /// Takes `et al.` off the end of the authors and notes that they are not all there.
    mutating func dropEtAl() {
        guard let last = authors.last, PersonName.isEtAl(last) else { return }
        authors.removeLast()
        authorsComplete = false
    }
}
