/// What the words of an `<ERROR>`, or of a JSON error, mean for asking again. The texts are those that public clients
/// report of the service; a text that nobody has seen yet is asked for again a few times and then reported.
enum ErrorText {
    static func meaning<Value>(_ text: String, _: Value.Type = Value.self) -> Meaning<Value> {
        let words = shortened(text)
        let lower = text.lowercased()
        func says(_ parts: String...) -> Bool { parts.contains { lower.contains($0) } }

        if says("rate limit exceeded") { return .limited(retryAfter: nil, words) }
        if says("api key", "api-key") { return .permanent(words) }
        // Before "Search Backend failed", which may stand in front of it: past the first 9,999, or past the end.
        if says("cannot be larger than", "out of acceptable range", "out of range") { return .permanent(words) }
        if says("cannot process id list", "failed to understand id") { return .badID(words) }
        if says("timeout", "timed out", "empty response") { return .tooMuch(words) }
        if says("id list is empty", "invalid uid", "neither query_key nor id", "invalid db name") {
            return .permanent(words)
        }
        return .transient(words)
    }

    /// One line of at most 300 characters without control characters.
    static func shortened(_ text: String) -> String {
        let line = text.split {
            $0.isWhitespace || $0.unicodeScalars.allSatisfy { $0.value < 0x20 || $0.value == 0x7F }
        }
        .joined(separator: " ")
        return line.count > 300 ? String(line.prefix(297)) + "..." : line
    }
}
