import Foundation
import Interchange
import Reporting

/// The files of `WORKSPACE/output`, as bytes that depend on the review alone.
struct OutputFolder {
    let path: String

    /// Makes every file. Each is written whole or not at all; files that the plan no longer asks for are removed.
    ///
    /// - Throws: `RunError.output`.
    func write(_ files: [(name: String, bytes: [UInt8])]) throws(RunError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw .output(path: path, cause: error.localizedDescription)
        }
        for (name, bytes) in files {
            do {
                try Data(bytes).write(to: URL(filePath: path + "/" + name), options: .atomic)
            } catch {
                throw .output(path: path + "/" + name, cause: error.localizedDescription)
            }
        }
    }

    func lacks(_ names: [String]) -> Bool {
        names.contains { !FileManager.default.fileExists(atPath: path + "/" + $0) }
    }
}
