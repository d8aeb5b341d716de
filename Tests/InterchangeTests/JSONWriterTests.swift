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
