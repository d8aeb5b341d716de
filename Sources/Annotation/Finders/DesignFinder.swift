/// Designs and kinds of publication.
enum DesignFinder {
    static func find(in reading: Reading, _ scene: Scene, into items: inout [Annotation]) {
        if reading.field == .publicationTypes {
            publicationType(reading, &items)
            return
        }
        for mark in reading.marks {
            guard mark.kind == .design || mark.kind == .animal else { continue }
            let first = Int(mark.first)
            // `Registry of Clinical Trials` names a registry.
            if reading.field != .mesh, reading.sentence(of: first).zone == .registration { continue }
            let last = Int(mark.last)
            // `Clinical Trial Code: NCT...`, `unblinded staff` are no designs.
            if isOfRegistry(reading, last) || isOfStaff(reading, first, last) || isSampling(reading, first) { continue }
            // Mendelian randomisation allots nobody: genes stand in for it.
            if reading.isWord(first - 1, "mendelian") { continue }
            // `a randomized, controlled trial`: one design, already told.
            if reading.isWord(first, "controlled"),
                reading.isAny(first - 1, .randomised)
                    || reading.isSign(first - 1, Sign.comma) && reading.isAny(first - 2, .randomised)
            {
                continue
            }
            if isOfAnalysis(reading, first, last) || isOfPatients(reading, first, last) { continue }
            if isOfPart(reading, first, last) || isOfEarlier(reading, first) { continue }
            let name = mark.kind == .animal ? "animalStudy" : reading.concept(mark).name
            // One word names a kind of publication only in a title.
            if (name == "review" || name == "editorial") && first == last && reading.field != .title { continue }
            var context = scene.context(reading, first, last)
            if mark.kind != .animal { context.remove(.animal) }
            if reading.isWord(first - 1, "non")
                || reading.isWord(first - 2, "non") && reading.isSign(first - 1, Sign.hyphen)
            {
                context.insert(.negated)
            }
            items.append(
                Annotation(span: reading.span(first, last), value: .design(Design(name: name)), context: context))
        }
    }

    private static func isOfRegistry(_ reading: Reading, _ last: Int) -> Bool {
        guard reading.isAny(last, .study) else { return false }
        for word: StaticString in ["code", "identifier", "registration", "registry", "number", "id", "register"]
        where reading.isWord(last + 1, word) {
            return true
        }
        return false
    }

    /// `randomly selected`: how a sample was drawn, not how treatment was allotted.
    private static func isSampling(_ reading: Reading, _ first: Int) -> Bool {
        guard reading.isWord(first, "randomly") else { return false }
        // In a full text much is done randomly: only people who are allotted tell of the design.
        if reading.field == .body {
            let isAllotted = (first + 1...first + 4).contains { at in
                reading.isWord(
                    at,
                    of: [
                        "assigned", "allocated", "divided", "assign", "allocate", "randomised", "randomized",
                        "received",
                    ])
            }
            let sentence = reading.sentence(of: first)
            return !isAllotted
                || !(sentence.first..<sentence.end).contains { reading.isAny($0, [.people, .arm]) }
        }
        for word: StaticString in [
            "selected", "sampled", "chosen", "surveyed", "drawn", "approached", "picked", "distributed", "oriented",
            "presented", "interleaved", "jittered", "permuted", "shuffled", "resampled", "generated", "split",
        ]
        where reading.isWord(first + 1, word) {
            return true
        }
        return false
    }

    /// `healthy women scheduled for caesarean section`: patients, otherwise in good health.
    private static func isOfPatients(_ reading: Reading, _ first: Int, _ last: Int) -> Bool {
        guard reading.isWord(first, "healthy") else { return false }
        for at in last + 1...last + 3 {
            for word: StaticString in ["scheduled", "undergoing", "presenting", "parturients", "pregnant"]
            where reading.isWord(at, word) {
                return true
            }
        }
        return false
    }

