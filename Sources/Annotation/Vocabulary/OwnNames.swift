/// What a review adds to the vocabulary: drugs, or other treatments that arms are called by, and what is measured.
package struct OwnNames: Sendable, Hashable, Codable {
    package var drugs: [OwnName]
    package var scales: [OwnName]

    package init(drugs: [OwnName] = [], scales: [OwnName] = []) {
        self.drugs = drugs
        self.scales = scales
    }

    var concepts: [Concept] {
        drugs.flatMap { $0.concepts(.drug) } + scales.flatMap { $0.concepts(.scale) }
    }
}

/// A canonical name, and the words for it in texts.
package struct OwnName: Sendable, Hashable, Codable {
    /// One that is known here, which gets further words, or a new one.
    package var name: String
    /// Words and phrases as texts print them. What stands here in capitals counts in capitals only.
    package var words: [String]

    package init(name: String, words: [String]) {
        self.name = name
        self.words = words
    }

    /// Longer ones are sentences.
    package static let longestWord = 80

    /// Why a word cannot stand for the name; nil where it can.
    package static func objection(to word: String, naming name: String) -> String? {
        guard word.contains(where: \.isLetter), word.count <= longestWord,
            word.allSatisfy({ $0.isLetter || $0.isNumber || " -()+,./'".contains($0) })
        else { return "not made of letters, digits, blanks, hyphens and brackets, or too long" }
        guard let known = Lexicon.shared.concept(of: word) else { return nil }
        switch known.kind {
        case .drug, .scale: return known.name == name ? nil : "the name of \(known.name) already"
        default: return "read as something else already (\(known.name))"
        }
    }

    fileprivate func concepts(_ kind: Concept.Kind) -> [Concept] {
        words.map { word in
            let letters = word.filter(\.isLetter)
            // Print is asked of the first letter of a text: `5-FU` has none to ask.
            let isAbbreviation =
                letters.count > 1 && letters.allSatisfy(\.isUppercase) && word.first?.isLetter == true
            return Concept(kind, name, word.lowercased(), print: isAbbreviation ? .upper : .any)
        }
    }
}

extension Lexicon {
    /// The vocabulary of the field and a review's own.
    static func with(_ names: OwnNames) -> Lexicon {
        let own = names.concepts
        guard !own.isEmpty else { return shared }
        return Lexicon(words: WordTable.classes, numbers: WordTable.numbers, phrases: Concept.all + own)
    }

    /// What a whole word or phrase stands for.
    fileprivate func concept(of phrase: String) -> Concept? {
        var phrase = phrase
        let tokens = phrase.withUTF8 { Tokenizer(lexicon: self).read($0) }
        var marks: [Mark] = []
        findPhrases(in: tokens, into: &marks)
        guard let mark = marks.first, mark.first == 0, Int(mark.last) == tokens.count - 1 else { return nil }
        return concepts[Int(mark.concept)]
    }
}
