import Pipeline

/// Labels that the command line names. Unlike those beside a pipeline they are input, and no part of the review.
enum LabelFile {
    static func read(_ path: String) throws -> RecordLabels {
        // Says what is wrong with the file itself, with the status for that.
        _ = try InputFile.bytes(of: path)
        do {
            return try RecordLabels.read(path: path)
        } catch {
            throw CommandError(status: ExitStatus.badInput, message: error.description)
        }
    }
}
