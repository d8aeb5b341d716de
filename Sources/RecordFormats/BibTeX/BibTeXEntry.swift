/// The fields of one block, values joined and abbreviations put in, TeX still in them.
struct BibTeXEntry {
    struct Field {
        /// In small letters.
        var name: String
        var value: [UInt8]
    }

    private(set) var type = ""
    private(set) var key: String?
    private(set) var fields: [Field] = []
    /// What could not be read, in words for an issue.
    private(set) var problem: String?

    /// The block while it is read; empty afterwards.
    private var bytes: [UInt8]
    private var index = 0

    /// The abbreviations that every style defines.
    static let months: [String: [UInt8]] = Dictionary(
        uniqueKeysWithValues: DateText.monthAbbreviations.map { ($0.lowercased(), Array($0.utf8)) })

    init(_ block: [UInt8], strings: [String: [UInt8]]) {
        bytes = block
        index = 1
        type = word().lowercased()
        skipSpace()
        index += 1
        defer { bytes = [] }
        if type == "comment" || type == "preamble" { return }
        if type != "string" { readKey() }
        while let field = field(strings) { fields.append(field) }
    }

    /// The first value of the first of these fields that has one.
    func first(_ names: String...) -> [UInt8]? {
        for name in names {
            for field in fields where field.name == name && field.value.contains(where: { $0 > 0x20 }) {
                return field.value
            }
        }
        return nil
    }

    /// Adds fields of other entries behind its own, of which the first of a name counts. A journal or book that it names
    /// itself is not named anew by another word.
    mutating func inherit(_ others: [Field]) {
        let places: Set = ["journal", "journaltitle", "booktitle"]
        let hasPlace = first("journal", "journaltitle", "booktitle") != nil
        fields += others.filter { !(hasPlace && places.contains($0.name)) }
    }

    /// The key runs to the comma; an entry may also go on with its fields at once.
    private mutating func readKey() {
        let start = index
        while index < bytes.count, bytes[index] != 0x2C, bytes[index] != 0x3D, !isEnd(bytes[index]) { index += 1 }
        if index < bytes.count, bytes[index] == 0x3D {
            index = start
            return
        }
        key = FieldText.plain(bytes[start..<index])
        if index < bytes.count, bytes[index] == 0x2C { index += 1 }
    }

    private mutating func field(_ strings: [String: [UInt8]]) -> Field? {
        var name = ""
        while true {
            while index < bytes.count, bytes[index] <= 0x20 || bytes[index] == 0x2C { index += 1 }
            guard index < bytes.count, !isClosing else { return nil }
            name = word().lowercased()
            skipSpace()
            if !name.isEmpty, index < bytes.count, bytes[index] == 0x3D { break }
            note(name.isEmpty ? "no field name where one is expected" : "the field '\(name.prefix(40))' has no '='")
            guard skipToNextField() else { return nil }
        }
        index += 1
        var value: [UInt8] = []
        repeat {
            skipSpace()
            guard let part = part(strings, name) else { break }
            value += part
            skipSpace()
        } while consume(0x23)
        return Field(name: name, value: value)
    }

    /// `{...}`, `"..."`, a number, or an abbreviation.
    private mutating func part(_ strings: [String: [UInt8]], _ name: String) -> [UInt8]? {
        guard index < bytes.count else { return nil }
        switch bytes[index] {
        case 0x7B: return delimited(name) { byte, depth in byte == 0x7D && depth == 0 }
        case 0x22: return delimited(name) { byte, depth in byte == 0x22 && depth == 0 }
        default:
            let text = word()
            guard !text.isEmpty else {
                note("the field '\(name)' has no value")
                return nil
            }
            return strings[text.lowercased()] ?? Array(text.utf8)
        }
    }

    private mutating func delimited(_ name: String, ends: (UInt8, Int) -> Bool) -> [UInt8] {
        index += 1
        let start = index
        var depth = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x5C {
                index = min(index + 2, bytes.count)
                continue
            }
            if ends(byte, depth) {
                index += 1
                return Array(bytes[start..<index - 1])
            }
            if byte == 0x7B { depth += 1 }
            if byte == 0x7D { depth = max(0, depth - 1) }
            index += 1
        }
        note("the value of '\(name)' does not end")
        return Array(bytes[start..<bytes.count])
    }

    /// After something unreadable: to the next comma; false at the end.
    private mutating func skipToNextField() -> Bool {
        while index < bytes.count, bytes[index] != 0x2C { index += 1 }
        return index < bytes.count
    }

    private mutating func word() -> String {
        let start = index
        while index < bytes.count {
            let byte = bytes[index]
            if byte <= 0x20 || [0x22, 0x23, 0x28, 0x29, 0x2C, 0x3D, 0x7B, 0x7D].contains(byte) { break }
            index += 1
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func skipSpace() { while index < bytes.count, bytes[index] <= 0x20 { index += 1 } }

    private mutating func consume(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private mutating func note(_ text: String) { if problem == nil { problem = text } }

    /// Whether nothing but the closing brace is left.
    private var isClosing: Bool { isEnd(bytes[index]) && bytes[(index + 1)...].allSatisfy { $0 <= 0x20 } }
    private func isEnd(_ byte: UInt8) -> Bool { byte == 0x7D || byte == 0x29 }
}
