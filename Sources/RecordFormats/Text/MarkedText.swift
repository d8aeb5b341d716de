/// Text with the few tags of HTML and JATS that titles and abstracts carry in formats without markup of their own.
enum MarkedText {
    /// The text without `<i>`, `</jats:p>` and their like; every other `<` stays, as in `p < 0.05`.
    static func flattened(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard bytes.contains(0x3C) else { return text }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0x3C, let (end, isBlock) = tag(bytes, from: index) {
                if isBlock { output.append(0x0A) }
                index = end
            } else {
                output.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Where the tag that begins at `start` ends, and whether it parts two paragraphs.
    private static func tag(_ bytes: [UInt8], from start: Int) -> (end: Int, isBlock: Bool)? {
        var index = start + 1
        if index < bytes.count, bytes[index] == 0x2F { index += 1 }
        let nameStart = index
        while index < bytes.count, index - nameStart < 20,
            (0x61...0x7A).contains(bytes[index]) || bytes[index] == 0x3A || bytes[index] == 0x2D
        { index += 1 }
        var name = String(decoding: bytes[nameStart..<index], as: UTF8.self)
        if name.hasPrefix("jats:") { name.removeFirst(5) }
        guard inline.contains(name) || block.contains(name) else { return nil }
        let limit = min(bytes.count, start + 200)
        while index < limit, bytes[index] != 0x3E, bytes[index] != 0x3C { index += 1 }
        guard index < limit, bytes[index] == 0x3E else { return nil }
        return (index + 1, block.contains(name))
    }

    private static let inline: Set<String> = ["i", "b", "em", "strong", "sup", "sub", "sc", "span", "italic", "bold"]
    private static let block: Set<String> = ["p", "title", "sec", "br", "div"]
}
