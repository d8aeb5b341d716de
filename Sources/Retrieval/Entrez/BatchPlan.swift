/// How many ids the next efetch asks for. A pure value.
///
/// Starts at the largest size, halves when an answer was cut off or the service could not cope, doubles again after two
/// good answers. What is left is split evenly, so that no batch is needlessly small: 501 ids are 251 and 250.
struct BatchPlan: Hashable {
    /// Below this a batch shrinks only to find an id that the service cannot read.
    static let smallest = 100

    let largest: Int
    private(set) var size: Int
    private var successes = 0

    init(largest: Int) {
        self.largest = max(1, largest)
        size = self.largest
    }

    func next(remaining: Int) -> Int {
        guard remaining > 0 else { return 0 }
        let batches = (remaining + size - 1) / size
        return (remaining + batches - 1) / batches
    }

    mutating func succeeded() {
        successes += 1
        guard successes >= 2, size < largest else { return }
        size = min(largest, size * 2)
        successes = 0
    }

    /// - Parameter asked: how many ids the failed request had.
    mutating func wasTooMuch(asked: Int) {
        successes = 0
        size = min(size, max(min(Self.smallest, largest), asked / 2))
    }

    mutating func hadBadID(asked: Int) {
        successes = 0
        size = max(1, asked / 2)
    }
}
