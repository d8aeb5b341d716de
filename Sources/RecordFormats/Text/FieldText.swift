package import Bibliography
import Foundation

/// Values of text formats as the rest of the program wants them: white space collapsed, composed to NFC.
package enum FieldText {
    /// White space (Unicode's `White_Space`) and control characters become one blank, none at the ends; nil where
    /// nothing is left.
    package static func plain(_ bytes: some Collection<UInt8>) -> String? {
        bytes.withContiguousStorageIfAvailable { plain($0) } ?? Array(bytes).withUnsafeBufferPointer { plain($0) }
    }

    private static func plain(_ input: UnsafeBufferPointer<UInt8>) -> String? {
        var output: [UInt8] = []
        output.reserveCapacity(input.count)
        var mayNeedComposing = false
        var index = 0
        while index < input.count {
            let space = widthOfSpace(input, index)
            if space > 0 {
                index += space
                continue
            }
            // A word is copied at once.
            let start = index
            while index < input.count {
                let byte = input[index]
                if byte <= 0x20 || byte == 0x7F { break }
                if byte >= 0xC2 {
                    if widthOfSpace(input, index) > 0 { break }
                    if byte >= 0xCC, !mayNeedComposing { mayNeedComposing = !isComposed(input, index) }
                }
                index += 1
            }
            if !output.isEmpty { output.append(0x20) }
            output.append(contentsOf: UnsafeBufferPointer(rebasing: input[start..<index]))
        }
        guard !output.isEmpty else { return nil }
        let text = String(decoding: output, as: UTF8.self)
        return mayNeedComposing ? text.precomposedStringWithCanonicalMapping : text
    }

    /// Whether the character that begins here, beyond U+02FF, is one that NFC leaves alone whatever stands beside it:
    /// Greek, Cyrillic, punctuation and signs, Chinese, Japanese, Korean syllables, emoji (Unicode's
    /// `NFC_Quick_Check`, by blocks). A no costs time only.
    private static func isComposed(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        let second = index + 1 < bytes.count ? bytes[index + 1] : 0
        let third = index + 2 < bytes.count ? bytes[index + 2] : 0
        switch bytes[index] {
        case 0xCE: return second != 0x87
        case 0xCF, 0xD0, 0xD1, 0xD3, 0xE4...0xE9, 0xEB, 0xEC: return true
        case 0xD2: return second > 0x87
        case 0xE2:
            switch second {
            case 0x83: return false
            case 0x84: return third != 0xA6 && third != 0xAA && third != 0xAB
            case 0x8C: return third != 0xA9 && third != 0xAA
            case 0xAB: return third != 0x9C
            case 0xB3, 0xB5, 0xB7: return false
            default: return true
            }
        case 0xE3: return !(second == 0x82 && (third == 0x99 || third == 0x9A)) && !(second == 0x80 && third >= 0xAA)
        case 0xEA: return second >= 0xB0
        case 0xED: return second <= 0x9D
        case 0xF0: return second == 0x9F
        default: return false
        }
    }

    /// The length of the white space that begins here, 0 where none does.
    private static func widthOfSpace(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        switch bytes[index] {
        case 0x00...0x20, 0x7F: return 1
        case 0xC2:
            // U+0085 and U+00A0.
            return index + 1 < bytes.count && (bytes[index + 1] == 0x85 || bytes[index + 1] == 0xA0) ? 2 : 0
        case 0xE1, 0xE2, 0xE3:
            guard index + 2 < bytes.count else { return 0 }
            switch (bytes[index], bytes[index + 1], bytes[index + 2]) {
            // U+1680, U+2000...U+200A, U+2028, U+2029, U+202F, U+205F, U+3000.
            case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8...0xA9), (0xE2, 0x80, 0xAF),
                (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
                return 3
            default: return 0
            }
        default: return 0
        }
    }

    package static func plain(_ text: some StringProtocol) -> String? { plain(text.utf8) }

    /// The parts of a value between line feeds, each plain, empty ones left out.
    package static func lines(_ bytes: [UInt8]) -> [String] {
        bytes.split(separator: 0x0A).compactMap { plain($0) }
    }

    /// The parts between the given separators, each plain, empty ones left out.
    package static func list(_ text: some StringProtocol, separator: UInt8 = 0x3B) -> [String] {
        text.utf8.split(separator: separator).compactMap { plain($0) }
    }

    /// The sections of an abstract. Lines that begin with `LABEL: ` in capitals begin a section; all other lines go
    /// on with the one before. A text without such lines is one section, word for word.
    package static func abstract(_ bytes: [UInt8]) -> [AbstractSection] {
        var sections: [AbstractSection] = []
        for line in lines(bytes) {
            if let section = labelled(line) {
                sections.append(section)
            } else if let last = sections.indices.last {
                sections[last].text += " " + line
            } else {
                sections.append(AbstractSection(text: line))
            }
        }
        // One line alone may be any text that happens to begin with capitals and a colon.
        if sections.count == 1, let only = sections.first, let label = only.label {
            return [AbstractSection(text: "\(label): \(only.text)")]
        }
        return sections
    }

    /// An abstract as text, one line a section: `LABEL: text`.
    package static func abstractLines(_ sections: [AbstractSection]) -> [String] {
        sections.compactMap { section in
            let text = plain(section.text) ?? ""
            guard let label = section.label.flatMap({ plain($0) }) else { return text.isEmpty ? nil : text }
            return text.isEmpty ? nil : "\(label): \(text)"
        }
    }

    private static func labelled(_ line: String) -> AbstractSection? {
        guard let colon = line.utf8.prefix(100).firstIndex(of: 0x3A), colon > line.startIndex else { return nil }
        let label = line[..<colon]
        guard !label.utf8.contains(where: { (0x61...0x7A).contains($0) }), label.contains(where: \.isUppercase),
            !label.contains(where: \.isLowercase), label.unicodeScalars.allSatisfy({ isLabelScalar($0) })
        else { return nil }
        let text = line[line.utf8.index(after: colon)...]
        guard text.utf8.first == 0x20, text.utf8.count > 1 else { return nil }
        return AbstractSection(label: String(label), text: String(text.dropFirst()))
    }

    private static func isLabelScalar(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            || " -/&,()'.".unicodeScalars.contains(scalar)
    }
}
