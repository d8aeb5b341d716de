/// One page of a search in ClinicalTrials.gov (API version 2: `GET studies`).
struct TrialsRequest: Hashable, Question {
    /// In the syntax of the site's "other terms" (Essie expressions).
    var query: String
    /// First-posted dates, inclusive, `YYYY-MM-DD`.
    var from: String?
    var to: String?
    /// From the page before; nil for the first.
    var pageToken: String?

    /// Studies in one answer.
    var count = pageSize

    /// Whole protocols are some 20 kB each.
    static let pageSize = 100

    var file: String { "studies" }
    var isPost: Bool { false }

    var pairs: [(String, String)] {
        var pairs = [
            ("query.term", query), ("format", "json"), ("countTotal", "true"), ("pageSize", String(count)),
            ("fields", "ProtocolSection,HasResults"), ("sort", "StudyFirstPostDate:asc"),
        ]
        if from != nil || to != nil {
            pairs.append(("filter.advanced", "AREA[StudyFirstPostDate]RANGE[\(from ?? "MIN"),\(to ?? "MAX")]"))
        }
        if let pageToken { pairs.append(("pageToken", pageToken)) }
        return pairs
    }

    var description: String { pageToken == nil ? "studies" : "studies, a later page" }
}
