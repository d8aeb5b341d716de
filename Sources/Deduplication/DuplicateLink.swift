package import Bibliography

/// Why two records are taken for one report, or, with `review`, why a person should look whether they are.
package struct DuplicateLink: Hashable, Codable, Sendable {
    /// The smaller id first.
    package var a: RecordID
    package var b: RecordID
    /// A word that stays the same from release to release: `pmid`, `doi`, `title-author-journal-pages` ...
    package var reason: String
    /// 0...1; 1 for an identifier.
    package var score: Double
    package var review: Bool

    package init(a: RecordID, b: RecordID, reason: String, score: Double, review: Bool) {
        self.a = min(a, b)
        self.b = max(a, b)
        self.reason = reason
        self.score = score
        self.review = review
    }

    static func isOrdered(_ x: DuplicateLink, _ y: DuplicateLink) -> Bool {
        (x.a, x.b, x.reason) < (y.a, y.b, y.reason)
    }
}

/// Two documents that belong together and stay apart: both are reports.
package struct ReportRelation: Hashable, Codable, Sendable {
    package enum Kind: String, Codable, Sendable, CaseIterable {
        case preprintArticle = "preprint-article"
        case erratumArticle = "erratum-article"
        case retractionArticle = "retraction-article"
        case concernArticle = "concern-article"
        case commentArticle = "comment-article"
        case abstractArticle = "abstract-article"
        case update = "update"
    }

    package var kind: Kind
    /// The preprint, the notice, the comment, the abstract, the newer version.
    package var from: RecordID
    /// What it belongs to.
    package var to: RecordID
    /// `title-author` where the texts say so, else the source's own word (`ErratumFor`).
    package var reason: String

    package static let fromTheTexts = "title-author"
    package var isFromTheTexts: Bool { reason == Self.fromTheTexts }

    package init(kind: Kind, from: RecordID, to: RecordID, reason: String) {
        self.kind = kind
        self.from = from
        self.to = to
        self.reason = reason
    }

    static func isOrdered(_ x: ReportRelation, _ y: ReportRelation) -> Bool {
        (x.from, x.to, x.kind.rawValue, x.reason) < (y.from, y.to, y.kind.rawValue, y.reason)
    }
}

/// Records joined into reports, and why.
package struct DeduplicationResult: Sendable {
    /// Sorted by their smallest record.
    package var reports: [Report]
    /// Links that hold reports together, sorted.
    package var links: [DuplicateLink]
    /// Pairs too close to call, sorted; their records are in different reports.
    package var review: [DuplicateLink]
    /// Documents that belong together without being one, sorted.
    package var relations: [ReportRelation]
    /// For each record, in the order in which they were given, the position of its report in `reports`.
    package var reportOfRecord: [Int]
    /// How many pairs were compared for this result, and how many records stand in them.
    package var compared: Int
    package var comparedRecords: Int
    /// What a later run may start from; empty where none was asked for.
    package var comparisons: Comparisons

    package init(
        reports: [Report] = [], links: [DuplicateLink] = [], review: [DuplicateLink] = [],
        relations: [ReportRelation] = [], reportOfRecord: [Int] = [], compared: Int = 0, comparedRecords: Int = 0,
        comparisons: Comparisons = .none
    ) {
        self.reports = reports
        self.links = links
        self.review = review
        self.relations = relations
        self.reportOfRecord = reportOfRecord
        self.compared = compared
        self.comparedRecords = comparedRecords
        self.comparisons = comparisons
    }

    /// Every link of a record, those for review included, and its relations: what `sluice explain` shows.
    package func explain(_ id: RecordID) -> (links: [DuplicateLink], relations: [ReportRelation]) {
        (
            (links + review).filter { $0.a == id || $0.b == id }.sorted(by: DuplicateLink.isOrdered),
            relations.filter { $0.from == id || $0.to == id }
        )
    }
}
