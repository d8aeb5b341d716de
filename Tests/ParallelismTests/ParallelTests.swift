import Parallelism
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

    @Test("covers every place once with ranges of the size asked for", arguments: [0, 1, 6, 7, 8, 700, 701])
    func ranges(_ count: Int) {
        let ranges = Parallel.map(count, by: 7) { $0 }
        #expect(ranges.flatMap(Array.init) == Array(0..<count))
        #expect(ranges.dropLast().allSatisfy { $0.count == 7 })
    }

    @Test("a size below one is taken as one") func smallSize() {
        #expect(Parallel.map(3, by: 0) { $0.lowerBound } == [0, 1, 2])
    }
}
