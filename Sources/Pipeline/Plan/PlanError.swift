/// What is wrong with a pipeline file: every problem found, in the order of the file, one a line.
package struct PlanError: Error, Sendable, Hashable, CustomStringConvertible {
    package var problems: [PlanProblem]
    /// There is no pipeline file where one was looked for.
    package let isMissing: Bool

    package init(problems: [PlanProblem]) {
        self.problems = problems
        isMissing = false
    }

    /// No pipeline file at this path.
    init(missing path: String) {
        problems = [
            PlanProblem(
                file: path, line: nil, message: "there is no such file",
                accepted: "a folder that holds \(Plan.fileName)")
        ]
        isMissing = true
    }

    package var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// One problem of a pipeline file.
package struct PlanProblem: Sendable, Hashable, CustomStringConvertible {
    package var file: String
    /// 1-based; nil when the problem is the file itself.
    package var line: Int?
    /// The way through the file: `sources[1].path`; empty for the file itself.
    package var path: String
    /// What is wrong.
    package var message: String
    /// As it stands in the file; empty where something is missing.
    package var found: String
    /// What would be right; may be empty.
    package var accepted: String

    package init(
        file: String, line: Int?, path: String = "", message: String, found: String = "", accepted: String = ""
    ) {
        self.file = file
        self.line = line
        self.path = path
        self.message = message
        self.found = found
        self.accepted = accepted
    }

    package var description: String {
        var text = file
        if let line { text += ":\(line)" }
        text += ": "
        if !path.isEmpty { text += path + ": " }
        text += message
        if !found.isEmpty { text += ", found '\(found)'" }
        if !accepted.isEmpty { text += "; accepted: \(accepted)" }
        return text
    }
}
