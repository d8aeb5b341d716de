/// A word or sign of a query, and where it stands.
struct QueryToken: Hashable {
    enum Kind: Hashable {
        /// A bare word, truncation marks included.
        case word(String)
        /// The text between quotation marks.
        case phrase(String)
        /// `#name`.
        case concept(String)
        /// `$name`: the value of a switch.
        case switchValue(String)
        /// `[tiab]`, `:ti,ab`: the text inside, in lower case; the flag tells brackets.
        case tag(String, bracketed: Bool)
        case comparison(MeasureCondition.Comparison)
        case bar, open, close
        case and, or, not
        case near(distance: Int, ordered: Bool)
    }

    var kind: Kind
    /// UTF-8 offset into the query.
    var offset: Int
    /// As written, for messages.
    var text: String
}

/// What a query cannot be read for.
struct QueryProblem: Error, Hashable {
    var offset: Int
    var found: String
    var message: String
    var accepted: String

    init(offset: Int, found: String = "", message: String, accepted: String = "") {
        self.offset = offset
        self.found = found
        self.message = message
        self.accepted = accepted
    }
}

/// Cuts a query into words and signs.
struct QueryLexer {
    /// No proximity operator of any database reaches further, and nothing written by hand is longer.
    static let longestDistance = 200
    static let longestQuery = 50_000

    private let bytes: [UInt8]
    private var position = 0
    private var tokens: [QueryToken] = []

    static func tokens(of query: String) throws(QueryProblem) -> [QueryToken] {
        var lexer = QueryLexer(query)
        try lexer.run()
        return lexer.tokens
    }

    private init(_ query: String) {
        // Word processors turn quotation marks; a query means the same with either.
        let plain =
            query.utf8.allSatisfy { $0 < 0x80 }
            ? query
            : query.replacing("\u{201C}", with: "\"").replacing("\u{201D}", with: "\"")
                .replacing("\u{2264}", with: "<=").replacing("\u{2265}", with: ">=")
        bytes = Array(plain.utf8)
    }

