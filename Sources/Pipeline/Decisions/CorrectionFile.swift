import Bibliography
import Deduplication
import Foundation

/// People's word on which records are one document and which reports tell of one study: `duplicates.csv` and
/// `studies.csv` beside the pipeline file, with the columns `a,b,decision,who,when,why` and the decisions `same`,
/// `different` and `undo`. They lie beside the pipeline because they belong to the protocol and merge in git.
enum CorrectionFile: String {
    case duplicates = "duplicates.csv"
    case studies = "studies.csv"

    private static let largest = 64 << 20

    func path(_ plan: Plan) -> String { plan.folder + "/" + rawValue }

    /// The file's bytes; empty where there is none.
    ///
    /// - Throws: `RunError.corrections` for a file that is there and cannot be read.
    func bytes(_ plan: Plan) throws(RunError) -> [UInt8] {
        guard FileManager.default.fileExists(atPath: path(plan)) else { return [] }
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path(plan)))
        } catch {
            throw .corrections(path: path(plan), problem: error.localizedDescription)
        }
        guard data.count <= Self.largest else {
            throw .corrections(path: path(plan), problem: "it is larger than \(Self.largest >> 20) MiB")
        }
        return [UInt8](data)
    }

    /// What the file says, checked.
    ///
    /// - Parameters:
    ///   - known: every record that the review ever knew; a correction of any other is refused.
    ///   - earlier: what holds already; the file must not contradict it.
    /// - Throws: `RunError.corrections`, with the line; nothing of the file is then to be applied.
    func read(_ plan: Plan, known: Set<RecordID>, after earlier: Corrections = .none) throws(RunError) -> Corrections {
        let bytes = try bytes(plan)
        guard !bytes.isEmpty else { return earlier }
        do {
            return try Corrections(parsing: bytes, file: path(plan), known: known, after: earlier)
        } catch {
            let studies = CorrectionFile.studies.rawValue
            let other = error.isAboutEarlier ? " (the earlier decision stands in \(studies))" : ""
            throw .corrections(path: path(plan), problem: error.description + other)
        }
    }

    /// People's word on which records are one document: what `duplicates.csv` says, and apart whatever `studies.csv`
    /// tells apart, since one document cannot tell of two studies that are kept apart.
    static func readDuplicates(_ plan: Plan, known: Set<RecordID>) throws(RunError) -> Corrections {
        let studies = try CorrectionFile.studies.read(plan, known: known)
        return try CorrectionFile.duplicates.read(plan, known: known, after: studies.tellingApart)
    }
}
