/// One question to the E-utilities, without who asks.
struct EntrezRequest: Hashable, Question {
    enum Endpoint: String, Sendable {
        case esearch = "esearch.fcgi"
        case efetch = "efetch.fcgi"
        case esummary = "esummary.fcgi"
    }

    var endpoint: Endpoint
    var parameters: [RequestKey.Parameter]

    private init(_ endpoint: Endpoint, _ parameters: [(String, String)]) {
        self.endpoint = endpoint
        self.parameters = parameters.map { RequestKey.Parameter(name: $0.0, value: $0.1) }
    }

    /// The most that PubMed lists of one query: "the first 9,999 records".
    static let listLimit = 9999

    static func search(_ query: SearchQuery, start: Int, count: Int) -> EntrezRequest {
        var parameters = [
            ("db", "pubmed"), ("term", query.term), ("retmode", "xml"), ("rettype", "uilist"), ("sort", "pub_date"),
            ("retstart", String(start)), ("retmax", String(count)),
        ]
        if let window = query.window {
            parameters += [("datetype", "pdat"), ("mindate", window.from), ("maxdate", window.to)]
        }
        return EntrezRequest(.esearch, parameters)
    }

    static func fetch(_ ids: [String]) -> EntrezRequest {
        EntrezRequest(.efetch, [("db", "pubmed"), ("id", ids.joined(separator: ",")), ("retmode", "xml")])
    }

    static let fullTextDatabase = "pmc"

    /// - Parameter ids: PMC ids without `PMC`.
    static func fullTexts(_ ids: [String]) -> EntrezRequest {
        EntrezRequest(.efetch, [("db", fullTextDatabase), ("id", ids.joined(separator: ",")), ("retmode", "xml")])
    }

    static func summary(_ ids: [String]) -> EntrezRequest {
        EntrezRequest(
            .esummary,
            [("db", "pubmed"), ("id", ids.joined(separator: ",")), ("retmode", "xml"), ("version", "2.0")])
    }

    /// Ids and long queries go in a body: addresses of some thousand characters are answered with 414.
    var isPost: Bool {
        endpoint != .esearch || FormEncoding.encode(pairs).utf8.count > 1500
    }

    var file: String { endpoint.rawValue }

    var pairs: [(String, String)] { parameters.map { ($0.name, $0.value) } }

    /// For messages: what was asked, without the list of ids.
    var description: String {
        switch endpoint {
        case .esearch:
            let start = parameters.first { $0.name == "retstart" }?.value ?? "0"
            return start == "0" ? "esearch" : "esearch from hit \(start)"
        case .efetch, .esummary:
            let ids = parameters.first { $0.name == "id" }?.value.split(separator: ",") ?? []
            let name = endpoint == .efetch ? "efetch" : "esummary"
            let what = parameters.contains { $0.name == "db" && $0.value == Self.fullTextDatabase } ? "PMC id" : "PMID"
            guard let first = ids.first, let last = ids.last, ids.count > 1 else {
                return "\(name) of \(what) \(ids.first ?? "")"
            }
            return "\(name) of \(ids.count) \(what)s (\(first) to \(last))"
        }
    }
}

/// A query with its publication-date window, as PubMed is asked.
struct SearchQuery: Hashable {
    struct Window: Hashable {
        /// `YYYY/MM/DD`, `YYYY/MM` or `YYYY`.
        var from: String
        var to: String
    }

    var term: String
    var window: Window?

    init(term: String, window: Window?) {
        self.term = term
        self.window = window
    }

    /// - Throws: `RetrievalError.usage` for an empty query or a date that is none.
    init(_ request: SourceRequest) throws {
        guard request.query.contains(where: { !$0.isWhitespace }) else {
            throw RetrievalError.usage("source '\(request.id)': the query is empty")
        }
        term = request.query
        guard request.from != nil || request.to != nil else { return }
        // PubMed takes the two only together.
        let from = try Self.date(request.from ?? "1800-01-01", "from", request.id)
        let to = try Self.date(request.to ?? "3000-12-31", "to", request.id)
        guard Self.isOrdered(from, to) else {
            throw RetrievalError.usage(
                "source '\(request.id)': 'from' (\(from.joined(separator: "-"))) is after 'to' "
                    + "(\(to.joined(separator: "-")))")
        }
        window = Window(from: from.joined(separator: "/"), to: to.joined(separator: "/"))
    }

    /// The same search among PMIDs from `low` to `high`.
    func within(_ low: Int, _ high: Int) -> SearchQuery {
        SearchQuery(term: "(\(term)) AND \(low):\(high)[UID]", window: window)
    }

    private static func date(_ text: String, _ key: String, _ source: String) throws -> [String] {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        let widths = [4, 2, 2]
        let isDate =
            (1...3).contains(parts.count)
            && zip(parts, widths).allSatisfy { part, width in
                part.utf8.count == width && part.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
            }
        let numbers = parts.compactMap { Int($0) }
        guard isDate, numbers.count < 2 || (1...12).contains(numbers[1]), numbers.count < 3 || isDay(numbers) else {
            throw RetrievalError.usage(
                "source '\(source)': '\(key)' is '\(text)', which is no date; write YYYY-MM-DD, YYYY-MM or YYYY")
        }
        return parts
    }

    private static func isDay(_ numbers: [Int]) -> Bool {
        let date = CivilDate(year: numbers[0], month: numbers[1], day: numbers[2])
        return CivilDate(daysSince1970: date.daysSince1970) == date
    }

    private static func isOrdered(_ a: [String], _ b: [String]) -> Bool {
        for (left, right) in zip(a, b) where left != right { return left < right }
        return true
    }
}
