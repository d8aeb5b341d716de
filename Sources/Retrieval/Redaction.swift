import Transfer

/// Takes secrets out of texts and answers before they leave this module. The service repeats a rejected API key in its
/// error body, and libcurl's messages may repeat parts of an address.
package struct Redaction: Sendable {
    private let secrets: [[UInt8]]
    private static let mark = Array("[key]".utf8)

    /// - Parameter key: the API key; nil or empty for none.
    package init(key: String?) {
        guard let key, !key.isEmpty else {
            secrets = []
            return
        }
        // As it is, as it stands in a form or address, and as it stands in JSON or XML.
        var spellings = [key, FormEncoding.encode(key)]
        spellings.append(key.reduce(into: "") { $0 += $1 == "\"" || $1 == "\\" ? "\\\($1)" : String($1) })
        let entities: [Character: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;"]
        spellings.append(key.reduce(into: "") { $0 += entities[$1] ?? String($1) })
        var distinct: [[UInt8]] = []
        for spelling in spellings.map({ Array($0.utf8) }) where !distinct.contains(spelling) {
            distinct.append(spelling)
        }
        secrets = distinct.sorted { $0.count > $1.count }
    }

    package func callAsFunction(_ text: String) -> String {
        secrets.isEmpty ? text : String(decoding: self(Array(text.utf8)), as: UTF8.self)
    }

    /// The bytes themselves where no secret is in them.
    package func callAsFunction(_ bytes: [UInt8]) -> [UInt8] {
        var result = bytes
        for secret in secrets { result = Self.replace(secret, in: result) }
        return result
    }

    /// Stands among the headers of an answer that held a secret; no server can send a name with a blank.
    static let note = HTTPField("sluice redacted", "1")

    /// The answer without secrets in body and headers.
    func callAsFunction(_ answer: HTTPAnswer) -> HTTPAnswer {
        // A key of one or two letters is no key, and taking it out would spoil every answer.
        guard let shortest = secrets.last, shortest.count >= 4 else { return answer }
        var result = answer
        result.body = self(answer.body)
        result.headers = answer.headers.map { HTTPField($0.name, self($0.value)) }
        if result.body != answer.body { result.headers.append(Self.note) }
        return result
    }

    private static func replace(_ secret: [UInt8], in bytes: [UInt8]) -> [UInt8] {
        guard let first = secret.first, bytes.count >= secret.count else { return bytes }
        var result: [UInt8] = []
        var copied = 0
        var index = 0
        while index <= bytes.count - secret.count {
            if bytes[index] == first, bytes[index..<(index + secret.count)].elementsEqual(secret) {
                result.append(contentsOf: bytes[copied..<index])
                result.append(contentsOf: mark)
                index += secret.count
                copied = index
            } else {
                index += 1
            }
        }
        guard copied > 0 else { return bytes }
        result.append(contentsOf: bytes[copied...])
        return result
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
