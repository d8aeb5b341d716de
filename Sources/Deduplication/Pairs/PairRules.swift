/// What is decided of two records, with the reason in words that stay the same from release to release.
struct PairVerdict: Equatable {
    enum Outcome: UInt8 { case merge, review, apart }

    var outcome: Outcome
    var reason: StaticReason
    var score: Double
    /// Set where the two are surely not one report, so that no third record may bring them together.
    var forbids = false

    static func merge(_ reason: StaticReason, _ score: Double) -> PairVerdict {
        PairVerdict(outcome: .merge, reason: reason, score: score)
    }

    static func review(_ reason: StaticReason, _ score: Double) -> PairVerdict {
        PairVerdict(outcome: .review, reason: reason, score: score)
    }

    static let apart = PairVerdict(outcome: .apart, reason: .none, score: 0)
    static let never = PairVerdict(outcome: .apart, reason: .none, score: 0, forbids: true)
}

/// The reasons of links, as they are written out.
enum StaticReason: UInt8, CaseIterable {
    case none, pmid, doi, titleAuthorPages, titlePages, titleAuthorVolume, titleAuthorYear, titleDOI, authorPages
    case pmidOtherTitle, doiOtherPlace, titleAuthorOtherPages, titleAuthorOtherDOI, titleAuthorOtherYear
    case titleAuthorOtherJournal, titleOnly, nearTitle, otherPMID, sameVersion, conflict, corrected
    case registration

    var text: String {
        switch self {
        case .none: ""
        case .pmid: "pmid"
        case .doi: "doi"
        case .titleAuthorPages: "title-author-journal-pages"
        case .titlePages: "title-journal-pages"
        case .titleAuthorVolume: "title-author-journal-volume"
        case .titleAuthorYear: "title-author-year"
        case .titleDOI: "title-doi"
        case .authorPages: "author-journal-pages"
        case .pmidOtherTitle: "pmid-other-title"
        case .doiOtherPlace: "doi-other-place"
        case .titleAuthorOtherPages: "title-author-other-pages"
        case .titleAuthorOtherDOI: "title-author-other-doi"
        case .titleAuthorOtherYear: "title-author-other-year"
        case .titleAuthorOtherJournal: "title-author-other-journal"
        case .titleOnly: "title"
        case .nearTitle: "similar-title"
        case .otherPMID: "other-pmid"
        case .sameVersion: "pmid-version"
        case .conflict: "conflict-in-cluster"
        case .corrected: "person"
        case .registration: "registration"
        }
    }
}

/// The rules of the field, in order; the first that applies decides. What they keep apart: notices, preprints,
/// congress abstracts and articles, parts, yearly reports, documents that share the DOI of a whole volume.
enum PairRules {
    static func decide(_ e: PairEvidence) -> PairVerdict {
        if e.isOtherKind { return e.samePMID == true ? .review(.pmidOtherTitle, 0.5) : .never }
        if e.samePMID == true { return byPMID(e) }
        if e.samePMID == false {
            // PubMed gives a PMID to each document; the rare second one is for a person to see.
            let isTwin = e.title == .equal && e.authors == .same && e.journal == .same && e.sameVolume != false
            return isTwin && (e.pages == .exact || e.sameDOI == true) && !e.isPreprintPair
                ? PairVerdict(outcome: .review, reason: .otherPMID, score: 0.6, forbids: true) : .never
        }
        if e.sameDOI == true { return byDOI(e) }
        if e.isPreprintPair { return .never }
        let verdict = byTitle(e)
        guard verdict.outcome == .merge, e.sameDOI == false else { return verdict }
        // Two DOIs are two documents, except where everything printed is the same.
        let samePages = e.pages == .exact || (e.pages == .start && e.sameVolume == true)
        if samePages, e.journal == .same, e.sameVolume != false, !e.isShort,
            e.title.rawValue >= TitleAgreement.misspelt.rawValue
        {
            return .merge(.titleAuthorPages, 0.9)
        }
        return PairVerdict(outcome: .review, reason: .titleAuthorOtherDOI, score: 0.6, forbids: true)
    }

