import Bibliography

/// Adverse events and drop-outs in the cells of a table: which of them a cell counts, told by its headers.
///
/// A table of harms says so in its caption, in the head of its first column, or in the line above its rows; a name of an
/// event alone says nothing, for headaches are an illness, too.
extension TableFinder {
    /// What befell the people whom a cell counts.
    struct Harm {
        var kind: Outcome.Kind
        /// Of an adverse event its name, of a drop-out its reason.
        var name: String?
    }

    enum HarmRow {
        case harm(Harm)
        /// A row of harms whose cell counts no people that can be named.
        case other
    }

    /// nil where the cell is of no row of harms.
    func harmRow(of cell: TextTable.Cell, _ context: CellContext) -> HarmRow? {
        let isByColumn = cell.rowHeaders.contains { meanings[$0]?.arms.isEmpty == false }
        let path = (isByColumn ? cell.columnHeaders : cell.rowHeaders).filter { name(ofHeader: $0) != nil }
        guard let own = path.last, let meaning = meanings[own] else { return nil }
        let headers = path.compactMap { meanings[$0] }
        if headers.contains(where: \.isDropout) || caption?.isLeaving == true {
            return dropout(own, meaning, headers, context)
        }
        guard headers.contains(where: \.isHarm) || isTableOfHarms else { return nil }
        // `Response` in a table of results and harms is what it is elsewhere.
        guard meaning.subjects.isEmpty else { return nil }
        guard isCountable(cell, own: isByColumn ? own : nil), !isDenial(own), let name = eventName(path) else {
            return .other
        }
        let degrees = cell.columnHeaders.filter { $0 != own }.compactMap { degree(ofHeader: $0) }
        return .harm(Harm(kind: .adverseEvent, name: ([name] + degrees).joined(separator: ", ")))
    }

    private var isTableOfHarms: Bool {
        if isHarmStub { return true }
        guard let caption, caption.isHarm else { return false }
        return !caption.isOfBaseline
    }

    // MARK: Adverse events

    /// `nausea`; `headache, severe` where the row divides the one above it.
    private func eventName(_ path: [Int]) -> String? {
        guard let own = path.last, let name = name(ofHeader: own) else { return nil }
        let words = Self.words(name)
        if words.allSatisfy({ Self.sums.contains($0) }) {
            return path.dropLast().last.flatMap { self.name(ofHeader: $0) }
        }
        guard words.allSatisfy({ Self.degrees.contains($0) }) else { return name }
        guard let above = path.dropLast().last, let event = self.name(ofHeader: above) else {
            return name + " adverse event"
        }
        return "\(event), \(name)"
    }

    /// `Severe` over a column of an arm.
    private func degree(ofHeader index: Int) -> String? {
        guard let name = name(ofHeader: index) else { return nil }
        let words = Self.words(name)
        guard words.allSatisfy({ Self.degrees.contains($0) || Self.sums.contains($0) }),
            words.contains(where: { Self.degrees.contains($0) })
        else { return nil }
        return name
    }

    private static func words(_ name: String) -> [String] {
        let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        // `No. of patients with nausea` denies nothing.
        guard words.count > 2, ["no", "nos"].contains(words[0]), words[1] == "of" else { return words }
        return ["number"] + words.dropFirst()
    }

    private static let sums: Set<String> = ["total", "any", "all", "yes", "overall", "n", "number", "patients"]
    private static let degrees: Set<String> = [
        "mild", "moderate", "severe", "grade", "grades", "i", "ii", "iii", "iv", "1", "2", "3", "4", "5", "or", "and",
        "to", "higher", "related", "unrelated", "drug", "possibly", "probably", "definitely", "transient", "persistent",
    ]

    /// What leads to an event or its denial: `Number of patients who had`.
    private static let ofPeople: Set<String> = [
        "patients", "patient", "participants", "participant", "subjects", "subject", "individuals", "people", "those",
        "number", "proportion", "percentage", "total", "of", "the", "with", "who", "had", "have", "did", "were", "was",
        "reporting", "reported", "experiencing", "experienced", "remaining", "remained", "completely",
    ]

    /// `None`, `No adverse event`, `Mean duration`: rows that count something else.
    private func isDenial(_ own: Int) -> Bool {
        guard let words = name(ofHeader: own).map(Self.words), let first = words.first else { return true }
        if ["no", "none", "without", "not", "free", "absence", "absent", "lack"].contains(first) { return true }
        // `Patients without adverse events`; `Migraine without aura` is an event.
        let denial = words.first { !Self.ofPeople.contains($0) }
        if let denial, ["no", "without", "not", "never", "free", "none"].contains(denial) { return true }
        if let last = words.last, ["free", "absent", "none"].contains(last) { return true }
        return words.contains {
            [
                "score", "scores", "duration", "mean", "median", "dose", "days", "minutes", "hours", "occurrences",
                "episodes", "per", "concomitant",
            ].contains($0)
        }
    }

    /// Every header over the cell is one of an arm, a time, a statistic or a degree, and counts people.
    private func isCountable(_ cell: TextTable.Cell, own: Int?) -> Bool {
        cell.columnHeaders.allSatisfy { index in
            guard let meaning = meanings[index], index != own else { return true }
            if meaning.isOccurrences || meaning.isApart && !meaning.isHarm || meaning.isPart { return false }
            return meaning.isUnderstood || meaning.isHarm || degree(ofHeader: index) != nil
                || own != nil && name(ofHeader: index) != nil
        }
    }

    // MARK: Drop-outs

    private func dropout(
        _ own: Int, _ meaning: HeaderMeaning, _ headers: [HeaderMeaning], _ context: CellContext
    ) -> HarmRow? {
        guard context.isPlain, let name = name(ofHeader: own) else { return .other }
        if meaning.isDropout {
            // `Withdrew consent` below `Reasons for discontinuation` is one of them.
            let isBelow = headers.dropLast().contains(where: \.isDropout)
            let reason = isBelow ? Leaving.reason(of: name, isOfEvents: false) : nil
            return .harm(Harm(kind: .dropout, name: reason ?? Leaving.reason(in: name)))
        }
        guard meaning.subjects.isEmpty else { return nil }
        // Below `Reason for discontinuation`, or in a table of events that led to it.
        guard let reason = Leaving.reason(of: name, isOfEvents: caption?.isLeaving == true) else { return .other }
        return .harm(Harm(kind: .dropout, name: reason))
    }
}

extension HeaderMeaning {
    var isDropout: Bool { subjects.contains(.event(.dropout)) }
    /// `Adverse events leading to discontinuation`.
    var isLeaving: Bool { isDropout && isHarm && isCause }
}
