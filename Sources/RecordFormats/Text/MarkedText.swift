/// Text with the few tags and entities of HTML and JATS that titles and abstracts carry in formats without markup of
/// their own.
enum MarkedText {
    /// The text without `<i>`, `</jats:p>` and their like; every other `<` stays, as in `p < 0.05`.
    static func flattened(_ text: String) -> String {
        flattened(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    /// The text with its entities read (`&amp;`, `&#8211;`) and without tags; nil where there is nothing to change. Entities
    /// come first: some exports escape their tags.
    static func plain(_ bytes: [UInt8]) -> [UInt8]? {
        let read = HTMLEntity.decoded(bytes)
        return flattened(read ?? bytes) ?? read
    }

    static func plain(_ text: String) -> String {
        plain(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    private static func flattened(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.contains(0x3C) else { return nil }
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
        return output
    }

    /// Where the tag that begins at `start` ends, and whether it parts two paragraphs.
    private static func tag(_ bytes: [UInt8], from start: Int) -> (end: Int, isBlock: Bool)? {
        var index = start + 1
        if index < bytes.count, bytes[index] == 0x2F { index += 1 }
        let nameStart = index
        while index < bytes.count, index - nameStart < 20, isOfName(bytes[index]) { index += 1 }
        var name = String(decoding: bytes[nameStart..<index], as: UTF8.self).lowercased()
        if name.hasPrefix("jats:") { name.removeFirst(5) }
        guard inline.contains(name) || block.contains(name) else { return nil }
        // Between name and bracket stands nothing, a slash, or attributes; other words make no tag: `a <b and c> d`.
        let limit = min(bytes.count, start + 200)
        var isTag = true
        while index < limit, bytes[index] != 0x3E, bytes[index] != 0x3C {
            if bytes[index] > 0x20, bytes[index] != 0x2F { isTag = false }
            if bytes[index] == 0x3D {
                isTag = true
                index = bytes[index..<limit].firstIndex { $0 == 0x3E || $0 == 0x3C } ?? limit
                break
            }
            index += 1
        }
        guard isTag, index < limit, bytes[index] == 0x3E else { return nil }
        return (index + 1, block.contains(name))
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x31...0x36).contains(byte) || byte == 0x3A || byte == 0x2D
    }

    private static let inline: Set<String> = [
        "i", "b", "u", "em", "strong", "sup", "sub", "inf", "sc", "span", "italic", "bold", "small", "tt", "strike",
        "underline", "monospace",
    ]
    private static let block: Set<String> = [
        "p", "title", "sec", "br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "list", "list-item",
    ]
}
