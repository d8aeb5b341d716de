import Screening
import Yams

/// A pipeline file as it stands: texts, lists and keys, each with its line. This is the first of the two steps in which a
/// plan is read; nothing is interpreted here (`on`, `1.0` and `2019-01-04` are texts).
struct PlanNode: Hashable, Sendable {
    indirect enum Value: Hashable, Sendable {
        case scalar(String)
        case list([PlanNode])
        case mapping([Entry])
    }

    struct Entry: Hashable, Sendable {
        var key: String
        /// 1-based.
        var line: Int
        var value: PlanNode
    }

    var value: Value
    /// The line on which the value begins; for a block of text, its first line.
    var line: Int
    /// A scalar written with nothing after its key.
    var isEmpty: Bool = false

    static let largestFile = 512 * 1024
    static let deepest = 24

    /// Reads YAML text.
    ///
    /// - Throws: `PlanError` for text that is no YAML, or that uses what a plan does not need and a hostile file could
    ///   misuse: anchors and aliases, tags, keys that are not words, extreme nesting.
    static func read(_ text: String, file: String) throws(PlanError) -> PlanNode {
        try refuseUnreadable(text, file: file)
        let root: Yams.Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw PlanError(problems: [problem(error, file: file)])
        }
        guard let root else {
            throw PlanError(problems: [
                PlanProblem(
                    file: file, line: nil, message: "the file is empty", accepted: "review and sources, at least")
            ])
        }
        do {
            return try PlanNode(root, depth: 0)
        } catch {
            throw PlanError(problems: [
                PlanProblem(
                    file: file, line: error.line, message: error.message, found: error.found, accepted: error.accepted)
            ])
        }
    }

    private struct Refusal: Error {
        var line: Int?
        var message: String
        var found = ""
        var accepted = ""
    }

    /// What must not even reach the YAML reader, whose recursion and aliases have no bounds of their own.
    private static func refuseUnreadable(_ text: String, file: String) throws(PlanError) {
        func refuse(_ line: Int?, _ message: String, found: String = "", accepted: String) -> PlanError {
            PlanError(problems: [
                PlanProblem(file: file, line: line, message: message, found: found, accepted: accepted)
            ])
        }
        guard text.utf8.count <= largestFile else {
            throw refuse(nil, "the file is larger than \(largestFile / 1024) KB", accepted: "a smaller pipeline file")
        }
        var line = 1
        var brackets = 0
        var dashes = 0
        var previous = UInt8(ascii: "\n")
        var isAfterAmpersand = false
        // Inside quotation marks and comments an ampersand is text. (The check of every node comes on top of this.)
        var quote: UInt8?
        var isEscaped = false
        var isComment = false
        for byte in text.utf8 {
            let startsWord = mayStandBeforeWord(previous)
            if byte == UInt8(ascii: "\n") { isComment = false }
            if let open = quote {
                if byte == open, !isEscaped { quote = nil }
                isEscaped = byte == UInt8(ascii: "\\") && open == UInt8(ascii: "\"") && !isEscaped
            } else if byte == UInt8(ascii: "#"), startsWord {
                isComment = true
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"), startsWord, !isComment {
                quote = byte
            }
            // Without anchors there is nothing an alias could multiply.
            guard !(isAfterAmpersand && isLetterOrDigit(byte)) else {
                throw refuse(
                    line, "anchors and aliases (&name, *name) are not read", found: "&",
                    accepted:
                        "the text itself in quotation marks with a space after &, or a concept (#name) for a query used twice"
                )
            }
            isAfterAmpersand = byte == UInt8(ascii: "&") && startsWord && quote == nil && !isComment
            switch byte {
            case UInt8(ascii: "\n"):
                line += 1
                dashes = 0
            case UInt8(ascii: "["), UInt8(ascii: "{"): brackets += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): brackets = max(0, brackets - 1)
            case UInt8(ascii: "-"), UInt8(ascii: "?"): dashes += 1
            case UInt8(ascii: " "): break
            default: dashes = 0
            }
            guard brackets <= 200, dashes <= 200 else {
                throw refuse(line, "nested too deeply", accepted: "at most \(deepest) levels")
            }
            previous = byte
        }
    }

    private static func mayStandBeforeWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x09, 0x0A, UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ","): true
        default: false
        }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == 0x5F
    }

    private init(_ node: Yams.Node, depth: Int) throws(Refusal) {
        let line = node.mark?.line ?? 1
        guard depth <= Self.deepest else {
            throw Refusal(line: line, message: "nested too deeply", accepted: "at most \(Self.deepest) levels")
        }
        guard node.anchor == nil else {
            throw Refusal(
                line: line, message: "anchors and aliases (&name, *name) are not read", accepted: "the text itself")
        }
        self.line = line
        switch node {
        case .scalar(let scalar):
            value = .scalar(scalar.string)
            isEmpty = scalar.string.isEmpty && scalar.style == .plain
            if scalar.style == .literal || scalar.style == .folded { self.line = line + 1 }
        case .sequence(let sequence):
            var items: [PlanNode] = []
            for item in sequence { items.append(try PlanNode(item, depth: depth + 1)) }
            value = .list(items)
        case .mapping(let mapping):
            var entries: [Entry] = []
            for (key, item) in mapping {
                guard case .scalar(let name) = key else {
                    throw Refusal(line: key.mark?.line ?? line, message: "a key must be a word", accepted: "key: value")
                }
                entries.append(
                    Entry(
                        key: name.string, line: name.mark?.line ?? line, value: try PlanNode(item, depth: depth + 1)))
            }
            value = .mapping(entries)
        case .alias:
            throw Refusal(
                line: line, message: "anchors and aliases (&name, *name) are not read", accepted: "the text itself")
        }
    }

    /// Yams' own errors, with what helps against the usual ones.
    private static func problem(_ error: any Error, file: String) -> PlanProblem {
        guard let yaml = error as? YamlError else {
            return PlanProblem(file: file, line: nil, message: "not readable as YAML (\(error))")
        }
        switch yaml {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return PlanProblem(
                file: file, line: mark.line, message: "not readable as YAML: \(problem) (column \(mark.column))",
                accepted: "a query that begins with a quotation mark, [, #, * or ! goes below its key, after 'when: |'")
        case .duplicatedKeysInMapping(let duplicates, let context):
            return PlanProblem(
                file: file, line: context.mark.line, message: "the same key twice",
                found: duplicates.map { "\($0)" }.sorted().joined(separator: ", "), accepted: "each key once")
        case .reader(let problem, _, _, _):
            return PlanProblem(file: file, line: nil, message: "not readable as text: \(problem)", accepted: "UTF-8")
        default:
            return PlanProblem(file: file, line: nil, message: "not readable as YAML: \(yaml)")
        }
    }
}
