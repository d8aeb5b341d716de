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
}
