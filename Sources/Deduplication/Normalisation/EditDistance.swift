/// Levenshtein's distance with a bound, so that a comparison costs no more than the length times the bound.
enum EditDistance {
    static func within(
        _ limit: Int, _ a: some RandomAccessCollection<UInt8>, _ b: some RandomAccessCollection<UInt8>
    )
        -> Bool
    {
        distance(Array(a), Array(b), limit: limit) != nil
    }

    /// The distance, nil where it is more than `limit`.
    static func distance(_ a: [UInt8], _ b: [UInt8], limit: Int) -> Int? {
        guard abs(a.count - b.count) <= limit else { return nil }
        // Equal ends cost nothing.
        var start = 0
        while start < min(a.count, b.count), a[start] == b[start] { start += 1 }
        var endA = a.count
        var endB = b.count
        while endA > start, endB > start, a[endA - 1] == b[endB - 1] {
            endA -= 1
            endB -= 1
        }
        let width = endB - start
        if endA == start || width == 0 { return max(endA - start, width) }
        var row = Array(0...width)
        for i in start..<endA {
            let line = i - start
            let from = max(0, line - limit)
            let to = min(width - 1, line + limit)
            guard from <= to else { return nil }
            var diagonal = row[from]
            row[from] = from == 0 ? line + 1 : limit + 1
            var best = row[from]
            for j in from...to {
                let above = j + 1 <= line - 1 + limit + 1 ? row[j + 1] : limit + 1
                let cost = a[i] == b[start + j] ? 0 : 1
                let value = min(diagonal + cost, min(above, row[j]) + 1)
                diagonal = row[j + 1]
                row[j + 1] = value
                best = min(best, value)
            }
            if best > limit { return nil }
        }
        return row[width] <= limit ? row[width] : nil
    }
}
