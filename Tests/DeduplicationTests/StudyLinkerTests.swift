import Bibliography
import Deduplication
import Interchange
import Testing

@Suite("Studies")
struct StudyLinkerTests {
    /// An invented report; `people` are family names.
    private func report(
        _ id: String, year: Int = 2013, people: [String] = ["Vorlund", "Achterberg", "Mbeki", "Tamm"],
        numbers: [String] = [], text: String = "", change: (inout Record) -> Void = { _ in }
    ) -> ReportDigest {
        var record = Record(id: RecordID(id), kind: .article, source: "pubmed")
        record.title = "Slow infusion of ketamine in refractory low mood"
        record.published.year = year
        record.authors = people.map { Author(family: $0, given: "P", affiliations: []) }
        record.registrations = numbers.map { Registration(registry: "ClinicalTrials.gov", number: $0) }
        record.abstract = [AbstractSection(label: "METHODS", text: text)]
        change(&record)
        return ReportDigest(report: Report(id: record.id, records: [record.id]), records: [record])
    }

    private let main =
        "Between March 2011 and May 2012, 48 patients were randomised to ketamine 0.5 mg/kg or midazolam."
    private let later = "In a secondary analysis of the 48 patients enrolled, sleep was rated."

    private func link(_ reports: ReportDigest..., corrections: Corrections = .none) -> StudyLinks {
        StudyLinker().link(reports, corrections: corrections)
    }

    // MARK: Reading

