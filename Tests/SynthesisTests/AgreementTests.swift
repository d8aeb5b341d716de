import Synthesis
import TestSupport
import Testing

/// Figures with many digits were computed with statsmodels 0.15 (`cohens_kappa`, `fleiss_kappa`), irrCAC 0.4.4 for Python
/// (`gwet`, `fleiss`, the variances of Gwet 2008 and 2021) and scipy 1.12 (`beta.ppf`).
@Suite("Agreement of two raters")
struct PairAgreementTests {
    /// Cohen 1960, table 1: 200 subjects in three categories.
    private let cohen = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]

    @Test("Cohen 1960: po .70, pe .41, kappa .492, standard error .055")
    func cohen1960() {
        let result = PairAgreement(table: cohen)
        #expect(result.n == 200 && result.agreed == 140)
        #expect(Tolerance.agree(result.observed.value, 0.70, Tolerance.closed))
        #expect(Tolerance.agree(result.expected, 0.41, Tolerance.closed))
        #expect(Tolerance.agree(result.kappa.value, 0.49152542372881347, Tolerance.closed))
        #expect(Tolerance.agree(result.kappaSimpleSE, (0.7 * 0.3 / (200 * 0.59 * 0.59)).squareRoot(), Tolerance.closed))
        #expect(Tolerance.agree(result.kappa.se, 0.05100181557607786, 1e-10))
        #expect(Tolerance.agree(result.kappa.lower, 0.3915637020535469, 1e-10))
        #expect(Tolerance.agree(result.kappa.upper, 0.59148714540408, 1e-10))
        #expect(Tolerance.agree(result.ac1.value, 0.5759717314487631, Tolerance.closed))
        #expect(Tolerance.agree(result.ac1.se, 0.04812057690214164, 1e-10))
        #expect(Tolerance.agree(result.ac1.lower, 0.4810800449135286, 1e-10))
        #expect(Tolerance.agree(result.ac1.upper, 0.6708634179839976, 1e-10))
        #expect(Tolerance.agree(result.pabak.value, 0.55, Tolerance.closed))
        #expect(result.prevalenceIndex == nil && result.biasIndex == nil)
    }

    /// Feinstein and Cicchetti 1990, as Byrt and others 1993 discuss them: the same raw agreement, a kappa of .70 or
    /// .32, and a PABAK of .70 for both.
    @Test(
        "Byrt 1993: prevalence moves kappa, not PABAK",
        arguments: [([[40, 9], [6, 45]], 0.70), ([[80, 10], [5, 5]], 0.32)])
    func byrt1993(table: [[Int]], kappa: Double) throws {
        let result = PairAgreement(table: table)
        #expect(abs(try #require(result.kappa.value) - kappa) < 0.005)
        #expect(Tolerance.agree(result.pabak.value, 0.70, Tolerance.closed))
        #expect(Tolerance.agree(result.pabak.se, (4 * 0.85 * 0.15 / 100).squareRoot(), Tolerance.closed))
        let (a, b, c, d) = (table[0][0], table[0][1], table[1][0], table[1][1])
        let prevalence = try #require(result.prevalenceIndex)
        let bias = try #require(result.biasIndex)
        #expect(Tolerance.agree(prevalence, Double(abs(a - d)) / 100, Tolerance.closed))
        #expect(Tolerance.agree(bias, Double(abs(b - c)) / 100, Tolerance.closed))
        // Byrt's identity: kappa from PABAK and the two indices.
        let rebuilt = (0.70 - prevalence * prevalence + bias * bias) / (1 - prevalence * prevalence + bias * bias)
        #expect(Tolerance.agree(result.kappa.value, rebuilt, 1e-10))
    }

    @Test("Gwet 2008: 118 of 125 agreed, kappa below zero, AC1 .94")
    func gwet2008() {
        let result = PairAgreement(table: [[118, 5], [2, 0]])
        #expect(Tolerance.agree(result.kappa.value, -0.02339181286549608, 1e-10))
        #expect(Tolerance.agree(result.ac1.value, 0.9407763376087177, 1e-10))
        #expect(Tolerance.agree(result.ac1.se, 0.02305696430238963, 1e-10))
    }

    @Test("a screening of 200 with few inclusions, against statsmodels and irrCAC")
    func screening() {
        let two = PairAgreement(table: [[18, 7], [4, 171]])
        #expect(Tolerance.agree(two.kappa.value, 0.7349397590361442, Tolerance.closed))
        #expect(Tolerance.agree(two.kappa.se, 0.07590247766236818, 1e-10))
        #expect(Tolerance.agree(two.ac1.value, 0.930609219511426, Tolerance.closed))
        #expect(Tolerance.agree(two.ac1.se, 0.02143776871776174, 1e-10))
        #expect(Tolerance.agree(two.observed.lower, 0.9037223555660872, 1e-9))
        let three = PairAgreement(table: [[20, 3, 2], [4, 9, 5], [1, 6, 150]])
        #expect(Tolerance.agree(three.kappa.value, 0.7083738369670879, Tolerance.closed))
        #expect(Tolerance.agree(three.kappa.se, 0.05532064626229195, 1e-10))
        #expect(Tolerance.agree(three.ac1.value, 0.871947315466935, Tolerance.closed))
        #expect(Tolerance.agree(three.pabak.value, 0.8425, Tolerance.closed))
    }

    @Test("where both gave one answer to all, kappa is not estimable: neither 1 nor 0")
    func oneAnswer() {
        let result = PairAgreement(table: [[30, 0], [0, 0]])
        #expect(result.expected == 1)
        #expect(result.kappa == .notEstimable && result.kappaSimpleSE == nil)
        #expect(result.observed.value == 1)
        #expect(Tolerance.agree(result.observed.lower, 0.8842966, 1e-6))
        #expect(result.pabak.value == 1 && result.ac1.value == 1)
        #expect(result.ac1.lower == nil && result.pabak.lower == nil)
    }

    @Test("perfect agreement over both answers is 1, without an interval of no width")
    func perfect() {
        let result = PairAgreement(table: [[3, 0], [0, 5]])
        #expect(result.kappa.value == 1 && result.kappa.lower == nil && result.kappa.upper == nil)
    }

    @Test("nothing rated by both: nothing is estimable")
    func nothing() {
        let result = PairAgreement([(first: String, second: String)](), categories: ["include", "exclude"])
        #expect(result.n == 0 && result.observed.value == nil && result.expected == nil)
        #expect(result.kappa == .notEstimable && result.pabak == .notEstimable && result.ac1 == .notEstimable)
        #expect(PairAgreement(table: []).n == 0)
        #expect(PairAgreement(table: [[4]]).kappa == .notEstimable)
    }

    @Test("a category that nobody used counts for AC1 and PABAK, not for kappa")
    func unusedCategory() {
        let ratings = [(first: "in", second: "in"), (first: "in", second: "out"), (first: "out", second: "out")]
        let two = PairAgreement(ratings, categories: ["in", "out"])
        let three = PairAgreement(ratings, categories: ["in", "unsure", "out"])
        #expect(two.kappa.value == three.kappa.value)
        #expect(Tolerance.agree(two.pabak.value, 1.0 / 3, Tolerance.closed))
        #expect(Tolerance.agree(three.pabak.value, 0.5, Tolerance.closed))
        #expect(two.ac1.value != three.ac1.value)
        #expect(PairAgreement(ratings, categories: []).kappa.value == two.kappa.value)
    }

    @Test("which rater is called the first, and the order of categories, change nothing")
    func symmetry() {
        var random = SeededRandom(seed: 11)
        for _ in 0..<200 {
            let q = 2 + Int(random.next() % 3)
            let table = (0..<q).map { _ in (0..<q).map { _ in Int(random.next() % 9) } }
            let turned = table.indices.map { i in table.indices.map { table[$0][i] } }
            let reversed = Array(table.reversed().map { Array($0.reversed()) })
            let a = PairAgreement(table: table)
            for b in [PairAgreement(table: turned), PairAgreement(table: reversed)] {
                #expect(Tolerance.agree(a.kappa.value, b.kappa.value, 1e-9))
                #expect(Tolerance.agree(a.kappa.se, b.kappa.se, 1e-6))
                #expect(Tolerance.agree(a.ac1.value, b.ac1.value, 1e-9))
                #expect(Tolerance.agree(a.pabak.value, b.pabak.value, 1e-9))
            }
            if let kappa = a.kappa.value { #expect(kappa >= -1 - 1e-12 && kappa <= 1 + 1e-12) }
        }
    }
}

