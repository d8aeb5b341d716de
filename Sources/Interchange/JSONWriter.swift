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
package struct JSONWriter: ~Copyable {
    private var written: GrowingBytes
    private var needsComma = false

    /// - Parameter capacity: about how many bytes will be written, where that is known.
    package init(capacity: Int = 256) { written = GrowingBytes(capacity: capacity) }

    /// What was written so far.
    package var bytes: [UInt8] { Array(written.bytes) }
    package var text: String { String(decoding: written.bytes, as: UTF8.self) }

    /// Adds what was written to other bytes.
    package func append(to bytes: inout [UInt8]) { bytes.append(contentsOf: written.bytes) }

    package mutating func newline() {
        written.append(0x0A)
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
        written.append(0x3A)
        needsComma = false
    }

    /// A key that is a literal in the code, which needs no escaping.
    private mutating func key(literal name: StaticString) {
        let letters = UnsafeRawPointer(name.utf8Start)
        let length = name.utf8CodeUnitCount
        let comma = needsComma ? 1 : 0
        written.append(capacity: length + 4) { target in
            target.storeBytes(of: 0x2C, as: UInt8.self)
            target.storeBytes(of: 0x22, toByteOffset: comma, as: UInt8.self)
            (target + comma + 1).copyMemory(from: letters, byteCount: length)
            target.storeBytes(of: 0x22, toByteOffset: comma + 1 + length, as: UInt8.self)
            target.storeBytes(of: 0x3A, toByteOffset: comma + 2 + length, as: UInt8.self)
            return comma + length + 3
        }
        needsComma = false
    }

    // Literals are static strings here, so the overloads for them come first.

    package mutating func member(_ name: StaticString, _ value: (inout JSONWriter) throws -> Void) rethrows {
        key(literal: name)
        try value(&self)
    }

    package mutating func member(_ name: StaticString, _ value: String?) { key(literal: name); string(value) }
    package mutating func member(_ name: StaticString, _ value: Int?) { key(literal: name); integer(value) }
    package mutating func member(_ name: StaticString, _ value: Bool) { key(literal: name); boolean(value) }
    package mutating func member(_ name: StaticString, _ value: Double?) { key(literal: name); number(value) }
    package mutating func member(_ name: StaticString, _ value: [String]) {
        key(literal: name)
        array { json in for item in value { json.string(item) } }
    }

    @_disfavoredOverload
    package mutating func member(_ name: String, _ value: (inout JSONWriter) throws -> Void) rethrows {
        key(name)
        try value(&self)
    }

    @_disfavoredOverload
    package mutating func member(_ name: String, _ value: String?) { key(name); string(value) }
    @_disfavoredOverload
    package mutating func member(_ name: String, _ value: Int?) { key(name); integer(value) }
    @_disfavoredOverload
    package mutating func member(_ name: String, _ value: Double?) { key(name); number(value) }
    package mutating func member(_ name: String, significant17 value: Double?) {
        key(name)
        number(significant17: value)
    }

    package mutating func null() { separate(); append(literal: "null") }
    package mutating func boolean(_ value: Bool) { separate(); append(literal: value ? "true" : "false") }

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
        written.append(0x22)
        // Nearly every string's bytes lie together already.
        if value.utf8.withContiguousStorageIfAvailable({ append(escaping: $0) }) == nil {
            Array(value.utf8).withUnsafeBufferPointer { append(escaping: $0) }
        }
        written.append(0x22)
    }

    private mutating func append(escaping utf8: UnsafeBufferPointer<UInt8>) {
        let raw = UnsafeRawBufferPointer(utf8)
        var at = 0
        while at < utf8.count {
            // What needs no escape is copied with its count kept at hand; memory is asked for once.
            at += written.append(capacity: utf8.count - at) { Self.copyPlain(raw, from: at, to: $0) }
            if at < utf8.count { escape(utf8[at]) }
            at += 1
        }
    }

    /// Copies bytes until one needs an escape.
    ///
    /// - Returns: how many were copied.
    @inline(__always)
    private static func copyPlain(
        _ bytes: UnsafeRawBufferPointer, from start: Int, to target: UnsafeMutableRawPointer
    ) -> Int {
        var at = start
        while at + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            guard isPlain(word) else { break }
            target.storeBytes(of: word, toByteOffset: at - start, as: UInt64.self)
            at += 8
        }
        // The last word may overlap the one before.
        let last = bytes.count - 8
        if at > start, at > last, isPlain(bytes.loadUnaligned(fromByteOffset: last, as: UInt64.self)) {
            target.storeBytes(
                of: bytes.loadUnaligned(fromByteOffset: last, as: UInt64.self), toByteOffset: last - start,
                as: UInt64.self)
            return bytes.count - start
        }
        while at < bytes.count, isPlain(bytes[at]) {
            target.storeBytes(of: bytes[at], toByteOffset: at - start, as: UInt8.self)
            at += 1
        }
        return at - start
    }

    @inline(__always)
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != 0x22 && byte != 0x5C && byte != 0x7F
    }

    /// Whether JSON takes eight bytes as they are; others are rare.
    @inline(__always)
    private static func isPlain(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let isControl = (word &- ones &* 0x20) & ~word
        let quote = word ^ (ones &* 0x22)
        let backslash = word ^ (ones &* 0x5C)
        let delete = word ^ (ones &* 0x7F)
        let found =
            isControl | ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | ((delete &- ones) & ~delete)
        return found & (ones &* 0x80) == 0
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

    @inline(__always)
    private mutating func open(_ byte: UInt8) {
        separate()
        written.append(byte)
        needsComma = false
    }

    @inline(__always)
    private mutating func close(_ byte: UInt8) {
        written.append(byte)
        needsComma = true
    }

    @inline(__always)
    private mutating func separate() {
        if needsComma { written.append(0x2C) }
        needsComma = true
    }

    private mutating func append(_ text: String) { for byte in text.utf8 { written.append(byte) } }

    @inline(__always)
    private mutating func append(literal text: StaticString) {
        written.append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