    @Test("registration numbers are read from data banks and from the text, in one spelling")
    func numbers() {
        let text = """
            Registered as NCT 90000001 (ClinicalTrials.gov), ISRCTN90000002, EudraCT 2009-012345-12, UMIN-CTR \
            UMIN000090003, ChiCTR-TRC-90000004, ACTRN90000000000005, DRKS00090006, CTRI/2012/05/009007, \
            IRCT2013090001234N8, NTR9009; not NCT123, not xNCT90000010, not 2009-0123-12.
            """
        #expect(
            report("a", numbers: ["NCT90000001"], text: text).registrations == [
                "NCT90000001", "ISRCTN90000002", "EUDRACT2009-012345-12", "UMIN000090003", "CHICTR90000004",
                "ACTRN90000000000005", "DRKS00090006", "CTRI/2012/05/009007", "IRCT2013090001234N8", "NTR9009",
            ])
        let bank = report("b") { $0.registrations = [Registration(registry: "ISRCTN", number: "90000002")] }
        #expect(bank.registrations == ["ISRCTN90000002"])
    }

    @Test("sample, dose, enrolment, wording and sites are read from record and abstract")
    func digest() {
        let read = report(
            "a",
            text: "Post hoc analysis. From January 2010 to 12 June 2012 we enrolled 1,024 adults; thirty-three "
                + "drug-free patients (n = 33) had 0·5 mg/kg, N=17 had 40 mg. Since 2001 and 2002 much changed."
        ) { $0.authors[0].affiliations = ["Department of Sleep, University of Nowhere, Nowhere City, Utopia."] }
        #expect(read.samples == [17, 33, 1024])
        #expect(read.doses == ["0.5 mg/kg", "40.0 mg"])
        #expect(read.enrolment.first == "1.2010-6.2012")
        #expect(read.secondaryWording == "post hoc analys")
        #expect(read.sites == ["university of nowhere"])
        #expect(read.firstAuthor == "Vorlund")
        #expect(read.authors.first == "vorlund p")
    }

    @Test("texts of hostile size and shape are read without harm")
    func hostile() {
        for text in [
            "", "n=", "n =", "NCT", "2010 to", String(repeating: "9", count: 100_000), "1,,,", "ctri/", "irct99999999n",
            "\u{FFFD}",
        ] {
            #expect(report("a", text: text).registrations.isEmpty)
        }
    }

    // MARK: Rules

    @Test("a number with the same people and sample joins two reports")
    func strong() {
        let links = link(
            report("a", numbers: ["NCT90000001"], text: main),
            report("b", year: 2015, numbers: ["NCT90000001"], text: later))
        #expect(links.studies.map { $0.reports.map(\.rawValue) } == [["a", "b"]])
        #expect(links.studies.map(\.label) == ["Vorlund 2013"])
        #expect(
            links.studies[0].reasons == [
                "a: registration NCT90000001, authors 4 of 4, sample 48, wording secondary analys"
            ])
        #expect(links.waiting.isEmpty)
    }

    @Test("a number alone proposes and does not decide")
    func numberAlone() {
        let links = link(
            report("a", numbers: ["NCT90000001"], text: main),
            report("b", people: ["Ostrander", "Winter"], numbers: ["NCT90000001"], text: "We studied 200 adults."))
        #expect(links.studies.count == 2)
        #expect(links.waiting.map(\.strength) == [.possible])
        #expect(links.waiting.first?.against == ["other sample 48 and 200"])
    }

    @Test("one number over two phases with different samples waits for a person")
    func twoStudiesUnderOneNumber() {
        let links = link(
            report("a", numbers: ["NCT90000001"], text: main),
            report("b", numbers: ["NCT90000001"], text: "Ninety-six participants were enrolled between 2014 and 2016."))
        #expect(links.studies.count == 2)
        #expect(links.waiting.count == 1)
    }

    @Test("equal titles never join, nor does wording that names another's data")
    func titles() {
        let links = link(
            report("a", text: main),
            report(
                "b", people: ["Ostrander", "Winter"],
                text: "In a secondary analysis we rated sleep; 48 patients, 0.5 mg/kg."))
        #expect(links.studies.count == 2)
        #expect(links.proposals.isEmpty)
    }

    @Test("one team's two trials with two numbers stay two studies, also through a third report")
    func twoTrialsOfOneTeam() {
        let first = report("a", numbers: ["NCT90000001"], text: main)
        let second = report("b", numbers: ["NCT90000002"], text: main)
        #expect(link(first, second).proposals.isEmpty)
        let third = report("c", year: 2016, text: main + " " + later)
        let links = link(first, second, third)
        #expect(links.studies.count == 2)
        #expect(links.waiting.count == 1)
    }

    @Test("without a number, team, sample, time and wording together join; fewer propose")
    func withoutNumber() {
        #expect(link(report("a", text: main), report("b", text: main + later)).studies.count == 1)
        let weaker = link(report("a", text: main), report("b", text: later))
        #expect(weaker.studies.count == 2)
        #expect(weaker.waiting.count == 1)
        #expect(link(report("a", text: main), report("b", text: "Dose was 0.5 mg/kg.")).proposals.isEmpty)
    }

    @Test("an update, erratum or preprint is of the same study; a comment is proposed")
    func relations() {
        let article = report("a") { $0.pmid = PMID(90_000_001 as UInt32) }
        let update = report("b", people: []) {
            $0.relations = [Relation(type: "UpdateOf", pmid: PMID(90_000_001 as UInt32))]
        }
        let comment = report("c", people: []) {
            $0.relations = [Relation(type: "CommentOn", pmid: PMID(90_000_001 as UInt32))]
        }
        let links = link(article, update, comment)
        #expect(links.studies.map { $0.reports.map(\.rawValue) } == [["c"], ["a", "b"]])
        #expect(links.waiting.map(\.reasons) == [["CommentOn"]])
        let preprint = ReportRelation(
            kind: .preprintArticle, from: RecordID("p"), to: RecordID("a"), reason: "title-author")
        let joined = StudyLinker().link([article, report("p", people: ["Vorlund"])], relations: [preprint])
        #expect(joined.studies.count == 1)
    }

    @Test("a relation that the texts suggest joins, unless sample, time, number or comparator speak against it")
    func suggestedRelations() {
        func studies(_ other: ReportDigest, _ reason: String = ReportRelation.fromTheTexts) -> StudyLinks {
            let talk = ReportRelation(
                kind: .abstractArticle, from: RecordID("t"), to: RecordID("a"), reason: reason)
            return StudyLinker().link([report("a", text: main), other], relations: [talk])
        }
        #expect(studies(report("t", text: "In 48 patients, ketamine helped.")).studies.count == 1)
        let other = studies(report("t", text: "In 31 patients, ketamine helped."))
        #expect(other.studies.count == 2)
        #expect(other.waiting.map(\.reasons.first) == ["abstract-article (title-author)"])
        #expect(studies(report("t", text: "In 31 patients, ketamine helped."), "UpdateOf").studies.count == 1)
    }

    @Test("comparators that a caller read speak for one study, and others against it")
    func comparators() {
        func pair(_ first: String, _ second: String) -> StudyLinks {
            var one = report("a", numbers: ["NCT90000001"], text: main)
            var other = report("b", year: 2015, numbers: ["NCT90000001"], text: later)
            one.comparators = [first]
            other.comparators = [second]
            return link(one, other)
        }
        #expect(pair("midazolam", "midazolam").studies[0].reasons.first?.contains("comparator midazolam") == true)
        let apart = pair("midazolam", "placebo")
        #expect(apart.studies.count == 2)
        #expect(apart.waiting.first?.against == ["other comparator midazolam and placebo"])
    }

    @Test("a pair that a person split waits for nobody")
    func splitDoesNotWait() throws {
        let (a, b) = (report("a", numbers: ["NCT90000001"]), report("b", numbers: ["NCT90000001"]))
        #expect(link(a, b).waiting.count == 1)
        let said = try Corrections([
            Correction(a: a.id, b: b.id, says: .different, who: "kim", when: "2026-11-23", why: "two sites")
        ])
        #expect(link(a, b, corrections: said).waiting.isEmpty)
    }

    @Test("a review that names a number is no report of that study")
    func reviews() {
        let review = report("r", numbers: ["NCT90000001"], text: main) {
            $0.publicationTypes = [PublicationType(name: "Systematic Review")]
        }
        #expect(link(report("a", numbers: ["NCT90000001"], text: main), review).proposals.isEmpty)
        let many = report("m", text: "NCT90000001, NCT90000002, NCT90000003 and NCT90000004 were pooled.")
        #expect(link(report("a", people: ["Pell"], numbers: ["NCT90000001"]), many).proposals.isEmpty)
    }

    @Test("a person's join and split are final")
    func people() throws {
        let a = report("a", numbers: ["NCT90000001"], text: main)
        let b = report("b", numbers: ["NCT90000001"], text: later)
        let c = report("c", people: ["Pell"])
        let said = try Corrections(
            parsing: Array(
                "a,b,decision,who,when,why\na,b,different,kim,2026-11-23,two sites\na,c,same,kim,2026-11-23,\n".utf8),
            file: "studies.csv", known: [a.id, b.id, c.id])
        let links = link(a, b, c, corrections: said)
        #expect(
            links.studies.map { Set($0.reports.map(\.rawValue)) } == [["b"], ["a", "c"]] || links.studies.count == 2)
        let split = links.proposals.first { $0.b.rawValue == "b" }
        #expect(split?.applied == false)
        #expect(split?.strength == .person)
        #expect(split?.against == ["person kim: two sites"])
        #expect(links.proposals.contains { $0.reasons == ["person kim"] && $0.applied })
    }

    @Test("studies of one author and year are told apart by letters; the order of reports changes nothing")
    func labels() {
        let reports = [report("a"), report("b"), report("c", people: []), report("d", year: 2009)]
        let links = StudyLinker().link(reports)
        #expect(links.studies.map(\.label) == ["Anonymous 2013", "Vorlund 2009", "Vorlund 2013a", "Vorlund 2013b"])
        #expect(StudyLinker().link(reports.reversed()) == links)
    }

    @Test("records go through reports to studies: two records of one paper are one report of its study")
    func wholeWay() {
        let records = [
            article("b1"), article("b2"),
            article("c1") {
                $0.title = "Light and sleep after surgery"
                $0.published.year = 2016
                $0.journal.pages = "77-85"
                $0.journal.volume = "24"
                $0.abstract = [AbstractSection(text: "Secondary analysis of 48 patients (NCT90000001).")]
            },
            article("b3") { $0.abstract = [AbstractSection(text: "NCT90000001. In 48 patients, light helped.")] },
        ]
        let result = Deduplicator().deduplicate(records)
        let digests = ReportDigest.all(result.reports, records: records)
        #expect(digests == result.reports.map { ReportDigest(report: $0, records: records) })
        let links = StudyLinker().link(digests, relations: result.relations)
        #expect(links.studies.map { $0.reports.map(\.rawValue) } == [["b3", "c1"]])
    }

    @Test("every report is in exactly one study")
    func complete() {
        let reports = (0..<60).map { number in
            report(
                "r\(number)", year: 2000 + number % 20, people: ["Vorlund", "Name\(number % 7)", "Name\(number % 5)"],
                numbers: number % 3 == 0 ? ["NCT9000000\(number % 9)"] : [], text: number % 2 == 0 ? main : later)
        }
        let links = StudyLinker().link(reports)
        #expect(links.studies.flatMap(\.reports).sorted() == reports.map(\.id).sorted())
    }
}
