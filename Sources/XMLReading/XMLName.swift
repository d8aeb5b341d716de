/// The name of an element or attribute: its place in the reader's vocabulary. Names with a namespace prefix, and names
/// that are not in the vocabulary, are `unknown`.
package struct XMLName: Hashable, Sendable {
    /// 0 for `unknown`, else 1 plus the index in the vocabulary.
    package let number: UInt16

    package init(number: UInt16) { self.number = number }

    package static let unknown = XMLName(number: 0)
}

/// The element and attribute names that a handler knows. A document may hold any other names besides.
package struct XMLVocabulary: Sendable {
    /// `names[n - 1]` is the spelling of the name with number `n`.
    package let names: [String]
    private let numbers: [String: UInt16]

    /// - Parameter names: each name once, at most 65,534 of them; the first has the number 1.
    package init(_ names: [String]) {
        self.names = Array(names.prefix(Int(UInt16.max) - 1))
        var numbers: [String: UInt16] = [:]
        for (index, name) in self.names.enumerated() where numbers[name] == nil { numbers[name] = UInt16(index + 1) }
        self.numbers = numbers
    }

    package subscript(_ name: String) -> XMLName { XMLName(number: numbers[name] ?? 0) }
}
