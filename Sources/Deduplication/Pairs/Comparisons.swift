/// What comparing pairs of records came to, kept by what the records say and not by their ids: a pair that was compared
/// once is not compared again while neither side changes. Since a verdict rests on nothing else, a run that starts from
/// earlier comparisons ends where a run without them ends.
package struct Comparisons: Sendable, Equatable {
    package static let none = Comparisons()

    /// By the key of the pair. Pairs that stay apart are kept too: they were compared.
    private var judgements: [UInt64: PairJudge.Judgement] = [:]

    private init() {}

    package var count: Int { judgements.count }

    /// The judgement of a pair, as seen from its first record; nil where it was never compared.
    func judgement(_ first: UInt64, _ second: UInt64) -> PairJudge.Judgement? {
        guard let found = judgements[Self.key(first, second)] else { return nil }
        return first <= second ? found : found.reversed
    }

    mutating func keep(_ judgement: PairJudge.Judgement, of first: UInt64, _ second: UInt64) {
        judgements[Self.key(first, second)] = first <= second ? judgement : judgement.reversed
    }

    mutating func reserve(_ count: Int) { judgements.reserveCapacity(count) }

    private static func key(_ first: UInt64, _ second: UInt64) -> UInt64 {
        StableHash.mixed(StableHash.mixed(min(first, second), 11), max(first, second))
    }

    // MARK: As bytes

    /// Sorted, so that the same comparisons are the same bytes.
    package var bytes: [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(judgements.count * 16)
        for (key, judgement) in judgements.sorted(by: { $0.key < $1.key }) {
            Self.append(key, to: &out)
            let relation = judgement.relation.flatMap { ReportRelation.Kind.allCases.firstIndex(of: $0) }
            out += [
                judgement.verdict.outcome.rawValue, judgement.verdict.reason.rawValue,
                judgement.verdict.forbids ? 1 : 0, judgement.firstIsFrom ? 1 : 0,
                relation.map { UInt8($0 + 1) } ?? 0,
            ]
            if judgement.verdict.outcome != .apart { Self.append(judgement.verdict.score.bitPattern, to: &out) }
        }
        return out
    }

    /// nil for bytes that `bytes` did not write.
    package init?(bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let key = Self.number(&rest), rest.count >= 5 else { return nil }
            let fields = Array(rest.prefix(5))
            rest = rest.dropFirst(5)
            guard let outcome = PairVerdict.Outcome(rawValue: fields[0]),
                let reason = StaticReason(rawValue: fields[1]),
                Int(fields[4]) <= ReportRelation.Kind.allCases.count
            else { return nil }
            var score = 0.0
            if outcome != .apart {
                guard let bits = Self.number(&rest) else { return nil }
                score = Double(bitPattern: bits)
            }
            judgements[key] = PairJudge.Judgement(
                verdict: PairVerdict(outcome: outcome, reason: reason, score: score, forbids: fields[2] == 1),
                relation: fields[4] == 0 ? nil : ReportRelation.Kind.allCases[Int(fields[4]) - 1],
                firstIsFrom: fields[3] == 1)
        }
    }

    private static func append(_ number: UInt64, to out: inout [UInt8]) {
        withUnsafeBytes(of: number.littleEndian) { out.append(contentsOf: $0) }
    }

    private static func number(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
        guard rest.count >= 8 else { return nil }
        let value = rest.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        rest = rest.dropFirst(8)
        return value
    }
}
