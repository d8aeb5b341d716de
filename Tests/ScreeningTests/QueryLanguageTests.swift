import Annotation
import Screening
import Testing

@Suite("The language of criteria")
struct QueryLanguageTests {
    private func words(_ query: String, _ abstract: String) throws -> [String]? { try Invented.words(query, abstract) }

    @Test("a word is found whatever its case and accents, and whole")
    func words() throws {
        #expect(try words("ketamine", "KETAMINE was given.") == ["KETAMINE"])
        #expect(try words("Asberg", "the Montgomery-Åsberg scale") == ["Åsberg"])
        #expect(try words("rat", "The rate was low.") == nil)
    }

    @Test("truncation at the end, inside and of one letter")
    func truncation() throws {
        #expect(try words("ketamin*", "racemic ketamines") == ["ketamines"])
        #expect(try words("randomi?ed", "were randomised or randomized") == ["randomised", "randomized"])
        #expect(try words("randomi?ed", "were randomied") == nil)
        #expect(try words("an*thetic", "an anaesthetic dose") == ["anaesthetic"])
        #expect(try words("*ketamine", "norketamine levels") == ["norketamine"])
    }

    @Test("a phrase does not care for hyphens and dashes, as in PubMed")
    func phrases() throws {
        for text in [
            "treatment-resistant", "treatment resistant", "treatment\u{2010}resistant", "Treatment\u{2013}Resistant",
        ] {
            #expect(try words("\"treatment resistant\"", text + " depression") == [text])
            #expect(try words("treatment-resistant", text + " depression") == [text])
        }
        #expect(try words("\"treatment resistant\"", "resistant to treatment") == nil)
        #expect(try words("\"treatment resist*\"", "treatment resistance") == ["treatment resistance"])
        #expect(try words("i.v.", "given i.v. over 40 minutes") == ["i.v"])
    }

    @Test("a soft hyphen inside a word is no letter, and the quote keeps it")
    func softHyphen() throws {
        #expect(try words("ketamine", "keta\u{AD}mine") == ["keta\u{AD}mine"])
    }

    @Test("AND, OR and NOT, with NOT quoting nothing")
    func operators() throws {
        #expect(try words("ketamine AND depression", "ketamine in depression") == ["ketamine", "depression"])
        #expect(try words("ketamine AND mania", "ketamine in depression") == nil)
        #expect(try words("mania OR depression", "ketamine in depression") == ["depression"])
        #expect(try words("ketamine NOT nasal", "nasal ketamine") == nil)
        #expect(try words("ketamine NOT nasal", "ketamine by vein") == ["ketamine"])
        #expect(try words("(a1 OR ketamine) AND NOT (nasal OR oral)", "ketamine by vein") == ["ketamine"])
    }

    @Test("NEAR/n counts words in either order, NEXT/n in this one, and ADJ is adjacent")
    func proximity() throws {
        let text = "ketamine was slowly infused"
        #expect(try words("ketamine NEAR/3 infused", text) == [text])
        #expect(try words("infused NEAR/3 ketamine", text) == [text])
        #expect(try words("ketamine NEAR/2 infused", text) == nil)
        #expect(try words("ketamine NEXT/3 infused", text) == [text])
        #expect(try words("infused NEXT/3 ketamine", text) == nil)
        #expect(try words("ketamine ADJ3 infused", text) == [text])
        #expect(try words("slowly ADJ infused", text) == ["slowly infused"])
        #expect(try words("(oral OR slowly) NEAR/1 (infused OR injected)", text) == ["slowly infused"])
        #expect(try words("\"ketamine infused\"[tiab:~2]", text) == [text])
        #expect(try words("\"ketamine infused\"[tiab:~1]", text) == nil)
        #expect(try words("ketamine NEAR/5 ketamine", "ketamine alone") == nil)
    }

    @Test("no term reaches from one section into the next")
    func sections() throws {
        let document = Invented.document(title: "Of ketamine", abstract: ["Infusions were given."])
        #expect(try Invented.words("\"ketamine infusions\"", in: document) == nil)
        #expect(try Invented.words("ketamine NEAR/5 infusions", in: document) == nil)
    }

    @Test("fields in the spellings of PubMed and the Cochrane Library, on terms, groups and concepts")
    func fields() throws {
        let document = Invented.document(title: "Ketamine", abstract: ["An infusion."], keywords: ["mood"])
        #expect(try Invented.words("infusion[ti]", in: document) == nil)
        #expect(try Invented.words("infusion:ti,ab", in: document) == ["infusion"])
        #expect(try Invented.words("mood:ti,ab", in: document) == nil)
        #expect(try Invented.words("mood[tiab]", in: document) == ["mood"])
        #expect(try Invented.words("mood[ot]", in: document) == ["mood"])
        #expect(try Invented.words("(ketamine OR infusion)[ab]", in: document) == ["infusion"])
        #expect(try Invented.words("(ketamine[ti] AND infusion)[ab]", in: document) == ["Ketamine", "infusion"])
        #expect(try Invented.words("#k[ab]", in: document, concepts: ["k": "ketamine"]) == nil)
    }

