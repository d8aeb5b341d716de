import TestSupport
import Testing

@testable import Extraction

@Suite("Looking for words in a text")
struct ByteContainsTests {
    @Test("finds what the standard library finds in composed texts, at the ends, across and nowhere")
    func sameAnswers() {
        var random = SeededRandom(seed: 20)
        let letters: [Character] = ["a", "b", " ", "\u{E9}", "\u{B1}"]
        func word(_ length: ClosedRange<Int>) -> String {
            let count = Int.random(in: length, using: &random)
            return String((0..<count).map { _ in letters[Int.random(in: letters.indices, using: &random)] })
        }
        for _ in 0..<3000 {
            let (text, sought) = (word(0...12), word(1...3))
            #expect(text.contains(sought) == (text.firstRange(of: sought) != nil), "\(sought) in \(text)")
        }
        #expect("anything".contains(String()) && !String().contains("a"))
    }
}
