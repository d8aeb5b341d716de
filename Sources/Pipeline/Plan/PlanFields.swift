import Bibliography
import Screening

/// Gathers the problems of a pipeline file while it is checked. Used by one reading at a time.
final class PlanProblems {
    let file: String
    private(set) var all: [PlanProblem] = []

    init(file: String) { self.file = file }

    func add(_ line: Int?, _ path: String, _ message: String, found: String = "", accepted: String = "") {
        all.append(
            PlanProblem(file: file, line: line, path: path, message: message, found: found, accepted: accepted))
    }

    func add(_ problem: PlanProblem) { all.append(problem) }
}

/// One mapping of a pipeline file, asked key by key. Keys that nothing asks for are problems.
struct PlanFields {
    let path: String
    let line: Int
    let entries: [PlanNode.Entry]
    let problems: PlanProblems

    /// - Parameter keys: every key that is accepted here.
    init?(_ node: PlanNode, path: String, keys: [String], problems: PlanProblems) {
        guard case .mapping(let entries) = node.value else {
            problems.add(
                node.line, path, "keys and values are expected here", found: node.shortText,
                accepted: keys.joined(separator: ", "))
            return nil
        }
        self.path = path
        line = entries.first?.line ?? node.line
        self.entries = entries
        self.problems = problems
        for entry in entries where !keys.contains(entry.key) {
            problems.add(
                entry.line, join(entry.key), "unknown key", found: entry.key,
                accepted: NearestWord.hint(entry.key, among: keys))
        }
    }

    func join(_ key: String) -> String { path.isEmpty ? key : path + "." + key }

    func entry(_ key: String) -> PlanNode.Entry? { entries.first { $0.key == key } }

    func node(_ key: String) -> PlanNode? { entry(key)?.value }

    /// The line of a key, or of the mapping where the key is missing.
    func line(_ key: String) -> Int { entry(key)?.line ?? line }

    // MARK: Texts

    func text(_ key: String) -> SourceText? {
        guard let node = node(key) else { return nil }
        guard case .scalar(let text) = node.value, !node.isEmpty, !text.allSatisfy(\.isWhitespace) else {
            problems.add(line(key), join(key), "a text is expected here", found: node.shortText)
            return nil
        }
        return SourceText(text.trimmed, line: node.line)
    }

    func requiredText(_ key: String, _ accepted: String) -> SourceText? {
        if node(key) == nil { problems.add(line, join(key), "this key is missing", accepted: accepted) }
        return text(key)
    }

    /// An id: letters, digits and hyphens, a letter first, so that it can name a box, a column, a file.
    func id(_ key: String = "id") -> SourceText? {
        guard let id = requiredText(key, "a short name of letters, digits and hyphens") else { return nil }
        return Self.isID(id.text) ? id : badID(id, key)
    }

    private func badID(_ id: SourceText, _ key: String) -> SourceText? {
        problems.add(
            id.line, join(key), "not usable as a name", found: id.text,
            accepted: "letters, digits and hyphens, a letter first, at most 64")
        return nil
    }

    static func isID(_ text: String) -> Bool {
        guard let first = text.utf8.first, (first | 0x20) >= 0x61, (first | 0x20) <= 0x7A, text.utf8.count <= 64 else {
            return false
        }
        return text.utf8.allSatisfy { byte in
            ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == 0x2D
        }
    }

    /// One of a closed list of words.
    func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, as: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        guard let text = text(key) else { return nil }
        if let choice = Choice(rawValue: text.text) { return choice }
        problems.add(
            text.line, join(key), "unknown word", found: text.text,
            accepted: NearestWord.hint(text.text, among: Choice.allCases.map(\.rawValue)))
        return nil
    }

    // MARK: Numbers and dates

    func number(_ key: String, in range: ClosedRange<Double>) -> Double? {
        guard let text = text(key) else { return nil }
        guard let number = Double(text.text), number.isFinite, range.contains(number) else {
            problems.add(
                text.line, join(key), "not a number that is possible here", found: text.text,
                accepted: "\(plain(range.lowerBound)) to \(plain(range.upperBound))")
            return nil
        }
        return number
    }

    func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let text = text(key) else { return nil }
        guard let number = Int(text.text.filter { $0 != "_" }), range.contains(number) else {
            problems.add(
                text.line, join(key), "not a whole number that is possible here", found: text.text,
                accepted: "\(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    private func plain(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : number.description
    }

    func date(_ key: String) -> CalendarDate? {
        guard let text = text(key) else { return nil }
        if let date = CalendarDate(text.text) { return date }
        problems.add(
            text.line, join(key), "not a date", found: text.text, accepted: "2019-01-04, 2019-01 or 2019")
        return nil
    }

    // MARK: Lists

    /// The items of a list; a missing or empty key is an empty list.
    func list(_ key: String) -> [PlanNode] {
        guard let node = node(key), !node.isEmpty else { return [] }
        guard case .list(let items) = node.value else {
            problems.add(line(key), join(key), "a list is expected here", found: node.shortText, accepted: "- item")
            return []
        }
        return items
    }

    /// A list of texts; a single text stands for a list of one.
    func texts(_ key: String) -> [SourceText] {
        if let node = node(key), case .scalar(let text) = node.value, !node.isEmpty {
            return [SourceText(text.trimmed, line: node.line)]
        }
        return list(key).enumerated().compactMap { index, item in
            if case .scalar(let text) = item.value, !text.allSatisfy(\.isWhitespace) {
                return SourceText(text.trimmed, line: item.line)
            }
            problems.add(item.line, "\(join(key))[\(index)]", "a text is expected here", found: item.shortText)
            return nil
        }
    }

    /// A list of words of a closed list, each once.
    ///
    /// - Parameter summary: tells what is accepted where the list itself is too long to print.
    func choices(_ key: String, among accepted: [String], summary: String? = nil) -> [String] {
        var chosen: [String] = []
        for text in texts(key) {
            if !accepted.contains(text.text) {
                let near = NearestWord.of(text.text, among: accepted).map { " (did you mean '\($0)'?)" } ?? ""
                problems.add(
                    text.line, join(key), "unknown word", found: text.text,
                    accepted: summary.map { $0 + near } ?? NearestWord.hint(text.text, among: accepted))
            } else if chosen.contains(text.text) {
                problems.add(text.line, join(key), "the same word twice", found: text.text)
            } else {
                chosen.append(text.text)
            }
        }
        return chosen
    }
}

extension PlanNode {
    /// The beginning of what stands here, for messages.
    var shortText: String {
        switch value {
        case .scalar(let text): text.count <= 60 ? text : text.prefix(57) + "..."
        case .list: "a list"
        case .mapping: "keys and values"
        }
    }
}

extension String {
    /// Without white space at both ends. (Foundation's way to say it pulls in locale tables.)
    var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
