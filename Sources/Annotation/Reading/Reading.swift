/// A section's text, read: tokens, phrases, sentences.
struct Reading {
    /// The part of an abstract that a sentence stands in.
    enum Zone: UInt8 {
        case title, background, objective, methods, results, conclusions, registration, funding, unknown
    }

    struct Sentence {
        var first: Int
        /// Exclusive.
        var end: Int
        var zone: Zone
        /// Speaks of the study at hand: `we`, `this study`.
        var isOwn = false
        /// Speaks of earlier studies.
        var isPrior = false
        var isAnimal = false
        /// Calls for further studies.
        var isFurther = false
    }

    struct Heading {
        var first: Int
        var last: Int
        var zone: Zone
    }

    let section: Int
    let field: Document.Field
    let bytes: [UInt8]
    private let lexicon: Lexicon
    var tokens: [Token]
    var marks: [Mark] = []
    var sentences: [Sentence] = []
    var headings: [Heading] = []
    /// Indices into `marks` of the drugs.
    var drugs: [Int] = []

    init(_ section: Document.Section, index: Int, lexicon: Lexicon, tokenizer: Tokenizer) {
        self.section = index
        self.lexicon = lexicon
        field = section.field
        bytes = Self.head(section.text.utf8)
        tokens = bytes.withUnsafeBufferPointer { tokenizer.read($0) }
        marks.reserveCapacity(tokens.count / 8 + 4)
        sentences.reserveCapacity(tokens.count / 16 + 4)
        lexicon.findPhrases(in: tokens, into: &marks)
        for (index, mark) in marks.enumerated() where mark.kind == .drug {
            drugs.append(index)
        }
        let zone = Self.zone(of: section, lexicon: lexicon, tokenizer: tokenizer)
        splitSentences(zone, lexicon)
        noteSentenceCues(lexicon)
    }

    /// No abstract and no paragraph comes near this; of a text that does, only the head is read, so that the time a
    /// text takes stays bounded.
    static let longestText = 65_536

    private static func head(_ text: String.UTF8View) -> [UInt8] {
        guard text.count > longestText else { return Array(text) }
        var head = Array(text.prefix(longestText + 1))
        // Back to the start of a character.
        while let last = head.popLast(), last & 0xC0 == 0x80 {}
        return head
    }

    func concept(_ mark: Mark) -> Concept { lexicon.concepts[Int(mark.concept)] }

    func span(_ first: Int, _ last: Int) -> TextSpan {
        TextSpan(section: section, start: Int(tokens[first].start), end: Int(tokens[last].end))
    }

    func sentence(of token: Int) -> Sentence { sentences[Int(tokens[token].sentence)] }

    /// The token at an index, nil outside the text.
    @inline(__always) func at(_ index: Int) -> Token? {
        index >= 0 && index < tokens.count ? tokens[index] : nil
    }

    @inline(__always) func isSign(_ index: Int, _ sign: UInt8) -> Bool {
        index >= 0 && index < tokens.count && tokens[index].kind == .sign && tokens[index].sign == sign
    }

    @inline(__always) func isAny(_ index: Int, _ classes: WordClass) -> Bool {
        index >= 0 && index < tokens.count && !tokens[index].classes.isDisjoint(with: classes)
    }

    @inline(__always) func isNumber(_ index: Int) -> Bool {
        index >= 0 && index < tokens.count && tokens[index].kind == .number
    }

    // MARK: sentences

    private static func zone(of section: Document.Section, lexicon: Lexicon, tokenizer: Tokenizer) -> Zone {
        guard section.field != .title else { return .title }
        for text in [section.label, section.category] {
            guard var text, !text.isEmpty else { continue }
            let tokens = text.withUTF8 { tokenizer.read($0) }
            var marks: [Mark] = []
            lexicon.findPhrases(in: tokens, into: &marks)
            for mark in marks {
                guard mark.kind == .heading else { continue }
                if let zone = zones[lexicon.concepts[Int(mark.concept)].name] { return zone }
            }
        }
        return .unknown
    }

