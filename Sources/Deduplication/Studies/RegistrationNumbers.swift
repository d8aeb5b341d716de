/// Numbers of trial registers, as data banks and abstracts print them, in one spelling.
enum RegistrationNumbers {
    /// Every number in a text, upper case, each once, in order. Shapes are those of the registers themselves
    /// (WHO International Clinical Trials Registry Platform, list of primary registries).
    static func find(in text: EvidenceText) -> [String] {
        var found: [String] = []
        var index = 0
        while index < text.bytes.count {
            guard text.isWordStart(index), let (number, end) = match(text, at: index) else {
                index += 1
                continue
            }
            if !found.contains(number), found.count < 50 { found.append(number) }
            index = max(end, index + 1)
        }
        return found
    }

    private static let gap = Set("-: #/.".utf8)

    private static func match(_ text: EvidenceText, at index: Int) -> (String, Int)? {
        for shape in shapes where text.starts(shape.prefix, at: index) {
            var cursor = index + shape.prefix.utf8CodeUnitCount
            // `ChiCTR-TRC-12002345`, `UMIN-CTR 000012345`: a group of letters between.
            cursor = text.skipping(gap, from: cursor)
            if shape.mayHaveLetters {
                var letters = cursor
                while letters < text.bytes.count, letters - cursor < 5, !EvidenceText.isDigit(text.bytes[letters]),
                    EvidenceText.isWordByte(text.bytes[letters])
                {
                    letters += 1
                }
                if letters > cursor { cursor = text.skipping(gap, from: letters) }
            }
            let digits = text.digits(at: cursor)
            guard shape.digits.contains(digits) else { continue }
            let end = cursor + digits
            return (shape.name + text.text(cursor..<end), end)
        }
        return eudraCT(text, at: index) ?? indian(text, at: index) ?? iranian(text, at: index)
    }

    private struct Shape {
        let prefix: StaticString
        let name: String
        let digits: ClosedRange<Int>
        var mayHaveLetters = false
    }

    private static let shapes = [
        Shape(prefix: "nct", name: "NCT", digits: 8...8),
        Shape(prefix: "isrctn", name: "ISRCTN", digits: 8...8),
        Shape(prefix: "umin", name: "UMIN", digits: 9...9, mayHaveLetters: true),
        Shape(prefix: "jprn-umin", name: "UMIN", digits: 9...9),
        Shape(prefix: "chictr", name: "CHICTR", digits: 8...10, mayHaveLetters: true),
        Shape(prefix: "actrn", name: "ACTRN", digits: 14...14),
        Shape(prefix: "drks", name: "DRKS", digits: 8...8),
        Shape(prefix: "kct", name: "KCT", digits: 7...7),
        Shape(prefix: "tctr", name: "TCTR", digits: 11...11),
        Shape(prefix: "pactr", name: "PACTR", digits: 15...16),
        Shape(prefix: "jrcts", name: "JRCTS", digits: 9...9),
        Shape(prefix: "jrct", name: "JRCT", digits: 10...10),
        Shape(prefix: "ntr", name: "NTR", digits: 3...5),
    ]

    /// `2009-012345-12`, with or without its name.
    private static func eudraCT(_ text: EvidenceText, at index: Int) -> (String, Int)? {
        guard text.digits(at: index) == 4, index + 14 <= text.bytes.count, text.bytes[index + 4] == 0x2D,
            text.digits(at: index + 5) == 6, text.bytes[index + 11] == 0x2D, text.digits(at: index + 12) == 2
        else { return nil }
        return ("EUDRACT" + text.text(index..<(index + 14)), index + 14)
    }

    /// `CTRI/2012/05/002345`.
    private static func indian(_ text: EvidenceText, at index: Int) -> (String, Int)? {
        guard text.starts("ctri/", at: index), text.digits(at: index + 5) == 4 else { return nil }
        var end = index + 9
        while end < text.bytes.count, EvidenceText.isDigit(text.bytes[end]) || text.bytes[end] == 0x2F { end += 1 }
        return end - index >= 16 ? (text.text(index..<end).uppercased(), end) : nil
    }

    /// `IRCT2013012345N1`; the part after `N` counts the trials of one registrant.
    private static func iranian(_ text: EvidenceText, at index: Int) -> (String, Int)? {
        guard text.starts("irct", at: index) else { return nil }
        let first = text.digits(at: index + 4)
        let place = index + 4 + first
        guard first >= 8, place < text.bytes.count, text.bytes[place] == 0x6E, text.digits(at: place + 1) > 0 else {
            return nil
        }
        let end = place + 1 + text.digits(at: place + 1)
        return (text.text(index..<end).uppercased(), end)
    }
}
