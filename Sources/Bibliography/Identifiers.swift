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
    package init?(_ text: some StringProtocol) { self.init(utf8: text.utf8) }

    /// Every record has one, and most are strings.
    package init?(_ text: String) { self.init(utf8: text.utf8) }

    private init?(utf8: some Sequence<UInt8>) {
        var digits = 0
        var value: UInt64 = 0
        var hasEnded = false
        for byte in utf8 {
            if isWhiteSpace(byte) {
                hasEnded = digits > 0
                continue
            }
            guard byte >= 0x30, byte <= 0x39, !hasEnded, digits < 12 else { return nil }
            value = value * 10 + UInt64(byte - 0x30)
            digits += 1
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
        var bytes = rest.utf8[...]
        while let last = bytes.last, Self.isPunctuation(last) { bytes.removeLast() }
        // A closing bracket belongs to the DOI only where it opens one too: 10.1016/S0006-3223(99)00230-9.
        for (open, close) in [("(", ")"), ("[", "]")] as [(Unicode.Scalar, Unicode.Scalar)] {
            let (open, close) = (UInt8(ascii: open), UInt8(ascii: close))
            while bytes.last == close, bytes.count(where: { $0 == close }) > bytes.count(where: { $0 == open }) {
                bytes.removeLast()
            }
        }
        guard let slash = bytes.firstIndex(of: UInt8(ascii: "/")), bytes.index(after: slash) < bytes.endIndex,
            bytes.count < 2048
        else { return nil }
        text = String(Substring(bytes))
    }

    package init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    private static func isPunctuation(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\""), UInt8(ascii: "'"),
            UInt8(ascii: ">"):
            true
        default: false
        }
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
}

extension RecordID: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { rawValue = value }
}
