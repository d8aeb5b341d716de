import Testing
import XMLReading

@Suite("Reading XML forward")
struct XMLPushParserTests {
    /// Writes down what the parser says.
    private final class Recorder: XMLHandler {
        var events: [String] = []
        var starts: [(line: Int, offset: Int)] = []
        var ends: [Int] = []
        weak var parser: XMLPushParser?
        let vocabulary = XMLVocabulary(["a", "b", "k"])

        struct Refusal: Error, Equatable {}
        var refusedElement: String?

        func startElement(_ name: XMLName, _ tag: XMLStartTag) throws {
            if tag.name == refusedElement { throw Refusal() }
            let key = tag.string(vocabulary["k"]).map { " k=\($0)" } ?? ""
            events.append("<\(name.number):\(tag.name)\(key)>")
            if let parser { starts.append(parser.startOfTag) }
            if tag.name == "skip" { parser?.skipElement() }
        }

        func endElement(_ name: XMLName) throws {
            events.append("</\(name.number)>")
            if let parser { ends.append(parser.offset) }
        }

        func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {
            let text = String(decoding: bytes, as: UTF8.self)
            if let last = events.last, !last.hasPrefix("<") {
                events[events.count - 1] += text
            } else {
                events.append(text)
            }
        }
    }

    private func read(_ text: String, pieceSize: Int = 1 << 16, refusing: String? = nil) throws -> Recorder {
        let recorder = Recorder()
        recorder.refusedElement = refusing
        let parser = try XMLPushParser(vocabulary: recorder.vocabulary, handler: recorder)
        recorder.parser = parser
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: pieceSize) {
            try parser.feed(Array(bytes[start..<min(bytes.count, start + pieceSize)]))
        }
        try parser.finish()
        return recorder
    }

    private func error(_ text: String) -> XMLError? {
        do {
            _ = try read(text)
            return nil
        } catch { return error as? XMLError }
    }

    @Test("Known names have numbers, unknown and prefixed ones have none", arguments: [1 << 16, 1, 5])
    func names(pieceSize: Int) throws {
        let recorder = try read(
            "<a k='1'><b>x &lt;&amp;&#65;</b><c k=\"&amp;&#38;\"/><n:b xmlns:n='u' n:k='2'>y</n:b></a>",
            pieceSize: pieceSize)
        #expect(
            recorder.events == [
                "<1:a k=1>", "<2:b>", "x <&A", "</2>", "<0:c k=&&>", "</0>", "<0:n:b>", "y", "</0>", "</1>",
            ])
    }

    @Test("Lines and offsets are those of the document", arguments: [1 << 16, 1, 3])
    func positions(pieceSize: Int) throws {
        let text = "<a>\n<b\n k='1'>é</b>\n  <b/>\n</a>\n"
        let recorder = try read(text, pieceSize: pieceSize)
        #expect(recorder.starts.map(\.line) == [1, 2, 4])
        #expect(recorder.starts.map(\.offset) == [0, 4, 23])
        #expect(recorder.ends == [20, 27, 32])
    }

    @Test("Offsets stay right over megabytes")
    func farPositions() throws {
        let unit = "<b>some text, some more</b>\n"
        let recorder = try read("<a>" + String(repeating: unit, count: 60_000) + "</a>", pieceSize: 10_007)
        for index in stride(from: 0, to: 60_000, by: 997) {
            #expect(recorder.starts[index + 1].offset == 3 + index * unit.utf8.count)
            #expect(recorder.starts[index + 1].line == 1 + index)
        }
    }

    @Test("What a handler throws stops the parser and comes out, again and again")
    func refusal() throws {
        #expect(throws: Recorder.Refusal()) { try read("<a><b/><a/></a>", refusing: "b") }
        let recorder = Recorder()
        recorder.refusedElement = "b"
        let parser = try XMLPushParser(vocabulary: recorder.vocabulary, handler: recorder)
        for _ in 0..<2 {
            #expect(throws: Recorder.Refusal()) { try parser.feed(Array("<a><b/>".utf8)) }
        }
        #expect(recorder.events == ["<1:a>"])
    }

    @Test("Errors say what is wrong and where")
    func errors() {
        #expect(error("")?.kind == .empty)
        #expect(error(" \n ")?.kind == .empty)
        #expect(error("<a>\n<b></a>")?.kind == .notWellFormed)
        #expect(error("<a>\n<b></a>")?.line == 2)
        #expect(error("<a>\n<b></a>")?.message.contains("mismatch") == true)
        #expect(error("<a><b>")?.kind == .truncated)
        #expect(error("<a")?.kind == .truncated)
        #expect(error("<a/>x")?.kind == .notWellFormed)
        #expect(error("<?xml version='1.0' encoding='x-none'?><a/>")?.kind == .encoding)
        #expect(error("<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>")?.kind == .entity)
        #expect(error("<a>\n&undeclared;</a>").map { "\($0)".hasPrefix("line 2: ") } == true)
        #expect(error(String(repeating: "<a>", count: 300))?.kind == .limit)
    }

    @Test("More declared entities than anyone needs are refused")
    func declarations() {
        let many = (0...1001).map { "<!ENTITY e\($0) 'x'>" }.joined()
        let error = error("<!DOCTYPE a [\(many)]><a/>")
        #expect(error?.kind == .entity)
        #expect(error?.message.contains("more than 1000") == true)
    }

    @Test("A reference that only an unread DTD explains stays as it stands")
    func skipped() throws {
        let recorder = try read("<!DOCTYPE a SYSTEM 'none.dtd'><a>x&nbsp;y</a>")
        #expect(recorder.events == ["<1:a>", "x&nbsp;y", "</1>"])
    }

    @Test("An element that is passed over says nothing of what it holds, nor its end")
    func skipping() throws {
        let recorder = try read("<a>1<skip>2<b>3</b><skip/>&lt;</skip><skip/><b>4</b></a>")
        #expect(recorder.events == ["<1:a>", "1", "<0:skip>", "<0:skip>", "<2:b>", "4", "</2>", "</1>"])
    }

    @Test("Names and comments of any length use bounded memory")
    func giants() {
        let name = String(repeating: "n", count: 200_000)
        #expect(error("<a><\(name)/></a>") != nil)
        #expect(error("<a><!--" + String(repeating: "-+", count: 6_000_000)) != nil)
    }
}
