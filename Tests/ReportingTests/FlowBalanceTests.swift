import Bibliography
import Reporting
import Testing

@Suite("The books balance")
struct FlowBalanceTests {
    @Test("A flow that accounts for every id has no imbalance")
    func balanced() {
        #expect(ExampleFlows.oneSource.imbalances() == [])
        #expect(ExampleFlows.everything.imbalances() == [])
        #expect(PrismaFlow().imbalances() == [])
    }

    @Test("An id taken out of any box after identification is reported as lost, with its name")
    func everyLoss() {
        let boxes: [(String, WritableKeyPath<PrismaFlow, FlowBox>)] = [
            ("duplicates", \.duplicates), ("other", \.excludedOther.total), ("screened", \.screened),
            ("excluded", \.excluded.total), ("sought", \.sought), ("not retrieved", \.notRetrieved),
            ("awaiting", \.awaiting), ("assessed", \.assessed), ("reports excluded", \.reportsExcluded.total),
            ("other sought", \.otherSought), ("other removed", \.otherRemoved.total),
            ("other not retrieved", \.otherNotRetrieved), ("other awaiting", \.otherAwaiting),
            ("other assessed", \.otherAssessed), ("other excluded", \.otherExcluded.total),
            ("new reports", \.newReports), ("by automation", \.excludedByAutomation),
        ]
        for (name, path) in boxes {
            var flow = ExampleFlows.everything
            guard let id = flow[keyPath: path].ids?.first else {
                Issue.record("the box \(name) is empty")
                continue
            }
            flow[keyPath: path] = FlowBox(ids: flow[keyPath: path].ids?.dropFirst() ?? [])
            let imbalances = flow.imbalances()
            #expect(imbalances.contains { $0.lost.contains(id) }, "\(name)")
            #expect(imbalances.map(\.description).joined().contains("\(id)"), "\(name)")
        }
    }

    @Test("An id in two boxes of one row is counted twice")
    func twice() {
        var flow = ExampleFlows.oneSource
        flow.duplicates = ExampleFlows.box("a", 1...6)
        #expect(flow.imbalances().contains { $0.twice == [RecordID("a:5"), RecordID("a:6")] })
    }

    @Test("An id that two sources claim is counted twice")
    func twoSources() {
        var flow = ExampleFlows.oneSource
        flow.registers = FlowGroup([ExampleFlows.part("Register", ExampleFlows.box("a", 1...1))])
        #expect(flow.imbalances().contains { $0.twice == [RecordID("a:1")] })
    }

    @Test("An id that no source listed came from nowhere")
    func unexpected() {
        var flow = ExampleFlows.oneSource
        flow.screened = .union([flow.screened, ExampleFlows.box("ghost", 1...1)])
        #expect(flow.imbalances().contains { $0.unexpected == [RecordID("ghost:1")] })
    }

    @Test("Reasons must add up to the box they explain")
    func reasons() {
        var flow = ExampleFlows.oneSource
        flow.excluded.parts.removeLast()
        let found = flow.imbalances()
        #expect(found.count == 1)
        #expect(found.first?.lost.count == 5)
        #expect(found.first?.into == "its reasons")
    }

    @Test("The total is the previous and the new studies, no study in both")
    func totals() {
        var flow = ExampleFlows.everything
        flow.totalStudies = ExampleFlows.box("p", 1...11)
        #expect(flow.imbalances().contains { $0.box == "total studies included" && $0.unexpected.count == 6 })
        flow = ExampleFlows.everything
        flow.previousStudies = .union([flow.previousStudies, ExampleFlows.box("a", 34...34)])
        #expect(flow.imbalances().contains { $0.twice == [RecordID("a:34")] })
    }

    @Test("More studies than reports cannot be")
    func studiesWithoutReports() {
        var flow = ExampleFlows.oneSource
        flow.newStudies = ExampleFlows.box("a", 1...30)
        #expect(flow.imbalances().contains { $0.box == "new studies included" })
    }

    @Test("Where only numbers are known, the numbers are compared; where a text stands, nothing is")
    func numbersOnly() throws {
        let wrong = "data,n\ndatabase_results,10\nduplicates,3\nrecords_screened,8\n"
        let found = try FlowCSV.read(Array(wrong.utf8)).imbalances()
        #expect(found.first?.numbers == .init(expected: 10, found: 11))
        #expect(found.first?.description.contains("10 should equal 11") == true)
        let words = "data,n\ndatabase_results,10\nduplicates,xxx\nrecords_screened,8\n"
        #expect(try FlowCSV.read(Array(words.utf8)).imbalances().allSatisfy { !$0.box.contains("identified") })
    }

    @Test("Adding boxes: ids are united, numbers added, a text cannot be")
    func union() {
        let a = ExampleFlows.box("a", 1...3)
        #expect(FlowBox.union([a, ExampleFlows.box("a", 2...5)]).n == 5)
        #expect(FlowBox.union([a, FlowBox(count: 4)]) == FlowBox(count: 7))
        #expect(FlowBox.union([a, FlowBox(text: "xxx")]) == .notGiven)
        #expect(FlowBox.union([FlowBox(count: .max), FlowBox(count: 1)]) == .notGiven)
        #expect(FlowBox.union([]) == .empty)
    }
}
