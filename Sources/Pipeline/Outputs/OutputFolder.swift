import Foundation
import Hashing

/// The files of `WORKSPACE/output`, as bytes that depend on the review alone.
struct OutputFolder {
    let path: String

    /// Makes every file, each whole or not at all, and removes what an earlier run wrote and this plan does not ask for.
    /// What no run wrote, or what a person changed since, is left alone.
    ///
    /// - Parameter before: the record of the last run's files.
    /// - Throws: `RunError.output`.
    func write(_ files: [(name: String, bytes: [UInt8])], instead before: String) throws(RunError) {
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
        for line in before.split(separator: "\n") where !differs(from: String(line)) {
            guard let name = line.split(separator: " ", maxSplits: 1).last, !wanted.contains(String(name)) else {
                continue
            }
            try? FileManager.default.removeItem(atPath: "\(path)/\(name)")
        }
    }

    /// One line a file: its digest and name.
    static func record(of files: [(name: String, bytes: [UInt8])]) -> String {
        files.map { "\(SHA256Digest(of: $0.bytes).hex) \($0.name)" }.joined(separator: "\n")
    }

    /// Whether a file of a record is gone, or holds something else by now.
    func differs(from record: String) -> Bool { !differences(from: record).isEmpty }

    /// The files of a record that are gone or hold something else by now, each with what is wrong.
    func differences(from record: String) -> [String] {
        record.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ", maxSplits: 1)
            guard parts.count == 2 else { return "\(line): the store does not say which file" }
            guard let data = FileManager.default.contents(atPath: "\(path)/\(parts[1])") else {
                return "\(parts[1]): it is gone"
            }
            let isSame = SHA256Digest(of: [UInt8](data)).hex == parts[0]
            return isSame ? nil : "\(parts[1]): it is not what the run wrote"
        }
    }
}