@Suite("Agreement of several raters")
struct GroupAgreementTests {
    /// Fleiss 1971, table 1: 30 patients, 6 psychiatrists, five diagnoses.
    private let fleiss = [
        [0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0], [2, 0, 4, 0, 0],
        [0, 0, 4, 0, 2], [2, 0, 3, 1, 0], [2, 0, 0, 4, 0], [0, 0, 0, 0, 6], [1, 0, 0, 5, 0], [1, 1, 0, 4, 0],
        [0, 3, 3, 0, 0], [1, 0, 0, 5, 0], [0, 2, 0, 3, 1], [0, 0, 5, 0, 1], [3, 0, 0, 1, 2], [5, 1, 0, 0, 0],
        [0, 2, 0, 4, 0], [1, 0, 2, 0, 3], [0, 0, 0, 0, 6], [0, 1, 0, 5, 0], [0, 2, 0, 1, 3], [2, 0, 0, 4, 0],
        [1, 0, 0, 4, 1], [0, 5, 0, 1, 0], [4, 0, 0, 0, 2], [0, 2, 0, 4, 0], [1, 0, 5, 0, 0], [0, 0, 0, 0, 6],
    ]

    @Test("Fleiss 1971: observed .556, by chance .220, kappa .430")
    func fleiss1971() {
        let result = GroupAgreement(counts: fleiss)
        #expect(result.n == 30)
        #expect(Tolerance.agree(result.observed, 0.5555555555555556, Tolerance.closed))
        #expect(Tolerance.agree(result.expected, 0.21993827160493826, Tolerance.closed))
        #expect(Tolerance.agree(result.kappa.value, 0.43024452006014086, Tolerance.closed))
        #expect(Tolerance.agree(result.kappa.se, 0.05419893551533276, 1e-10))
        #expect(Tolerance.agree(result.kappa.lower, 0.3193952505721434, 1e-10))
        #expect(Tolerance.agree(result.ac1.value, 0.4478845158445642, Tolerance.closed))
        #expect(Tolerance.agree(result.ac1.upper, 0.5617263779563992, 1e-10))
    }

