/// What is wrong with the criteria of a pipeline file: every problem found, in the order of the file.
package struct CriteriaError: Error, Sendable, Hashable, CustomStringConvertible {
    package var problems: [CriteriaProblem]

    package init(problems: [CriteriaProblem]) { self.problems = problems }

    package var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// One problem: where it is, what was found, and what is accepted.
package struct CriteriaProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// 1-based line of the pipeline file.
    package var line: Int
    /// The criterion, and the rule within it; nil for a concept.
    package var criterion: String?
    package var rule: String?
    package var concept: String?
    /// UTF-8 offset into the query; nil where the problem is not in a query.
    package var offset: Int?
    package var found: String
    package var message: String
    /// What would be right here; may be empty.
    package var accepted: String

    package init(
        line: Int, criterion: String? = nil, rule: String? = nil, concept: String? = nil, offset: Int? = nil,
        found: String = "", message: String, accepted: String = ""
    ) {
        self.line = line
        self.criterion = criterion
        self.rule = rule
        self.concept = concept
        self.offset = offset
        self.found = found
        self.message = message
        self.accepted = accepted
    }

    /// `criteria.route.iv`, the way through the file.
    package var path: String {
        if let concept { return "concepts." + concept }
        return (["criteria", criterion, rule].compactMap { $0 }).joined(separator: ".")
    }

    package var description: String {
        "line \(line): \(path): \(sentence)"
    }

    /// The message without its place.
    package var sentence: String {
        var text = message
        if !found.isEmpty { text += ", found '\(found)'" }
        if let offset { text += " at character \(offset + 1) of the query" }
        if !accepted.isEmpty { text += "; accepted: \(accepted)" }
        return text
    }
}