    /// `within-subject repeated measures`, `within-subjects factor`: a way of computing.
    private static func isOfAnalysis(_ reading: Reading, _ first: Int, _ last: Int) -> Bool {
        guard reading.isWord(first, "within") else { return false }
        // `Changes within subjects were analysed`
        if reading.isWord(last, "subjects"), reading.isAny(last + 1, .be) { return true }
        for word: StaticString in [
            "repeated", "analysis", "analyses", "variance", "variability", "variation", "comparison", "comparisons",
            "change", "changes", "effect", "effects", "factor", "factors", "difference", "differences", "correlation",
            "correlations", "contrast", "contrasts", "error", "standard", "coefficient", "reliability",
        ] where reading.isWord(last + 1, word) {
            return true
        }
        return false
    }

    /// `naturalistic follow-up`, `1-week single-blind placebo lead-in`: a part of a study, not its design.
    private static func isOfPart(_ reading: Reading, _ first: Int, _ last: Int) -> Bool {
        if reading.isWord(first, "naturalistic") || reading.isWord(first, "observational") {
            return reading.isWord(last + 1, "follow") || reading.isWord(last + 1, "followup")
        }
        guard reading.isWord(first, "single") else { return false }
        let start = reading.isWord(last + 1, "placebo") ? last + 2 : last + 1
        for word: StaticString in ["lead", "run", "period", "washout", "screening"] where reading.isWord(start, word) {
            return true
        }
        return false
    }

    /// `our previous randomized double-blind study`, `in open-label studies being as high as`: another study's.
    private static func isOfEarlier(_ reading: Reading, _ first: Int) -> Bool {
        var at = first - 1
        var words = 0
        while at > 0, words < 4, reading.tokens[at].sentence == reading.tokens[first].sentence {
            if reading.isSign(at, Sign.hyphen) || reading.isSign(at, Sign.comma) {
                at -= 1
                continue
            }
            if reading.isWord(at, of: earlier) {
                // `Data were drawn from a previous double-blind trial`: the design of the data at hand.
                return !["from", "of"].contains { (word: StaticString) in
                    reading.isWord(at - 1, word) || reading.isWord(at - 2, word)
                }
            }
            guard reading.isWord(at, of: designWords) else { return false }
            words += 1
            at -= 1
        }
        return false
    }

    private static let earlier: [StaticString] = ["previous", "earlier", "prior"]
    private static let designWords: [StaticString] = [
        "randomized", "randomised", "double", "single", "blind", "blinded", "placebo", "controlled", "open", "label",
        "pilot",
    ]

    private static func isOfStaff(_ reading: Reading, _ first: Int, _ last: Int) -> Bool {
        guard reading.isWord(first, "unblinded") else { return false }
        for word: StaticString in [
            "staff", "pharmacist", "pharmacists", "pharmacy", "nurse", "nurses", "team", "personnel", "member",
            "members",
            "anesthesiologist", "investigator", "physician", "rater", "research", "study", "clinician",
        ] where reading.isWord(last + 1, word) {
            // `an unblinded study of ketamine` is one of design.
            return !(reading.isWord(last + 1, "study") && reading.isAny(last + 2, [.of, .and]))
        }
        return false
    }

    private static func publicationType(_ reading: Reading, _ items: inout [Annotation]) {
        guard let last = reading.tokens.indices.last,
            let name = names[String(decoding: reading.bytes, as: UTF8.self).lowercased()]
        else { return }
        items.append(Annotation(span: reading.span(0, last), value: .design(Design(name: name))))
    }

    private static let names: [String: String] = [
        "randomized controlled trial": "randomised", "controlled clinical trial": "clinicalTrial",
        "clinical trial": "clinicalTrial", "clinical trial protocol": "protocol", "case reports": "caseReport",
        "review": "review", "systematic review": "review", "scoping review": "review", "meta-analysis": "metaAnalysis",
        "network meta-analysis": "metaAnalysis", "editorial": "editorial", "comment": "editorial", "letter": "letter",
        "published erratum": "erratum", "retraction of publication": "retraction", "retraction notice": "retraction",
        "observational study": "observational", "preprint": "preprint", "pragmatic clinical trial": "randomised",
        "equivalence trial": "randomised", "adaptive clinical trial": "randomised", "practice guideline": "guideline",
        "guideline": "guideline", "news": "editorial",
    ]
}
