package import Logging

/// What a source of kind `pubmed` asks.
package struct SourceRequest: Hashable, Sendable {
    /// The source's id in the pipeline file.
    package var id: String
    /// Exactly what PubMed is asked.
    package var query: String
    /// Dates, inclusive, `YYYY-MM-DD` (also `YYYY-MM` and `YYYY`).
    package var from: String?
    package var to: String?
    /// Which date of a record `from` and `to` speak of.
    package var dates: DateIndex
    /// What PubMed may fail to find, ignore or shorten.
    package var allow: [String]
    /// More hits than this stop the fetch before a record is asked for.
    package var maxRecords: Int?

    package init(
        id: String, query: String, from: String? = nil, to: String? = nil, dates: DateIndex = .published,
        allow: [String] = [], maxRecords: Int? = nil
    ) {
        self.id = id
        self.query = query
        self.from = from
        self.to = to
        self.dates = dates
        self.allow = allow
        self.maxRecords = maxRecords
    }
}

/// A date index of PubMed, under the name that the service has for it.
package enum DateIndex: String, Hashable, Sendable {
    /// Publication, in print or online.
    case published = "pdat"
    /// When PubMed made the record; never rewritten, unlike the date of its addition (`edat`).
    case created = "crdt"
}

/// How a run retrieves. The same for all its sources.
package struct RetrievalSettings: Sendable {
    package static let defaultEndpoint = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"

    package static let defaultTrialsEndpoint = "https://clinicaltrials.gov/api/v2/"

    /// The E-utilities base; plain http for loopback addresses only.
    package var endpoint: String
    /// The base of the ClinicalTrials.gov API, version 2.
    package var trialsEndpoint: String
    /// Goes with every request; without one nothing is sent.
    package var email: String?
    package var apiKey: String?
    /// The run that asks: its archived answers are its own, so that it goes on where it stopped.
    package var run: Int
    /// Nothing but the archive is asked.
    package var offline: Bool
    /// Read-only archives asked after the own one; what is found there is copied into the own one. With any of them,
    /// answers of all runs count, as they do offline.
    package var replayArchives: [Archive]
    /// The file over which processes share the rate; nil for the usual place.
    package var rateLockPath: String?
    /// Most records in one efetch answer; shrinks by itself where answers are cut.
    package var batchSize: Int
    package var retry: RetryPolicy
    package var clock: RetrievalClock
    /// Printed in the search record.
    package var software: String
    package var logger: Logger?

    package init(
        endpoint: String = RetrievalSettings.defaultEndpoint,
        trialsEndpoint: String = RetrievalSettings.defaultTrialsEndpoint, email: String?, apiKey: String? = nil,
        run: Int,
        offline: Bool = false, replayArchives: [Archive] = [], rateLockPath: String? = nil, batchSize: Int = 500,
        retry: RetryPolicy = RetryPolicy(), clock: RetrievalClock = .system, software: String = "sluice",
        logger: Logger? = nil
    ) {
        self.endpoint = endpoint
        self.trialsEndpoint = trialsEndpoint
        self.email = email
        self.apiKey = apiKey
        self.run = run
        self.offline = offline
        self.replayArchives = replayArchives
        self.rateLockPath = rateLockPath
        self.batchSize = min(max(batchSize, 1), 500)
        self.retry = retry
        self.clock = clock
        self.software = software
        self.logger = logger
    }
}

/// Where a retrieval stands, for a progress line.
package struct RetrievalProgress: Hashable, Sendable {
    package enum Phase: String, Sendable {
        case listing
        case fetching
        case checking
    }

    package var source: String
    package var phase: Phase
    /// Ids listed, or records that lie in the archive.
    package var done: Int
    /// Of how many; 0 while unknown.
    package var total: Int
    /// HTTP requests so far, retries included.
    package var requests: Int
}
