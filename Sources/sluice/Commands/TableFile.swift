import Foundation
import Interchange

/// A table that a person saved from a spreadsheet: comma, semicolon or tab, UTF-8 or UTF-16.
enum TableFile {
    static func read(_ path: String) throws -> DelimitedText {
        try parse(try InputFile.bytes(of: path), name: path)
    }

    static func parse(_ bytes: [UInt8], name path: String) throws -> DelimitedText {
        let bytes = utf8(bytes)
        // How every workbook begins: it is a zip file.
        guard !bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) else {
            throw CommandError(
                status: ExitStatus.badInput,
                message: "\(path) is a workbook. Save the sheet as CSV (UTF-8) in the spreadsheet, and give that file.")
        }
        do {
            return try DelimitedText(parsing: bytes, separator: separator(of: bytes))
        } catch {
            throw CommandError(
                status: ExitStatus.badInput, message: "\(path):\(error.line): a quotation mark is never closed.")
        }
    }

    /// UTF-16 is told by its byte order mark.
    static func utf8(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]),
            let text = String(data: Data(bytes), encoding: .utf16)
        else { return bytes }
        return Array(text.utf8)
    }

    /// Of the header line: whichever of tab, semicolon and comma stands in it most often.
    private static func separator(of bytes: [UInt8]) -> UInt8 {
        let header = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
        let counts = [0x2C, 0x3B, 0x09].map { separator in
            (separator: UInt8(separator), count: header.count { $0 == UInt8(separator) })
        }
        return counts.max { $0.count < $1.count }.flatMap { $0.count > 0 ? $0.separator : nil } ?? 0x2C
    }
}
