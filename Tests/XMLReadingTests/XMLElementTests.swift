import Testing
import XMLReading

@Suite("Small documents as trees")
struct XMLElementTests {
    @Test("Names, attributes, children and texts stand in the tree as in the document")
    func tree() throws {
        let document = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE answer PUBLIC "-//NOBODY//DTD answer//EN" "https://dtd.invalid/answer.dtd">
            <answer><Count>2</Count><IdList><Id>11</Id><Id v="a &amp; b &lt; c">12</Id></IdList>
            <n:x xmlns:n="urn:n" n:y="1">t&#233;xt<![CDATA[<&]]></n:x></answer>
            """
        let root = try XMLElement.parse(Array(document.utf8))
        #expect(root.name == "answer")
        #expect(root.child("Count")?.trimmedText == "2")
        #expect(root.child("IdList")?.children("Id").map(\.text) == ["11", "12"])
        #expect(root.child("IdList")?.children("Id").last?.attribute("v") == "a & b < c")
        #expect(root.child("n:x")?.text == "téxt<&")
        #expect(root.child("n:x")?.attribute("n:y") == "1")
    }

    @Test("A document with more elements than allowed is refused")
    func tooMany() {
        let document = "<a>" + String(repeating: "<b/>", count: 50) + "</a>"
        #expect { try XMLElement.parse(Array(document.utf8), maxElements: 20) } throws: {
            ($0 as? XMLError)?.kind == .limit && "\($0)".contains("more than 20 elements")
        }
    }

    @Test("Bytes that hold no document are refused", arguments: ["", "  \n ", "plain words", "<a><b></a>"])
    func noDocument(text: String) {
        #expect(throws: XMLError.self) { try XMLElement.parse(Array(text.utf8)) }
    }
}
