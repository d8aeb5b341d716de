import Foundation
import Mutation
import Testing

@testable import RecordFormats

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

    /// What words, blanks and odd characters look like wherever they stand: bytes are looked at sixteen and eight at a
    /// time.
    private static let pieces = [
        "a", "word", " ", " ", "  ", "\n", "\t", "\u{7F}", "\u{1}", "caf\u{E9}", "e\u{301}", "\u{A0}", "\u{2009}",
        "\u{200B}", "\u{3B1}", "\u{2265}", "\u{3000}", "\u{3042}\u{3099}", "\u{1D4D0}",
        "a longer run of words, and more",
    ]

    @Test("The same as the slow way, for texts put together from words, blanks and odd characters")
    func puzzles() {
        var random = Mutation(seed: 7)
        for _ in 0..<20_000 {
            var text = ""
            for _ in 0..<random.number(below: 14) { text += Self.pieces[random.number(below: Self.pieces.count)] }
            let words = text.unicodeScalars.split { $0.properties.isWhitespace }.map { String($0) }
            let plain = words.joined(separator: " ").precomposedStringWithCanonicalMapping
            let found = PlainText.string(text) ?? ""
            if Array(found.utf8) != Array(plain.utf8) { Issue.record("\(text.debugDescription): \(found)") }
        }
    }

    @Test("The end of plain bytes is found exactly, wherever the search begins")
    func endOfPlain() {
        var random = Mutation(seed: 8)
        for _ in 0..<4000 {
            let count = random.number(below: 60)
            var bytes = (0..<count).map { _ in UInt8(0x61 + random.number(below: 26)) }
            for _ in 0..<random.number(below: 5) where count > 0 {
                let odd: [UInt8] = [0x20, 0x20, 0x20, 0x1F, 0x7E, 0x7F, 0x80, 0xC3, 0xFF, 0x00]
                bytes[random.number(below: count)] = odd[random.number(below: odd.count)]
            }
            func isPlain(_ at: Int) -> Bool {
                guard bytes[at] >= 0x20, bytes[at] < 0x7F else { return false }
                return bytes[at] != 0x20 || at > 0 && bytes[at - 1] != 0x20
            }
            bytes.withUnsafeBufferPointer { buffer in
                for start in 0...count {
                    let expected = (start..<count).first { !isPlain($0) } ?? count
                    let found = ByteScan.endOfPlain(buffer, from: start)
                    if found != expected { Issue.record("\(bytes) from \(start): \(found), not \(expected)") }
                }
            }
        }
    }
}
