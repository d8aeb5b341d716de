import Foundation

/// Writes JSON with keys in the order in which they are given, so that the same values give the same bytes.
///
/// Foundation's encoder sorts keys or leaves their order to chance; the contracts of this project fix it.
///
///     var json = JSONWriter()
///     json.object { json in
///         json.member("id", "pubmed:1")
///         json.member("labels") { json in json.array { for label in labels { $0.string(label) } } }
///     }
///     output.write(json.bytes)
package struct JSONWriter {
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    package init() {}

    /// Writes on after other bytes.
    package init(continuing bytes: consuming [UInt8]) { self.bytes = bytes }

    /// Gives away what was written.
    package mutating func takeBytes() -> [UInt8] {
        needsComma = false
        defer { bytes = [] }
        return bytes
    }

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Forgets what was written, keeps the memory.
    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
    }

    package mutating func newline() {
        bytes.append(0x0A)
        needsComma = false
    }

    package mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
        open(0x7B)
        try body(&self)
        close(0x7D)
    }

    package mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows {
        open(0x5B)
        try body(&self)
        close(0x5D)
    }

    package mutating func key(_ name: String) {
        string(name)
        bytes.append(0x3A)
        needsComma = false
    }

    package mutating func member(_ name: String, _ value: (inout JSONWriter) throws -> Void) rethrows {
        key(name)
        try value(&self)
    }

    package mutating func member(_ name: String, _ value: String?) { key(name); string(value) }
    package mutating func member(_ name: String, _ value: Int?) { key(name); integer(value) }
    package mutating func member(_ name: String, _ value: Bool) { key(name); boolean(value) }
    package mutating func member(_ name: String, _ value: Double?) { key(name); number(value) }
    package mutating func member(_ name: String, significant17 value: Double?) {
        key(name)
        number(significant17: value)
    }
    package mutating func member(_ name: String, _ value: [String]) {
        key(name)
        array { json in for item in value { json.string(item) } }
    }

    package mutating func null() { separate(); append("null") }
    package mutating func boolean(_ value: Bool) { separate(); append(value ? "true" : "false") }

    package mutating func integer(_ value: Int?) {
        guard let value else { return null() }
        separate()
        append(String(value))
    }

    /// The shortest form that reads back as the same number; `null` where it is not finite.
    package mutating func number(_ value: Double?) {
        guard let value, value.isFinite else { return null() }
        separate()
        let text = value.description
        append(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
    }

    /// The number with 17 significant digits, as statistical software prints results to be compared.
    package mutating func number(significant17 value: Double?) {
        guard let value, value.isFinite else { return null() }
        separate()
        append(String(format: "%.17g", value))
    }

    package mutating func string(_ value: String?) {
        guard let value else { return null() }
        separate()
        bytes.append(0x22)
        var text = value
        text.withUTF8 { utf8 in
            var start = 0
            for index in utf8.indices {
                let byte = utf8[index]
                guard byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F else { continue }
                bytes.append(contentsOf: utf8[start..<index])
                start = index + 1
                escape(byte)
            }
            bytes.append(contentsOf: utf8[start...])
        }
        bytes.append(0x22)
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case 0x22: append("\\\"")
        case 0x5C: append("\\\\")
        case 0x0A: append("\\n")
        case 0x0D: append("\\r")
        case 0x09: append("\\t")
        default:
            let digits = String(byte, radix: 16)
            append("\\u00" + (digits.count == 1 ? "0" : "") + digits)
        }
    }

    private mutating func open(_ byte: UInt8) {
        separate()
        bytes.append(byte)
        needsComma = false
    }

    private mutating func close(_ byte: UInt8) {
        bytes.append(byte)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(0x2C) }
        needsComma = true
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
}
