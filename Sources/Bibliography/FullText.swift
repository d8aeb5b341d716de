/// The full text of an article: everything that is printed below the abstract, in the order of the article, the list
/// of references left out. Title, ids, authors and abstract are its `Record`.
package struct FullText: Hashable, Sendable {
    /// What became of the body of the article.
    package enum Body: Hashable, Sendable {
        case given
        /// The source has the article, but may only hand out its front matter; its words for that.
        case withheld(String)
        /// There is front matter only, and nobody says why.
        case absent
    }

    package var body: Body
    package var parts: [Part]

    package init(body: Body, parts: [Part]) {
        self.body = body
        self.parts = parts
    }

    /// A paragraph, a table or a figure's caption, with the headings above it.
    package struct Part: Hashable, Sendable {
        /// From the outermost section inwards, as printed: `Methods`, `2.1 Participants`.
        package var headings: [String]
        /// The source's own word for what the outermost section that has one is (`methods`, `COI-statement`).
        package var kind: String?
        package var content: Content

        package init(headings: [String], kind: String? = nil, content: Content) {
            self.headings = headings
            self.kind = kind
            self.content = content
        }
    }

    package enum Content: Hashable, Sendable {
        case paragraph(String)
        case table(TextTable)
        case figure(label: String?, caption: String)
    }
}
