import Foundation

/// Files that are there whole or not at all, also after a power cut.
enum DurableFile {
    struct Failure: Error {
        var what: String
        var code: Int32
        var why: String { "\(what): \(String(cString: strerror(code)))" }
    }

    /// Writes under a temporary name beginning with a full stop, syncs, renames, syncs the folder.
    static func write(_ bytes: [UInt8], to name: String, in folder: String) throws {
        let temporary = "\(folder)/.\(name).\(getpid()).tmp"
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard file >= 0 else { throw Failure(what: "cannot write \(name)", code: errno) }
        do {
            defer { close(file) }
            var done = 0
            while done < bytes.count {
                let written = bytes.withUnsafeBytes { buffer in
                    Foundation.write(file, buffer.baseAddress.map { $0 + done }, bytes.count - done)
                }
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { throw Failure(what: "cannot write \(name)", code: errno) }
                done += written
            }
            guard fsync(file) == 0 else { throw Failure(what: "cannot sync \(name)", code: errno) }
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, "\(folder)/\(name)") == 0 else {
            let code = errno
            unlink(temporary)
            throw Failure(what: "cannot rename to \(name)", code: code)
        }
        try sync(folder: folder)
    }

    static func sync(folder: String) throws {
        let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else { throw Failure(what: "cannot open the folder", code: errno) }
        defer { close(handle) }
        guard fsync(handle) == 0 else { throw Failure(what: "cannot sync the folder", code: errno) }
    }

    /// All of a regular file.
    static func read(_ path: String, limit: Int) throws -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw Failure(what: "cannot read", code: errno) }
        defer { close(file) }
        var information = stat()
        guard fstat(file, &information) == 0 else { throw Failure(what: "cannot read", code: errno) }
        guard information.st_mode & S_IFMT == S_IFREG else { throw Failure(what: "not a file", code: EINVAL) }
        guard Int(information.st_size) <= limit else { throw Failure(what: "cannot read", code: EFBIG) }
        var bytes = [UInt8](repeating: 0, count: Int(information.st_size))
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeMutableBytes { buffer in
                Foundation.read(file, buffer.baseAddress.map { $0 + done }, buffer.count - done)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure(what: "cannot read", code: errno) }
            if count == 0 { break }
            done += count
        }
        bytes.removeLast(bytes.count - done)
        return bytes
    }
}
