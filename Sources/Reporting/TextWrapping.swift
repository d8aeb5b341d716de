/// How wide text is, without a font at hand: in ems for figures, in columns for terminals. The em widths are those of
/// a wide sans-serif face rounded up, so that text set in any common sans-serif stays inside its box.
package enum TextWrapping {
    /// The width of a text in points at a font size.
    static func width(_ text: String, size: Double, bold: Bool = false) -> Double {
        text.unicodeScalars.reduce(0) { $0 + em($1) } * size * (bold ? 1.1 : 1)
    }

    /// Breaks a text at white space (not at a no-break space) so that no line is wider than the width; a single word that is wider is broken.
    static func lines(_ text: String, width: Double, size: Double, bold: Bool = false) -> [String] {
        wrap(text, width: width) { self.width($0, size: size, bold: bold) }
    }

    /// The same for a terminal.
    static func columns(_ text: String, width: Int) -> [String] {
        wrap(text, width: Double(width)) { Double(columnWidth($0)) }
    }

    /// A text of any length, for a terminal.
    package static func paragraph(_ text: String, width: Int) -> [String] {
        wrap(text, longest: .max, width: Double(width)) { Double(columnWidth($0)) }
    }

    static func columnWidth(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + (isZeroWidth($1) ? 0 : isWide($1) ? 2 : 1) }
    }

    /// A text from a file may be of any length; a figure shows its beginning.
    private static let longest = 600

    private static func wrap(
        _ whole: String, longest: Int = longest, width: Double, measure: (String) -> Double
    ) -> [String] {
        let beginning = whole.prefix(longest)
        let text = beginning.endIndex == whole.endIndex ? beginning : beginning + "\u{2026}"
        var lines: [String] = []
        var line = ""
        for word in text.split(whereSeparator: { $0.isWhitespace && $0 != "\u{A0}" }) {
            let longer = line.isEmpty ? String(word) : "\(line) \(word)"
            if measure(longer) <= width {
                line = longer
                continue
            }
            if !line.isEmpty { lines.append(line) }
            line = String(word)
            while measure(line) > width, line.count > 1 {
                let head = prefix(of: line, width: width, measure: measure)
                lines.append(String(head))
                line = String(line[head.endIndex...])
            }
        }
        if !line.isEmpty || lines.isEmpty { lines.append(line) }
        return lines
    }

    /// The longest beginning that fits, at least one character.
    private static func prefix(of word: String, width: Double, measure: (String) -> Double) -> Substring {
        var end = word.index(after: word.startIndex)
        var used = measure(String(word[..<end]))
        while end < word.endIndex {
            let next = word.index(after: end)
            used += measure(String(word[end..<next]))
            if used > width { break }
            end = next
        }
        return word[..<end]
    }

    private static func em(_ scalar: Unicode.Scalar) -> Double {
        switch scalar {
        case "'", "i", "j", "l", "I", "J": 0.29
        case " ", "\u{A0}", ",", ".", "/", ":", ";", "\\", "|", "f", "-": 0.36
        case "(", ")", "[", "]", "t", "!", "r": 0.41
        case "\"", "*", "_", "`", "s", "z", "?", "c": 0.55
        case "L", "F", "k", "v", "x", "y", "P", "T", "Y", "a", "o": 0.61
        case "w": 0.82
        case "m", "W", "@", "%": 1.0
        case "a"..."z", "0"..."9", "E", "S", "$": 0.64
        case "#", "+", "<", "=", ">", "^", "~", "M": 0.86
        case "A"..."Z", "&": 0.78
        case _ where isZeroWidth(scalar): 0
        case _ where isWide(scalar): 1.05
        default: 0.85
        }
    }

    private static func isZeroWidth(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: true
        default: false
        }
    }

    /// East Asian wide letters and pictographs, coarsely by block.
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
