import Bibliography
import Parallelism

/// The signatures of all records, with the buffers that they point into.
struct Corpus {
    var signatures: [Signature] = []
    var titles: [UInt8] = []
    var authors: [AuthorKey] = []
    var names: [UInt64] = []
    var nameLetters: [UInt8] = []
    var sketches: [UInt32] = []
    var journals: [JournalName] = []
    var journalNumbers: [String: Int32] = [:]

    init() {}

    /// Reads records on every core.
    init(_ records: [Record]) {
        let parts = Parallel.map(records.count, by: 512) { range in
            var builder = SignatureBuilder()
            for record in records[range] { builder.add(record) }
            return builder.corpus
        }
        signatures.reserveCapacity(records.count)
        for part in parts { append(part) }
    }

    private mutating func append(_ part: Corpus) {
        let titleShift = Int32(titles.count)
        let authorShift = Int32(authors.count)
        let nameShift = Int32(names.count)
        let letterShift = Int32(nameLetters.count)
        let sketchShift = Int32(sketches.count)
        var journalMap = [Int32](repeating: -1, count: part.journals.count)
        for (name, number) in part.journalNumbers {
            if let known = journalNumbers[name] {
                journalMap[Int(number)] = known
            } else {
                let new = Int32(journals.count)
                journals.append(part.journals[Int(number)])
                journalNumbers[name] = new
                journalMap[Int(number)] = new
            }
        }
        for signature in part.signatures {
            var moved = signature
            moved.title.start += titleShift
            moved.authors.start += authorShift
            moved.sketch.start += sketchShift
            if moved.journal >= 0 { moved.journal = journalMap[Int(moved.journal)] }
            if moved.abbreviation >= 0 { moved.abbreviation = journalMap[Int(moved.abbreviation)] }
            signatures.append(moved)
        }
        for author in part.authors {
            var moved = author
            moved.family.start += nameShift
            moved.given.start += nameShift
            moved.letters.start += letterShift
            authors.append(moved)
        }
        titles += part.titles
        names += part.names
        nameLetters += part.nameLetters
        sketches += part.sketches
    }
}
