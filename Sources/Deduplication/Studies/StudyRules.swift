import Bibliography

/// Judges whether two reports tell of one study. A registration number alone proposes: one number may cover several
/// studies, and a report may name another's. Words of the titles are not looked at: different trials share them.
enum StudyRules {
    static func propose(_ a: ReportDigest, _ b: ReportDigest, stated: [String]) -> StudyProposal? {
        let evidence = Evidence(a, b, stated: stated)
        guard let strength = evidence.strength else { return nil }
        return StudyProposal(a: a.id, b: b.id, strength: strength, reasons: evidence.reasons, against: evidence.against)
    }

    /// `erratum-article` where the source states it, `preprint-article (title-author)` where the texts suggest it.
    static func reason(_ relation: ReportRelation) -> String {
        relation.isFromTheTexts ? "\(relation.kind.rawValue) \(Evidence.suggested)" : relation.kind.rawValue
    }

    private struct Evidence {
        var reasons: [String] = []
        var against: [String] = []
        var isStated = false
        /// Preprint and article, talk and article: told by title, authors and time, not by the source.
        var isSuggested = false
        var isComment = false
        var hasNumber = false
        var hasOtherNumber = false
        var sharedAuthors = 0
        var authorShare = 0.0
        var hasGroup = false
        var hasSample = false
        var hasOtherSample = false
        var hasDose = false
        var hasComparator = false
        var hasOtherComparator = false
        var hasPeriod = false
        var hasOtherPeriod = false
        var hasSite = false
        var hasWording = false
        var isPrimary = false

        init(_ a: ReportDigest, _ b: ReportDigest, stated: [String]) {
            for reason in stated {
                if reason.hasPrefix("comment-article") || reason.hasPrefix("Comment") {
                    isComment = true
                } else if reason.hasSuffix(Self.suggested) {
                    isSuggested = true
                } else {
                    isStated = true
                }
                reasons.append(reason)
            }
            isPrimary = a.role == .primary && b.role == .primary
            readNumbers(a, b)
            readAuthors(a, b)
            readText(a, b)
        }

        /// How the reason of a relation ends that the texts suggest.
        static let suggested = "(\(ReportRelation.fromTheTexts))"

        private mutating func readNumbers(_ a: ReportDigest, _ b: ReportDigest) {
            // A report that names many numbers tells of many studies.
            let limit = 3
            guard a.registrations.count <= limit, b.registrations.count <= limit else { return }
            let shared = a.registrations.filter(b.registrations.contains)
            hasNumber = !shared.isEmpty
            reasons += shared.map { "registration \($0)" }
            // Two numbers of one register are two registrations; one study may stand in two registers.
            let ofOneRegister = a.registrations.contains { one in
                b.registrations.contains { $0 != one && register($0) == register(one) }
            }
            if shared.isEmpty, ofOneRegister {
                hasOtherNumber = true
                against.append("other registration")
            }
        }

        private func register(_ number: String) -> Substring { number.prefix { $0.isLetter } }

        private mutating func readAuthors(_ a: ReportDigest, _ b: ReportDigest) {
            let names = Set(b.authors)
            sharedAuthors = a.authors.filter(names.contains).count
            let shorter = min(a.authors.count, b.authors.count)
            authorShare = shorter == 0 ? 0 : Double(sharedAuthors) / Double(shorter)
            if sharedAuthors > 0 { reasons.append("authors \(sharedAuthors) of \(shorter)") }
            if let group = a.groups.first(where: b.groups.contains) {
                hasGroup = true
                reasons.append("group \(group)")
            }
            if let site = a.sites.first(where: b.sites.contains) {
                hasSite = true
                reasons.append("site \(site)")
            }
        }

        private mutating func readText(_ a: ReportDigest, _ b: ReportDigest) {
            let (first, second) = (a.samples.last, b.samples.last)
            if let first, let second {
                // The whole sample of one, or a part of it that the other names too.
                if first == second || (first >= 20 && b.samples.contains(first))
                    || (second >= 20 && a.samples.contains(second))
                {
                    hasSample = true
                    reasons.append("sample \(min(first, second))")
                } else {
                    hasOtherSample = true
                    against.append("other sample \(min(first, second)) and \(max(first, second))")
                }
            }
            if let period = a.enrolment.first(where: b.enrolment.contains) {
                hasPeriod = true
                reasons.append("enrolment \(period)")
            } else if !a.enrolment.isEmpty, !b.enrolment.isEmpty {
                hasOtherPeriod = true
                against.append("other enrolment period")
            }
            if let dose = a.doses.first(where: b.doses.contains) {
                hasDose = true
                reasons.append("dose \(dose)")
            }
            if let comparator = a.comparators.first(where: b.comparators.contains) {
                hasComparator = true
                reasons.append("comparator \(comparator)")
            } else if let first = a.comparators.first, let second = b.comparators.first {
                hasOtherComparator = true
                against.append("other comparator \(min(first, second)) and \(max(first, second))")
            }
            for wording in [a.secondaryWording, b.secondaryWording].compactMap({ $0 }) {
                hasWording = true
                reasons.append("wording \(wording)")
            }
        }

        private var hasTeam: Bool { hasGroup || (sharedAuthors >= 2 && authorShare >= 0.3) || sharedAuthors >= 4 }
        private var isContradicted: Bool { hasOtherNumber || hasOtherPeriod || hasOtherComparator }

        var strength: StudyProposal.Strength? {
            if isStated { return hasOtherNumber ? .possible : .strong }
            if isSuggested { return isContradicted || hasOtherSample ? .possible : .strong }
            if isComment { return .possible }
            guard isPrimary else { return nil }
            if hasNumber { return byNumber }
            guard hasTeam, !hasOtherNumber else { return nil }
            return byTeam
        }

        /// The same number: applied where the people and one more thing agree and nothing speaks against it.
        private var byNumber: StudyProposal.Strength {
            let isOfThatWork = hasSite || hasDose || hasComparator || authorShare >= 0.5
            let isSupported = hasSample || hasPeriod || (hasWording && isOfThatWork)
            let differs = isContradicted || (hasOtherSample && !hasWording)
            return hasTeam && isSupported && !differs ? .strong : .possible
        }

        /// No number on at least one side: one team runs many trials, so sample and time must be the same.
        private var byTeam: StudyProposal.Strength? {
            let sameWork = hasSample && hasPeriod && authorShare >= 0.5 && !isContradicted
            if sameWork, hasWording || hasDose || hasComparator { return .strong }
            let kinds = [hasSample, hasPeriod, hasDose, hasComparator, hasSite].count { $0 }
            if hasWording, hasSample || hasPeriod || kinds >= 2 { return .possible }
            return hasSample && kinds >= 2 || hasPeriod && kinds >= 2 ? .possible : nil
        }
    }
}
