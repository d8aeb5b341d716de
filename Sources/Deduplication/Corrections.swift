package import Bibliography
import Interchange

/// One thing that a person said of two records.
package struct Correction: Hashable, Codable, Sendable {
    package enum Word: String, Codable, Sendable, CaseIterable {
        case same, different
        /// Takes back what was said of the pair before.
        case undo
    }

    package var a: RecordID
    package var b: RecordID
    package var says: Word
    package var who: String
    /// As the person's file has it: `2026-11-23`.
    package var when: String
    package var why: String

    package init(a: RecordID, b: RecordID, says: Word, who: String, when: String, why: String) {
        self.a = a
        self.b = b
        self.says = says
        self.who = who
        self.when = when
        self.why = why
    }
}

/// What people said of pairs of records, oldest first; only ever appended to.
///
/// As CSV: `a,b,decision,who,when,why`, `decision` being `same`, `different` or `undo`, `a` and `b` ids of records or bare
/// PMIDs, `when` a date. Rows without a decision wait for one and say nothing; further columns are for the reader alone.
package struct Corrections: Hashable, Sendable {
    package static let none = Corrections()
    package static let columns = ["a", "b", "decision", "who", "when", "why"]

    package private(set) var all: [Correction]
    /// What holds after every `undo`, in the order of its last saying.
    package private(set) var standing: [Correction]
    /// The ids that a standing correction names.
    private(set) var namedIDs: Set<RecordID>

    private init() {
        all = []
        standing = []
        namedIDs = []
    }

    var isEmpty: Bool { standing.isEmpty }

    func tellsApart(_ a: RecordID, _ b: RecordID) -> Bool {
        standing.contains { $0.says == .different && (($0.a, $0.b) == (a, b) || ($0.a, $0.b) == (b, a)) }
    }

    /// Only what was told apart: reports of different studies are different documents too.
    package var tellingApart: Corrections {
        var only = Corrections.none
        only.all = standing.filter { $0.says == .different }
        only.standing = only.all
        only.namedIDs = Set(only.all.flatMap { [$0.a, $0.b] })
        return only
    }

    /// - Parameter known: the ids that there are; an id outside it is refused. nil takes every id.
    /// - Throws: `CorrectionError`, with the 1-based position of the correction as its line.
    package init(_ corrections: [Correction], known: Set<RecordID>? = nil) throws(CorrectionError) {
        try self.init(corrections.enumerated().map { ($0.offset + 1, $0.element) }, known: known, file: "corrections")
    }

    /// Reads a file of corrections.
    ///
    /// - Parameters:
    ///   - earlier: those already kept: the file is checked together with them, and rows that they hold already, word for
    ///     word, are passed over.
    ///   - who: says what a row does not say who says; `when`, likewise.
    ///   - latest: no row may be of a later day; nil for rows that were taken before.
    /// - Throws: `CorrectionError`; nothing of the file is then to be applied.
    package init(
        parsing bytes: [UInt8], file: String, known: Set<RecordID>?, after earlier: Corrections = .none,
        who: String? = nil, when: String? = nil, latest: String? = nil
    ) throws(CorrectionError) {
        let held = Set(earlier.all)
        let rows = try Self.rows(bytes, file: file, known: known, who: who, when: when, latest: latest)
            .filter { !held.contains($0.1) }
        try self.init(earlier.all.map { (0, $0) } + rows, known: known, file: file)
    }

    private init(_ rows: [(line: Int, Correction)], known: Set<RecordID>?, file: String) throws(CorrectionError) {
        var check = CorrectionCheck(file: file)
        for (line, correction) in rows { try check.add(correction, line: line, known: line == 0 ? nil : known) }
        try check.checkContradictions()
        all = rows.map(\.1)
        standing = check.standing.map(\.correction)
        namedIDs = Set(standing.flatMap { [$0.a, $0.b] })
    }

    private static func rows(
        _ bytes: [UInt8], file: String, known: Set<RecordID>?, who: String?, when: String?, latest: String?
    ) throws(CorrectionError) -> [(Int, Correction)] {
        let table: DelimitedText
        do {
            table = try DelimitedText(savedFromSpreadsheet: bytes)
        } catch {
            throw CorrectionError(file: file, line: error.line, problem: .unclosedQuote)
        }
        if let name = table.repeatedColumn {
            throw CorrectionError(file: file, line: 1, problem: .repeatedColumn(name))
        }
        let places = columns.map(table.column)
        for (name, place) in zip(columns, places) where place == nil {
            throw CorrectionError(file: file, line: 1, problem: .missingColumn(name))
        }
        let names = known.map { RecordNames($0) }
        var rows: [(Int, Correction)] = []
        for row in table.rows {
            func fail(_ problem: CorrectionError.Problem) -> CorrectionError {
                CorrectionError(file: file, line: row.line, problem: problem)
            }
            func id(_ text: String) throws(CorrectionError) -> RecordID {
                guard let meant = names?.meant(by: text) else { return RecordID(text) }
                guard meant.count < 2 else { throw fail(.ambiguousID(text, meant.map(\.rawValue))) }
                return meant.first ?? RecordID(text)
            }
            var cells = places.map { place in row.cell(place).flatMap(trimmed) }
            if cells[2] == nil { continue }
            cells[3] = cells[3] ?? who
            cells[4] = cells[4] ?? when
            guard let a = cells[0], let b = cells[1], let word = cells[2], let who = cells[3], let when = cells[4]
            else {
                let missing = zip(columns, cells).first { $0.1 == nil }?.0 ?? "a"
                throw fail(.emptyCell(missing))
            }
            guard let says = Correction.Word(rawValue: word.lowercased()) else {
                throw fail(.unknownDecision(word))
            }
            guard CalendarDate.isDateOrTime(when) else { throw fail(.notADate(when)) }
            if let latest, when.prefix(10) > latest { throw fail(.inTheFuture(when)) }
            let correction = Correction(
                a: try id(a), b: try id(b), says: says, who: who, when: when, why: cells[5] ?? "")
            rows.append((row.line, correction))
        }
        return rows
    }

    private static func trimmed(_ text: String) -> String? {
        let text = text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
        return text.isEmpty ? nil : String(text)
    }

    /// The corrections as CSV, to be merged in git.
    package var csv: [UInt8] {
        var table = Table(columns: Self.columns)
        for one in all {
            table.rows.append(
                [one.a.rawValue, one.b.rawValue, one.says.rawValue, one.who, one.when, one.why].map(TableCell.text))
        }
        return DelimitedWriter.text(table)
    }
}

