/// The kinds of links that the store holds.
enum LinkKind {
    static let duplicate = "duplicate"
    /// Too close to call: waits for a person.
    static let possibleDuplicate = "possibleDuplicate"
    /// Documents that belong together and stay apart: an erratum and its article.
    static let related = "related"
    /// The score of a relation that the texts suggest; one that a source states has 1.
    static let textScore = 0.8
    static let sameStudy = "sameStudy"
    /// Waits for a person.
    static let possibleStudy = "possibleStudy"
    /// Told apart by a person.
    static let otherStudy = "otherStudy"
}
