import Transfer
import XMLReading

/// Reads a set of documents that efetch answers, to its end.
protocol EntrezSetReader: XMLHandler {
    static var vocabulary: XMLVocabulary { get }
    var rootName: String { get }
    /// What the set's `ERROR` elements say.
    var errors: String { get }
}

extension AnswerScreening {
    /// A document that is something else is read as a whole only up to this many bytes: errors are short.
    private static var longestError: Int { 1 << 20 }

    /// Reads an answer.
    ///
    /// - Parameters:
    ///   - root: the element that holds the set.
    ///   - what: the plural of what was asked for: `records`.
    /// - Returns: nil where the answer is that set, whole; what is in it is for the caller to judge.
    func failure<Value>(
        reading answer: HTTPAnswer, with reader: some EntrezSetReader, root: String, of what: String,
        _: Value.Type = Value.self
    ) -> Meaning<Value>? {
        if let failure = failure(in: answer, Value.self) { return failure }
        do {
            let parser = try XMLPushParser(vocabulary: type(of: reader).vocabulary, handler: reader)
            try parser.feed(answer.body)
            try parser.finish()
        } catch let error as XMLError {
            // Cut off after the headers, or mixed up on the way: the next try may be whole, a smaller one sooner.
            return .tooMuch("the \(what) are \(error.kind == .truncated ? "cut off" : "not well-formed XML"): \(error)")
        } catch {
            return .tooMuch("the \(what) cannot be read: \(error)")
        }
        guard reader.rootName == root else {
            guard answer.body.count < Self.longestError, let found = try? XMLElement.parse(answer.body) else {
                return .transient(
                    "HTTP \(answer.status) with <\(ErrorText.shortened(reader.rootName))> instead of \(what)")
            }
            return failure(root: found, expected: root, status: answer.status)
        }
        return reader.errors.isEmpty ? nil : ErrorText.meaning(redaction(reader.errors))
    }
}
