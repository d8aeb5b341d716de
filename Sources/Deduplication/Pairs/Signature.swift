/// What a record is compared by: numbers and places in shared buffers only, so that comparing two records allocates
/// nothing.
struct Signature {
    /// A run of elements in one of the corpus's buffers.
    struct Run {
        var start: Int32 = 0
        var count: Int32 = 0
    }

    var title = Run()
    /// Up to four forms of the title, zero where there are fewer.
    var titleKeys: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var titleWords: Int32 = 0
    var numbersKey: UInt64 = 0
    var prefixKey: UInt64 = 0
    var suffixKey: UInt64 = 0
    /// Of a notice or comment: the title it is about.
    var subjectKey: UInt64 = 0
    var isGeneric = false
    var isPeriodic = false
    var isForeign = false

    /// In `Corpus.authors`, in the order of the record.
    var authors = Run()
    var collective: UInt64 = 0

    /// Positions in `Corpus.journals`, -1 for none.
    var journal: Int32 = -1
    var abbreviation: Int32 = -1
    var issns: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
    var volume: UInt32 = 0
    var issue: UInt32 = 0
    var pages = Pages()
    var year: Int32 = 0

    var doi: UInt64 = 0
    var pmid: UInt32 = 0
    var version: Int32 = 1
    var id: UInt64 = 0
    /// Of an entry of a trial register: its number; 0 for every other document.
    var registration: UInt64 = 0

    var document = DocumentKind.ordinary
    var isPreprint = false
    /// Printed as the abstract of a talk or poster, by its page or type.
    var isMeetingAbstract = false
    /// In what bears the name of a congress.
    var isAtMeeting = false
    /// A book or a thesis.
    var isMonograph = false

    /// The smallest hashes of the abstract's three-word runs, in `Corpus.sketches`, sorted.
    var sketch = Run()

    /// Hash of everything above.
    var content: UInt64 = 0
}

/// What a source says a document is, as far as two records with the same title can differ in it.
enum DocumentKind: UInt8 {
    case ordinary, erratum, retraction, concern
}

/// One author, as numbers.
struct AuthorKey {
    /// The family name's words in `Corpus.names`: hashes, particles left out.
    var family = Signature.Run()
    /// The given names of three letters and more, likewise.
    var given = Signature.Run()
    /// All letters of the family name in `Corpus.nameLetters`, for names spelt with a mistake.
    var letters = Signature.Run()
    var whole: UInt64 = 0
    var initial: UInt8 = 0
}