    private static func byPMID(_ e: PairEvidence) -> PairVerdict {
        if e.title == .differ, e.authors != .same || e.pages == .differ { return .review(.pmidOtherTitle, 0.6) }
        return .merge(.pmid, 1)
    }

    private static func byDOI(_ e: PairEvidence) -> PairVerdict {
        let placeDiffers = e.pages == .differ && e.sameVolume == false
        switch e.title {
        case .equal:
            if e.isGeneric, e.authors != .same || e.pages == .differ { return .review(.doiOtherPlace, 0.5) }
            if placeDiffers, e.authors != .same { return .review(.doiOtherPlace, 0.6) }
            return .merge(.doi, 1)
        case .misspelt, .contained, .near:
            if e.authors == .differ || e.pages == .differ { return .review(.doiOtherPlace, 0.6) }
            if e.title == .near, e.isShort || (!e.sameNumbers && e.pages != .exact) {
                return .review(.doiOtherPlace, 0.6)
            }
            return .merge(.doi, 0.98)
        case .unknown:
            return e.authors == .same && e.pages != .differ ? .merge(.doi, 0.95) : .review(.doiOtherPlace, 0.5)
        case .reworded, .differ:
            // One DOI for a book or a supplement; a translated title stands on the same pages.
            let samePlace = e.pages == .exact && e.sameVolume != false && e.authors == .same && !e.isShort
            if samePlace { return .merge(.doi, 0.9) }
            return e.title == .reworded && e.authors == .same && e.pages != .differ
                ? .review(.doiOtherPlace, 0.6) : .apart
        }
    }

    private static func byTitle(_ e: PairEvidence) -> PairVerdict {
        switch e.title {
        case .unknown: return .apart
        case .differ: return byOtherTitle(e)
        case .equal: break
        case .misspelt, .contained, .near: return bySimilarTitle(e)
        case .reworded: return byRewordedTitle(e)
        }
        if e.isGeneric { return byGenericTitle(e) }
        if e.authors == .differ { return byTitleAndPlace(e) }
        let placeConflicts = e.journal == .differ || e.sameVolume == false
        if placeConflicts { return byTitleInOtherPlace(e) }
        if let years = e.yearsApart, years > 1, e.sameVolume != true || !isSamePage(e.pages) {
            return e.journal == .same && e.authors == .same && !e.isPeriodic && years <= 2
                ? .review(.titleAuthorOtherYear, 0.5) : .apart
        }
        if e.authors == .unknown { return byTitleWithoutAuthors(e) }
        return byTitleAndAuthors(e)
    }

    private static func isSamePage(_ pages: Pages.Agreement) -> Bool {
        pages == .exact || pages == .start || pages == .consistent
    }

    /// Title and authors agree, journal and volume do not disagree.
    private static func byTitleAndAuthors(_ e: PairEvidence) -> PairVerdict {
        let full = e.authors == .same
        switch e.pages {
        case .exact, .start:
            if e.sameVolume == true || e.journal == .same { return .merge(.titleAuthorPages, full ? 0.99 : 0.95) }
            if (e.yearsApart ?? 1) <= 1 { return .merge(.titleAuthorPages, full ? 0.95 : 0.9) }
            return .review(.titleAuthorOtherYear, 0.6)
        case .consistent, .mixed, .unknown:
            if e.sameVolume == true, e.journal == .same || e.journal == .similar {
                if e.sameIssue == false, e.pages != .consistent { return .review(.titleAuthorOtherPages, 0.6) }
                return full || e.pages == .consistent
                    ? .merge(.titleAuthorVolume, full ? 0.97 : 0.92) : .review(.titleAuthorVolume, 0.7)
            }
            if e.sameVolume == true, e.yearsApart == 0, full, e.sameIssue != false, !e.isAbstractPair {
                return .merge(.titleAuthorVolume, 0.9)
            }
            return byTitleAuthorsAndYear(e)
        case .differ:
            guard e.journal == .same, e.sameVolume == true, full, e.yearsApart == 0 else { return .apart }
            let sameText = (e.abstracts ?? 0) >= 0.6 && !e.isAbstractPair && e.sameIssue != false && !e.isPeriodic
            return sameText ? .merge(.titleAuthorVolume, 0.9) : .review(.titleAuthorOtherPages, 0.6)
        }
    }

