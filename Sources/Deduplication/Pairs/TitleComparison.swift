/// How two titles agree.
enum TitleAgreement: UInt8 {
    case differ
    /// One side has none.
    case unknown
    /// Much the same words, but some are others: `... of the nervous system`, `... of the digestive system`.
    case reworded
    /// Much the same words, some on one side only.
    case near
    /// One is the beginning or the end of the other; what is added does not make another document of it.
    case contained
    /// The same but for misspelt words.
    case misspelt
    case equal
}

extension CorpusView {
    func compareTitles(_ a: Signature, _ b: Signature) -> TitleAgreement {
        if a.titleKeys.0 == 0 || b.titleKeys.0 == 0 { return .unknown }
        if sharesTitleKey(a, b) { return .equal }
        let first = title(a).split(separator: TextFolder.space)
        let second = title(b).split(separator: TextFolder.space)
        if contains(first, second) { return .contained }
        return compareWords(first, second, sameNumbers: a.numbersKey == b.numbersKey)
    }

    func sharesTitleKey(_ a: Signature, _ b: Signature) -> Bool {
        func has(_ key: UInt64) -> Bool {
            key != 0
                && (key == b.titleKeys.0 || key == b.titleKeys.1 || key == b.titleKeys.2 || key == b.titleKeys.3)
        }
        return has(a.titleKeys.0) || has(a.titleKeys.1) || has(a.titleKeys.2) || has(a.titleKeys.3)
    }

    private typealias Word = Slice<UnsafeBufferPointer<UInt8>>

    private func contains(_ a: [Word], _ b: [Word]) -> Bool {
        let (short, long) = a.count <= b.count ? (a, b) : (b, a)
        guard short.count >= 3, short.count < long.count else { return false }
        let extra: ArraySlice<Word>
        if let last = short.last, zip(short.dropLast(), long).allSatisfy({ $0.elementsEqual($1) }),
            last.count < long[short.count - 1].count, long[short.count - 1].starts(with: last),
            short.reduce(0, { $0 + $1.count }) >= Self.cutLength
        {
            // An export of a fixed width cuts within a word.
            return true
        } else if zip(short, long).allSatisfy({ $0.elementsEqual($1) }) {
            extra = long[short.count...]
        } else if zip(short.reversed(), long.reversed()).allSatisfy({ $0.elementsEqual($1) }) {
            extra = long[..<(long.count - short.count)]
        } else {
            return false
        }
        // `... 2` or `... 2010` is the next of a row; a longer addition with numbers in it is an indexer's.
        if extra.count <= 3, extra.contains(where: isNumber) { return false }
        return !extra.contains { Words.otherDocument.contains(Array($0)) }
    }

    /// Letters of a title that is long enough to have been cut.
    private static let cutLength = 60

    private func isNumber(_ word: Word) -> Bool { word.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } && word.count < 4 }

    /// Words that stand on one side only are paired off: a misspelling is one letter in five, two in ten.
    private func compareWords(_ a: [Word], _ b: [Word], sameNumbers: Bool) -> TitleAgreement {
        let larger = max(a.count, b.count)
        guard larger > 0, min(a.count, b.count) * 3 >= larger * 2 else { return .differ }
        var rest = b
        var onlyInA: [Word] = []
        for word in a {
            if let place = rest.firstIndex(where: { $0.elementsEqual(word) }) {
                rest.remove(at: place)
            } else {
                onlyInA.append(word)
            }
        }
        guard onlyInA.count * 4 <= max(4, larger + 3), rest.count * 4 <= max(4, larger + 3) else {
            // Words joined here and apart there (`IL-6`, `IL6`) are many words of difference and few letters.
            return sameNumbers && EditDistance.within(1, Array(a.joined()), Array(b.joined())) ? .near : .differ
        }
        // A reply or a protocol says so in one word.
        if (onlyInA + rest).contains(where: { Words.otherPaper.contains(Array($0)) }) { return .differ }
        guard onlyInA.count + rest.count > 0 else { return .near }  // the same words in another order
        var isMisspelling = sameNumbers
        var misspelt = 0
        for word in onlyInA {
            if let place = rest.firstIndex(where: { isMisspelt(word, $0) }) {
                rest.remove(at: place)
                misspelt += 1
            } else if !Words.titleStop.contains(Array(word)) {
                isMisspelling = false
            }
        }
        if rest.contains(where: { !Words.titleStop.contains(Array($0)) }) { isMisspelling = false }
        if isMisspelling { return .misspelt }
        // Letters lost or moved across a break: `p6INK4a`, `p16 (INK4a)`.
        if onlyInA.count == misspelt || rest.isEmpty
            || onlyInA.allSatisfy({ Words.titleStop.contains(Array($0)) })
            || EditDistance.within(1, Array(a.joined()), Array(b.joined()))
        {
            return .near
        }
        return .reworded
    }

    private func isMisspelt(_ a: Word, _ b: Word) -> Bool {
        let (x, y) = (Array(a), Array(b))
        let shorter = min(x.count, y.count)
        // `CIN2` and `CIN3`, `HPV16` and `HPV18` are no misspellings of each other.
        if shorter < 4 { return lostLetter(x, y) }
        guard !isContrast(x, y), !changesDigits(x, y) else { return false }
        return EditDistance.within(shorter >= 10 ? 2 : 1, x, y)
    }

    /// A short word with a letter lost (`fr`, `HP`), not one with another letter: hepatitis B is not C.
    private func lostLetter(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        let (short, long) = a.count < b.count ? (a, b) : (b, a)
        guard short.count + 1 == long.count, short.count >= 2 || Words.titleStop.contains(long) else { return false }
        return !changesDigits(a, b) && EditDistance.within(1, short, long)
    }

    /// Words of opposite sense that differ in few letters.
    private func isContrast(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        func starts(_ word: [UInt8], _ prefix: StaticString) -> Bool {
            prefix.withUTF8Buffer { word.starts(with: $0) }
        }
        for (one, other) in Self.contrasts {
            if (starts(a, one) && starts(b, other)) || (starts(a, other) && starts(b, one)) { return true }
        }
        return false
    }

    private static var contrasts: [(StaticString, StaticString)] {
        [
            ("hyper", "hypo"), ("inter", "intra"), ("incr", "decr"), ("micro", "macro"), ("mono", "non"),
            ("endo", "ecto"), ("efferent", "afferent"), ("ante", "anti"), ("sympto", "asympto"),
            ("typical", "atypical"),
        ]
    }

    private func changesDigits(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        let isDigit = { (byte: UInt8) in byte >= 0x30 && byte <= 0x39 }
        return a.filter(isDigit) != b.filter(isDigit)
    }
}
