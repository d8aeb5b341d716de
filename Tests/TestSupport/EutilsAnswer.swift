/// One answer of the loopback E-utilities in the making.
struct EutilsAnswer {
    let corpus: EutilsCorpus
    let behaviour: EutilsService.Behaviour
    let parameters: [String: String]
    private(set) var status = 200
    private(set) var type = "text/xml; charset=UTF-8"
    private(set) var headers: [String: String] = [:]
    private(set) var body: [UInt8] = []

    init(corpus: EutilsCorpus, behaviour: EutilsService.Behaviour, parameters: [String: String]) {
        self.corpus = corpus
        self.behaviour = behaviour
        self.parameters = parameters
    }

    mutating func answer(_ endpoint: String, _ fault: EutilsFault?) {
        switch fault {
        case .answer(let status, let type, let body, let headers):
            say(body, status: status, type: type)
            self.headers = headers
        case .rateLimited(let retryAfter):
            say(
                "{\"error\":\"API rate limit exceeded\",\"api-key\":\"198.51.100.4\",\"count\":\"4\",\"limit\":\"3\"}\n",
                status: 429, type: "application/json")
            if let retryAfter { headers["Retry-After"] = String(retryAfter) }
        case .error(let text, let status):
            let root = ["esearch": "eSearchResult", "efetch": "eFetchResult"][endpoint] ?? "eSummaryResult"
            say("<?xml version=\"1.0\" ?>\n<\(root)>\n\t<ERROR>\(escaped(text))</ERROR>\n</\(root)>\n", status: status)
        case .empty: say("")
        case .webPage:
            say(
                "<!DOCTYPE html>\n<html><head><title>NCBI - Server Error</title></head><body>down</body></html>",
                type: "text/html")
        case .badKey:
            say(
                "{\"error\":\"API key invalid\",\"api-key\":\"\(parameters["api_key"] ?? "none")\",\"count\":\"\"}",
                status: 400, type: "application/json")
        case .redirect(let target):
            say("", status: 302)
            headers["Location"] = target
        default: answerRightly(endpoint, fault)
        }
    }

    private mutating func answerRightly(_ endpoint: String, _ fault: EutilsFault?) {
        switch endpoint {
        case "esearch": search(fault)
        case "efetch": fetch(fault)
        case "esummary": summarise()
        default: say("{\"error\":\"no such utility\"}", status: 404, type: "application/json")
        }
    }

    private mutating func search(_ fault: EutilsFault?) {
        let term = parameters["term"] ?? ""
        let start = Int(parameters["retstart"] ?? "") ?? 0
        let wanted = min(Int(parameters["retmax"] ?? "") ?? 20, behaviour.listLimit)
        if start > 9998 {
            return answer(
                "esearch",
                .error(
                    "Search Backend failed: Exception:\n'retstart' cannot be larger than 9998. For PubMed, ESearch can "
                        + "only retrieve the first 9,999 records matching the query."))
        }
        let hits = self.hits(term)
        let listable = hits.prefix(9999)
        var ids = Array(listable.dropFirst(start).prefix(max(0, wanted)))
        var count = hits.count
        var warnings = behaviour.warnings
        switch fault {
        case .countTooHigh: count += 1
        case .shifted: if let first = ids.first, ids.count > 1 { ids[ids.count - 1] = first }
        case .warning(let kind, let text): warnings.append((kind, text))
        default: break
        }
        if count == 0 { warnings.append(("OutputMessage", "No items found.")) }
        var text = """
            <?xml version="1.0" encoding="UTF-8" ?>
            <!DOCTYPE eSearchResult PUBLIC "-//NLM//DTD esearch 20060628//EN" \
            "https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20060628/esearch.dtd">
            <eSearchResult><Count>\(count)</Count><RetMax>\(ids.count)</RetMax><RetStart>\(start)</RetStart>
            """
        if parameters["usehistory"] == "y" { text += "<QueryKey>1</QueryKey><WebEnv>MCID_0a1b2c</WebEnv>" }
        text += "<IdList>\n" + ids.map { "<Id>\($0)</Id>\n" }.joined() + "</IdList><TranslationSet/>"
        text += "<QueryTranslation>\(escaped(behaviour.translation(term)))</QueryTranslation>"
        text += list("ErrorList", warnings.filter { ["PhraseNotFound", "FieldNotFound"].contains($0.kind) })
        text += list("WarningList", warnings.filter { !["PhraseNotFound", "FieldNotFound"].contains($0.kind) })
        say(text + "</eSearchResult>\n")
    }

    /// Newest first, as PubMed sorts by date.
    private func hits(_ term: String) -> [UInt32] {
        var entries = corpus.entries
        var query = term
        if let range = uidRange(term) {
            entries.removeAll { !range.ids.contains($0.pmid) }
            query = range.query
        }
        if let from = day(parameters["mindate"], end: false), let to = day(parameters["maxdate"], end: true) {
            entries.removeAll { entry in
                entry.published.map { $0.upperBound < from || $0.lowerBound > to } ?? true
            }
        }
        if let finds = behaviour.finds { entries.removeAll { !finds(query, $0) } }
        let all = Set(entries.map(\.pmid)).union(uidRange(term) == nil ? behaviour.gone : [])
        return all.sorted(by: >)
    }

