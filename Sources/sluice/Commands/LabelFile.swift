import Pipeline

/// Labels that the command line names. Unlike those beside a pipeline they are input, and no part of the review.
enum LabelFile {
    static func read(_ path: String) throws -> RecordLabels {
        let bytes = try InputFile.bytes(of: path)
        do throws(PlanError) {
            return try RecordLabels.read(bytes, name: InputFile.name(path))
        } catch {
            throw CommandError(status: ExitStatus.badInput, message: error.description)
        }
    }
}
