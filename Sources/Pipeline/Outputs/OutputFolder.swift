import Foundation
import Interchange
import Reporting

/// The files of `WORKSPACE/output`, as bytes that depend on the review alone.
struct OutputFolder {
    let path: String

    /// Makes every file, each whole or not at all, and removes what an earlier plan asked for and this one does not.
    /// Files that sluice never writes are left alone.
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
        let wanted = Set(files.map(\.name))
        for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        where Self.isOurs(name) && !wanted.contains(name) {
            try? FileManager.default.removeItem(atPath: path + "/" + name)
        }
    }

    private static func isOurs(_ name: String) -> Bool {
        OutputName.all.contains(name) || (name.hasPrefix("forest-") && name.hasSuffix(".svg"))
    }

    func lacks(_ names: [String]) -> Bool {
        names.contains { !FileManager.default.fileExists(atPath: path + "/" + $0) }
    }
}