    /// `(query) AND 1:500[UID]`.
    private func uidRange(_ term: String) -> (query: String, ids: ClosedRange<UInt32>)? {
        guard term.hasPrefix("("), term.hasSuffix("[UID]") else { return nil }
        let parts = term.dropLast(5).split(separator: " ")
        guard let last = parts.last, parts.count > 2, parts[parts.count - 2] == "AND" else { return nil }
        let numbers = last.split(separator: ":").compactMap { UInt32($0) }
        guard numbers.count == 2, numbers[0] <= numbers[1] else { return nil }
        let query = parts.dropLast(2).joined(separator: " ").dropFirst().dropLast()
        return (String(query), numbers[0]...numbers[1])
    }

    private func day(_ text: String?, end: Bool) -> Int? {
        let parts = (text ?? "").split(separator: "/").compactMap { Int($0) }
        guard let year = parts.first else { return nil }
        let month = parts.count > 1 ? parts[1] : end ? 12 : 1
        return year * 10_000 + month * 100 + (parts.count > 2 ? parts[2] : end ? 31 : 1)
    }

    /// efetch of `db=pmc`.
    private mutating func fetchArticles() {
        let ids = (parameters["id"] ?? "").split(separator: ",").map(String.init)
        guard !ids.isEmpty else { return answer("efetch", .error("ID list is empty!", status: 400)) }
        say("<?xml version=\"1.0\" ?>\n<pmc-articleset>")
        for id in ids where !behaviour.lostArticles.contains(id) {
            let missing = "<Reply id=\"\(id)\" error=\"The following PMCID is not available: \(id)\"/>"
            body += Array((behaviour.articles[id] ?? missing).utf8)
        }
        body += Array("</pmc-articleset>\n".utf8)
    }

    private mutating func fetch(_ fault: EutilsFault?) {
        if parameters["db"] == "pmc" { return fetchArticles() }
        let ids = (parameters["id"] ?? "").split(separator: ",").compactMap { UInt32($0) }
        guard !ids.isEmpty else {
            return answer("efetch", .error("ID list is empty! Possibly it has no correct IDs.", status: 400))
        }
        if let bad = behaviour.unreadable, ids.contains(bad) {
            return answer("efetch", .error("Cannot process ID list"))
        }
        if let limit = behaviour.fetchLimit, ids.count > limit { return say("", status: 502) }
        var entries = ids.filter { !behaviour.gone.contains($0) && !behaviour.lost.contains($0) }
            .compactMap { corpus[$0] }
        switch fault {
        case .omitted: if !entries.isEmpty { entries.removeFirst() }
        case .doubled: if let first = entries.first { entries.append(first) }
        case .uninvited:
            if let other = corpus.entries.first(where: { !ids.contains($0.pmid) }) { entries.append(other) }
        default: break
        }
        say(
            """
            <?xml version="1.0" ?>
            <!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" \
            "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
            <PubmedArticleSet>

            """)
        for entry in entries { body += entry.xml + [0x0A] }
        body += Array("</PubmedArticleSet>".utf8)
    }

    private mutating func summarise() {
        let ids = (parameters["id"] ?? "").split(separator: ",").compactMap { UInt32($0) }
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<eSummaryResult>\n<DocumentSummarySet status=\"OK\">\n"
        for id in ids {
            let isKnown = (corpus[id] != nil || behaviour.merged[id] != nil) && !behaviour.gone.contains(id)
            guard isKnown else {
                text += "<DocumentSummary uid=\"\(id)\"><error>cannot get document summary</error></DocumentSummary>\n"
                continue
            }
            text += "<DocumentSummary uid=\"\(id)\"><ArticleIds><ArticleId><IdType>pubmed</IdType>"
            text += "<Value>\(behaviour.merged[id] ?? id)</Value></ArticleId></ArticleIds>"
            text += "<DocType>\(corpus[id]?.isBook == true ? "book" : "citation")</DocType></DocumentSummary>\n"
        }
        say(text + "</DocumentSummarySet>\n</eSummaryResult>\n")
    }

    private func list(_ name: String, _ warnings: [(kind: String, text: String)]) -> String {
        guard !warnings.isEmpty else { return "" }
        return "<\(name)>" + warnings.map { "<\($0.kind)>\(escaped($0.text))</\($0.kind)>" }.joined() + "</\(name)>"
    }

    private mutating func say(_ text: String, status: Int = 200, type: String = "text/xml; charset=UTF-8") {
        body = Array(text.utf8)
        self.status = status
        self.type = type
    }

    private func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
