/// Finds the pairs worth comparing: those that share an identifier, a title, the beginning or end of one, or a place
/// in print. The work grows with the records, not with their square, also where thousands share a key.
enum Blocking {
    private struct Entry {
        var key: UInt64
        var index: Int32
    }

    /// A block larger than this is not compared whole but along its order of year, volume and page.
    static let blockLimit = 24
    private static let window = 12

    /// Pairs of `positions`, whose records say different things; the smaller first, sorted, each once.
    static func pairs(among positions: [Int32], in view: CorpusView) -> [UInt64] {
        var entries: [Entry] = []
        entries.reserveCapacity(positions.count * 7)
        for index in positions {
            let signature = view.signatures[Int(index)]
            for key in keys(of: signature, view) where key != 0 { entries.append(Entry(key: key, index: index)) }
        }
        entries.sort { ($0.key, $0.index) < ($1.key, $1.index) }

        var pairs: [UInt64] = []
        var start = 0
        while start < entries.count {
            var end = start + 1
            while end < entries.count, entries[end].key == entries[start].key { end += 1 }
            if end - start > 1 { add(entries[start..<end], in: view, to: &pairs) }
            start = end
        }
        pairs.sort()
        var unique: [UInt64] = []
        unique.reserveCapacity(pairs.count)
        for pair in pairs where unique.last != pair { unique.append(pair) }
        return unique
    }

    private static func add(_ block: ArraySlice<Entry>, in view: CorpusView, to pairs: inout [UInt64]) {
        var members = block.map(\.index)
        var reach = members.count
        if members.count > blockLimit {
            reach = window
            members.sort { order(view.signatures[Int($0)]) < order(view.signatures[Int($1)]) }
        }
        for (place, first) in members.enumerated() {
            for second in members[(place + 1)..<min(members.count, place + 1 + reach)] where first != second {
                pairs.append(pair(min(first, second), max(first, second)))
            }
        }
    }

    /// By what the records say alone, so that their ids do not change which neighbours are compared.
    private static func order(_ a: Signature) -> (UInt32, UInt32, Int32, UInt64) {
        (a.volume, a.pages.start, a.year, a.content)
    }

    static func pair(_ a: Int32, _ b: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: a)) << 32 | UInt64(UInt32(bitPattern: b))
    }
    static func first(_ pair: UInt64) -> Int { Int(pair >> 32) }
    static func second(_ pair: UInt64) -> Int { Int(pair & 0xFFFF_FFFF) }

    private static func keys(of a: Signature, _ view: CorpusView) -> [UInt64] {
        var place: UInt64 = 0
        if a.pages.form == .printed || a.pages.form == .electronic {
            if a.volume > 0 {
                place = StableHash.mixed(UInt64(a.volume) << 32 | UInt64(a.pages.start), 3)
            } else if a.pages.end > a.pages.start {
                place = StableHash.mixed(UInt64(a.pages.start) << 32 | UInt64(a.pages.end), UInt64(a.year.magnitude))
            }
        }
        // A short title misspelt in the middle shares neither its beginning nor its end.
        var team: UInt64 = 0
        if a.volume > 0, let first = view.authors(a).first {
            team = StableHash.mixed(first.whole, UInt64(a.volume) << 16 | UInt64(a.year.magnitude))
        }
        return [
            a.titleKeys.0, a.titleKeys.1, a.titleKeys.2, a.titleKeys.3, a.subjectKey,
            a.doi == 0 ? 0 : StableHash.mixed(a.doi, 5), a.pmid == 0 ? 0 : StableHash.mixed(UInt64(a.pmid), 7),
            a.registration == 0 ? 0 : StableHash.mixed(a.registration, 13), place, team,
            a.titleWords > 3 ? a.prefixKey : 0, a.titleWords > 3 ? a.suffixKey : 0,
        ]
    }
}
