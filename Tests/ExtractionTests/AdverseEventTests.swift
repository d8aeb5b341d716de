import Annotation
import Bibliography
import Extraction
import Testing

/// Tables and sentences are invented; their shapes are those that reports of trials have.
@Suite("Adverse events and drop-outs, arm by arm")
struct AdverseEventTests {
    /// `arm outcome value unit`, of one field.
    private func facts(_ values: [ExtractedValue], _ field: String, unit: String? = nil) -> [String] {
        values.filter { $0.field == field && (unit == nil || $0.unit == unit) }.map { value in
            let arm = [value.arm, value.dose].compactMap(\.self).joined(separator: " ")
            let number = value.number.map { $0 == $0.rounded() ? "\(Int($0))" : "\($0)" } ?? ""
            return "\(arm.isEmpty ? "-" : arm): \(value.outcome ?? "-") \(number) \(value.unit ?? "")"
        }
    }

    private func table(_ caption: String, head: String, _ rows: String) throws -> [ExtractedValue] {
        try FullTextExtractionTests.values(
            FullTextExtractionTests.document(
                body: """
                    <sec sec-type="results"><title>Results</title><table-wrap><label>Table 3</label>\
                    <caption><p>\(caption)</p></caption><table><thead>\(head)</thead><tbody>\(rows)</tbody></table>\
                    </table-wrap></sec>
                    """))
    }

    private func row(_ cells: String...) -> String { "<tr>" + cells.map { "<td>\($0)</td>" }.joined() + "</tr>" }

    private let twoArms =
        "<tr><th>Adverse event</th><th>Ketamine (n = 22)</th><th>Midazolam (n = 20)</th><th>p</th></tr>"

