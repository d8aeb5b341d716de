import Pipeline
import Testing

@Suite("Work on all cores")
struct ParallelTests {
    @Test(
        "gives the results in the order of the items, however many there are",
        arguments: [0, 1, 31, 32, 33, 1000, 4097])
    func order(_ count: Int) {
        let items = Array(0..<count)
        #expect(Parallel.map(items) { $0 * 2 } == items.map { $0 * 2 })
    }
}