    private static let zones: [String: Zone] = [
        "BACKGROUND": .background, "OBJECTIVE": .objective, "METHODS": .methods, "RESULTS": .results,
        "CONCLUSIONS": .conclusions, "REGISTRATION": .registration, "FUNDING": .funding,
    ]

    private mutating func splitSentences(_ start: Zone, _ lexicon: Lexicon) {
        var zone = start
        var first = 0
        var mark = 0
        var index = 0
        while index < tokens.count {
            if index == first, field == .abstract || field == .body {
                while mark < marks.count, marks[mark].first < index { mark += 1 }
                if mark < marks.count, let heading = heading(marks[mark], at: index, lexicon) {
                    headings.append(heading)
                    zone = heading.zone
                    let after = isSign(heading.last + 1, Sign.colon) ? heading.last + 2 : heading.last + 1
                    addSentence(from: &first, to: after, zone)
                    index = after
                    continue
                }
            }
            index += 1
            // Asked of signs alone, since the question copies the reading.
            if tokens[index - 1].kind == .sign, endsSentence(index - 1) { addSentence(from: &first, to: index, zone) }
        }
        addSentence(from: &first, to: tokens.count, zone)
    }

    private mutating func addSentence(from first: inout Int, to end: Int, _ zone: Zone) {
        guard end > first else { return }
        let number = Int32(sentences.count)
        for token in first..<end { tokens[token].sentence = number }
        tokens[first].flags.insert(.sentenceStart)
        sentences.append(Sentence(first: first, end: end, zone: zone))
        first = end
    }

    /// A heading word that opens a sentence and is followed by a colon, or is set off by its print alone.
    private func heading(_ mark: Mark, at index: Int, _ lexicon: Lexicon) -> Heading? {
        guard Int(mark.first) == index, mark.kind == .heading else { return nil }
        let concept = lexicon.concepts[Int(mark.concept)]
        guard let zone = Self.zones[concept.name],
            tokens[index].has(.capitalised)
        else { return nil }
        let last = Int(mark.last)
        if isSign(last + 1, Sign.colon) { return Heading(first: index, last: last, zone: zone) }
        guard let next = at(last + 1), next.has(.spaceBefore), next.has(.capitalised) || next.kind == .number,
            Concept.boldHeadings.contains(concept.name), tokens[index].has(.upper) || !next.has(.upper)
        else { return nil }
        return Heading(first: index, last: last, zone: zone)
    }

    private func endsSentence(_ index: Int) -> Bool {
        let token = tokens[index]
        guard token.kind == .sign else { return false }
        if token.sign == Sign.question || token.sign == Sign.exclamation { return true }
        guard token.sign == Sign.period else { return false }
        guard let next = at(index + 1) else { return true }
        guard next.has(.spaceBefore) else { return false }
        guard next.has(.capitalised) || next.kind == .number || next.sign == Sign.open || next.sign == Sign.openSquare
        else { return false }
        guard let before = at(index - 1), before.kind == .word else { return true }
        let length = before.end - before.start
        // `i.v.`, `vs.`, `et al.`
        if length == 1 { return !isSign(index - 2, Sign.period) && before.isAny([.hour, .day, .year]) }
        if before.isAny(.versus) || isWord(index - 1, "no") && length == 2 && before.has(.capitalised) { return false }
        return !(length == 2 && isEtAl(index - 1))
    }

    private func isEtAl(_ index: Int) -> Bool {
        guard index > 0 else { return false }
        let token = tokens[index - 1]
        return token.end - token.start == 2 && bytes[Int(token.start)] == 0x65 && bytes[Int(token.start) + 1] == 0x74
    }

    /// `we`, `our`; `this` and `present` only where a study follows: `this effect`, `the present episode` are not ours.
    private func isOwn(_ index: Int) -> Bool {
        for word: StaticString in ["we", "our", "us", "here"] where isWord(index, word) { return true }
        for at in index + 1...index + 6 {
            // `this open-label clinical trial`, but not `this effect in a trial`
            if at > index + 3, isAny(at - 1, [.of, .be, .and, .to]) || isWord(at - 1, "in") || isWord(at - 1, "on") {
                break
            }
            if isAny(at, .study) { return true }
            for word: StaticString in ["article", "case", "series", "review", "paper", "analysis", "protocol"]
            where isWord(at, word) {
                return true
            }
        }
        return false
    }

