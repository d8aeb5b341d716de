import Transfer

/// Takes secrets out of texts and answers before they leave this module. The service repeats a rejected API key in its
/// error body, and libcurl's messages may repeat parts of an address.
///
/// Each character of a secret may be spelt in any way that a form, an address, XML or JSON has for it, whatever the
/// spelling of the others: what a reader would decode to the secret is the secret.
package struct Redaction: Sendable {
    /// For each byte of the secret every way to write it, the longest first.
    private let spellings: [[[UInt8]]]
    /// Which bytes a spelling of the first byte begins with.
    private let starts: [Bool]
    private static let mark = Array("[key]".utf8)

    /// - Parameter key: the API key; nil or empty for none.
    package init(key: String?) {
        spellings = (key ?? "").utf8.map(Self.spellings)
        var starts = [Bool](repeating: false, count: 256)
        for spelling in spellings.first ?? [] { if let byte = spelling.first { starts[Int(byte)] = true } }
        self.starts = starts
    }

    /// Whether a secret stands in the bytes, in any spelling.
    package func finds(in bytes: [UInt8]) -> Bool { isArmed && !matches(in: bytes, limit: 1).isEmpty }

    /// A key of one or two letters is no key, and taking it out would spoil every answer.
    package var isArmed: Bool { spellings.count >= 4 }

    package func callAsFunction(_ text: String) -> String {
        spellings.isEmpty ? text : String(decoding: self(Array(text.utf8)), as: UTF8.self)
    }

    /// The bytes themselves where no secret is in them.
    package func callAsFunction(_ bytes: [UInt8]) -> [UInt8] {
        let found = matches(in: bytes)
        guard !found.isEmpty else { return bytes }
        var result: [UInt8] = []
        var copied = 0
        for match in found {
            result += bytes[copied..<match.lowerBound]
            result += Self.mark
            copied = match.upperBound
        }
        return result + bytes[copied...]
    }

    /// Stands among the headers of an answer that held a secret; no server can send a name with a blank.
    static let note = HTTPField("sluice redacted", "1")

    /// The answer without secrets in body and headers.
    func callAsFunction(_ answer: HTTPAnswer) -> HTTPAnswer {
        guard isArmed else { return answer }
        var result = answer
        result.body = self(answer.body)
        result.headers = answer.headers.map { HTTPField($0.name, self($0.value)) }
        if result.body != answer.body { result.headers.append(Self.note) }
        return result
    }

    private func matches(in bytes: [UInt8], limit: Int = .max) -> [Range<Int>] {
        guard !spellings.isEmpty else { return [] }
        return bytes.withUnsafeBufferPointer { bytes in
            var found: [Range<Int>] = []
            var index = 0
            while index < bytes.count, found.count < limit {
                if starts[Int(bytes[index])], let end = end(from: index, letter: 0, in: bytes) {
                    found.append(index..<end)
                    index = end
                } else {
                    index += 1
                }
            }
            return found
        }
    }

    /// Where the rest of the secret, from one of its bytes on, ends when it stands at an index.
    private func end(from index: Int, letter: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard letter < spellings.count else { return index }
        for spelling in spellings[letter] where bytes.count - index >= spelling.count {
            guard (0..<spelling.count).allSatisfy({ bytes[index + $0] == spelling[$0] }) else { continue }
            if let end = end(from: index + spelling.count, letter: letter + 1, in: bytes) { return end }
        }
        return nil
    }

    private static let entities: [UInt8: [String]] = [
        0x26: ["&amp;"], 0x3C: ["&lt;"], 0x3E: ["&gt;"], 0x22: ["&quot;", "\\\""], 0x27: ["&apos;"], 0x2F: ["\\/"],
        0x5C: ["\\\\"], 0x20: ["+"],
    ]

    private static func spellings(of byte: UInt8) -> [[UInt8]] {
        let upper = String(byte, radix: 16, uppercase: true)
        let lower = String(byte, radix: 16)
        let pad = upper.count < 2 ? "0" : ""
        var ways = entities[byte] ?? []
        for digits in upper == lower ? [upper] : [upper, lower] {
            ways += ["%\(pad)\(digits)", "\\u00\(pad)\(digits)", "&#x\(digits);", "&#x\(pad)\(digits);"]
        }
        ways.append("&#\(byte);")
        // Escaped twice, as where a form stands in an address or XML quotes XML.
        for way in ways {
            if way.hasPrefix("&") { ways.append("&amp;" + way.dropFirst()) }
            if way.hasPrefix("%") { ways.append("%25" + way.dropFirst()) }
        }
        return (ways.map { Array($0.utf8) } + [[byte]]).sorted { $0.count > $1.count }
    }
}

/// `application/x-www-form-urlencoded`: letters, digits and `-._~` as they are, all other bytes as `%XX`.
enum FormEncoding {
    static func encode(_ text: String) -> String {
        var bytes: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
            default: bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func encode(_ parameters: [(String, String)]) -> String {
        parameters.map { "\(encode($0.0))=\(encode($0.1))" }.joined(separator: "&")
    }
}
