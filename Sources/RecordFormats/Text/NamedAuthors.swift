import Bibliography

/// The authors of one entry by the names under which its addresses call them: looked up, since an entry may have
/// thousands of both.
struct NamedAuthors {
    /// More of one name are no different people, and would each get every address.
    private static let mostOfOneName = 10
    private var places: [String: [Int]] = [:]

    init(_ authors: [Author], name: (Author) -> String?) {
        for (index, author) in authors.enumerated() {
            guard let name = name(author), places[name, default: []].count < Self.mostOfOneName else { continue }
            places[name, default: []].append(index)
        }
    }

    /// Where the authors of these names stand, in order, each once.
    func places(of names: some Sequence<String>) -> [Int] { Set(names.flatMap { places[$0] ?? [] }).sorted() }

    /// Web of Science's `[Doe, Jane; Roe, Richard] Address` gives the address to those it names; an address without names, or
    /// with names of none of them, stands with the first.
    static func add(addresses: [String], to authors: inout [Author]) {
        guard !authors.isEmpty else { return }
        let known = NamedAuthors(authors) { PersonName.text($0) }
        for address in addresses {
            guard address.hasPrefix("["), let close = address.firstIndex(of: "]"),
                let place = FieldText.plain(address[address.index(after: close)...])
            else {
                authors[0].affiliations.append(address)
                continue
            }
            let matches = known.places(of: FieldText.list(address[..<close].dropFirst()))
            for index in matches.isEmpty ? [0] : matches { authors[index].affiliations.append(place) }
        }
    }
}
