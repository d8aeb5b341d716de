/// How two lists of authors agree.
enum AuthorAgreement: UInt8 {
    /// One side has none.
    case unknown
    case same
    /// Some are the same people.
    case partial
    case differ
}

extension CorpusView {
    /// Lists are cut short by sources and spelt with names in either order, so the shorter list is looked for in the
    /// longer one. Given names that contradict each other (`Wang Y`, `Wang J`) make different people.
    func compareAuthors(_ a: Signature, _ b: Signature) -> AuthorAgreement {
        let (short, long) = a.authors.count <= b.authors.count ? (a, b) : (b, a)
        if short.authors.count == 0 {
            if long.authors.count == 0, a.collective != 0, b.collective != 0 {
                return a.collective == b.collective ? .same : .unknown
            }
            return .unknown
        }
        let few = authors(short)
        let many = authors(long)
        var found = 0
        var contradicted = 0
        var firstFound = false
        for (position, author) in few.enumerated() {
            var isHere = false
            var contradicts = false
            var isFirst = false
            for (other, candidate) in many.enumerated() {
                guard isSamePerson(author, candidate) else { continue }
                if other == 0 { isFirst = true }
                isHere = true
                if author.whole == candidate.whole, author.initial != 0, candidate.initial != 0,
                    author.initial != candidate.initial
                {
                    contradicts = true
                    continue
                }
                contradicts = false
                break
            }
            if isHere {
                found += 1
                if contradicts { contradicted += 1 }
                if position == 0, isFirst { firstFound = true }
            }
        }
        if contradicted * 2 > found { return .differ }
        found -= contradicted
        if few.count == 1, many.count > 2, !firstFound { return found > 0 ? .partial : .differ }
        if found * 5 >= few.count * 3 { return .same }
        return found * 4 >= few.count && found > 0 ? .partial : .differ
    }

    private func isSamePerson(_ a: AuthorKey, _ b: AuthorKey) -> Bool {
        if a.whole == b.whole { return true }
        for word in names(a.family) where names(b.family).contains(word) || names(b.given).contains(word) {
            return true
        }
        for word in names(a.given) where names(b.family).contains(word) { return true }
        // One letter lost or wrong, of five and more.
        let shorter = min(a.letters.count, b.letters.count)
        guard shorter >= 5, abs(a.letters.count - b.letters.count) <= 1 else { return false }
        return EditDistance.within(1, letters(a), letters(b))
    }
}
