import Bibliography

/// Goes through corrections in order and finds those that cannot hold together.
struct CorrectionCheck {
    struct Standing {
        var correction: Correction
        var line: Int
    }

    let file: String
    private(set) var standing: [Standing] = []
    /// Position in `standing` of what is said of a pair.
    private var said: [[RecordID]: Int] = [:]

    init(file: String) { self.file = file }

    mutating func add(_ correction: Correction, line: Int, known: Set<RecordID>?) throws(CorrectionError) {
        for id in [correction.a, correction.b] where known?.contains(id) == false {
            throw error(line, .unknownID(id.rawValue))
        }
        guard correction.a != correction.b else { throw error(line, .samePair(correction.a.rawValue)) }
        let pair = [correction.a, correction.b].sorted()
        let (a, b) = (correction.a.rawValue, correction.b.rawValue)
        guard let place = said[pair] else {
            if correction.says == .undo { throw error(line, .nothingToUndo(a, b)) }
            said[pair] = standing.count
            standing.append(Standing(correction: correction, line: line))
            return
        }
        let before = standing[place]
        if correction.says == .undo {
            standing.remove(at: place)
            said = [:]
            for (index, entry) in standing.enumerated() {
                said[[entry.correction.a, entry.correction.b].sorted()] = index
            }
        } else if correction.says != before.correction.says {
            throw error(line, .contradiction(a, b, earlierLine: before.line))
        }
    }

    /// `same` joins, so `different` inside what is joined is a contradiction, and a `same` inside it a circle.
    func checkContradictions() throws(CorrectionError) {
        var parent: [RecordID: RecordID] = [:]
        func root(_ id: RecordID) -> RecordID {
            var id = id
            while let next = parent[id] { id = next }
            return id
        }
        var lastJoin = 0
        for entry in standing where entry.correction.says == .same {
            let (a, b) = (root(entry.correction.a), root(entry.correction.b))
            if a == b {
                throw error(
                    entry.line,
                    .cycle(entry.correction.a.rawValue, entry.correction.b.rawValue, earlierLine: lastJoin))
            }
            parent[a] = b
            lastJoin = entry.line
        }
        for entry in standing where entry.correction.says == .different {
            guard root(entry.correction.a) == root(entry.correction.b) else { continue }
            let (line, other) = lastJoin > entry.line ? (lastJoin, entry.line) : (entry.line, lastJoin)
            throw error(
                line,
                .contradiction(entry.correction.a.rawValue, entry.correction.b.rawValue, earlierLine: other))
        }
    }

    private func error(_ line: Int, _ problem: CorrectionError.Problem) -> CorrectionError {
        CorrectionError(file: file, line: line, problem: problem)
    }
}
