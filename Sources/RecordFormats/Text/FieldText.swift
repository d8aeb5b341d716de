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
        if ByteScan.isPlainASCII(input) { return String(decoding: input, as: UTF8.self) }
        guard input.contains(where: isControl) else { return PlainText.string(input) }
        return input.map { isControl($0) ? 0x20 : $0 }.withUnsafeBufferPointer { PlainText.string($0) }
    }

    /// Controls that are no white space; XML cannot hold them, text files do.
    private static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x09 || (byte > 0x0D && byte < 0x20) || byte == 0x7F
    }

    package static func plain(_ text: some StringProtocol) -> String? { plain(text.utf8) }

    /// The parts of a value between line feeds, each plain, empty ones left out.
    package static func lines(_ bytes: [UInt8]) -> [String] {
        // Most values have one line.
        let isOneLine = bytes.withUnsafeBufferPointer { ByteScan.first(0x0A, in: $0, from: 0) == $0.count }
        if isOneLine { return plain(bytes).map { [$0] } ?? [] }
        return bytes.split(separator: 0x0A).compactMap { plain($0) }
    }

    /// The parts between the given separators, each plain, empty ones left out.
    package static func list(_ text: some StringProtocol, separator: UInt8 = 0x3B) -> [String] {
        text.utf8.split(separator: separator).compactMap { plain($0) }
    }

    /// The sections of an abstract. Lines that begin with `LABEL: ` in capitals begin a section; all other lines go
    /// on with the one before. A text without such lines is one section, word for word.
    package static func abstract(_ bytes: [UInt8]) -> [AbstractSection] {
        let lines = lines(bytes)
        // One section alone may be any text that happens to begin with capitals and a colon.
        if lines.count == 1 { return [AbstractSection(text: lines[0])] }
        var sections: [AbstractSection] = []
        for line in lines {
            if let section = labelled(line) {
                sections.append(section)
            } else if let last = sections.indices.last {
                sections[last].text += " " + line
            } else {
                sections.append(AbstractSection(text: line))
            }
        }
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
        // What most lines begin with is told from a label by its bytes.
        guard !label.utf8.contains(where: { $0 &- 0x61 < 26 }), label.unicodeScalars.allSatisfy({ isLabelScalar($0) }),
            label.contains(where: \.isUppercase), !label.contains(where: \.isLowercase)
        else { return nil }
        let text = line[line.utf8.index(after: colon)...]
        guard text.utf8.first == 0x20, text.utf8.count > 1 else { return nil }
        return AbstractSection(label: String(label), text: String(text.dropFirst()))
    }

    private static func isLabelScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "A"..."Z", "a"..."z", "0"..."9", " ", "-", "/", "&", ",", "(", ")", "'", ".": true
        default: !scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        }
    }
}
