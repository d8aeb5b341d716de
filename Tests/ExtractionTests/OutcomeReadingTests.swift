import Extraction
import Testing

@Suite("Counts per arm, event and time as abstracts print them (domain reference 3.10)")
struct OutcomeReadingTests {
    /// `response ketamine[0.1 mg/kg] 24 3/15`
    func rows(_ text: String) throws -> [String] {
        let values = try extract("RESULTS: " + text, title: "Ketamine for depression")
        return OutcomeTable.rows(from: values).map { row in
            let dose = row.dose.map { "[\($0)]" } ?? ""
            let time = row.time.map { "\(Int($0))" } ?? "-"
            return "\(row.field) \(row.arm ?? "-")\(dose) \(time) \(row.events)/\(row.n)"
        }
    }

    @Test("arms, event and time are told once for the pairs of a sentence")
    func once() throws {
        #expect(
            try rows(
                "At 24 h, 12 of 20 patients (60%) given ketamine and 3 of 19 (16%) given midazolam had responded; "
                    + "remission was reached by 7 of 20 (35%) and 1 of 19 (5%).") == [
                    "response ketamine 24 12/20", "response midazolam 24 3/19", "remission ketamine 24 7/20",
                    "remission midazolam 24 1/19",
                ])
        #expect(
            try rows("Response at 24 h was 8 of 14 (57%) with ketamine against 2 of 15 (13%) with saline.") == [
                "response ketamine 24 8/14", "response saline 24 2/15",
            ])
        #expect(
            try rows("For ketamine and saline, response at 24 h was seen in 12 of 25 and 5 of 25, respectively.") == [
                "response ketamine 24 12/25", "response saline 24 5/25",
            ])
    }

    private static let first =
        "At 24 h, 12 of 20 patients given ketamine and 3 of 19 given midazolam had responded. "

    @Test("the next sentence goes on with event and arms where the sizes are the same in the same order")
    func carried() throws {
        let day = ["response ketamine 24 12/20", "response midazolam 24 3/19"]
        let week = ["response ketamine 168 9/20", "response midazolam 168 2/19"]
        #expect(try rows(Self.first + "At seven days the figures were 9 of 20 and 2 of 19.") == day + week)
        #expect(try rows(Self.first + "At day 7 it was 9 of 20 (45%) and 2 of 19 (11%).") == day + week)
        #expect(try rows(Self.first + "One week later, 9 of 20 and 2 of 19 were responders.") == day + week)
        #expect(try rows(Self.first + "On day 7, 9 of 20 (45%) and 2 of 19 (11%) were responders.") == day + week)
    }

    @Test("other sizes, other events and other people are not the arms of the sentence before")
    func notCarried() throws {
        let day = ["response ketamine 24 12/20", "response midazolam 24 3/19"]
        #expect(try rows(Self.first + "At day 7 the figures were 9 of 19 and 2 of 20.") == day)
        #expect(try rows(Self.first + "At day 7 it was nausea in 9 of 20 and 2 of 19.") == day)
        #expect(try rows(Self.first + "In 9 of 20 and 2 of 19 the line was changed on day 7.") == day)
        #expect(try rows(Self.first + "At 7 days, 9 of 20 and 2 of 19 did not respond.") == day)
    }

    @Test("the doses of a trial are arms of their own, and a list may print its whole once")
    func doses() throws {
        #expect(
            try rows(
                "At 24 h, response was seen in 3 of 15 patients (20%) given 0.1 mg/kg, 8 of 15 (53%) given 0.5 mg/kg "
                    + "and 2 of 15 (13%) given midazolam. At 7 days response was seen in 3 (20%), 6 (40%) and "
                    + "1 (7%) of 15, in the same order.") == [
                    "response ketamine[0.1 mg/kg] 24 3/15", "response ketamine[0.5 mg/kg] 24 8/15",
                    "response midazolam 24 2/15", "response ketamine[0.1 mg/kg] 168 3/15",
                    "response ketamine[0.5 mg/kg] 168 6/15", "response midazolam 168 1/15",
                ])
    }

    @Test("one arm at several times, and a second event at the same times")
    func times() throws {
        #expect(
            try rows(
                "Response was seen in 12 of 30 patients (40%) at 24 h, 9 of 30 (30%) at 7 days and 14 of 30 (47%) "
                    + "after six infusions.") == ["response - 24 12/30", "response - 168 9/30", "response - - 14/30"])
        #expect(
            try rows(
                "Response was seen in 12 of 30 (40%) at 24 h and 9 of 30 (30%) at 7 days; remission in 6 of 30 (20%) "
                    + "and 4 of 30 (13%).") == [
                    "response - 24 12/30", "response - 168 9/30", "remission - 24 6/30", "remission - 168 4/30",
                ])
        #expect(
            try rows("Of the patients 12 of 30 (40%) responded; at 7 days 9 of 30 (30%) were responders.") == [
                "response - - 12/30", "response - 168 9/30",
            ])
        #expect(try rows("The next day, 12 of 30 patients (40%) had responded.") == ["response - 24 12/30"])
        #expect(
            try rows("Twenty-four hours after the last infusion 12 of 30 patients had responded.") == [
                "response - - 12/30"
            ])
    }

    @Test("number words, none, and a whole behind the percentage")
    func words() throws {
        #expect(
            try rows(
                "At 24 h, nine (33%) of 27 patients in the ketamine group and none of 26 (0%) in the saline group "
                    + "had responded.") == ["response ketamine 24 9/27", "response saline 24 0/26"])
    }

    @Test("a definition parts an event and its number no further")
    func definition() throws {
        #expect(
            try rows(
                "The response rate, defined as a decrease of at least half of the MADRS score from baseline to the "
                    + "last visit of the open phase, was 67% (20 of 30 patients).") == ["response - - 20/30"])
        #expect(try rows("Response (half of the SSI score) was seen in 12 of 30 patients at 24 h.") == [])
    }

    @Test("shares of chosen people, of odds, of a survey or of either event are no outcome of an arm")
    func misfires() throws {
        #expect(try rows("Among early responders, 9 of 12 were in remission at day 7.") == [])
        #expect(try rows("At 24 h, 16 of 17 early responders and 3 of 11 others responded in the end.") == [])
        #expect(try rows("In all, 26 of 100 clinics responded to the survey.") == [])
        #expect(try rows("At 24 h, 15 of 18 patients (83%) were in response or remission.") == [])
        let values = try extract("RESULTS: Ketamine had 68% and 55% increased odds of response and remission.")
        #expect(values.filter { $0.field == "response" || $0.field == "remission" } == [])
    }
}
