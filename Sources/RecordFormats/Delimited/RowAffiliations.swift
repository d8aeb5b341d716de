import Bibliography

/// Where the authors of a row worked, as tables of databases have it.
enum RowAffiliations {
    /// - Parameters:
    ///   - named: Scopus's `Authors with affiliations`: `Doe J., Department, City; Roe R., Clinic, Town`.
    ///   - addresses: `Affiliations` or `Addresses`, parted by semicolons; Web of Science names authors before them, in
    ///     brackets.
    static func add(named: String?, addresses: String?, to authors: inout [Author]) {
        if let named, addNamed(FieldText.list(named), to: &authors) { return }
        if let addresses { NamedAuthors.add(addresses: split(addresses), to: &authors) }
    }

    /// Each author's own place, where the list has as many items as there are authors and each begins with its name;
    /// otherwise nothing is added.
    private static func addNamed(_ items: [String], to authors: inout [Author]) -> Bool {
        guard items.count == authors.count else { return false }
        var places: [String] = []
        for (item, author) in zip(items, authors) {
            guard let family = author.family, item.hasPrefix(family) else { return false }
            let parts = item.dropFirst(family.count).split(separator: ",", omittingEmptySubsequences: false)
                .compactMap { FieldText.plain($0) }
            // `Doe J., ...` and `Doe, J., ...`; a part like `UK` alone is a place, and stands last.
            let rest = parts.first.map(isGivenName) == true ? parts.dropFirst() : parts[...]
            places.append(rest.joined(separator: ", "))

            func isGivenName(_ part: String) -> Bool {
                part == author.given || part == author.initials || PersonName.isInitials(part)
            }
        }
        for (index, place) in places.enumerated() where !place.isEmpty { authors[index].affiliations.append(place) }
        return true
    }

    /// At semicolons outside the brackets that hold names.
    private static func split(_ text: String) -> [String] {
        var items: [String] = [""]
        var isInBrackets = false
        for character in text {
            if character == "[", items[items.count - 1].allSatisfy(\.isWhitespace) { isInBrackets = true }
            if character == "]" { isInBrackets = false }
            if character == ";", !isInBrackets {
                items.append("")
            } else {
                items[items.count - 1].append(character)
            }
        }
        return items.compactMap { FieldText.plain($0) }
    }
}
