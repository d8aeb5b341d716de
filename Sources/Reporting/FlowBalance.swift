package import Bibliography

/// One identity of the diagram that does not hold.
package struct Imbalance: Error, Hashable, Sendable, CustomStringConvertible {
    /// The box whose content should have gone on.
    package var box: String
    /// The boxes it should have gone to.
    package var into: String
    /// In the box, in none of those after it. Sorted, as the two below.
    package var lost: [RecordID]
    /// After the box, though never in it.
    package var unexpected: [RecordID]
    /// In more than one place where one is allowed.
    package var twice: [RecordID]
    /// The two sums, where only numbers are known.
    package var numbers: Numbers?

    package struct Numbers: Hashable, Sendable {
        package var expected: Int
        package var found: Int

        package init(expected: Int, found: Int) {
            self.expected = expected
            self.found = found
        }
    }

    package var description: String {
        var findings: [String] = []
        if !lost.isEmpty { findings.append("lost: \(Self.list(lost))") }
        if !unexpected.isEmpty { findings.append("came from nowhere: \(Self.list(unexpected))") }
        if !twice.isEmpty { findings.append("counted twice: \(Self.list(twice))") }
        if let numbers { findings.append("\(numbers.expected) should equal \(numbers.found)") }
        return "\(box) does not balance with \(into): \(findings.joined(separator: "; "))"
    }

    private static func list(_ ids: [RecordID]) -> String { ids.map(\.rawValue).joined(separator: ", ") }
}

extension PrismaFlow {
    /// Checks every identity of the diagram on the sets of ids (on the numbers, where a box has no ids; not at all,
    /// where a box holds only a text). Empty means that the books balance.
    package func imbalances() -> [Imbalance] {
        var found: [Imbalance] = []
        func check(_ name: String, _ whole: [FlowBox], is parts: [(String, FlowBox)]) {
            if let imbalance = Self.compare(name, whole, parts) { found.append(imbalance) }
        }
        func checkParts(_ name: String, _ group: FlowGroup, _ what: String) {
            guard !group.parts.isEmpty else { return }
            let parts = group.parts.map { ("\(what) '\($0.label)'", $0.box) }
            if var imbalance = Self.compare(name, [group.total], parts) {
                imbalance.into = "its \(what)s"
                found.append(imbalance)
            }
        }
        checkParts("records identified from databases", databases, "database")
        checkParts("records identified from registers", registers, "register")
        check(
            "records identified from databases and registers", [databases.total, registers.total],
            is: [
                ("duplicate records", duplicates), ("records marked ineligible by automation", excludedAutomatic),
                ("records removed for other reasons", excludedOther.total), ("records screened", screened),
            ])
        checkParts("records removed for other reasons", excludedOther, "reason")
        check(
            "records screened", [screened],
            is: [("records excluded", excluded.total), ("reports sought for retrieval", sought)])
        checkParts("records excluded", excluded, "reason")
        if excludedByAutomation.isGiven || excludedByPeople.isGiven {
            check(
                "records excluded", [excluded.total],
                is: [("excluded by automation", excludedByAutomation), ("excluded by people", excludedByPeople)])
        }
        check(
            "reports sought for retrieval", [sought],
            is: [
                ("reports not retrieved", notRetrieved), ("reports awaiting a decision", awaiting),
                ("reports assessed for eligibility", assessed),
            ])
        checkParts("reports excluded", reportsExcluded, "reason")

        check(
            "records identified by other methods", [websites, organisations, citations],
            is: [
                ("records of other methods removed", otherRemoved.total),
                ("reports of other methods sought", otherSought),
            ])
        checkParts("records of other methods removed", otherRemoved, "reason")
        check(
            "reports of other methods sought", [otherSought],
            is: [
                ("not retrieved", otherNotRetrieved), ("awaiting a decision", otherAwaiting),
                ("assessed", otherAssessed),
            ])
        checkParts("reports of other methods excluded", otherExcluded, "reason")

        check(
            "reports assessed for eligibility", [assessed, otherAssessed],
            is: [
                ("reports excluded", reportsExcluded.total), ("reports of other methods excluded", otherExcluded.total),
                ("reports of new included studies", newReports),
            ])
        found += endImbalances()
        return found
    }

    /// The last row: a study has at least one report, and the total is what was there and what came.
    private func endImbalances() -> [Imbalance] {
        var found: [Imbalance] = []
        if let studies = newStudies.n, let reports = newReports.n, studies > reports {
            found.append(
                Imbalance(
                    box: "new studies included", into: "at least one report each", lost: [], unexpected: [], twice: [],
                    numbers: .init(expected: studies, found: reports)))
        }
        let ends = [
            ("total studies included", totalStudies, previousStudies, newStudies),
            ("reports of total included studies", totalReports, previousReports, newReports),
        ]
        for (name, total, previous, new) in ends where total.isGiven {
            let parts = [("previously included", previous), ("newly included", new)]
            if let imbalance = Self.compare(name, [total], parts) { found.append(imbalance) }
        }
        return found
    }

    /// Whether the parts share the whole among them without rest. A part that is not given has nothing in it; an
    /// identity of which the whole is not given, or in which a text stands, cannot be checked.
    private static func compare(_ name: String, _ whole: [FlowBox], _ parts: [(String, FlowBox)]) -> Imbalance? {
        let wholes = whole.filter(\.isGiven)
        let given = parts.map(\.1).filter(\.isGiven)
        guard !wholes.isEmpty else { return nil }
        var imbalance = Imbalance(
            box: name, into: parts.map(\.0).joined(separator: " + "), lost: [], unexpected: [], twice: [])

        let wholeLists = wholes.compactMap(\.ids)
        let partLists = given.compactMap(\.ids)
        if wholeLists.count == wholes.count, partLists.count == given.count {
            let wholeTimes = times(wholeLists)
            let partTimes = times(partLists)
            imbalance.lost = wholeTimes.keys.filter { partTimes[$0] == nil }.sorted()
            imbalance.unexpected = partTimes.keys.filter { wholeTimes[$0] == nil }.sorted()
            let repeated = [wholeTimes, partTimes].flatMap { $0.filter { $0.value > 1 }.keys }
            imbalance.twice = Set(repeated).sorted()
            let holds = imbalance.lost.isEmpty && imbalance.unexpected.isEmpty && imbalance.twice.isEmpty
            return holds ? nil : imbalance
        }
        guard let expected = sum(wholes), let sum = sum(given), expected != sum else { return nil }
        imbalance.numbers = .init(expected: expected, found: sum)
        return imbalance
    }

    private static func times(_ lists: [[RecordID]]) -> [RecordID: Int] {
        var times: [RecordID: Int] = [:]
        for id in lists.joined() { times[id, default: 0] += 1 }
        return times
    }

    private static func sum(_ boxes: [FlowBox]) -> Int? {
        var sum = 0
        for box in boxes {
            guard let n = box.n else { return nil }
            let (next, overflow) = sum.addingReportingOverflow(n)
            if overflow { return nil }
            sum = next
        }
        return sum
    }
}
