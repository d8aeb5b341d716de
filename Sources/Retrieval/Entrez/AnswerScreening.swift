import Transfer
import XMLReading

/// The part of reading an answer that is the same for every endpoint: everything that is not the document asked for.
struct AnswerScreening {
    var redaction: Redaction
    /// Seconds since 1970, for a `Retry-After` that is a date in an answer without a date of its own.
    var now: Int

    /// - Returns: nil when the answer is status 200 and looks like XML, so that its root may be looked at.
    func failure<Value>(in answer: HTTPAnswer, _: Value.Type = Value.self) -> Meaning<Value>? {
        let start = answer.body.drop {
            $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF
        }
        let head = redaction(String(decoding: start.prefix(4096), as: UTF8.self))
        let lower = head.prefix(200).lowercased()
        // A date is meant by the service's clock, which this machine's may be far from.
        let moment = answer.header("date").flatMap { RetryPolicy.httpDate($0) } ?? now
        let retryAfter = RetryPolicy.seconds(retryAfter: answer.header("retry-after"), now: moment)
        let status = "HTTP \(answer.status)"

        // JSON comes whatever was asked for: the limiter stands before the service.
        if start.first == 0x7B {
            let text = jsonErrors(head).joined(separator: "; ")
            if text.lowercased().contains("rate limit exceeded") || answer.status == 429 {
                return .limited(retryAfter: retryAfter, "\(status): \(text.isEmpty ? "too many requests" : text)")
            }
            guard !text.isEmpty else {
                return .transient("\(status) with JSON where XML was asked for: \(ErrorText.shortened(head))")
            }
            return prefixed(ErrorText.meaning(text), status)
        }
        if answer.status == 429 || (answer.status == 503 && retryAfter != nil) {
            return .limited(retryAfter: retryAfter, "\(status)\(said(head))")
        }
        if (300..<400).contains(answer.status) {
            let misuse = answer.header("location")?.contains("misuse.ncbi.nlm.nih.gov") == true
            let why = misuse ? "NCBI has blocked this address (misuse.ncbi.nlm.nih.gov)" : "redirects are not followed"
            return .permanent("\(status): \(why)")
        }
        if lower.hasPrefix("<!doctype html") || lower.hasPrefix("<html") || lower.contains("<html") {
            let title = between("<title>", "</title>", in: head)
            if head.contains("Error Blocked") {
                return .permanent("\(status) with a web page: \(title). NCBI has blocked this address; write to them")
            }
            let why = "\(status) with a web page instead of XML\(title.isEmpty ? "" : ": \(title)")"
            return answer.status == 502 || answer.status == 504 ? .tooMuch(why) : .transient(why)
        }
        if answer.status >= 500 {
            let why = "\(status)\(said(head))"
            return answer.status == 502 || answer.status == 504 ? .tooMuch(why) : .transient(why)
        }
        if answer.status == 200 {
            return start.isEmpty ? .transient("\(status) with an empty body") : nil
        }
        if answer.status == 408 { return .transient("\(status)\(said(head))") }
        if answer.status == 414 || answer.status == 413 { return .tooMuch("\(status): the request is too long") }
        let errors = redaction(xmlErrors(answer.body))
        guard !errors.isEmpty else { return .permanent("\(status)\(said(head))") }
        let meaning: Meaning<Value> = ErrorText.meaning(errors)
        // A client error that is not known to pass is the client's error.
        if case .transient(let why) = meaning, !isServersFault(errors) { return .permanent("\(status): \(why)") }
        return prefixed(meaning, status)
    }

    /// A well-formed document with another root than the one asked for.
    func failure<Value>(root: XMLElement, expected: String, status: Int, _: Value.Type = Value.self) -> Meaning<Value> {
        let text = Self.errors(in: root).joined(separator: "; ")
        guard text.isEmpty else { return ErrorText.meaning(redaction(text)) }
        return .transient("HTTP \(status) with <\(ErrorText.shortened(root.name))> instead of <\(expected)>")
    }

    /// The texts of all ERROR elements, wherever they stand.
    static func errors(in element: XMLElement) -> [String] {
        if element.name == "ERROR" || element.name == "Error" { return [ErrorText.shortened(element.text)] }
        return element.children.flatMap { errors(in: $0) }
    }

    private func xmlErrors(_ body: [UInt8]) -> String {
        guard let root = try? XMLElement.parse(body, maxElements: 10_000) else { return "" }
        return Self.errors(in: root).joined(separator: "; ")
    }

    private func isServersFault(_ text: String) -> Bool {
        let lower = text.lowercased()
        return [
            "unable to obtain query", "backend failed", "backend cannot", "c++ exception", "not supported", "route",
        ]
        .contains { lower.contains($0) }
    }

    private func prefixed<Value>(_ meaning: Meaning<Value>, _ status: String) -> Meaning<Value> {
        switch meaning {
        case .transient(let why): .transient("\(status): \(why)")
        case .tooMuch(let why): .tooMuch("\(status): \(why)")
        case .badID(let why): .badID("\(status): \(why)")
        case .permanent(let why): .permanent("\(status): \(why)")
        case .result, .limited, .unreachable: meaning
        }
    }

    private func said(_ head: String) -> String {
        let words = ErrorText.shortened(String(head.prefix(400)))
        return words.isEmpty ? "" : ": \(words)"
    }

    private func between(_ start: String, _ end: String, in text: String) -> String {
        guard let from = text.range(ofASCII: start), let to = text[from.upperBound...].range(ofASCII: end) else {
            return ""
        }
        return ErrorText.shortened(String(text[from.upperBound..<to.lowerBound]))
    }

    /// The values of `error` and `ERROR` members. Scanned by hand: the service writes raw line breaks inside JSON
    /// strings, which strict readers refuse.
    private func jsonErrors(_ text: String) -> [String] {
        var found: [String] = []
        for name in ["\"error\"", "\"ERROR\"", "\"esummaryresult\""] {
            var rest = Substring(text)
            while let range = rest.range(ofASCII: name) {
                rest = rest[range.upperBound...].drop { $0.isWhitespace || $0 == ":" || $0 == "[" }
                guard rest.first == "\"" else { continue }
                rest = rest.dropFirst()
                var value = ""
                while let character = rest.popFirst(), character != "\"" {
                    value.append(character == "\\" ? rest.popFirst().map { $0 == "n" ? " " : $0 } ?? " " : character)
                }
                found.append(ErrorText.shortened(value))
            }
        }
        return found
    }
}

extension StringProtocol {
    /// Where a text of ASCII characters stands, without regard to the case of letters.
    func range(ofASCII needle: String) -> Range<Index>? {
        let wanted = Array(needle.lowercased().utf8)
        guard !wanted.isEmpty else { return nil }
        var start = utf8.startIndex
        while start < utf8.endIndex {
            var index = start
            var matched = 0
            while matched < wanted.count, index < utf8.endIndex {
                let byte = utf8[index]
                let folded = byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte
                guard folded == wanted[matched] else { break }
                matched += 1
                utf8.formIndex(after: &index)
            }
            if matched == wanted.count { return start..<index }
            utf8.formIndex(after: &start)
        }
        return nil
    }
}