    @Test(
        "A cell gives people and percentage of its arm and event, and quotes itself; a footnote mark is no letter of it"
    )
    func cells() throws {
        let values = try table(
            "Adverse events", head: twoArms,
            row("Nausea<sup>a</sup>", "4 (18)", "1 (5)", "0.35")
                + row("Blood pressure increased", "6 (27%)", "0", "0.02"))
        #expect(
            facts(values, "adverseEventCount", unit: "events") == [
                "ketamine: nausea 4 events", "midazolam: nausea 1 events",
                "ketamine: blood pressure increased 6 events", "midazolam: blood pressure increased 0 events",
            ])
        let cell = try #require(values.first { $0.field == "adverseEventCount" })
        #expect(cell.text == "4 (18)" && cell.evidence.place?.rowHeaders == ["Nauseaa"])
        #expect(
            OutcomeTable.rows(from: values).filter { $0.outcome == "nausea" }.map { [$0.events, $0.n] } == [
                [4, 22], [1, 20],
            ])
    }

    @Test("A number and a percentage that contradict each other in the arm give no count of people")
    func contradiction() throws {
        let values = try table(
            "Adverse events, n (%)", head: twoArms, row("Headache", "4 (48)", "3 (15)", "0.3"))
        #expect(!OutcomeTable.rows(from: values).contains { $0.arm == "ketamine" })
        #expect(OutcomeTable.rows(from: values).map { [$0.events, $0.n] } == [[3, 20]])
    }

    @Test("Number and percentage in columns of their own, doses of one drug, rows below their class of organs")
    func columns() throws {
        let values = try table(
            "Treatment-emergent adverse events",
            head: """
                <tr><th rowspan="2">Preferred term</th><th colspan="2">Ketamine 0.5 mg/kg (N=40)</th>\
                <th colspan="2">Ketamine 1.0 mg/kg (N=38)</th></tr><tr><th>No.</th><th>%</th><th>No.</th><th>%</th></tr>
                """,
            "<tr><td colspan=\"5\">Nervous system disorders</td></tr>" + row("Dissociation", "12", "30.0", "20", "52.6")
        )
        #expect(
            facts(values, "adverseEventCount") == [
                "ketamine 0.5 mg/kg: dissociation 12 events", "ketamine 0.5 mg/kg: dissociation 30 %",
                "ketamine 1.0 mg/kg: dissociation 20 events", "ketamine 1.0 mg/kg: dissociation 52.6 %",
            ])
    }

    @Test("Events that were counted, severities and denials: a row or column says whom it counts, or nothing is said")
    func otherCounts() throws {
        let values = try table(
            "Adverse events",
            head: """
                <tr><th rowspan="2">Event</th><th colspan="2">Ketamine (n = 20)</th></tr>\
                <tr><th>No. of patients (%)</th><th>No. of events</th></tr>
                """,
            row("Headache", "5 (25)", "11") + row("Severe", "1 (5)", "1") + row("None", "9 (45)", "")
                + row("Mean duration, days", "4 (20)", "3"))
        #expect(
            facts(values, "adverseEventCount", unit: "events") == [
                "ketamine: headache 5 events", "ketamine: severe adverse event 1 events",
            ])
    }

    @Test("What people suffer from at baseline is no adverse event")
    func baseline() throws {
        let values = try table(
            "Baseline characteristics and adverse events before enrolment",
            head: "<tr><th></th><th>Ketamine (n = 22)</th><th>Midazolam (n = 20)</th></tr>",
            row("Hypertension, n (%)", "5 (23)", "4 (20)") + row("Headache, n (%)", "3 (14)", "2 (10)"))
        #expect(facts(values, "adverseEventCount").isEmpty)
    }

    @Test("Drop-outs are told by their reasons, and those for any reason are not one of them")
    func dropouts() throws {
        let values = try table(
            "Patient disposition",
            head: "<tr><th></th><th>Ketamine (n = 22)</th><th>Midazolam (n = 20)</th></tr>",
            row("Discontinued, n (%)", "4 (18)", "3 (15)")
                + "<tr><td colspan=\"3\">Reason for discontinuation, n (%)</td></tr>"
                + row("Adverse event", "2 (9)", "1 (5)")
                + row("Lack of efficacy", "1 (5)", "2 (10)") + row("Withdrew consent", "1 (5)", "0 (0)"))
        #expect(
            facts(values, "dropout", unit: "events") == [
                "ketamine: - 4 events", "midazolam: - 3 events", "ketamine: adverse event 2 events",
                "midazolam: adverse event 1 events", "ketamine: lack of efficacy 1 events",
                "midazolam: lack of efficacy 2 events", "ketamine: withdrawn consent 1 events",
                "midazolam: withdrawn consent 0 events",
            ])
        #expect(facts(values, "adverseEventCount").isEmpty)
    }

    @Test(
        "Sentences give people per arm and event",
        arguments: [
            (
                "Nausea occurred in 4/22 (18%) ketamine vs 1/20 saline.",
                ["ketamine: nausea 4 events", "ketamine: nausea 18 %", "saline: nausea 1 events"]
            ),
            ("Dissociation occurred in 5 patients (12%).", ["-: dissociation 5 events", "-: dissociation 12 %"]),
            (
                "The commonest adverse events on ketamine were nausea (27%), dizziness (20%) and headache (15%).",
                ["ketamine: nausea 27 %", "ketamine: dizziness 20 %", "ketamine: headache 15 %"]
            ),
            (
                "Headache (18% vs 5%) and dissociation (60% vs 4%) were commoner with ketamine than with midazolam.",
                [
                    "ketamine: headache 18 %", "midazolam: headache 5 %", "ketamine: dissociation 60 %",
                    "midazolam: dissociation 4 %",
                ]
            ),
            (
                "Dissociative symptoms were experienced by 14 (64%) of 22 patients given ketamine and 2 (10%) of 20 given "
                    + "midazolam.",
                [
                    "ketamine: dissociative symptoms 14 events", "ketamine: dissociative symptoms 64 %",
                    "midazolam: dissociative symptoms 2 events", "midazolam: dissociative symptoms 10 %",
                ]
            ),
            (
                "Seven of 22 patients on ketamine and none of 20 on midazolam reported dissociation.",
                ["ketamine: dissociation 7 events", "midazolam: dissociation 0 events"]
            ),
            ("One patient had a serious adverse event.", ["-: serious adverse event 1 events"]),
            (
                "Side effects included blurred vision (n = 5) and drowsiness (n = 2).",
                ["-: blurred vision 5 events", "-: drowsiness 2 events"]
            ),
            (
                "Vomiting, dizziness and headache were seen in 4%, 12% and 20% of patients, respectively.",
                ["-: vomiting 4 %", "-: dizziness 12 %", "-: headache 20 %"]
            ),
        ])
    func sentences(_ text: String, _ expected: [String]) throws {
        #expect(facts(try KetamineTrial.values(text), "adverseEventCount") == expected)
    }

    @Test(
        "What is no number of people with an event is none",
        arguments: [
            "Hypertension was present in 30% of patients at baseline.",
            "Headache response was achieved in 60% of patients.",
            "Reduction in fatigue was seen in 40% of patients.",
            "Lifetime suicide attempts were reported by 45% of the sample.",
            "Increases in blood pressure were noted in 10 of 33 infusions.",
            "Common side effects (>10%) were dizziness, nausea and headache.",
            "Compared with placebo, nausea was reported by 12%.",
            "Vomiting, dizziness and headache were seen in 12% of patients.",
            "Nausea was seen in 12% and 4% of the patients.",
            "Nausea was the most frequent side effect (ketamine 27%, saline 5%).",
            "Esketamine led to 6 of 22 adverse events.",
            "Ketamine alone gave successful sedation in 60% of patients.",
        ])
    func traps(_ text: String) throws {
        #expect(facts(try KetamineTrial.values(text), "adverseEventCount").isEmpty)
    }

    @Test(
        "A denied event is no count of events, whatever number of people stands behind it",
        arguments: [
            "No serious adverse events occurred in 22 patients on ketamine.",
            "No serious adverse events were observed in 22 of 22 patients on ketamine.",
            "No adverse events were observed in 20 of 22 patients (91%) on ketamine.",
            "No nausea was reported in 22 patients receiving ketamine.",
            "Neither nausea nor vomiting was seen in 22 patients on ketamine.",
            "Ketamine was well tolerated without dissociation in 20 of 22 patients.",
            "Nausea was not observed in 20 of 22 patients on ketamine.",
            "Nausea was absent in 20 of 22 patients on ketamine.",
            "Nausea in 20 of 22 patients (91%) was absent.",
            "Ketamine did not cause nausea in 20 of 22 patients.",
            "Ketamine never led to dissociation in 20 of 22 patients.",
            "Ketamine failed to cause nausea in 20 of 22 patients.",
            "Absence of dissociation was noted in 20 of 22 patients.",
            "Patients on ketamine were free of nausea in 20 of 22 cases (91%).",
            "Nausea-free were 20 of 22 patients.",
            "Zero serious adverse events occurred in 22 patients on ketamine.",
            "0 serious adverse events occurred in 22 patients on ketamine.",
            "No deaths, suicide attempts, or serious adverse events occurred in 22 patients on ketamine.",
            "No clinically relevant treatment-related serious adverse events occurred in 22 patients on ketamine.",
            "No side effects (nausea, vomiting) occurred in 22 patients on ketamine.",
            "No severe nausea occurred in the 22 patients on ketamine.",
            "At 24 h, no nausea occurred in the 22 patients on ketamine.",
            "No nausea occurred in the 22 patients on ketamine during the first infusion.",
            "No difference in nausea was found in 22 patients on ketamine.",
            "No vomiting, dizziness or headache was seen in 4%, 12% and 20% of patients, respectively.",
            "No patient (5/22) had nausea.",
            "Discontinuations due to adverse events occurred in 2 of 22 patients on ketamine.",
        ])
    func denials(_ text: String) throws {
        #expect(facts(try KetamineTrial.values(text), "adverseEventCount").isEmpty)
    }

    @Test(
        "Where words say that none of some people had the event, none had it, and the quote holds the word that says so",
        arguments: [
            (
                "No serious adverse events occurred in the 22 patients on ketamine.",
                "ketamine: serious adverse events 0 events", "No serious adverse events occurred in the 22 patients"
            ),
            (
                "There were no adverse events in the 22 patients receiving ketamine.",
                "ketamine: adverse events 0 events",
                "no adverse events in the 22 patients"
            ),
            (
                "None of 22 patients on ketamine had nausea.", "ketamine: nausea 0 events",
                "None of 22 patients on ketamine had nausea"
            ),
            (
                "No patient (0/22) on ketamine had nausea.", "ketamine: nausea 0 events",
                "No patient (0/22) on ketamine had nausea"
            ),
            (
                "No nausea was seen on ketamine (0 of 22).", "ketamine: nausea 0 events",
                "No nausea was seen on ketamine (0 of 22)"
            ),
            (
                "Not one of 22 patients on ketamine had nausea.", "ketamine: nausea 0 events",
                "Not one of 22 patients on ketamine had nausea"
            ),
        ])
    func noneOfThem(_ text: String, _ fact: String, _ quote: String) throws {
        let values = try KetamineTrial.values(text)
        #expect(facts(values, "adverseEventCount", unit: "events") == [fact])
        #expect(values.first { $0.field == "adverseEventCount" }?.text == quote)
        #expect(values.first { $0.field == "armSize" }?.number == 22)
    }

    @Test(
        "A denial reaches its own clause and noun",
        arguments: [
            ("Ketamine caused not only nausea (5/22).", ["ketamine: nausea 5 events"]),
            (
                "There was no difference in nausea (5/22 on ketamine vs 3/20 on saline).",
                ["ketamine: nausea 5 events", "saline: nausea 3 events"]
            ),
            ("No patient discontinued; nausea occurred in 5/22 patients.", ["-: nausea 5 events"]),
            ("No patient discontinued and nausea occurred in 5 of 22 patients.", ["-: nausea 5 events"]),
            ("Without any change, nausea occurred in 5 of 22 patients.", ["-: nausea 5 events"]),
            ("No deaths occurred, but nausea was seen in 5 of 22 patients.", ["-: nausea 5 events"]),
            ("No adverse events other than nausea (5/22) occurred on ketamine.", ["ketamine: nausea 5 events"]),
            ("Patients who did not respond had nausea in 5 of 22 cases.", ["-: nausea 5 events"]),
            (
                "Non-serious adverse events occurred in 12 of 22 patients on ketamine.",
                ["ketamine: non-serious adverse events 12 events"]
            ),
            ("Patients without premedication had nausea in 5 of 22 cases.", ["-: nausea 5 events"]),
        ])
    func reach(_ text: String, _ expected: [String]) throws {
        #expect(facts(try KetamineTrial.values(text), "adverseEventCount") == expected)
    }

    @Test("A row of those without an event is no count of it")
    func rowsOfDenial() throws {
        let values = try table(
            "Adverse events", head: twoArms,
            row("Patients without adverse events", "12 (55)", "16 (80)", "0.1")
                + row("No adverse event", "12 (55)", "16 (80)", "0.1")
                + row("Participants who did not experience nausea", "12 (55)", "16 (80)", "0.1")
                + row("Adverse event-free", "12 (55)", "16 (80)", "0.1")
                + row("Headache without aura", "3 (14)", "1 (5)", "0.6")
                + row("No. of patients with vomiting", "2 (9)", "1 (5)", "0.9")
                + row("No of patients without nausea", "12 (55)", "16 (80)", "0.1"))
        #expect(
            facts(values, "adverseEventCount", unit: "events") == [
                "ketamine: headache without aura 3 events", "midazolam: headache without aura 1 events",
                "ketamine: no. of patients with vomiting 2 events", "midazolam: no. of patients with vomiting 1 events",
            ])
    }

    @Test(
        "A reason for leaving is read in its own clause, and not where it is denied",
        arguments: [
            (
                "Dropout rates were 10% for ketamine and 12% for placebo, with no adverse events reported.",
                ["ketamine: - 10 %", "placebo: - 12 %"]
            ),
            (
                "Dropouts were 2 of 22 for ketamine and 1 of 20 for saline, with no adverse events.",
                ["ketamine: - 2 events", "saline: - 1 events"]
            ),
            (
                "Withdrawals were similar (3 of 22 vs 2 of 20), none because of adverse events.",
                ["-: - 3 events", "-: - 2 events"]
            ),
            (
                "Three of 22 patients discontinued, but not because of lack of efficacy.", ["-: - 3 events"]
            ),
            ("Three of 22 patients discontinued for reasons unrelated to adverse events.", ["-: - 3 events"]),
            ("Three of 22 patients discontinued because of adverse events.", ["-: adverse event 3 events"]),
            (
                "Three of 22 patients did not complete the study because of adverse events.",
                ["-: adverse event 3 events"]
            ),
            ("Three of 22 patients withdrew for lack of efficacy.", ["-: lack of efficacy 3 events"]),
            (
                "Two of 22 patients on ketamine and 1 of 20 on saline discontinued because of adverse events.",
                ["ketamine: adverse event 2 events", "saline: adverse event 1 events"]
            ),
        ])
    func reasons(_ text: String, _ expected: [String]) throws {
        #expect(facts(try KetamineTrial.values(text), "dropout") == expected)
    }

    @Test(
        "A drug that is given for an event is no arm",
        arguments: [
            ("Patients who experienced nausea (n = 5) received ondansetron.", ["-: nausea 5 events"]),
            ("Patients with nausea (n = 5) received ondansetron 4 mg intravenously.", ["-: nausea 5 events"]),
            ("Nausea (n = 5) was treated with metoclopramide.", ["-: nausea 5 events"]),
            (
                "Nausea occurred in 5 of 22 patients on ketamine, who were given ondansetron.",
                ["ketamine: nausea 5 events"]
            ),
            ("Nausea was seen in 5 of 22 patients on ketamine; 4 required ondansetron.", ["ketamine: nausea 5 events"]),
            ("Nausea was seen in 5 of 22 patients who received midazolam.", ["midazolam: nausea 5 events"]),
            ("Nausea was seen in 5 of 22 patients on lithium.", []),
        ])
    func rescue(_ text: String, _ expected: [String]) throws {
        #expect(facts(try KetamineTrial.values(text), "adverseEventCount") == expected)
    }

    @Test(
        "Outcomes that are denied are not counted as reached",
        arguments: [
            ("No response was seen in 12 of 22 patients.", []),
            ("No remission was seen in 12 of 22 patients.", []),
            ("Response was absent in 12 of 22 patients.", []),
            ("Lack of remission was observed in 12 of 22 patients.", []),
            ("With no placebo response, ketamine response was seen in 12 of 22 patients.", ["ketamine: - 12 events"]),
            ("None of the 22 patients who remitted relapsed.", ["-: - 0 events"]),
            ("None of the 3 patients who withdrew did so because of adverse events.", []),
            ("Five of 20 patients did not remit.", []),
            ("Patients did not remit in 5 of 20 cases.", []),
            ("Non-responders were 8 of 22 patients.", []),
            ("Non-responders were 8 of 22 and remitters were 5 of 22.", ["-: - 5 events"]),
            ("Twelve of 22 patients failed to achieve remission.", []),
            ("Twelve of 22 patients remained relapse-free.", []),
            ("No relapse occurred in 12 of 22 patients.", []),
            ("No remission was seen in 12 of 22, and 8 of 22 patients responded.", ["-: - 8 events"]),
            ("No dropouts occurred in 22 of 22 patients.", []),
            ("None of the 20 patients on saline responded.", ["saline: - 0 events"]),
            ("No patient on saline (0/20) responded.", ["saline: - 0 events"]),
            (
                "There was no difference in remission (5 of 22 on ketamine vs 3 of 20 on saline).",
                ["ketamine: - 5 events", "saline: - 3 events"]
            ),
            ("Patients who had not responded to citalopram: 12 of 22 achieved remission.", ["-: - 12 events"]),
            ("Patients without a history of ECT had a remission rate of 60%.", ["-: - 60 %"]),
        ])
    func outcomes(_ text: String, _ expected: [String]) throws {
        let values = try KetamineTrial.values(text)
        let found = ["response", "remission", "relapse", "dropout"].flatMap { facts(values, $0) }
        #expect(found == expected)
    }

    @Test("Rows and columns of non-responders are no responses")
    func nonResponders() throws {
        let values = try table(
            "Response at 24 h", head: "<tr><th></th><th>Ketamine (n = 22)</th><th>Midazolam (n = 20)</th></tr>",
            row("Non-responders, n (%)", "8 (36)", "15 (75)") + row("No remission, n (%)", "12 (55)", "18 (90)")
                + row("Not in remission, n (%)", "12 (55)", "18 (90)")
                + row("Responders, n (%)", "14 (64)", "5 (25)"))
        #expect(
            facts(values, "response", unit: "events") == ["ketamine: - 14 events", "midazolam: - 5 events"])
        #expect(facts(values, "remission").isEmpty)
    }

    @Test(
        "Different wordings of an event are one term",
        arguments: [
            ("headaches", "headache"), ("any TEAE", "any adverse event"),
            ("serious adverse events", "serious adverse event"),
            ("diarrhea", "diarrhoea"), ("ECG abnormal", "ECG abnormal"),
        ])
    func terms(_ name: String, _ term: String) { #expect(AdverseEvents.term(name) == term) }
}

