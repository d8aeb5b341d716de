/// A drug, or another treatment that arms are called by, and the words for it in texts: what a review adds to the drugs
/// that are known here.
package struct DrugName: Sendable, Hashable, Codable {
    /// The canonical name: that of a known drug, which gets further words, or a new one.
    package var name: String
    /// Words and phrases as texts print them. What stands here in capitals counts in capitals only.
    package var words: [String]

    package init(name: String, words: [String]) {
        self.name = name
        self.words = words
    }

    /// Longer ones are sentences.
    package static let longestWord = 80

    /// Why a word cannot name the drug; nil where it can.
    package static func objection(to word: String, naming name: String) -> String? {
        guard word.contains(where: \.isLetter), word.count <= longestWord,
            word.allSatisfy({ $0.isLetter || $0.isNumber || " -()+,./'".contains($0) })
        else { return "not made of letters, digits, blanks, hyphens and brackets, or too long" }
        switch Lexicon.shared.concept(of: word) {
        case nil: return nil
        case let known? where known.kind == .drug:
            return known.name == name ? nil : "the name of \(known.name) already"
        case let known?: return "read as something else already (\(known.name))"
        }
    }

    var concepts: [Concept] {
        words.map { word in
            let letters = word.filter(\.isLetter)
            let isAbbreviation = letters.count > 1 && letters.allSatisfy(\.isUppercase)
            return Concept(.drug, name, word.lowercased(), print: isAbbreviation ? .upper : .any)
        }
    }
}

extension Lexicon {
    /// The vocabulary of the field and the drugs of a review.
    static func with(_ drugs: [DrugName]) -> Lexicon {
        guard !drugs.isEmpty else { return shared }
        return Lexicon(
            words: WordTable.classes, numbers: WordTable.numbers, phrases: Concept.all + drugs.flatMap(\.concepts))
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
