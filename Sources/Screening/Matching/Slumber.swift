/// Which steps of a program sleep: they do not hold until some word or heading of a record wakes them. Of most queries no
/// word stands in most records, and these need not be asked at all.
///
/// Terms and headings sleep. So do an OR whose parts all sleep, and an AND and a NEAR of which some part sleeps. A part that
/// wakes wakes what it is part of; whether that holds is for its own question to answer.
struct Slumber {
    /// The answer of each step before a text is looked at.
    let blank: [UInt8]
    /// For each step the sleeping steps that it is part of.
    private let containing: [[Int32]]

    init(_ steps: [QueryProgram.Step], _ operands: [Int32]) {
        var sleeps: [Bool] = []
        var containing: [[Int32]] = Array(repeating: [], count: steps.count)
        // A step comes after those that it is made of.
        for (number, step) in steps.enumerated() {
            let parts = Self.parts(step, operands)
            let isAsleep =
                switch step.kind {
                case .term, .heading: true
                case .measure, .not: false
                case .or: parts.allSatisfy { sleeps[Int($0)] }
                case .and, .near: parts.contains { sleeps[Int($0)] }
                }
            sleeps.append(isAsleep)
            guard isAsleep else { continue }
            for part in parts { containing[Int(part)].append(Int32(number)) }
        }
        blank = sleeps.map { $0 ? Reading.doesNotHold : Reading.notAsked }
        self.containing = containing
    }

    /// The steps that a step is made of. The operands of a term are words; headings and measures have none.
    private static func parts(_ step: QueryProgram.Step, _ operands: [Int32]) -> ArraySlice<Int32> {
        switch step.kind {
        case .term, .heading, .measure: []
        case .and, .or, .not, .near: operands[Int(step.first)..<Int(step.first + step.count)]
        }
    }

    /// The sleeping steps that are woken where these are, in order.
    ///
    /// - Parameter including: whether these are woken themselves.
    func woken(by steps: [Int32], including: Bool) -> [Int32] {
        var woken: Set<Int32> = including ? Set(steps) : []
        var open = steps
        while let step = open.popLast() {
            for above in containing[Int(step)] where woken.insert(above).inserted { open.append(above) }
        }
        return woken.sorted()
    }
}