    /// In an abstract without headings, what comes before the study is first spoken of is its background, unless
    /// it already counts people. So in one whose only heading is `Introduction`: no abstract is all background.
    private mutating func markUnlabelledBackground() {
        guard field == .abstract, headings.allSatisfy({ $0.zone == .background }) else { return }
        if !headings.isEmpty {
            for index in sentences.indices where sentences[index].zone == .background {
                sentences[index].zone = .unknown
            }
        }
        guard let own = sentences.firstIndex(where: \.isOwn), own > 0,
            sentences.allSatisfy({ $0.zone == .unknown })
        else { return }
        for index in 0..<own {
            let sentence = sentences[index]
            let counts = (sentence.first..<sentence.end).contains { at in
                tokens[at].kind == .number
                    && (isSign(at - 1, Sign.equals) && isWord(at - 2, "n") || isPeople(within: 5, after: at))
            }
            if counts || isGiving(sentence) { return }
            sentences[index].zone = .background
        }
    }

    /// `Esketamine (0.5 mg/kg) took 40 minutes`, `the patient was administered ketamine 35 mg`: what was done, told
    /// without `we`.
    private func isGiving(_ sentence: Sentence) -> Bool {
        guard !sentence.isPrior else { return false }
        let tokens = sentence.first..<sentence.end
        guard tokens.contains(where: { isAny($0, .milligram) && isNumber($0 - 1) }) else { return false }
        return tokens.contains { at in
            let isPassive = isWord(at - 1, "was") || isWord(at - 1, "were")
            if isPassive, isWord(at, "administered") || isWord(at, "infused") || isWord(at, "given") { return true }
            return ["received", "underwent", "took", "ingested"].contains { (word: StaticString) in isWord(at, word) }
        }
    }

    /// `Response rates were 55% and 45% and comparable to previous trials`: a finding of one's own that is held against what
    /// others found. Only among results, where a share has been told.
    private func isHeldAgainst(_ at: Int, _ sentence: Sentence) -> Bool {
        guard sentence.zone == .results, isWord(at - 1, "to") || isWord(at - 1, "with") || isWord(at - 1, "than"),
            ["comparable", "similar", "consistent", "compared", "lower", "higher"].contains(where: {
                (word: StaticString) in isWord(at - 2, word)
            })
        else { return false }
        return (sentence.first..<at).contains { isSign($0, Sign.percent) }
    }

    private mutating func noteSentenceCues(_ lexicon: Lexicon) {
        for index in sentences.indices {
            var sentence = sentences[index]
            for at in sentence.first..<sentence.end {
                let classes = tokens[at].classes
                guard !classes.isDisjoint(with: [.own, .prior, .further, .study]) else { continue }
                if classes.contains(.own), isOwn(at) { sentence.isOwn = true }
                // `studies have demonstrated`, `trials have shown`
                if classes.contains(.study), isWord(at + 1, "have"), isAny(at + 2, .reported) {
                    sentence.isPrior = true
                }
                // `We previously completed a trial`, however many words stand before the trial.
                if classes.contains(.prior), sentence.zone != .methods,
                    isWord(at - 1, "we") || (isWord(at - 1, "have") && isWord(at - 2, "we"))
                {
                    sentence.isPrior = true
                }
                // `previous studies`, `prior research`: a previous treatment is no previous study.
                if classes.contains(.prior), !isHeldAgainst(at, sentence) {
                    for near in at + 1..<min(at + 4, max(sentence.end, at + 1)) {
                        if isAny(near, .study) {
                            sentence.isPrior = true
                        } else if isAny(near, [.treatment, .adequate]) {
                            break
                        }
                    }
                }
                if classes.contains(.further), sentence.zone != .methods, !isAny(at - 1, .to) {
                    sentence.isFurther = true
                }
            }
            sentences[index] = sentence
        }
        markUnlabelledBackground()
        for mark in marks where mark.kind == .animal {
            sentences[Int(tokens[Int(mark.first)].sentence)].isAnimal = true
        }
    }
}