    /// No volume and no pages to compare: ahead of print, or a poor source.
    private static func byTitleAuthorsAndYear(_ e: PairEvidence) -> PairVerdict {
        guard e.authors == .same, let years = e.yearsApart else { return .review(.titleAuthorYear, 0.5) }
        if let share = e.abstracts, share < 0.05 { return .review(.titleAuthorYear, 0.5) }
        if e.sameIssue == false { return e.journal == .same && e.sameVolume == nil ? .never : .apart }
        if e.isAbstractPair || e.isMonographPair { return .review(.titleAuthorOtherPages, 0.5) }
        if years == 1 {
            let isFirstOnline = e.isAheadOfPrint && e.journal == .same && !e.isPeriodic
            return isFirstOnline ? .merge(.titleAuthorYear, 0.9) : .review(.titleAuthorOtherYear, 0.5)
        }
        if e.journal == .same || e.journal == .similar { return .merge(.titleAuthorYear, 0.95) }
        // One that says nothing of its place may be the talk or the article; it is joined where there is only one
        // (`Clustering.weakScore`).
        if e.isPlaceless, !e.isPeriodic, e.titleWords >= 5 || (e.abstracts ?? 0) >= 0.5 {
            let isSettled = e.isBothPlaceless || (e.abstracts ?? 0) >= 0.5
            return .merge(.titleAuthorYear, isSettled ? 0.9 : Clustering.weakScore)
        }
        return .review(.titleAuthorYear, 0.6)
    }

    /// Dual publication, a talk and its article, a volume misprinted, or a journal under two names.
    private static func byTitleInOtherPlace(_ e: PairEvidence) -> PairVerdict {
        let samePrintedPlace = e.pages == .exact && (e.yearsApart ?? 9) <= 1 && e.authors == .same
        if samePrintedPlace, e.journal != .differ, !e.isShort, e.yearsApart == 0 {
            return .merge(.titleAuthorPages, 0.9)
        }
        if samePrintedPlace, e.journal == .differ, e.sameVolume == true { return .merge(.titleAuthorPages, 0.92) }
        if e.pages == .start, e.sameVolume == true, e.authors == .same, e.yearsApart == 0, !e.isShort {
            return .merge(.titleAuthorPages, 0.9)
        }
        // One run of pages, the journal or proceedings under two names.
        if samePrintedPlace, e.sameVolume == nil, !e.isShort, e.yearsApart == 0 {
            return .merge(.titleAuthorPages, 0.9)
        }
        if samePrintedPlace { return .review(.titleAuthorOtherJournal, 0.6) }
        if e.sameVolume == false || e.pages == .differ { return .never }
        let mayBeHere = e.authors == .same && e.yearsApart == 0 && !e.isAbstractPair
        return mayBeHere ? .review(.titleAuthorOtherJournal, 0.5) : .apart
    }

    /// The same title under other names: names in another order or script, where the place is the same in full.
    private static func byTitleAndPlace(_ e: PairEvidence) -> PairVerdict {
        let samePlace = e.journal == .same && e.sameVolume == true && e.pages == .exact
        return samePlace && !e.isShort ? .merge(.titlePages, 0.9) : .apart
    }

    private static func byTitleWithoutAuthors(_ e: PairEvidence) -> PairVerdict {
        let isHere = e.journal == .same || e.journal == .similar
        if isHere, e.sameVolume != false, e.pages == .exact || e.pages == .start { return .merge(.titlePages, 0.95) }
        if isHere, e.sameVolume == true, e.pages != .differ, !e.isPeriodic { return .merge(.titlePages, 0.9) }
        if e.sameVolume == true, e.pages == .exact { return .merge(.titlePages, 0.9) }
        if e.pages == .differ || e.isPeriodic { return .apart }
        if isHere, e.yearsApart == 0 { return .review(.titleOnly, 0.6) }
        return e.isPlaceless && e.yearsApart == 0 ? .review(.titleOnly, 0.5) : .apart
    }

