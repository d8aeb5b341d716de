/// Damage to a file, the same for the same seed.
package struct Mutation {
    private var state: UInt64

    package init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1 }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    package mutating func number(below bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }

    /// What breaks files in practice and in malice: control characters, half of a character, markup and the signs of the
    /// text formats.
    private static let splices: [[UInt8]] = [
        [0x00], [0x0A], [0x0D], [0x22], [0xC3], [0xED, 0xA0, 0x80], [0xFF, 0xFE], [0xEF, 0xBB, 0xBF],
        Array("<".utf8), Array(">".utf8), Array("&".utf8), Array("&nbsp;".utf8), Array("&#0;".utf8),
        Array("&#x6B;".utf8), Array("<!--".utf8), Array("<![CDATA[".utf8), Array("]]>".utf8), Array("<?x".utf8),
        Array("<i>".utf8), Array("</i>".utf8), Array("<i>x</i>".utf8), Array("</PubmedArticle>".utf8),
        Array("<PubmedArticle>".utf8), Array("<PMID>1</PMID>".utf8), Array("ketamine".utf8),
        Array("k&#101;tamine".utf8),
        Array("ket<b>a</b>mine".utf8), Array("\nER  - \n".utf8), Array("\nTY  - JOUR\n".utf8),
        Array("\nPMID- 1\n".utf8),
        Array("@a{b,".utf8), Array("}".utf8), Array("{".utf8), Array("\\".utf8), Array("\"\"".utf8), Array(";".utf8),
    ]

    /// One to four changes inside a range: bytes changed, removed, put in or doubled.
    ///
    /// - Returns: how much longer the bytes are.
    @discardableResult
    package mutating func damage(_ bytes: inout [UInt8], in range: Range<Int>) -> Int {
        let before = bytes.count
        var end = range.upperBound
        for _ in 0...number(below: 4) {
            guard end > range.lowerBound else { break }
            let at = range.lowerBound + number(below: end - range.lowerBound)
            let count = bytes.count
            switch number(below: 4) {
            case 0: bytes[at] = UInt8(truncatingIfNeeded: next())
            case 1: bytes.removeSubrange(at..<min(end, at + 1 + number(below: 60)))
            case 2: bytes.insert(contentsOf: Self.splices[number(below: Self.splices.count)], at: at)
            default: bytes.insert(contentsOf: Array(bytes[at..<min(end, at + number(below: 80))]), at: at)
            }
            end += bytes.count - count
        }
        return bytes.count - before
    }
}
