import Foundation
import Interchange
import TestSupport
import Testing

/// A review of a drug that the vocabulary lacks, and of a treatment that is none, from the file to the pooled table.
@Suite("A review of a drug of its own")
struct OwnDrugReviewTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(
            """
            review: {id: metformin, title: Metformin in polycystic ovary syndrome}
            sources: [{id: a, kind: file, path: a.csv, database: A}]
            annotation:
              drugs: [metformin]
              drugNames:
                metformin: [metformin, MTF]
                myoInositol: [myo-inositol]
                exercise: [structured exercise]
            criteria:
              - id: drug
                question: Was it metformin?
                met:
                  - id: enough
                    when: dose(metformin) >= 500 mg
                    passes: ["Women received metformin 850 mg."]
                    fails: ["Women received myo-inositol 2 g."]
                  - {id: named, when: drug = metformin}
                notMet: [{id: other, when: drug = myoInositol NOT drug = metformin}]
            extraction: {fields: [dose, response]}
            synthesis:
              treatment: [metformin]
              outcomes: [{id: r, outcome: response, measure: OR}]

            """, to: "p/pipeline.yaml")
        try folder.write(
            """
            id,title,abstract
            a,Metformin or myo-inositol,"Women were randomised to metformin 850 mg or myo-inositol 2 g. 26 of 40 \
            women in the metformin group and 14 of 40 in the myo-inositol group responded."
            b,MTF or exercise,"Responders were 18 of 30 in the MTF group and 9 of 30 in the structured exercise group."
            c,Myo-inositol alone,Women received myo-inositol 2 g. Another mtf was not used.

            """, to: "p/a.csv")
    }

    private func sluice(_ arguments: String...) async throws -> BuiltTool.Result {
        try await BuiltTool.run(arguments, in: folder.path)
    }

    @Test("decides by its doses and names, and pools the arms that bear them, whatever the form lacks")
    func wholeWay() async throws {
        let checked = try await sluice("check", "p")
        #expect(checked.status == 0 && checked.output.contains("2 examples hold"), "\(checked)")
        let result = try await sluice("run", "p", "--workspace", "w")
        #expect(result.status == 0, "\(result.errors)")
        func table(_ name: String) async throws -> [[String: String]] {
            let text = try await sluice("export", name, "--workspace", "w", "--pipeline", "p").output
            let table = try DelimitedText(parsing: Array(text.utf8))
            return table.rows.map { row in
                Dictionary(zip(table.header, row.cells), uniquingKeysWith: { first, _ in first })
            }
        }
        let excluded = try await table("excluded")
        #expect(excluded.map { $0["report"] } == ["c"] && excluded.first?["quote"]?.contains("Myo-inositol") == true)
        let arms = try await table("outcomes").map { row in ["ai", "n1i", "ci", "n2i"].map { row[$0] } }
        #expect(arms == [["26", "40", "14", "40"], ["18", "30", "9", "30"]])
    }

    @Test("reads again what the words of a drug change, and says what changed")
    func changedWords() async throws {
        #expect(try await sluice("run", "p", "--workspace", "w").status == 0)
        let path = folder.path("p/pipeline.yaml")
        let plan = try String(contentsOfFile: path, encoding: .utf8)
        try folder.write(plan.replacing("[metformin, MTF]", with: "[metformin]"), to: "p/pipeline.yaml")
        #expect(try await sluice("run", "p", "--workspace", "w").status == 0)
        let waiting = try await sluice("export", "waiting", "--workspace", "w", "--pipeline", "p").output
        #expect(waiting.contains("MTF or exercise"))
        let amendments = try await sluice("export", "amendments", "--workspace", "w", "--pipeline", "p").output
        #expect(amendments.contains("annotation.drugNames.metformin,metformin; MTF,metformin"), "\(amendments)")
    }
}
