/// What adverse events are called: names as printed made plain, and the term that different wordings of one share.
package enum AdverseEvents {
    /// The name that a printed label gives: `Nausea, n (%)a` is `nausea`. nil where nothing of a name is left.
    ///
    /// - Parameter marks: byte ranges that refer to footnotes.
    static func name(_ label: String, marks: [Range<Int>] = []) -> String? {
        var bytes = Array(label.utf8)
        for mark in marks {
            for place in mark where place < bytes.count { bytes[place] = 0x20 }
        }
        var words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).map(String.init)
        while let last = words.last {
            let bare = last.trimmingSigns
            if words.count > 1, statistics.contains(last.lowercased()) || statistics.contains(bare.lowercased()) {
                words.removeLast()
            } else {
                words[words.count - 1] = last.droppingTrailingSigns
                if !words[words.count - 1].isEmpty { break }
                words.removeLast()
            }
        }
        while let first = words.first, first.allSatisfy({ !$0.isLetter && !$0.isNumber && $0 != "≥" && $0 != "(" }) {
            words.removeFirst()
        }
        guard let first = words.first, words.contains(where: { $0.contains(where: \.isLetter) }) else { return nil }
        let name = words.joined(separator: " ")
        guard name.utf8.count <= 120 else { return nil }
        // `ECG abnormal` keeps its capitals.
        let isName = first.dropFirst().allSatisfy { !$0.isUppercase }
        return isName ? name.prefix(1).lowercased() + name.dropFirst() : name
    }

    /// The term by which reports are compared: `headaches` and `Headache` are `headache`, `any TEAE` is `any adverse
    /// event`; a name that no vocabulary knows stands for itself.
    package static func term(_ name: String) -> String {
        let folded = name.lowercased().map { $0.isLetter || $0.isNumber ? $0 : " " }
        var words = String(folded).split(separator: " ").map(String.init)
        if let known = terms[words.joined(separator: " ")] { return known }
        while let first = words.first, words.count > 1, lead.contains(first) { words.removeFirst() }
        while let last = words.last, words.count > 1, trail.contains(last) { words.removeLast() }
        return terms[words.joined(separator: " ")] ?? name
    }

    private static let terms: [String: String] = Dictionary(
        (Concept.adverseEvents + Concept.harms).flatMap { concept in
            concept.phrases.split(separator: "|").map { (String($0), concept.name) }
        }, uniquingKeysWith: { first, _ in first })

    private static let lead: Set<String> = ["any", "overall", "total", "all", "patients", "participants", "with"]
    private static let trail: Set<String> = ["overall", "total", "nos"]

    /// What stands behind a name and says how it is counted.
    private static let statistics: Set<String> = [
        "n", "no", "no.", "number", "%", "(%)", "(n)", "[%]", "[n]", "n(%)", "n%", "(n,%)", "(n, %)", "n,", "(n,", "%)",
        "percent", "no.(%)", "(no.)", "number(%)", "n/n", "n/n(%)", "(n/n)", "(n/n,", "—n(%)", "no.,",
    ]

    /// Words by which a caption or header says that what follows are harms.
    static func announces(_ lowered: String, _ words: [String]) -> Bool {
        for (index, word) in words.enumerated() {
            let next = index + 1 < words.count ? words[index + 1] : ""
            if word == "adverse",
                ["event", "events", "effect", "effects", "reaction", "reactions", "experiences", "drug"]
                    .contains(next)
            {
                return true
            }
            if word == "side", next == "effect" || next == "effects" { return true }
            if ["aes", "ae", "saes", "sae", "teaes", "teae", "adrs", "harms", "tolerability"].contains(word) {
                return true
            }
        }
        return lowered.contains("treatment-emergent") || lowered.contains("treatment emergent")
    }
}

extension String {
    fileprivate var trimmingSigns: String {
        String(drop { Self.signs.contains($0) }.reversed().drop { Self.signs.contains($0) }.reversed())
    }

    fileprivate var droppingTrailingSigns: String {
        String(reversed().drop { Self.signs.contains($0) }.reversed())
    }

    private static let signs: Set<Character> = [",", ";", ":", "-", "–", "—", "*", "†", "‡", "§", "¶", "#", "."]
}
