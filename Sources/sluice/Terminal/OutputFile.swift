import Foundation

/// A file that a person named for output.
enum OutputFile {
    /// The file is there whole or as it was. What is no file but takes bytes (a pipe, a terminal, `/dev/stdout`) is
    /// written to; a link is followed. Neither is ever replaced.
    static func write(_ bytes: [UInt8], to path: String) throws {
        guard isStream(path) else {
            let place = URL(filePath: path).resolvingSymlinksInPath()
            do { try Data(bytes).write(to: place, options: .atomic) } catch { throw failure(path) }
            return
        }
        guard let stream = FileHandle(forWritingAtPath: path) else { throw failure(path) }
        // `/dev/stdout` may be a file that records were written to.
        _ = try? stream.seekToEnd()
        try stream.write(contentsOf: bytes)
        try stream.close()
    }

    /// An empty file, open for writing.
    static func open(_ path: String) throws -> FileHandle {
        let isThere = isStream(path) || FileManager.default.createFile(atPath: path, contents: nil)
        guard isThere, let file = FileHandle(forWritingAtPath: path) else { throw failure(path) }
        return file
    }

    /// Whether a path leads to something that is neither a file nor a folder, or is a name of an open one.
    private static func isStream(_ path: String) -> Bool {
        if path.hasPrefix("/dev/") || path.hasPrefix("/proc/") { return true }
        var status = stat()
        guard stat(path, &status) == 0 else { return false }
        return status.st_mode & S_IFMT != S_IFREG && status.st_mode & S_IFMT != S_IFDIR
    }

    private static func failure(_ path: String) -> CommandError {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        guard FileManager.default.fileExists(atPath: folder) else { return .noSuchFile("the folder \(folder)") }
        return CommandError(
            status: ExitStatus.internalFailure,
            message: "\(path) cannot be written. Choose another place, or give yourself permission there.")
    }
}
