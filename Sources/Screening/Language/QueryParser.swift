import Annotation

/// Reads a query: `ketamin*[tiab] AND (infus* NEAR/5 "0.5 mg/kg" OR route = intravenous) NOT "nasal spray"`.
///
/// Where databases disagree about what a query means (AND beside OR without parentheses, two terms without an
/// operator), it is refused with the two ways of writing it, so that nothing is searched that was not meant.
struct QueryParser {
    /// Groups inside groups; deeper than anyone writes, shallow enough for any stack.
    static let deepest = 40

    private let tokens: [QueryToken]
    private let length: Int
    private var position = 0
    private var depth = 0
    private let concepts: [String: Query]
    private let switches: [String: String]
    private let mesh: [MeshTree.Heading]
    private let names: MeasureNames

    /// - Parameters:
    ///   - concepts: the named blocks that may be used.
    ///   - switches: the values that `$name` stands for.
    ///   - mesh: headings of the review's own, beside those that are shipped.
    ///   - names: the review's own, beside those that are known here.
    static func parse(
        _ text: String, concepts: [String: Query], switches: [String: String], mesh: [MeshTree.Heading] = [],
        names: MeasureNames = MeasureNames()
    ) throws(QueryProblem) -> Query {
        var parser = QueryParser(
            tokens: try QueryLexer.tokens(of: text), length: text.utf8.count, concepts: concepts, switches: switches,
            mesh: mesh, names: names)
        guard !parser.tokens.isEmpty else {
            throw QueryProblem(offset: 0, message: "the query is empty", accepted: "terms or measures")
        }
        let query = try parser.expression()
        if let extra = parser.current {
            throw QueryProblem(
                offset: extra.offset, found: extra.text,
                message: extra.kind == .close
                    ? "a closing parenthesis without its opening one" : "nothing can follow here")
        }
        return query
    }

    private init(
        tokens: [QueryToken], length: Int, concepts: [String: Query], switches: [String: String],
        mesh: [MeshTree.Heading], names: MeasureNames
    ) {
        self.mesh = mesh
        self.names = names
        self.tokens = tokens
        self.length = length
        self.concepts = concepts
        self.switches = switches
    }

    private var current: QueryToken? { position < tokens.count ? tokens[position] : nil }
    private var next: QueryToken? { position + 1 < tokens.count ? tokens[position + 1] : nil }

    /// AND, OR and NOT over proximities.
    private mutating func expression() throws(QueryProblem) -> Query {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else {
            throw QueryProblem(
                offset: current?.offset ?? length, message: "parentheses nested deeper than \(Self.deepest)",
                accepted: "named blocks under concepts, #name")
        }
        var parts = [try negatable()]
        var joining: QueryToken.Kind?
        while let token = current {
            switch token.kind {
            case .and, .or:
                try require(token, agreesWith: &joining)
                position += 1
                parts.append(try negatable())
            case .not:
                // `a NOT b` is `a AND NOT b` in every database.
                try require(token, agreesWith: &joining)
                position += 1
                parts.append(.not(try proximity()))
            case .close: return Self.joined(parts, by: joining)
            default:
                throw QueryProblem(
                    offset: token.offset, found: token.text, message: "two terms without an operator between them",
                    accepted: "AND, OR, NOT, NEAR/n, or quotation marks around a phrase")
            }
        }
        return Self.joined(parts, by: joining)
    }

    private func require(_ token: QueryToken, agreesWith joining: inout QueryToken.Kind?) throws(QueryProblem) {
        let kind: QueryToken.Kind = token.kind == .or ? .or : .and
        if let joining, joining != kind {
            throw QueryProblem(
                offset: token.offset, found: token.text,
                message: "AND or NOT beside OR without parentheses: databases read this in different orders",
                accepted: "(a OR b) AND c, or a OR (b AND c)")
        }
        joining = kind
    }

    private static func joined(_ parts: [Query], by joining: QueryToken.Kind?) -> Query {
        guard parts.count > 1 else { return parts[0] }
        return joining == .or ? .or(parts) : .and(parts)
    }

    private mutating func negatable() throws(QueryProblem) -> Query {
        if current?.kind == .not {
            position += 1
            return .not(try proximity())
        }
        return try proximity()
    }

    private mutating func proximity() throws(QueryProblem) -> Query {
        var left = try operand()
        while let token = current, case .near(let distance, let ordered) = token.kind {
            position += 1
            let right = try operand()
            guard left.hasPlaces, right.hasPlaces else {
                throw QueryProblem(
                    offset: token.offset, found: token.text, message: "only words have a place to measure from",
                    accepted: "terms, phrases and OR groups of them on both sides")
            }
            left = .near(left, right, distance: distance, ordered: ordered)
        }
        return left
    }