    /// `Editorial`, `Reply`: only the place tells them apart.
    private static func byGenericTitle(_ e: PairEvidence) -> PairVerdict {
        guard e.journal == .same, e.sameVolume == true, e.authors != .differ, (e.yearsApart ?? 0) <= 1 else {
            return .apart
        }
        if e.pages == .exact || e.pages == .start { return .merge(.titleAuthorPages, 0.95) }
        guard e.authors == .same, e.pages == .consistent || e.pages == .unknown || e.pages == .mixed else {
            return .apart
        }
        return e.pages == .consistent && e.sameIssue != false
            ? .merge(.titleAuthorVolume, 0.9) : .review(.titleAuthorVolume, 0.5)
    }

    /// Parts of a series share all but a word; so may a title that was translated twice.
    private static func byRewordedTitle(_ e: PairEvidence) -> PairVerdict {
        guard isSameRun(e) else { return .apart }
        return (e.abstracts ?? 0) >= 0.5 ? .merge(.authorPages, 0.9) : .review(.nearTitle, 0.5)
    }

    /// Another title on the same run of pages by the same people: in its own language here and translated there, or
    /// translated twice.
    private static func byOtherTitle(_ e: PairEvidence) -> PairVerdict {
        guard isSameRun(e), !e.isGeneric, (e.yearsApart ?? 0) <= 1, e.sameIssue != false else { return .apart }
        if e.isLanguagePair || (e.abstracts ?? 0) >= 0.5 { return .merge(.authorPages, 0.9) }
        return .review(.authorPages, 0.5)
    }

    /// Several pages of one volume, first and last, under the same names: the place of one document.
    private static func isSameRun(_ e: PairEvidence) -> Bool {
        e.pages == .exact && e.sameVolume == true && e.journal == .same && !e.isShort && e.authors == .same
    }

    /// A title misspelt, cut short or worded otherwise needs the whole place beside it.
    private static func bySimilarTitle(_ e: PairEvidence) -> PairVerdict {
        guard !e.isGeneric, e.authors == .same || e.authors == .unknown, e.journal != .differ || e.pages == .exact
        else { return .apart }
        let samePage = e.pages == .exact || e.pages == .start
        let samePlace = samePage && e.sameVolume == true && e.journal != .differ
        if samePlace, e.authors == .same {
            if !e.isShort { return .merge(.titleAuthorPages, e.title == .near ? 0.9 : 0.95) }
            if e.title == .misspelt { return .merge(.titleAuthorPages, 0.92) }
            // A cut-off title on the page of a congress's abstracts may be its neighbour's.
            if e.title == .contained, (e.abstracts ?? 0) > 0.5 { return .merge(.titleAuthorPages, 0.9) }
            return .review(.nearTitle, 0.5)
        }
        if samePlace, e.pages == .exact, !e.isShort, e.title != .near { return .merge(.titlePages, 0.9) }
        guard e.authors == .same, e.title == .misspelt, e.sameVolume != false, (e.yearsApart ?? 2) <= 1 else {
            return e.title != .near && e.authors == .same && samePage && e.journal != .differ
                && (e.yearsApart ?? 2) <= 1
                ? .review(.nearTitle, 0.6) : .apart
        }
        if e.journal == .same, e.sameVolume == true, e.pages == .consistent || e.pages == .mixed || e.pages == .unknown
        {
            return e.sameIssue == false || e.isShort ? .review(.nearTitle, 0.6) : .merge(.titleAuthorVolume, 0.92)
        }
        if samePage, e.journal == .same { return .merge(.titleAuthorPages, 0.92) }
        return e.journal == .same && e.pages != .differ && !e.isPeriodic ? .review(.nearTitle, 0.55) : .apart
    }
}
