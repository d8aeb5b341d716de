package import Bibliography

/// Why a source could not be fetched whole. Every text is free of secrets before it gets here.
package enum RetrievalError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The call cannot be carried out as it stands: no email, an endpoint that may not be asked, a date that is none.
    case usage(String)
    /// No connection, or no service behind it for as long as we tried.
    case unreachable(host: String, why: String)
    /// The service wants silence for longer than we wait.
    case askedToWait(host: String, seconds: Int)
    /// The service answered, but not with what was asked for.
    case wrongAnswer(request: String, why: String)
    /// PubMed searched for something else than the protocol says.
    case searchWarnings(source: String, warnings: [SearchWarning], translation: String)
    /// Hits reported and ids listed are not the same number.
    case listing(source: String, reported: Int, listed: Int)
    /// Listed, and known to the service, but not delivered.
    case incomplete(source: String, missing: [MissingRecord])
    case tooManyRecords(source: String, hits: Int, limit: Int)
    /// Offline, and nobody has asked this before.
    case notArchived(request: String)
    /// What is archived cannot be read.
    case archive(path: String, why: String)
    /// An answer cannot be kept: disk full, folder not writable.
    case notKept(path: String, why: String)
    case rateFile(path: String, why: String)

    /// The command's exit status for it (`contracts.md`).
    package var exitStatus: Int32 {
        switch self {
        case .usage: 64
        case .unreachable, .askedToWait: 75
        case .wrongAnswer, .searchWarnings, .listing, .incomplete, .tooManyRecords: 2
        case .notArchived: 66
        case .archive: 65
        case .rateFile, .notKept: 1
        }
    }

    package var description: String {
        switch self {
        case .usage(let what): what
        case .unreachable(let host, let why):
            "\(host) could not be reached: \(why). Nothing is lost; run the same command again later"
        case .askedToWait(let host, let seconds):
            "\(host) asks us to wait \(seconds) s. Nothing is lost; run the same command again after that"
        case .wrongAnswer(let request, let why): "\(request): \(why)"
        case .searchWarnings(let source, let warnings, let translation):
            "\(source): PubMed did not search what the query says:\n"
                + warnings.map { "  \($0.description)\n" }.joined()
                + "  PubMed's translation: \(translation.isEmpty ? "(none)" : translation)\n"
                + "Correct the query, or list the phrase under 'allow' of this source"
        case .listing(let source, let reported, let listed):
            "\(source): PubMed reports \(reported) hits but lists \(listed) distinct PMIDs. Run the same command again"
        case .incomplete(let source, let missing):
            "\(source): \(missing.count) listed \(missing.count == 1 ? "record was" : "records were") not delivered:"
                + missing.map { "\n  \($0.description)" }.joined()
        case .tooManyRecords(let source, let hits, let limit):
            "\(source): the query has \(hits) hits, more than the \(limit) allowed; narrow it or raise --max-records"
        case .notArchived(let request):
            "\(request): no archived answer, and offline nothing is asked. Run once without --offline, or name a recording "
                + "with --replay"
        case .archive(let path, let why):
            "archive \(path): \(why)"
                + (path.hasSuffix(".gz") || path.hasSuffix(".json")
                    ? ". Restore it from a backup; or move it and its other half (.gz, .json) away, and a fetch asks for "
                        + "what it held again" : "")
        case .notKept(let path, let why):
            "archive \(path): an answer cannot be kept: \(why). Make room or give write permission, then run again"
        case .rateFile(let path, let why): "rate file \(path): \(why)"
        }
    }
}

/// A PMID that was listed and not delivered.
package struct MissingRecord: Hashable, Sendable, CustomStringConvertible {
    package enum Reason: Hashable, Sendable {
        /// esummary too says that it does not exist: deleted, or withdrawn since the listing.
        case gone
        /// Its summary carries another PMID.
        case merged(into: PMID)
        /// A book that exists but did not come.
        case book
        /// Exists but did not come.
        case lost
    }

    package var pmid: PMID
    package var reason: Reason

    package init(pmid: PMID, reason: Reason) {
        self.pmid = pmid
        self.reason = reason
    }

    /// Whether the source is whole without it: it exists no more, or as another record that is there.
    package func isExplained(holding held: Set<PMID>) -> Bool {
        switch reason {
        case .gone: true
        case .merged(let target): held.contains(target)
        case .book, .lost: false
        }
    }

    package var description: String {
        switch reason {
        case .gone: "PMID \(pmid): PubMed no longer has it (esummary: cannot get document summary)"
        case .merged(let target): "PMID \(pmid): PubMed has it as \(target) now"
        case .book: "PMID \(pmid): a book that exists but was not delivered"
        case .lost: "PMID \(pmid): exists but was not delivered"
        }
    }
}

/// PubMed found a part of the query wanting and searched without it, or with something else.
package struct SearchWarning: Hashable, Sendable, CustomStringConvertible {
    /// The service's element: `PhraseNotFound`, `FieldNotFound`, `PhraseIgnored`, `QuotedPhraseNotFound`,
    /// `OutputMessage`.
    package var kind: String
    /// The phrase or message.
    package var text: String

    package init(kind: String, text: String) {
        self.kind = kind
        self.text = text
    }

    package var description: String { "\(kind): \(text)" }

    /// Whether an entry of the source's `allow` names it: the text itself without regard to case, quotation marks
    /// around it or a field tag after it; for a message, a phrase that it quotes.
    package func isAllowed(by entries: [String]) -> Bool {
        let own = Self.bare(text)
        return entries.contains { entry in
            let wanted = Self.bare(entry)
            guard !wanted.isEmpty else { return false }
            if own == wanted { return true }
            guard kind == "OutputMessage" else { return false }
            return ["'\(wanted)'", "\"\(wanted)\""].contains { own.contains($0) }
        }
    }

    private static func bare(_ text: String) -> String {
        var rest = Substring(text.lowercased())
        func trim() {
            while let first = rest.first, first.isWhitespace { rest.removeFirst() }
            while let last = rest.last, last.isWhitespace { rest.removeLast() }
        }
        trim()
        if rest.hasSuffix("]"), let bracket = rest.lastIndex(of: "["), bracket > rest.startIndex {
            rest = rest[..<bracket]
            trim()
        }
        for mark in ["\"", "'"] where rest.count >= 2 && rest.hasPrefix(mark) && rest.hasSuffix(mark) {
            rest = rest.dropFirst().dropLast()
            trim()
        }
        return String(rest)
    }
}
