import Bibliography
import Deduplication
import Foundation
import Interchange
package import Store

/// Takes a table of people's word on pairs, filled in, and appends it to the file beside the pipeline: all of it, or
/// nothing.
package struct CorrectionImport {
    private let file: CorrectionFile
    private let plan: Plan

    package static func duplicates(_ plan: Plan) -> CorrectionImport { CorrectionImport(file: .duplicates, plan: plan) }
    package static func studies(_ plan: Plan) -> CorrectionImport { CorrectionImport(file: .studies, plan: plan) }

    /// - Parameters:
    ///   - name: the table's name, for errors.
    ///   - reviewer: who says it where a row does not tell; `today`, when.
    ///   - latest: the last day that has begun anywhere on earth.
    /// - Returns: how many rows were appended, and to which file. Rows that it holds already are not appended again.
    /// - Throws: `RunError.corrections`, `StoreError`.
    package func append(
        _ table: [UInt8], name: String, store: ReviewStore, reviewer: String?, today: String, latest: String
    ) throws -> (count: Int, path: String) {
        let known = try store.read { try $0.everIdentified() }
        let kept = try kept(known)
        let all: Corrections
        do {
            all = try Corrections(
                parsing: table, file: name, known: known, after: kept, who: reviewer, when: today, latest: latest)
        } catch {
            throw RunError.corrections(path: name, problem: error.description)
        }
        // What the two files say must hold together.
        if file == .studies { _ = try CorrectionFile.duplicates.read(plan, known: known, after: all.tellingApart) }
        let new = Array(all.all.dropFirst(kept.all.count))
        if !new.isEmpty {
            let before = DelimitedText.utf8(try file.bytes(plan))
            try write(before + rows(new, after: before))
        }
        return (new.count, file.path(plan))
    }

    private func kept(_ known: Set<RecordID>) throws(RunError) -> Corrections {
        switch file {
        case .duplicates: try CorrectionFile.readDuplicates(plan, known: known)
        case .studies: try CorrectionFile.studies.read(plan, known: known)
        }
    }

    /// In the columns and with the separator that the file has.
    private func rows(_ new: [Correction], after before: [UInt8]) -> [UInt8] {
        let separator = before.isEmpty ? 0x2C : DelimitedText.separator(of: before)
        let header = (try? DelimitedText(parsing: before, separator: separator).header) ?? []
        var writer = DelimitedWriter(separator: separator)
        let columns = header.isEmpty ? Corrections.columns : header
        if header.isEmpty { writer.row(columns.map(TableCell.text)) }
        for one in new {
            let cells = [
                "a": one.a.rawValue, "b": one.b.rawValue, "decision": one.says.rawValue, "who": one.who,
                "when": one.when, "why": one.why,
            ]
            writer.row(columns.map { .text(cells[$0.lowercased()] ?? "") })
        }
        let needsLine = !before.isEmpty && before.last != 0x0A && before.last != 0x0D
        return (needsLine ? [0x0A] : []) + writer.bytes
    }

    private func write(_ bytes: [UInt8]) throws(RunError) {
        let path = file.path(plan)
        do {
            try Data(bytes).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw .output(path: path, cause: error.localizedDescription)
        }
    }
}
