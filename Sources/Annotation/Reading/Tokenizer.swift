/// Splits UTF-8 text into words, numbers and signs in one pass.
///
/// Numbers: `0.5`, `.5`, `0·5`, `0,5` and `1,200` are one token each. Words run through letters and digits
/// (`NCT01234567`, `HAMD17`), but a number ends where letters begin (`40min` is `40` and `min`). Letters are folded:
/// lower case, Latin letters without their accents, micro sign and mu to `u`.
struct Tokenizer {
    private let lexicon: Lexicon
    private let shapes = Self.shapeTable

    init(lexicon: Lexicon) { self.lexicon = lexicon }

    /// The tokens of a text.
    func read(_ bytes: UnsafeBufferPointer<UInt8>) -> [Token] {
        // No token is without a byte of its own.
        var tokens = [Token](unsafeUninitializedCapacity: bytes.count) { room, count in
            var list = TokenList(room)
            read(bytes, into: &list)
            count = list.count
        }
        joinSpelledNumbers(&tokens)
        return tokens
    }

    private func read(_ bytes: UnsafeBufferPointer<UInt8>, into tokens: inout TokenList) {
        let count = bytes.count
        var at = 0
        var space = true
        while at < count {
            let byte = bytes[at]
            let shape = shapes[Int(byte)]
            switch shape {
            case .space:
                space = true
                at += 1
                continue
            case .letter:
                at = readWord(bytes, at, space, &tokens)
            case .digit:
                at = readNumber(bytes, at, space, &tokens)
            case .sign:
                if byte == Sign.period, at + 1 < count, Self.isDigit(bytes[at + 1]), space || startsNumber(bytes, at) {
                    at = readNumber(bytes, at, space, &tokens)
                } else if byte == 0x26, let (sign, length) = Self.entity(bytes, at) {
                    append(sign, at, at + length, space, &tokens)
                    at += length
                } else {
                    append(byte, at, at + 1, space, &tokens)
                    at += 1
                }
            case .high:
                let (meaning, length) = Self.meaning(bytes, at)
                switch meaning {
                case .letter: at = readWord(bytes, at, space, &tokens)
                case .space:
                    space = true
                    at += length
                    continue
                case .sign(let sign):
                    append(sign, at, at + length, space, &tokens)
                    at += length
                case .superscript(let value):
                    let id = lexicon.id(ofInteger: Int(value))
                    tokens.append(
                        Token(
                            start: Int32(at), end: Int32(at + length), kind: .number, sign: 0,
                            flags: space ? .spaceBefore : [], sentence: 0, word: id, classes: [],
                            value: Double(value)))
                    at += length
                }
            }
            space = false
        }
    }

    private func append(_ sign: UInt8, _ start: Int, _ end: Int, _ space: Bool, _ tokens: inout TokenList) {
        tokens.append(
            Token(
                start: Int32(start), end: Int32(end), kind: .sign, sign: sign, flags: space ? .spaceBefore : [],
                sentence: 0, word: lexicon.id(ofSign: sign), classes: [], value: 0))
    }

    private func readWord(
        _ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ space: Bool, _ tokens: inout TokenList
    ) -> Int {
        var at = from
        var hash = FoldedHash()
        var flags: Token.Flags = space ? .spaceBefore : []
        var letters = 0
        var capitals = 0
        loop: while at < bytes.count {
            let byte = bytes[at]
            // Small letters are most of any text.
            if byte &- 0x61 < 26 {
                let run = SmallLetters(bytes, at)
                letters += run.count
                hash.add(run.letters, bits: UInt64(truncatingIfNeeded: 8 * run.count))
                at += run.count
                continue
            }
            switch shapes[Int(byte)] {
            case .letter:
                letters += 1
                if byte < 0x61 {
                    capitals += 1
                    if at == from { flags.insert(.capitalised) }
                    hash.add(byte | 0x20)
                } else {
                    hash.add(byte)
                }
                at += 1
            case .digit:
                hash.add(byte)
                at += 1
            case .high:
                let (meaning, length) = Self.meaning(bytes, at)
                guard case .letter = meaning else { break loop }
                letters += 1
                if FoldedHash.isCapital(bytes, at) {
                    capitals += 1
                    if at == from { flags.insert(.capitalised) }
                }
                hash.add(bytes, at, length)
                at += length
            case .space, .sign: break loop
            }
        }
        if letters == capitals { flags.insert(.upper) }
        let entry = lexicon.entry(hash.value)
        var token = Token(
            start: Int32(from), end: Int32(at), kind: .word, sign: 0, flags: flags, sentence: 0, word: entry.id,
            classes: entry.classes, value: 0)
        if entry.number >= 0 {
            token.kind = .number
            token.value = Double(entry.number)
            token.flags.insert(.spelled)
        }
        tokens.append(token)
        return at
    }