    private mutating func operand() throws(QueryProblem) -> Query {
        guard let token = current else {
            throw QueryProblem(
                offset: length, message: "the query ends where a term is expected",
                accepted:
                    "a term; where a #concept follows, write the query below 'when: >-', for # after a space begins a comment in YAML"
            )
        }
        switch token.kind {
        case .open:
            position += 1
            let inner = try expression()
            guard current?.kind == .close else {
                throw QueryProblem(offset: token.offset, found: "(", message: "a parenthesis that is never closed")
            }
            position += 1
            return try scoped(inner)
        case .concept(let name):
            position += 1
            guard let query = concepts[name] else {
                throw QueryProblem(
                    offset: token.offset, found: token.text, message: "no concept of this name stands above",
                    accepted: concepts.isEmpty
                        ? "a name from concepts" : NearestWord.hint(name, among: concepts.keys.sorted()))
            }
            return try scoped(query)
        case .phrase(let text):
            position += 1
            return try term(text, token)
        case .word(let text):
            if let measure = try measure(text, token) { return measure }
            position += 1
            return try term(text, token)
        default:
            throw QueryProblem(
                offset: token.offset, found: token.text, message: "a term is expected here",
                accepted: "a word, a \"phrase\", a measure, #concept or (")
        }
    }

    // MARK: Terms and fields

    private mutating func term(_ text: String, _ token: QueryToken) throws(QueryProblem) -> Query {
        var scope = FieldScope.all
        if case .tag(let tag, let bracketed)? = current?.kind, let tagToken = current {
            position += 1
            switch tag {
            case "mh", "mh:noexp", "mesh", "mesh:noexp":
                return .heading(
                    try MeshTree.headings(text, exploded: !tag.hasSuffix("noexp"), added: mesh, at: token))
            case "pt": return .heading(try PublicationTypeTable.types(text, at: token))
            default:
                if bracketed, let distance = Self.pubmedProximity(tag, "tiab") ?? Self.pubmedProximity(tag, "ti") {
                    return try pubmedNear(text, distance, titleOnly: !tag.hasPrefix("tiab"), token)
                }
                scope = try Self.scope(tag, tagToken)
            }
        }
        return .term(try Self.words(text, token), scope)
    }

    /// The words of a term, folded as texts are.
    private static func words(_ text: String, _ token: QueryToken) throws(QueryProblem) -> [String] {
        let words = WordPattern.words(of: text)
        guard !words.isEmpty else {
            throw QueryProblem(offset: token.offset, found: token.text, message: "no letter or digit to search for")
        }
        for word in words where WordPattern.isTooShort(word) {
            throw QueryProblem(
                offset: token.offset, found: token.text, message: "too little stands before or after *",
                accepted: "at least three letters or digits")
        }
        return words
    }

    /// A field on a group or a concept holds for every term in it that names none of its own.
    private mutating func scoped(_ query: Query) throws(QueryProblem) -> Query {
        guard case .tag(let tag, _)? = current?.kind, let token = current else { return query }
        position += 1
        return Self.applying(try Self.scope(tag, token), to: query)
    }

    private static func applying(_ scope: FieldScope, to query: Query) -> Query {
        switch query {
        case .term(let words, .all): .term(words, scope)
        case .term, .heading, .measure: query
        case .and(let parts): .and(parts.map { applying(scope, to: $0) })
        case .or(let parts): .or(parts.map { applying(scope, to: $0) })
        case .not(let part): .not(applying(scope, to: part))
        case .near(let a, let b, let distance, let ordered):
            .near(applying(scope, to: a), applying(scope, to: b), distance: distance, ordered: ordered)
        }
    }

    static func scope(_ tag: String, _ token: QueryToken) throws(QueryProblem) -> FieldScope {
        var whole: FieldScope?
        for name in tag.split(separator: ",") {
            guard let scope = FieldScope.named(String(name)) else {
                throw QueryProblem(
                    offset: token.offset, found: String(name), message: "not a field",
                    accepted: NearestWord.hint(String(name), among: FieldScope.names))
            }
            if whole == nil { whole = scope } else { whole?.formUnion(scope) }
        }
        guard let whole else {
            throw QueryProblem(
                offset: token.offset, found: token.text, message: "a field is expected here",
                accepted: FieldScope.names.joined(separator: ", "))
        }
        return whole
    }

    /// `[tiab:~5]`: the number of words that may stand between.
    private static func pubmedProximity(_ tag: String, _ field: String) -> Int? {
        guard tag.hasPrefix(field + ":~"), let distance = Int(tag.dropFirst(field.count + 2)), distance >= 0,
            distance < QueryLexer.longestDistance
        else { return nil }
        return distance
    }

    private func pubmedNear(
        _ text: String, _ between: Int, titleOnly: Bool, _ token: QueryToken
    ) throws(QueryProblem) -> Query {
        let words = try Self.words(text, token)
        guard words.count == 2, let scope = FieldScope.named(titleOnly ? "ti" : "tiab") else {
            throw QueryProblem(
                offset: token.offset, found: token.text, message: "PubMed's proximity is read for two words",
                accepted: "a NEAR/n b NEAR/n c")
        }
        return .near(.term([words[0]], scope), .term([words[1]], scope), distance: between + 1, ordered: false)
    }

    // MARK: Measures

    /// A measure such as `dose(ketamine) <= 1 mg/kg`; nil where the word is an ordinary term.
    private mutating func measure(_ text: String, _ token: QueryToken) throws(QueryProblem) -> Query? {
        var reader = MeasureReader(tokens: tokens, position: position, switches: switches, names: names)
        guard let condition = try reader.read(text, token) else { return nil }
        position = reader.position
        return .measure(condition)
    }
}
