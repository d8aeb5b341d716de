import Foundation

/// A file that could not be opened or read.
package struct FileInputError: Error, Hashable, Sendable, CustomStringConvertible {
    package let path: String
    /// The system's error number.
    package let code: Int32
    /// No file of this name: status 66 at the command line, where every other cause is 65.
    package var isMissing: Bool { code == ENOENT || code == ENOTDIR }

    package var description: String { "\(path): \(cause)" }

    package var cause: String {
        if isMissing { return "no such file" }
        if code == EISDIR { return "this is a folder; name the files in it" }
        return "cannot be read: \(String(cString: strerror(code)))"
    }
}

/// A file, or standard input, in pieces; gzip is inflated on the way, whatever the file's name. Memory does not grow
/// with the file.
package final class FileInput: ByteInput {
    /// The path as given; `-` is standard input.
    package let path: String
    private let bytes: InflatingInput

    /// - Throws: `FileInputError`.
    package init(path: String) throws {
        self.path = path
        bytes = InflatingInput(try DescriptorInput(path: path))
    }

    /// - Throws: `FileInputError`, or `GzipError` after all that could be inflated.
    package func next() throws -> [UInt8]? { try bytes.next() }
}

/// The plain bytes of a file descriptor.
private final class DescriptorInput: ByteInput {
    private static let pieceSize = 1 << 18
    private let path: String
    private let descriptor: Int32

    init(path: String) throws {
        self.path = path
        if path == "-" {
            descriptor = STDIN_FILENO
            return
        }
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileInputError(path: path, code: errno) }
    }

    deinit { if descriptor > STDIN_FILENO { close(descriptor) } }

    func next() throws -> [UInt8]? {
        var failure: Int32 = 0
        let piece = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, count in
            var got = read(descriptor, buffer.baseAddress, Self.pieceSize)
            while got < 0, errno == EINTR { got = read(descriptor, buffer.baseAddress, Self.pieceSize) }
            if got < 0 { failure = errno }
            count = max(0, got)
        }
        guard failure == 0 else { throw FileInputError(path: path == "-" ? "stdin" : path, code: failure) }
        return piece.isEmpty ? nil : piece
    }
}