    /// Whether the point before a digit begins a number, as in `(.5 mg/kg)`, and does not end a word.
    private func startsNumber(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
        guard at > 0 else { return true }
        let shape = shapes[Int(bytes[at - 1])]
        return shape == .sign && bytes[at - 1] != Sign.period && bytes[at - 1] != Sign.close
    }

    private func readNumber(
        _ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ space: Bool, _ tokens: inout TokenList
    ) -> Int {
        var at = from
        var value = 0.0
        var digits = 0
        while at < bytes.count, Self.isDigit(bytes[at]) {
            value = value * 10 + Double(bytes[at] - 0x30)
            digits += 1
            at += 1
        }
        while digits > 0, digits <= 3, value > 0, let next = Self.thousands(bytes, at) {
            value = value * 1000 + next.value
            at += next.length
        }
        var flags: Token.Flags = space ? .spaceBefore : []
        if let length = Self.decimalPoint(bytes, at, isZero: value == 0 && digits == 1) {
            flags.insert(.decimal)
            at += length
            // One division of two exact numbers: 0.54 is the double that prints as 0.54.
            var divisor = 1.0
            while at < bytes.count, Self.isDigit(bytes[at]) {
                if divisor < 1e9 {
                    value = value * 10 + Double(bytes[at] - 0x30)
                    divisor *= 10
                }
                at += 1
            }
            value /= divisor
        }
        let id = flags.contains(.decimal) ? 0 : lexicon.id(ofInteger: value < 1000 ? Int(value) : -1)
        tokens.append(
            Token(
                start: Int32(from), end: Int32(at), kind: .number, sign: 0, flags: flags, sentence: 0, word: id,
                classes: [], value: value))
        return at
    }

    /// `twenty-six` and `twenty six` become one number.
    private func joinSpelledNumbers(_ tokens: inout [Token]) {
        var index = 0
        while index + 1 < tokens.count {
            defer { index += 1 }
            let tens = tokens[index]
            guard tens.has(.spelled), tens.value >= 20, tens.value < 100 else { continue }
            let hyphen = tokens[index + 1].sign == Sign.hyphen ? 1 : 0
            let next = index + 1 + hyphen
            guard next < tokens.count, tokens[next].has(.spelled), tokens[next].value >= 1, tokens[next].value < 10
            else { continue }
            tokens[index].value += tokens[next].value
            tokens[index].end = tokens[next].end
            tokens[index].word = lexicon.id(ofInteger: Int(tokens[index].value))
            tokens.removeSubrange(index + 1...next)
        }
        joinHundreds(&tokens)
    }

    /// `one hundred and thirty`, `two hundred`.
    private func joinHundreds(_ tokens: inout [Token]) {
        var index = 0
        while index + 1 < tokens.count {
            defer { index += 1 }
            guard tokens[index + 1].has(.spelled), tokens[index + 1].value == 100, tokens[index].has(.spelled),
                tokens[index].value >= 1, tokens[index].value < 10
            else { continue }
            var last = index + 1
            var value = tokens[index].value * 100
            var rest = index + 2
            if rest < tokens.count, tokens[rest].isAny(.and) { rest += 1 }
            if rest < tokens.count, tokens[rest].has(.spelled), tokens[rest].value >= 1, tokens[rest].value < 100 {
                value += tokens[rest].value
                last = rest
            }
            tokens[index].value = value
            tokens[index].end = tokens[last].end
            tokens[index].word = 0
            tokens.removeSubrange(index + 1...last)
        }
    }
}

/// The small ASCII letters that follow each other at a place, up to eight.
private struct SmallLetters {
    /// The first one lowest, noughts after the last.
    let letters: UInt64
    let count: Int

    /// - Parameter at: where a small letter stands.
    @inline(__always)
    init(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) {
        guard bytes.count - at >= 8, let base = bytes.baseAddress else {
            (letters, count) = (UInt64(bytes[at]), 1)
            return
        }
        let eight = UInt64(littleEndian: UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self))
        let ascii = eight & ~Self.highs
        // The high bit of each byte that is no small letter; sums stay below 0x100.
        let others =
            (~(ascii &+ Self.every(0x80 - 0x61)) | (ascii &+ Self.every(0x7F - 0x7A)) | eight) & Self.highs
        let bits = UInt64(others.trailingZeroBitCount & ~7)
        count = Int(bits) / 8
        letters = eight & ~(UInt64.max << bits)
    }

    private static let highs: UInt64 = 0x8080_8080_8080_8080

    @inline(__always)
    private static func every(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }
}

/// Tokens written one after the other into room that is known to be enough: adding one is most of what a reader does.
private struct TokenList {
    private let room: UnsafeMutableBufferPointer<Token>
    private(set) var count = 0

    init(_ room: UnsafeMutableBufferPointer<Token>) { self.room = room }

    @inline(__always)
    mutating func append(_ token: Token) {
        room.initializeElement(at: count, to: token)
        count += 1
    }
}
