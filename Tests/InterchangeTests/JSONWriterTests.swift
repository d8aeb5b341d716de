import Foundation
import Interchange
import TestSupport
import Testing

@Suite("JSON in a given order")
struct JSONWriterTests {
    @Test("Objects, lists, numbers and nothing")
    func shapes() {
        var json = JSONWriter()
        json.object { json in
            json.member("a", "x")
            json.member("b", nil as String?)
            json.member("c", 1.5)
            json.member("d", Double.nan)
            json.member("e", 3 as Double)
            json.member("f", true)
            json.member("g", [String]())
            json.member("h") { json in
                json.array { json in
                    json.integer(1)
                    json.object { _ in }
                    json.null()
                }
            }
        }
        json.newline()
        json.boolean(false)
        #expect(
            json.text
                == "{\"a\":\"x\",\"b\":null,\"c\":1.5,\"d\":null,\"e\":3,\"f\":true,\"g\":[],\"h\":[1,{},null]}\nfalse")
    }

    @Test("Every scalar of the first plane, written, reads back as itself")
    func texts() throws {
        var text = ""
        for value in 0...0xFFFF { if let scalar = Unicode.Scalar(UInt32(value)) { text.unicodeScalars.append(scalar) } }
        text += "\u{1F642}\u{10FFFF}"
        var json = JSONWriter()
        json.array { $0.string(text) }
        #expect(
            try JSONDecoder().decode([String].self, from: Data(json.bytes)).first?.unicodeScalars.elementsEqual(
                text.unicodeScalars) == true)
        #expect(!json.bytes.contains { $0 < 0x20 })
    }

    @Test("A sign that must be escaped is found at every place of a text; all others stay as they are")
    func escapes() {
        let escapes: [(String, String)] = [
            ("\"", "\\\""), ("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"), ("\u{0}", "\\u0000"),
            ("\u{1F}", "\\u001f"), ("\u{7F}", "\\u007f"), ("\u{E9}", "\u{E9}"), ("\u{80}", "\u{80}"), ("~", "~"),
            (" ", " "),
        ]
        for (sign, spelled) in escapes {
            for before in 0..<20 {
                for after in 0..<20 {
                    let (left, right) = (String(repeating: "a", count: before), String(repeating: "z", count: after))
                    var json = JSONWriter(capacity: 0)
                    json.string(left + sign + sign + right)
                    #expect(json.text == "\"\(left)\(spelled)\(spelled)\(right)\"")
                }
            }
        }
    }

    @Test("What was written is added to other bytes, however small the memory was at first")
    func memory() {
        var bytes = Array("before ".utf8)
        for capacity in [0, 1, 4, 16, 1000] {
            var json = JSONWriter(capacity: capacity)
            json.array { json in for number in 0..<300 { json.integer(number) } }
            let expected = "[" + (0..<300).map(String.init).joined(separator: ",") + "]"
            #expect(json.text == expected)
            json.append(to: &bytes)
            #expect(String(decoding: bytes.suffix(expected.utf8.count + 1), as: UTF8.self).hasSuffix(expected))
        }
        #expect(bytes.starts(with: Array("before [0,1".utf8)))
    }

    @Test("Numbers read back as the same number")
    func numbers() throws {
        var random = SeededRandom(seed: 42)
        for _ in 0..<2000 {
            let number = Double(bitPattern: random.next())
            guard number.isFinite else { continue }
            var json = JSONWriter()
            json.array { $0.number(number) }
            #expect(try JSONDecoder().decode([Double].self, from: Data(json.bytes)) == [number], "\(json.text)")
        }
    }
}
