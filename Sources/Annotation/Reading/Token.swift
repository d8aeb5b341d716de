/// One word, number or sign of a text, with what the lexicon knows about it. Fixed size, so that reading a text
/// allocates one array and no strings.
struct Token {
    enum Kind: UInt8 { case word, number, sign }

    struct Flags: OptionSet {
        let rawValue: UInt8
        /// White space (or the start of the text) stands before it.
        static let spaceBefore = Flags(rawValue: 1 << 0)
        /// Begins with a capital letter.
        static let capitalised = Flags(rawValue: 1 << 1)
        /// Every letter is a capital.
        static let upper = Flags(rawValue: 1 << 2)
        /// Printed with a decimal point (or comma, or middle dot).
        static let decimal = Flags(rawValue: 1 << 3)
        /// A number written as a word: `twenty-six`.
        static let spelled = Flags(rawValue: 1 << 4)
        /// The first token of a sentence.
        static let sentenceStart = Flags(rawValue: 1 << 5)
    }

    /// UTF-8 byte offsets into the text, end exclusive.
    var start: Int32
    var end: Int32
    var kind: Kind
    /// For signs: the ASCII character it is read as; see `Sign`.
    var sign: UInt8
    var flags: Flags
    var sentence: Int32
    /// The lexicon's number for a word, sign or small integer; 0 when no vocabulary knows it.
    var word: Int32
    var classes: WordClass
    /// The value of a number; 0 otherwise.
    var value: Double

    func has(_ flag: Flags) -> Bool { flags.contains(flag) }
    func isAny(_ wanted: WordClass) -> Bool { !classes.isDisjoint(with: wanted) }
}

/// Signs as the reader knows them; Unicode variants are read as one.
enum Sign {
    static let hyphen: UInt8 = 0x2D
    static let comma: UInt8 = 0x2C
    static let period: UInt8 = 0x2E
    static let colon: UInt8 = 0x3A
    static let semicolon: UInt8 = 0x3B
    static let slash: UInt8 = 0x2F
    static let open: UInt8 = 0x28
    static let close: UInt8 = 0x29
    static let openSquare: UInt8 = 0x5B
    static let closeSquare: UInt8 = 0x5D
    static let percent: UInt8 = 0x25
    static let equals: UInt8 = 0x3D
    static let less: UInt8 = 0x3C
    static let greater: UInt8 = 0x3E
    static let plus: UInt8 = 0x2B
    static let apostrophe: UInt8 = 0x27
    static let question: UInt8 = 0x3F
    static let exclamation: UInt8 = 0x21
    static let times: UInt8 = 0x78
    /// `≥`, `≤` and `±` have no ASCII character of their own.
    static let atLeast: UInt8 = 0x47
    static let atMost: UInt8 = 0x4C
    static let plusMinus: UInt8 = 0x50
    /// A middle dot that stands between no digits: `mg·kg-1`.
    static let dot: UInt8 = 0x2A
    static let other: UInt8 = 0x3F ^ 0x40
}
