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

    private func path(_ plan: Plan) -> String { plan.folder + "/" + rawValue }

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

    /// - Parameter known: the records of the review; a correction of any other is refused.
    func read(_ plan: Plan, known: Set<RecordID>) throws(RunError) -> Corrections {
        let bytes = try bytes(plan)
        guard !bytes.isEmpty else { return .none }
        do {
            return try Corrections(parsing: bytes, file: path(plan), known: known)
        } catch {
            throw .corrections(path: path(plan), problem: error.description)
        }
    }
}
