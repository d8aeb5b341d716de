/// The name of a record within one review: `pubmed:12345678`, the key its own file gives it, or `FILE#n`.
package struct RecordID: RawRepresentable, Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
    package init(_ rawValue: String) { self.rawValue = rawValue }

    package init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    package var description: String { rawValue }

    /// Byte order, so that no locale has a say: `pubmed:9` comes after `pubmed:10`.
    package static func < (a: RecordID, b: RecordID) -> Bool {
        a.rawValue.utf8.lexicographicallyPrecedes(b.rawValue.utf8)
    }
}

/// A PubMed identifier: one to nine digits (PubMed issues eight today), never with leading zeros.
package struct PMID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    package let number: UInt32

    package init?(_ number: UInt32) {
        guard number > 0, number < 1_000_000_000 else { return nil }
        self.number = number
    }

    /// Reads digits, with white space around them allowed; anything else is no PMID.
    package init?(_ text: some StringProtocol) {
        let digits = text.utf8.drop(while: isWhiteSpace).reversed().drop(while: isWhiteSpace).reversed()
        guard !digits.isEmpty, digits.count <= 12 else { return nil }
        var value: UInt64 = 0
        for byte in digits {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            value = value * 10 + UInt64(byte - 0x30)
        }
        guard value > 0, value < 1_000_000_000 else { return nil }
        number = UInt32(value)
    }

    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let pmid = PMID(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "'\(text)' is not a PMID"))
        }
        self = pmid
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    package var description: String { String(number) }
    package var recordID: RecordID { RecordID("pubmed:\(number)") }

    package static func < (a: PMID, b: PMID) -> Bool { a.number < b.number }
}

/// A digital object identifier, without prefix or resolver address, in the letters its source gave it.
/// Two DOIs are the same when they differ only in case (DOI Handbook, 3.8: names are case insensitive).
package struct DOI: Hashable, Sendable, Codable, CustomStringConvertible {
    package let text: String

    /// Reads `10.1000/xyz` out of any usual spelling (`doi:`, `https://doi.org/`, `10.1000/xyz [doi]`, a trailing
    /// full stop); nil when what is left does not begin with `10.` and hold a slash.
    package init?(_ raw: some StringProtocol) {
        var rest = Substring(raw)
        if let start = rest.range(ofDOIPrefix: ()) { rest = rest[start...] } else { return nil }
        let isASCII = rest.utf8.allSatisfy { $0 < 0x80 }
        let space = isASCII ? rest.utf8.firstIndex(where: isWhiteSpace) : rest.firstIndex(where: \.isWhitespace)
        if let space { rest = rest[..<space] }
        while let last = rest.last, ".,;\"'>".contains(last) { rest.removeLast() }
        // A closing bracket belongs to the DOI only where it opens one too: 10.1016/S0006-3223(99)00230-9.
        for (open, close) in [("(", ")"), ("[", "]")] as [(Character, Character)] {
            while rest.last == close, rest.count(of: close) > rest.count(of: open) { rest.removeLast() }
        }
        guard let slash = rest.firstIndex(of: "/"), rest.index(after: slash) < rest.endIndex, rest.utf8.count < 2048
        else { return nil }
        text = String(rest)
    }

    package init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    package var description: String { text }
    /// The form to compare by.
    package var folded: String { text.lowercased() }

    package static func == (a: DOI, b: DOI) -> Bool { a.folded == b.folded }
    package func hash(into hasher: inout Hasher) { hasher.combine(folded) }
}

private func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

extension Substring {
    /// Where `10.` and a digit begin: at the start, or after something that is not a letter of ASCII, a digit or a full
    /// stop.
    fileprivate func range(ofDOIPrefix: Void) -> Index? {
        let bytes = utf8
        var index = bytes.startIndex
        var isBoundary = true
        while index < bytes.endIndex {
            if isBoundary, bytes[index] == 0x31 {
                let head = bytes[index...].prefix(4)
                if head.starts(with: [0x31, 0x30, 0x2E]), let digit = head.dropFirst(3).first,
                    (0x30...0x39).contains(digit)
                {
                    return index
                }
            }
            let byte = bytes[index]
            isBoundary = !((0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x2E)
            bytes.formIndex(after: &index)
        }
        return nil
    }

    fileprivate func count(of character: Character) -> Int { reduce(0) { $1 == character ? $0 + 1 : $0 } }
}

extension RecordID: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { rawValue = value }
}
