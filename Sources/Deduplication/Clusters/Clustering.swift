/// Joins records along links, strongest first, and never two that must stay apart.
struct Clustering {
    struct Edge {
        var a: Int
        var b: Int
        var score: Double
        var reason: StaticReason
    }

    /// The score of links that hold only where a record has no other place to go.
    static let weakScore = 0.8

    private var parent: [Int32]
    private var members: [[Int32]]
    /// Pairs that a person has told apart.
    private var apart: [Int32: [Int32]] = [:]

    init(count: Int) {
        parent = (0..<Int32(count)).map { $0 }
        members = (0..<Int32(count)).map { [$0] }
    }

    func root(of index: Int) -> Int {
        var index = index
        while Int(parent[index]) != index { index = Int(parent[index]) }
        return index
    }

    mutating func keepApart(_ a: Int, _ b: Int) {
        apart[Int32(a), default: []].append(Int32(b))
        apart[Int32(b), default: []].append(Int32(a))
    }

    /// A person's word: joined whatever the rules say.
    mutating func join(_ a: Int, _ b: Int) {
        let (first, second) = (root(of: a), root(of: b))
        guard first != second else { return }
        let (into, from) = members[first].count >= members[second].count ? (first, second) : (second, first)
        for member in members[from] { parent[Int(member)] = Int32(into) }
        members[into] += members[from]
        members[from] = []
    }

    /// Joins unless a member of one side must stay apart from a member of the other; false where that is so.
    mutating func joinUnlessForbidden(_ edge: Edge, _ isForbidden: (Int, Int) -> Bool) -> Bool {
        let (first, second) = (root(of: edge.a), root(of: edge.b))
        guard first != second else { return true }
        // Clusters beyond this size do not occur; a hostile file must not make every join cost their square.
        let one = members[first].prefix(Self.checkLimit)
        let other = members[second].prefix(Self.checkLimit)
        for a in one {
            for b in other where isForbidden(Int(a), Int(b)) { return false }
        }
        if !apart.isEmpty, isToldApart(first, second) { return false }
        join(edge.a, edge.b)
        return true
    }

    private static let checkLimit = 64

    private func isToldApart(_ first: Int, _ second: Int) -> Bool {
        members[first].contains { member in
            apart[member]?.contains { Int(parent[Int($0)]) == second } == true
        }
    }
}