@Suite("What an effect compares")
struct EffectComparisonTests {
    private func effects(_ text: String) throws -> [String] {
        return try KetamineTrial.values(text).filter { $0.field == "effect" }.map {
            [$0.arm ?? "-", $0.comparator ?? "-", $0.outcome ?? "-", $0.time.map { "\(Int($0))" } ?? "-"]
                .joined(separator: " ")
        }
    }

    @Test(
        "Arm, comparator and time are those that the sentence names",
        arguments: [
            (
                "At 24 h, ketamine was superior to midazolam in response (OR 3.2, 95% CI 1.1 to 9.4).",
                "ketamine midazolam response 24"
            ),
            ("Compared with placebo, ketamine lowered MADRS scores (d = 0.9) on day 7.", "ketamine placebo MADRS 168"),
            (
                "The mean difference between ketamine and saline in MADRS was -7.9 (95% CI -11.2 to -4.6).",
                "ketamine saline MADRS -"
            ),
            ("Remission was more likely after ketamine (OR 2.0, 95% CI 1.0 to 4.1).", "- - remission -"),
            (
                "Ketamine, midazolam and saline differed in response (OR 2.0, 95% CI 1.0 to 4.1).", "- - response -"
            ),
        ])
    func contrast(_ text: String, _ expected: String) throws {
        #expect(try effects(text) == [expected])
    }
}