    private mutating func run() throws(QueryProblem) {
        guard bytes.count <= Self.longestQuery else {
            throw QueryProblem(
                offset: 0, message: "the query is longer than \(Self.longestQuery) characters",
                accepted: "named blocks under concepts, #name")
        }
        while position < bytes.count {
            let start = position
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            case UInt8(ascii: "("): single(.open)
            case UInt8(ascii: ")"): single(.close)
            case UInt8(ascii: "|"): single(.bar)
            case UInt8(ascii: "\""): try phrase(from: start)
            case UInt8(ascii: "["): try bracketTag(from: start)
            case UInt8(ascii: ":"): try colonTag(from: start)
            case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "="), UInt8(ascii: "!"): try comparison(from: start)
            case UInt8(ascii: "#"): try name(from: start, what: "concept") { .concept($0) }
            case UInt8(ascii: "$"): try name(from: start, what: "switch") { .switchValue($0) }
            case UInt8(ascii: "]"):
                throw QueryProblem(offset: start, found: "]", message: "a ] without its [")
            default: try word(from: start)
            }
        }
    }

    private mutating func single(_ kind: QueryToken.Kind) {
        tokens.append(QueryToken(kind: kind, offset: position, text: text(position..<position + 1)))
        position += 1
    }

    private mutating func phrase(from start: Int) throws(QueryProblem) {
        guard let end = bytes[(start + 1)...].firstIndex(of: UInt8(ascii: "\"")) else {
            throw QueryProblem(
                offset: start, found: text(start..<min(bytes.count, start + 20)),
                message: "a quotation mark that is never closed")
        }
        position = end + 1
        append(.phrase(text(start + 1..<end)), from: start)
    }

    private mutating func bracketTag(from start: Int) throws(QueryProblem) {
        guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "]")) else {
            throw QueryProblem(
                offset: start, found: text(start..<min(bytes.count, start + 12)), message: "a [ that is never closed",
                accepted: "a field in brackets, [tiab]")
        }
        position = end + 1
        append(.tag(text(start + 1..<end).lowercased().filter { $0 != " " }, bracketed: true), from: start)
    }

    private mutating func colonTag(from start: Int) throws(QueryProblem) {
        position += 1
        while position < bytes.count, isLetter(bytes[position]) || bytes[position] == UInt8(ascii: ",") {
            position += 1
        }
        guard position > start + 1 else {
            throw QueryProblem(
                offset: start, found: ":", message: "a colon without a field",
                accepted: FieldScope.names.map { ":" + $0 }.joined(separator: ", "))
        }
        append(.tag(text(start + 1..<position).lowercased(), bracketed: false), from: start)
    }

    private mutating func comparison(from start: Int) throws(QueryProblem) {
        position += 1
        if position < bytes.count, bytes[position] == UInt8(ascii: "=") { position += 1 }
        let sign = text(start..<position)
        guard let comparison = MeasureCondition.Comparison(rawValue: sign) else {
            throw QueryProblem(
                offset: start, found: sign, message: "not a comparison", accepted: "<, <=, =, !=, >=, >")
        }
        append(.comparison(comparison), from: start)
    }

    private mutating func name(
        from start: Int, what: String, _ kind: (String) -> QueryToken.Kind
    ) throws(QueryProblem) {
        position += 1
        while position < bytes.count, isLetter(bytes[position]) || isDigit(bytes[position]) || bytes[position] == 0x2D {
            position += 1
        }
        guard position > start + 1 else {
            throw QueryProblem(
                offset: start, found: text(start..<start + 1), message: "the name of a \(what) is missing here")
        }
        append(kind(text(start + 1..<position)), from: start)
    }

    private mutating func word(from start: Int) throws(QueryProblem) {
        while position < bytes.count, !Self.endsWord(bytes[position]) { position += 1 }
        let word = text(start..<position)
        switch word {
        case "AND": append(.and, from: start)
        case "OR": append(.or, from: start)
        case "NOT": append(.not, from: start)
        case "and", "or", "not", "near", "And", "Or", "Not":
            throw QueryProblem(
                offset: start, found: word, message: "operators are written in capitals",
                accepted: "\(word.uppercased()), or \"\(word)\" in quotation marks for the word itself")
        default:
            if let near = try proximity(word, at: start) {
                append(near, from: start)
            } else {
                append(.word(word), from: start)
            }
        }
    }

    /// `NEAR/3`, `NEAR3`, `ADJ3`, `ADJ`, `NEXT/3`, `NEXT`, `PRE/3`, `W/3`-like operators of the databases.
    private func proximity(_ word: String, at start: Int) throws(QueryProblem) -> QueryToken.Kind? {
        for (name, ordered, alone) in [("NEAR", false, 6), ("ADJ", false, 1), ("NEXT", true, 1), ("PRE", true, 1)]
        where word.hasPrefix(name) {
            let rest = word.dropFirst(name.count).drop { $0 == "/" }
            // Ovid's ADJ without a number is "next to each other, in this order".
            if rest.isEmpty { return .near(distance: alone, ordered: ordered || name == "ADJ") }
            guard rest.allSatisfy(\.isNumber) else { continue }
            guard let distance = Int(rest), distance >= 1, distance <= Self.longestDistance else {
                throw QueryProblem(
                    offset: start, found: word, message: "words cannot be that far apart",
                    accepted: "\(name)/1 to \(name)/\(Self.longestDistance)")
            }
            return .near(distance: distance, ordered: ordered)
        }
        return nil
    }

    private mutating func append(_ kind: QueryToken.Kind, from start: Int) {
        tokens.append(QueryToken(kind: kind, offset: start, text: text(start..<position)))
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    private static func endsWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"),
            UInt8(ascii: "\""), UInt8(ascii: ":"), UInt8(ascii: "|"), UInt8(ascii: "<"), UInt8(ascii: ">"),
            UInt8(ascii: "="), UInt8(ascii: "!"):
            true
        default: false
        }
    }

    private func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }
    private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
