import Bibliography
import Foundation

/// Invented records in the proportions of a real search: some in several databases, with the differences that
/// databases make. The same number gives the same records.
struct SyntheticRecords {
    private var state: UInt64

    init(seed: UInt64 = 1) { state = seed }

    private mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }

    private static let words = """
        effect trial randomised controlled infusion ketamine depression resistant placebo adults outcome cohort study \
        treatment symptom severity response remission dose intravenous repeated single plasma level cognitive function \
        anxiety suicidal ideation electroconvulsive therapy bipolar unipolar maintenance relapse predictor imaging \
        network connectivity biomarker inflammation sleep pain quality life caregiver hospital emergency primary care \
        elderly adolescent women men pregnancy stroke cancer diabetes asthma kidney liver heart lung surgery anaesthesia
        """.split(separator: " ").map(String.init)
    private static let syllables = [
        "ka", "ro", "mi", "ten", "bar", "lo", "sen", "vi", "dor", "na", "pel", "gu", "str", "ol",
    ]

    private mutating func word() -> String {
        if next(4) > 0 { return Self.words[next(Self.words.count)] }
        return (0...(1 + next(3))).map { _ in Self.syllables[next(Self.syllables.count)] }.joined()
    }

    private mutating func name() -> String {
        let letters = (0...(1 + next(2))).map { _ in Self.syllables[next(Self.syllables.count)] }.joined()
        return letters.prefix(1).uppercased() + letters.dropFirst()
    }

    private mutating func sentence(_ count: Int) -> String {
        let text = (0..<count).map { _ in word() }.joined(separator: " ")
        return text.prefix(1).uppercased() + text.dropFirst()
    }

    /// `count` records; about a third repeat one of the others. `key` names what each record tells of.
    mutating func make(_ count: Int) -> (records: [Record], keys: [Int]) {
        var records: [Record] = []
        var keys: [Int] = []
        records.reserveCapacity(count)
        while records.count < count {
            let number = records.count
            if number > 10, next(3) == 0 {
                let source = next(number)
                records.append(variant(of: records[source], number))
                keys.append(keys[source])
            } else {
                records.append(fresh(number))
                keys.append(number)
            }
        }
        return (records, keys)
    }

    private mutating func fresh(_ number: Int) -> Record {
        var record = Record(id: RecordID("r\(number)"), kind: .article, source: "csv")
        record.title = sentence(7 + next(9))
        record.authors = (0...(1 + next(6))).map { _ in
            Author(family: name(), given: String(UnicodeScalar(UInt8(65 + next(26)))) + ".")
        }
        record.published.year = 1990 + next(35)
        record.journal.title =
            "Journal of " + Self.words[next(Self.words.count)].capitalized + " Research "
            + String(next(40))
        record.journal.volume = String(1 + next(80))
        record.journal.issue = String(1 + next(12))
        let page = 1 + next(2000)
        record.journal.pages = "\(page)-\(page + 4 + next(9))"
        if next(3) > 0 { record.doi = DOI("10.1000/x\(number)") }
        record.abstract = [AbstractSection(text: (0..<8).map { _ in sentence(18) }.joined(separator: ". "))]
        return record
    }

    private mutating func variant(of source: Record, _ number: Int) -> Record {
        var record = source
        record.id = RecordID("r\(number)")
        record.title = next(2) == 0 ? source.title?.uppercased() : source.title.map { $0 + "." }
        if next(2) == 0 { record.doi = nil }
        if next(4) == 0 { record.journal.issue = nil }
        if next(5) == 0 { record.abstract = [] }
        if next(6) == 0 { record.authors = Array(source.authors.prefix(1)) }
        return record
    }
}
