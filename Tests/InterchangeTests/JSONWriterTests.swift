import Foundation
import Interchange
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
        var random = SeededNumbers(state: 42)
        for _ in 0..<2000 {
            let number = Double(bitPattern: random.next())
            guard number.isFinite else { continue }
            var json = JSONWriter()
            json.array { $0.number(number) }
            #expect(try JSONDecoder().decode([Double].self, from: Data(json.bytes)) == [number], "\(json.text)")
        }
    }
}

/// The same numbers in every run (SplitMix64; Steele, Lea and Flood, OOPSLA 2014).
struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
