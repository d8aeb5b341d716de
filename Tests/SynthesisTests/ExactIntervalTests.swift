import Synthesis
import Testing

/// Against R 4.3: `binom.test(x, n, conf.level = level)$conf.int`, to six digits.
@Suite("Exact intervals of a proportion (Clopper and Pearson 1934)")
struct ExactIntervalTests {
    @Test(
        "are those of R's binom.test",
        arguments: [
            (7, 20, 95.0, 0.153909, 0.592189), (0, 10, 95.0, 0, 0.308497), (10, 10, 95.0, 0.691503, 1),
            (365, 377, 95.0, 0.945059, 0.983447), (1, 2, 95.0, 0.012579, 0.987421), (2, 3, 90.0, 0.135350, 0.983048),
        ])
    func againstR(events: Int, total: Int, level: Double, lower: Double, upper: Double) throws {
        let interval = try #require(ExactInterval(events: events, of: total, level: level))
        #expect(abs(interval.lower - lower) < 1e-6)
        #expect(abs(interval.upper - upper) < 1e-6)
    }

    @Test("nobody counted gives none")
    func nobody() {
        #expect(ExactInterval(events: 0, of: 0) == nil)
        #expect(ExactInterval(events: 3, of: 2) == nil)
        #expect(ExactInterval(events: -1, of: 2) == nil)
        #expect(ExactInterval(events: 1, of: 2, level: 100) == nil)
    }
}