    @Test("with ratings missing, against irrCAC")
    func missing() {
        let counts = [
            [3, 0, 0], [2, 1, 0], [0, 2, 0], [0, 1, 1], [0, 0, 3], [1, 0, 0], [0, 3, 0], [1, 1, 1], [2, 0, 0],
            [0, 0, 2], [0, 2, 1], [3, 0, 0],
        ]
        let result = GroupAgreement(counts: counts)
        #expect(result.n == 11)
        #expect(Tolerance.agree(result.kappa.value, 0.5371511223013874, Tolerance.closed))
        #expect(Tolerance.agree(result.kappa.se, 0.20427498323211324, 1e-10))
        #expect(Tolerance.agree(result.ac1.value, 0.5494955288474072, Tolerance.closed))
        #expect(Tolerance.agree(result.ac1.se, 0.20105324393366736, 1e-10))
    }

    @Test("one answer for all subjects: kappa is not estimable")
    func oneAnswer() {
        let result = GroupAgreement(counts: [[3, 0], [3, 0], [2, 0]])
        #expect(result.kappa == .notEstimable)
        #expect(result.ac1.value == 1 && result.ac1.lower == nil)
    }

    @Test("subjects that one rater rated say nothing of agreement")
    func single() {
        let result = GroupAgreement(counts: [[1, 0], [0, 1]])
        #expect(result.n == 0 && result.observed == nil && result.kappa == .notEstimable)
        #expect(GroupAgreement(counts: []).n == 0)
        #expect(GroupAgreement([["a", "b"]], categories: ["a", "b"]).kappa.lower == nil)
    }

    @Test("for two raters, AC1 is that of the pair, and Fleiss's kappa is Scott's pi")
    func two() {
        let ratings = [["a", "a"], ["a", "b"], ["b", "b"], ["a", "a"], ["b", "a"], ["b", "b"]]
        let group = GroupAgreement(ratings, categories: ["a", "b"])
        let pair = PairAgreement(ratings.map { ($0[0], $0[1]) }, categories: ["a", "b"])
        #expect(group.ac1 == pair.ac1)
        // Scott 1955: chance from the mean of both raters' habits, here one half each.
        #expect(Tolerance.agree(group.kappa.value, (4.0 / 6 - 0.5) / 0.5, Tolerance.closed))
    }
}
