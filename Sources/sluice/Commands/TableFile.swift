import Interchange

/// A table that a person saved from a spreadsheet: comma, semicolon or tab, UTF-8 or UTF-16.
enum TableFile {
    /// A table of this program's own columns, each of which may stand once.
    static func read(_ path: String) throws -> DelimitedText {
        let table = try parse(try InputFile.bytes(of: path), name: InputFile.name(path))
        try refuseRepeatedColumns(table, name: InputFile.name(path))
        return table
    }

    static func refuseRepeatedColumns(_ table: DelimitedText, name path: String) throws {
        guard let name = table.repeatedColumn else { return }
        throw CommandError(
            status: ExitStatus.badInput, message: "\(path): the column \(name) stands twice; keep one of them.")
    }

    static func parse(_ bytes: [UInt8], name path: String) throws -> DelimitedText {
        try refuseWorkbook(bytes, name: path)
        do {
            return try DelimitedText(savedFromSpreadsheet: bytes)
        } catch {
            throw CommandError(
                status: ExitStatus.badInput, message: "\(path):\(error.line): a quotation mark is never closed.")
        }
    }

    /// The bytes of a table that is read elsewhere.
    static func bytes(of path: String) throws -> [UInt8] {
        let bytes = try InputFile.bytes(of: path)
        try refuseWorkbook(bytes, name: InputFile.name(path))
        return bytes
    }

    static func utf8(_ bytes: [UInt8]) -> [UInt8] { DelimitedText.utf8(bytes) }

    /// A name whose letters are read wrongly is the name of another person.
    static func refuseOtherEncodings(_ bytes: [UInt8], name path: String) throws {
        var line = 1
        for part in DelimitedText.utf8(bytes).split(separator: 0x0A, omittingEmptySubsequences: false) {
            guard String(validating: part, as: UTF8.self) != nil else {
                throw CommandError(
                    status: ExitStatus.badInput,
                    message:
                        "\(path):\(line): the text is not in UTF-8, so that names and notes would be read wrongly. "
                        + "Save the sheet as CSV (UTF-8) in the spreadsheet, and give that file.")
            }
            line += 1
        }
    }

    /// How every workbook begins: it is a zip file.
    private static func refuseWorkbook(_ bytes: [UInt8], name path: String) throws {
        guard bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) else { return }
        throw CommandError(
            status: ExitStatus.badInput,
            message: "\(path) is a workbook. Save the sheet as CSV (UTF-8) in the spreadsheet, and give that file.")
    }
}