/// A file of corrections that cannot be applied, and the line that says so.
package struct CorrectionError: Error, Hashable, CustomStringConvertible {
    package enum Problem: Hashable, Sendable {
        case unclosedQuote
        case missingColumn(String)
        case repeatedColumn(String)
        case emptyCell(String)
        case unknownDecision(String)
        case unknownID(String)
        case ambiguousID(String, [String])
        case notADate(String)
        case inTheFuture(String)
        case samePair(String)
        case nothingToUndo(String, String)
        case contradiction(String, String, earlierLine: Int)
        case cycle(String, String, earlierLine: Int)
    }

    package var file: String
    package var line: Int
    package var problem: Problem

    package init(file: String, line: Int, problem: Problem) {
        self.file = file
        self.line = line
        self.problem = problem
    }

    package var description: String { "\(file):\(line): \(text); nothing of this file was applied" }

    /// Whether the other half of the problem is a decision that was kept before this file.
    package var isAboutEarlier: Bool {
        switch problem {
        case .contradiction(_, _, let earlierLine), .cycle(_, _, let earlierLine): earlierLine == 0
        default: false
        }
    }

    private var text: String {
        switch problem {
        case .unclosedQuote: "a quotation mark opens here and is never closed; close it"
        case .missingColumn(let name):
            "the column '\(name)' is missing; the header must be \(Corrections.columns.joined(separator: ","))"
        case .repeatedColumn(let name): "the column '\(name)' stands twice; keep one of them"
        case .emptyCell(let name): "the cell '\(name)' is empty; fill it"
        case .unknownDecision(let word): "'\(word)' is no decision; write same, different or undo"
        case .unknownID(let id):
            "there is no record '\(id)'; correct the id (sluice export records lists them) or remove the row"
        case .ambiguousID(let text, let ids):
            "'\(text)' may be \(ids.joined(separator: " or ")); write which of them"
        case .notADate(let text):
            "'\(text)' in the column 'when' is no date such as 2026-11-23; where a spreadsheet rewrote the column, read it in "
                + "as text"
        case .inTheFuture(let text): "'\(text)' in the column 'when' lies in the future; correct the date"
        case .samePair(let id): "'\(id)' is paired with itself; name two records"
        case .nothingToUndo(let a, let b): "nothing was said of '\(a)' and '\(b)' that could be undone; remove the row"
        case .contradiction(let a, let b, let earlier):
            "this contradicts \(Self.place(earlier)): '\(a)' and '\(b)' cannot be the same and different; "
                + "undo one of the two"
        case .cycle(let a, let b, let earlier):
            "'\(a)' and '\(b)' are the same already by the rows up to \(Self.place(earlier)), so the rows run in a "
                + "circle; remove one"
        }
    }

    private static func place(_ line: Int) -> String { line == 0 ? "an earlier decision" : "line \(line)" }
}