    @Test("parts of an abstract by their labels, and by headings inside flattened text")
    func parts() throws {
        let labelled = Invented.document(
            abstract: ["Oral use is known.", "Infusions."], labels: ["BACKGROUND", "METHODS"])
        #expect(try Invented.words("oral[methods]", in: labelled) == nil)
        #expect(try Invented.words("oral[background,methods]", in: labelled) == ["Oral"])
        #expect(try Invented.words("part = methods", in: labelled) == ["Infusions."])
        let flat = Invented.document(abstract: ["BACKGROUND: Oral use. METHODS: Infusions."])
        let headings = [
            try Invented.found("BACKGROUND", in: flat, .heading("BACKGROUND")),
            try Invented.found("METHODS", in: flat, .heading("METHODS")),
        ]
        #expect(try Invented.words("oral[methods]", in: flat, headings) == nil)
        #expect(try Invented.words("infusions[methods]", in: flat, headings) == ["Infusions"])
        #expect(try Invented.words("part = results", in: flat, headings) == nil)
    }

    @Test("a MeSH heading covers those below it, unless it is not exploded")
    func mesh() throws {
        let document = Invented.document(title: "x", mesh: ["Depressive Disorder, Treatment-Resistant"])
        #expect(
            try Invented.words("\"Mood Disorders\"[mh]", in: document) == ["Depressive Disorder, Treatment-Resistant"])
        #expect(try Invented.words("\"Mood Disorders\"[mh:noexp]", in: document) == nil)
        #expect(try Invented.words("D061218[mh]", in: document) != nil)
        #expect(try Invented.words("\"Zzz\"[mh:noexp]", in: document) == nil)
    }

    @Test("a publication type covers those below it, by name or descriptor")
    func publicationTypes() throws {
        let document = Invented.document(title: "x", types: ["Randomized Controlled Trial"])
        #expect(try Invented.words("\"Clinical Trial\"[pt]", in: document) == ["Randomized Controlled Trial"])
        #expect(try Invented.words("D016449[pt]", in: document) != nil)
        #expect(try Invented.words("Review[pt]", in: document) == nil)
    }

    @Test("a term never matches headings, and a heading never matches text")
    func headingsApart() throws {
        let document = Invented.document(title: "Animals", mesh: ["Ketamine"])
        #expect(try Invented.words("ketamine", in: document) == nil)
        #expect(try Invented.words("Animals[mh]", in: document) == nil)
    }

    @Test("every cut of a text quotes exactly its slice, in any alphabet")
    func slices() throws {
        let pieces = ["ketamine", "кетамин", "氯胺酮", "é", "—", "\u{AD}", "I.V.", "½", "👩🏽‍⚕️", " ", "0.5", "\u{301}"]
        var generator = Seeded(state: 7)
        let screener = try Screener(criteria: [
            Invented.criterion("c", Invented.rule("r", .met, "ketamine OR кетамин OR 氯胺酮 OR \"0.5\" OR k*ine OR i.v."))
        ])
        for _ in 0..<500 {
            let text = (0..<12).map { _ in pieces[Int(generator.next() % UInt64(pieces.count))] }.joined()
            let judgement = screener.judge(Invented.document(abstract: [text]), Annotations(items: []))
            for item in judgement.criteria[0].evidence {
                #expect(Array(text.utf8)[item.start..<item.end].elementsEqual(item.quote.utf8))
            }
        }
    }

    @Test("whatever is written, a query is refused or answered, and a quote is its slice")
    func anything() throws {
        let pieces = [
            "ketamine", "inf*", "?", "*", "(", ")", "AND", "OR", "NOT", "NEAR/3", "NEXT", "\"", "\"a b\"", "[ti]",
            "[mh]", "[pt]",
            ":ab", "[", "]", "#k", "$n", "dose", "(ketamine)", "<", "<=", "=", "1", "mg/kg", "route", "oral", "|",
            "every",
            "age.minimum", "[any]", "é", "\u{0}", "part", "results",
        ]
        var generator = Seeded(state: 11)
        let document = Invented.document(
            title: "Ketamine", abstract: ["An oral infusion of ketamine a b."], mesh: ["Ketamine"])
        var answered = 0
        for _ in 0..<4000 {
            let count = Int(generator.next() % 7) + 1
            let query = (0..<count).map { _ in pieces[Int(generator.next() % UInt64(pieces.count))] }
                .joined(separator: " ")
            guard
                let words = try? Invented.words(query, in: document, concepts: ["k": "ketamine"], switches: ["n": "2"])
            else { continue }
            answered += 1
            #expect(words.allSatisfy { !$0.isEmpty })
        }
        #expect(answered > 20)
    }
}

/// Numbers that are the same on every run (Marsaglia's xorshift).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
