import Foundation
import RecordFormats
import Testing

@Suite("Plain text of a field")
struct PlainTextTests {
    @Test("White space of every kind is one blank; nothing is left of blank text")
    func whiteSpace() {
        #expect(PlainText.string("  a \n\t b\u{A0}\u{2009}c\u{3000}") == "a b c")
        #expect(PlainText.string("a\u{200B}b\u{AD}c") == "a\u{200B}b\u{AD}c")
        for blank in ["", " ", "\n\u{2028}\u{85}\u{1680}\u{202F}\u{205F}"] { #expect(PlainText.string(blank) == nil) }
    }

    @Test("The same as the slow way, for every scalar alone and before a combining mark")
    func everyScalar() {
        for value in UInt32(0x20)...0xFFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = "x\(scalar)y z"
            let words = text.unicodeScalars.split { $0.properties.isWhitespace }.map { String($0) }
            let plain = words.joined(separator: " ").precomposedStringWithCanonicalMapping
            guard let found = PlainText.string(text), Array(found.utf8) != Array(plain.utf8) else { continue }
            Issue.record("U+\(String(value, radix: 16)): \(found)")
        }
        for value in UInt32(0x41)...0x1FFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = "\(scalar)\u{301}\u{323}"
            let plain = text.precomposedStringWithCanonicalMapping
            guard !scalar.properties.isWhitespace, let found = PlainText.string(text) else { continue }
            if Array(found.utf8) != Array(plain.utf8) { Issue.record("U+\(String(value, radix: 16))") }
        }
    }

    @Test("Bytes that are no UTF-8 become U+FFFD and harm nothing beside them")
    func badBytes() {
        let bytes: [UInt8] = [0x61, 0xE2, 0x80, 0x20, 0x62, 0xC2]
        #expect(bytes.withUnsafeBufferPointer { PlainText.string($0) } == "a\u{FFFD} b\u{FFFD}")
    }
}
