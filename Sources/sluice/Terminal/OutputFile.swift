import Foundation

/// A file that a person named for output. It is looked at before the work, so that hours are not lost to a wrong name.
struct OutputFile {
    let path: String

    /// - Parameters:
    ///   - path: `-` is standard output.
    ///   - inputs: files that the command reads: none of them may be written over.
    init(_ path: String, inputs: [String] = []) throws {
        self.path = path == "-" ? "/dev/stdout" : path
        if let status = Self.status(self.path), !isStream {
            guard status.st_mode & S_IFMT != S_IFDIR else {
                throw CommandError.usage("\(path) is a folder. Name a file in it.")
            }
            let isInput = inputs.contains { input in
                Self.status(input).map { $0.st_dev == status.st_dev && $0.st_ino == status.st_ino } ?? false
            }
            guard !isInput else {
                throw CommandError.usage("\(path) is read by this command and would be lost. Name another file.")
            }
            guard access(path, W_OK) == 0 else { throw failure(EACCES) }
        } else if !isStream {
            guard FileManager.default.fileExists(atPath: folder.path) else {
                throw CommandError.noSuchFile("the folder \(folder.path)")
            }
            guard access(folder.path, W_OK) == 0 else { throw failure(EACCES) }
        }
        guard !isPartOfWorkspace else {
            throw CommandError.usage(
                "\(path) belongs to a review's own data, which only sluice run and sluice decide write. "
                    + "Name another file.")
        }
    }

    static func write(_ bytes: [UInt8], to path: String) throws { try OutputFile(path).write(bytes) }

    /// The file is there whole or as it was, with the permissions that it had. What is no file but takes bytes (a pipe, a
    /// terminal, `/dev/stdout`), and what other names lead to as well (links), is written to where it is.
    func write(_ bytes: [UInt8]) throws {
        let status = Self.status(path)
        if isStream || Self.isLink(path) || (status.map { $0.st_nlink > 1 } ?? false) {
            let file = try open()
            defer { try? file.close() }
            return try Self.write(bytes, to: file, named: path)
        }
        let url = URL(filePath: path)
        do {
            try Data(bytes).write(to: url, options: .atomic)
        } catch {
            throw failure((error as? CocoaError)?.underlying.flatMap { $0 as? POSIXError }?.code.rawValue ?? EIO)
        }
        if let status { chmod(path, status.st_mode & 0o7777) }
    }

    /// Open for writing, and empty where it is a file.
    func open() throws -> FileHandle {
        // Nothing is made in /dev.
        let flags = O_WRONLY | O_CLOEXEC | (isStream ? 0 : O_CREAT | O_TRUNC)
        let descriptor = inherited.map { dup($0) } ?? Foundation.open(path, flags, 0o666)
        guard descriptor >= 0 else { throw failure(errno) }
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// Writes to an open file; a full disk is an error of the command, not of the system.
    static func write(_ bytes: [UInt8], to file: FileHandle, named name: String) throws {
        try StandardOutput.writeAll(bytes, to: file.fileDescriptor, named: name)
    }

    /// The number of an open file that the path is a name of. Opened by its name, standard output would be written from
    /// another place than the one where this and the next command stand in it.
    private var inherited: Int32? {
        switch path {
        case "/dev/stdout": STDOUT_FILENO
        case "/dev/stderr": STDERR_FILENO
        default:
            ["/dev/fd/", "/proc/self/fd/"].lazy.filter(path.hasPrefix)
                .compactMap { Int32(path.dropFirst($0.count)) }.first
        }
    }

    private var folder: URL { URL(filePath: path).deletingLastPathComponent() }

    /// Whether the path leads to something that is neither a file nor a folder, or is a name of an open one.
    private var isStream: Bool {
        if path.hasPrefix("/dev/") || path.hasPrefix("/proc/") { return true }
        guard let status = Self.status(path) else { return false }
        return status.st_mode & S_IFMT != S_IFREG && status.st_mode & S_IFMT != S_IFDIR
    }

    /// The database, its side files and lock, and the archive of answers.
    private var isPartOfWorkspace: Bool {
        func holdsReview(_ folder: URL) -> Bool {
            FileManager.default.fileExists(atPath: folder.appending(path: "review.sqlite").path)
        }
        let place = URL(filePath: path).resolvingSymlinksInPath()
        let (name, folder) = (place.lastPathComponent, place.deletingLastPathComponent())
        if holdsReview(folder) { return name.hasPrefix("review.sqlite") || name == ".lock" }
        return folder.lastPathComponent == "archive" && holdsReview(folder.deletingLastPathComponent())
    }

    private static func status(_ path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }

    private static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    private func failure(_ code: Int32) -> CommandError {
        CommandError(
            status: ExitStatus.internalFailure,
            message: "\(path) cannot be written (\(String(cString: strerror(code)))). "
                + "Choose another place, or give yourself permission there.")
    }
}
