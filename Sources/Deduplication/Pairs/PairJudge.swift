/// Judges one pair: the cheap evidence first, titles and authors only where they can matter.
struct PairJudge: Sendable {
    let view: CorpusView

    struct Judgement: Equatable {
        var verdict: PairVerdict
        var relation: ReportRelation.Kind?
        /// Whether the first of the pair is the preprint, the notice, the comment or the abstract.
        var firstIsFrom = true

        /// The same, as seen from the other record.
        var reversed: Judgement {
            Judgement(verdict: verdict, relation: relation, firstIsFrom: !firstIsFrom)
        }
    }

    func verdict(_ i: Int, _ j: Int) -> PairVerdict { judge(i, j).verdict }

    func judge(_ i: Int, _ j: Int) -> Judgement {
        let a = view.signatures[i]
        let b = view.signatures[j]
        if a.pmid != 0, a.pmid == b.pmid, a.id == b.id, a.version != b.version {
            return Judgement(verdict: .merge(.sameVersion, 1))
        }
        // An entry of a register is known by its number, whatever title each source prints.
        if a.registration != 0, b.registration != 0 {
            return Judgement(verdict: a.registration == b.registration ? .merge(.registration, 1) : .never)
        }
        var evidence = view.placeEvidence(a, b)
        let sharesTitle = view.sharesTitleKey(a, b)
        if let about = aboutOther(a, b) { return Judgement(verdict: .never, relation: about.0, firstIsFrom: about.1) }
        let sharesIdentifier = evidence.samePMID == true || evidence.sameDOI == true
        // Same volume and page in other journals: chance, unless the titles meet.
        if !sharesTitle, !sharesIdentifier, evidence.journal == .differ, !evidence.isPreprintPair,
            !evidence.isAbstractPair
        {
            return Judgement(verdict: .apart)
        }
        evidence.authors = view.compareAuthors(a, b)
        if !sharesTitle, !sharesIdentifier, evidence.authors == .differ { return Judgement(verdict: .apart) }
        evidence.title = sharesTitle ? .equal : view.compareTitles(a, b)
        evidence.abstracts = view.compareAbstracts(a, b)
        var verdict = PairRules.decide(evidence)
        if (a.registration != 0) != (b.registration != 0), verdict.outcome == .merge {
            // An article is not its register's entry; a record without a place may be either.
            verdict = evidence.isPlaceless ? .review(verdict.reason, 0.5) : .never
        }
        guard verdict.outcome != .merge else { return Judgement(verdict: verdict) }
        let relation = self.relation(a, b, evidence)
        return Judgement(verdict: verdict, relation: relation?.0, firstIsFrom: relation?.1 ?? true)
    }

    /// A notice or comment whose title names the other's.
    private func aboutOther(_ a: Signature, _ b: Signature) -> (ReportRelation.Kind, Bool)? {
        func names(_ notice: Signature, _ article: Signature) -> Bool {
            let key = notice.subjectKey
            return key != 0 && key != article.subjectKey
                && (key == article.titleKeys.0 || key == article.titleKeys.1 || key == article.titleKeys.2)
                && (article.document == .ordinary || notice.document == .ordinary)
        }
        if names(a, b) { return (kind(of: a), true) }
        if names(b, a) { return (kind(of: b), false) }
        return nil
    }

    private func kind(of notice: Signature) -> ReportRelation.Kind {
        switch notice.document {
        case .erratum: .erratumArticle
        case .retraction: .retractionArticle
        case .concern: .concernArticle
        case .ordinary: .commentArticle
        }
    }

    private func relation(_ a: Signature, _ b: Signature, _ e: PairEvidence) -> (ReportRelation.Kind, Bool)? {
        guard e.authors == .same, !e.isGeneric, e.title.rawValue >= TitleAgreement.near.rawValue else { return nil }
        if a.document != b.document {
            let notice = a.document == .ordinary ? b : a
            return (kind(of: notice), a.document != .ordinary)
        }
        guard let years = e.yearsApart, years <= 4 else { return nil }
        if e.isPreprintPair { return (.preprintArticle, a.isPreprint) }
        if e.isAbstractPair { return (.abstractArticle, a.isMeetingAbstract || a.isAtMeeting) }
        return nil
    }
}
