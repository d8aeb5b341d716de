/// A piece of text from a pipeline file and the line it begins on. The line serves messages only: two texts are the
/// same wherever they stand, and encode as the text alone.
package struct SourceText: Sendable, Hashable, Codable {
    package var text: String
    /// 1-based.
    package var line: Int

    package init(_ text: String, line: Int = 1) {
        self.text = text
        self.line = line
    }

    package init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    package static func == (a: SourceText, b: SourceText) -> Bool { a.text == b.text }
    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// A criterion as the pipeline file states it: what shows that it is met, what shows that it is not, what a person
/// must look at, and what silence means.
package struct CriterionDeclaration: Sendable, Hashable, Codable {
    package enum Silence: String, Sendable, Hashable, Codable, CaseIterable {
        /// What is not said is left open.
        case unclear
        /// What an abstract does not say is taken as met, and the verdict says `presumed`. A record without abstract is
        /// not silent: nothing is presumed of it, so that a title hardly ever includes by itself.
        case met
    }

    package var id: SourceText
    /// The criterion as a question, for people.
    package var question: String
    /// What an exclusion by it is called in the flow and in tables, a short noun phrase: "Not intravenous". nil: the
    /// question.
    package var label: String?
    package var silence: Silence
    /// Words, joined by OR, of which a record must name at least one in any field; a record that names none is not met
    /// whatever the rules say, and its title is the quote. nil: nothing is asked.
    package var needs: SourceText?
    package var rules: [RuleDeclaration]

    package init(
        id: SourceText, question: String = "", label: String? = nil, silence: Silence = .unclear,
        needs: SourceText? = nil, rules: [RuleDeclaration]
    ) {
        self.id = id
        self.question = question
        self.label = label
        self.silence = silence
        self.needs = needs
        self.rules = rules
    }
}

/// One rule of a criterion: words or measures that, where they hold, speak for one verdict.
package struct RuleDeclaration: Sendable, Hashable, Codable {
    /// The name within its criterion; `iv` of criterion `route` is `route.iv` in every output.
    package var id: SourceText
    /// What the rule speaks for. `unclear` asks for a person: it beats `met` and `notMet` unless it is overridden.
    package var verdict: Verdict
    /// The query (see the language page): terms, fields, MeSH, measures.
    package var when: SourceText
    /// Ids of rules of this criterion that do not count where this one holds; `all`: every rule that says otherwise and
    /// does not itself override this one.
    package var overrides: [SourceText]
    /// The rule is in force only where each of these switches has one of these values.
    package var onlyIf: [SwitchCondition]
    /// Texts in which the rule must hold, and texts in which it must not.
    package var passes: [ExampleText]
    package var fails: [ExampleText]

    static let all = "all"
    var overridesAll: Bool { overrides.contains { $0.text == Self.all } }

    package init(
        id: SourceText, verdict: Verdict, when: SourceText, overrides: [SourceText] = [],
        onlyIf: [SwitchCondition] = [], passes: [ExampleText] = [], fails: [ExampleText] = []
    ) {
        self.id = id
        self.verdict = verdict
        self.when = when
        self.overrides = overrides
        self.onlyIf = onlyIf
        self.passes = passes
        self.fails = fails
    }
}

/// A question of protocol that a rule depends on.
package struct SwitchCondition: Sendable, Hashable, Codable {
    package var name: SourceText
    package var values: [String]

    package init(name: SourceText, values: [String]) {
        self.name = name
        self.values = values
    }
}

/// An invented record to try a rule on. A plain text stands for an abstract.
package struct ExampleText: Sendable, Hashable, Codable {
    package var title: String?
    package var abstract: String?
    package var keywords: [String]
    package var mesh: [String]
    package var publicationTypes: [String]
    /// Relations to other records by their words in PubMed: `RetractionIn`.
    package var relations: [String]
    /// 1-based line of the pipeline file; not part of what the example is.
    package var line: Int

    private enum CodingKeys: String, CodingKey { case title, abstract, keywords, mesh, publicationTypes, relations }

    package init(
        title: String? = nil, abstract: String? = nil, keywords: [String] = [], mesh: [String] = [],
        publicationTypes: [String] = [], relations: [String] = [], line: Int = 1
    ) {
        self.keywords = keywords
        self.title = title
        self.abstract = abstract
        self.mesh = mesh
        self.publicationTypes = publicationTypes
        self.relations = relations
        self.line = line
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            title: try values.decodeIfPresent(String.self, forKey: .title),
            abstract: try values.decodeIfPresent(String.self, forKey: .abstract),
            keywords: try values.decodeIfPresent([String].self, forKey: .keywords) ?? [],
            mesh: try values.decode([String].self, forKey: .mesh),
            publicationTypes: try values.decode([String].self, forKey: .publicationTypes),
            relations: try values.decodeIfPresent([String].self, forKey: .relations) ?? [])
    }

    package static func == (a: ExampleText, b: ExampleText) -> Bool {
        a.title == b.title && a.abstract == b.abstract && a.keywords == b.keywords && a.mesh == b.mesh
            && a.publicationTypes == b.publicationTypes && a.relations == b.relations
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(title)
        hasher.combine(abstract)
    }
}

/// Everything a `Screener` is made from.
package struct ScreeningDeclaration: Sendable, Hashable, Codable {
    /// Named blocks of a search, `#ketamine` in a query, as in a database's search history. A block may use those above it.
    package var concepts: [ConceptDeclaration]
    /// In order of precedence of reasons.
    package var criteria: [CriterionDeclaration]
    /// The value of each switch.
    package var switches: [String: String]
    /// Parts of the MeSH tree that the review needs beside those that are shipped.
    package var mesh: [MeshBranch]
    package var names: MeasureNames

    package init(
        concepts: [ConceptDeclaration] = [], criteria: [CriterionDeclaration], switches: [String: String] = [:],
        mesh: [MeshBranch] = [], names: MeasureNames = MeasureNames()
    ) {
        self.mesh = mesh
        self.names = names
        self.concepts = concepts
        self.criteria = criteria
        self.switches = switches
    }

    /// Declarations that older versions kept have no names.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        concepts = try values.decode([ConceptDeclaration].self, forKey: .concepts)
        criteria = try values.decode([CriterionDeclaration].self, forKey: .criteria)
        switches = try values.decode([String: String].self, forKey: .switches)
        mesh = try values.decode([MeshBranch].self, forKey: .mesh)
        names = try values.decodeIfPresent(MeasureNames.self, forKey: .names) ?? MeasureNames()
    }
}

/// A MeSH heading and headings that stand below it, so that `[mh]` covers them.
package struct MeshBranch: Sendable, Hashable, Codable {
    package var name: SourceText
    package var below: [SourceText]

    package init(name: SourceText, below: [SourceText]) {
        self.name = name
        self.below = below
    }
}

package struct ConceptDeclaration: Sendable, Hashable, Codable {
    package var name: SourceText
    package var query: SourceText

    package init(name: SourceText, query: SourceText) {
        self.name = name
        self.query = query
    }
}
