package import Bibliography

/// What stands behind one number of the flow: the ids it counts, or, where a flow was read back from a file that
/// has no ids, only the number or even only a text (`xxx` in the template of the PRISMA2020 package).
package struct FlowBox: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        /// Sorted, each once.
        case ids([RecordID])
        case count(Int)
        case text(String)
        /// The flow does not have this box: not the same as a box that counts nothing.
        case notGiven
    }

    package let content: Content

    package init(ids: some Sequence<RecordID>) { content = .ids(Set(ids).sorted()) }
    package init(count: Int) { content = .count(count) }
    package init(text: String) { content = .text(text) }
    private init(content: Content) { self.content = content }

    /// No record, and known to be none.
    package static let empty = FlowBox(ids: [])
    package static let notGiven = FlowBox(content: .notGiven)

    /// The number, nil where only a text stands in the box or the box is not given.
    package var n: Int? {
        switch content {
        case .ids(let ids): ids.count
        case .count(let count): count
        case .text, .notGiven: nil
        }
    }

    /// The ids behind the number, nil where they are not known.
    package var ids: [RecordID]? {
        if case .ids(let ids) = content { ids } else { nil }
    }

    package var isGiven: Bool { content != .notGiven }

    /// Whether there is anything to show: a number above zero, or a text.
    package var isSomething: Bool {
        switch content {
        case .ids(let ids): !ids.isEmpty
        case .count(let count): count != 0
        case .text: true
        case .notGiven: false
        }
    }

    /// The number or text as the figure prints it.
    package var shown: String {
        switch content {
        case .ids(let ids): String(ids.count)
        case .count(let count): String(count)
        case .text(let text): text
        case .notGiven: "not given"
        }
    }

    /// The same for a place that must not grow without bound: a long text is cut.
    var printed: String {
        guard case .text(let text) = content, text.count > 40 else { return shown }
        return text.prefix(39) + "\u{2026}"
    }

    /// Several boxes as one. Ids are united; where some boxes know only numbers, the numbers are added; a text or a
    /// missing box among them makes the sum unknown, unless it is the only box.
    package static func union(_ boxes: [FlowBox]) -> FlowBox {
        if boxes.count == 1, let only = boxes.first { return only }
        let lists = boxes.compactMap(\.ids)
        if lists.count == boxes.count { return FlowBox(ids: lists.joined()) }
        var sum = 0
        for box in boxes {
            guard let n = box.n else { return .notGiven }
            let (next, overflow) = sum.addingReportingOverflow(n)
            if overflow { return .notGiven }
            sum = next
        }
        return FlowBox(count: sum)
    }
}

/// A named share of a box: one database, one reason.
package struct FlowPart: Hashable, Sendable {
    /// A stable name for programs: a source's id, a criterion's id.
    package var id: String
    /// What people read.
    package var label: String
    package var box: FlowBox

    package init(id: String, label: String, box: FlowBox) {
        self.id = id
        self.label = label
        self.box = box
    }
}

/// A box together with the shares it is made of. The shares may be empty where they are not known.
package struct FlowGroup: Hashable, Sendable {
    package var total: FlowBox
    package var parts: [FlowPart]

    /// The total is what the parts add up to.
    package init(_ parts: [FlowPart]) {
        self.parts = parts
        total = .union(parts.map(\.box))
    }

    package init(total: FlowBox, parts: [FlowPart] = []) {
        self.total = total
        self.parts = parts
    }

    package static let empty = FlowGroup([])
}
