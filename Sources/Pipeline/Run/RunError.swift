/// What stops a run, beyond a source that fails or books that do not balance.
package enum RunError: Error, Equatable, CustomStringConvertible {
    /// A file source that the plan names is not there.
    case missingFile(source: String, path: String, pipeline: String)
    /// A file source that cannot be read whole: every problem with its line.
    case unreadableFile(source: String, path: String, problems: [String])
    /// An archived answer that a source's records stand in cannot be read.
    case damagedAnswer(source: String, hash: String, problems: [String])
    /// What was written by an earlier stage cannot be read back.
    case damagedRow(table: String, id: String, cause: String)
    /// The plan has no part that the stage needs.
    case missingPart(stage: StageName, part: String, pipeline: String)
    /// There are no labelled records to measure the rules on.
    case missingLabels(folder: String)
    /// People's corrections of duplicates or studies that cannot be taken.
    case corrections(path: String, problem: String)
    /// The folder of full texts, or files in it, that cannot be read.
    case fullTexts(path: String, problems: [String], isMissing: Bool)
    /// `--replay` names a folder without a recording.
    case missingReplay(folder: String)
    /// The output folder or a file in it cannot be written.
    case output(path: String, cause: String)

    package var description: String {
        switch self {
        case .missingFile(let source, let path, let pipeline):
            "The source '\(source)' of \(pipeline) is the file \(path), which is not there. Put the export there, "
                + "correct `path`, or write `whenMissing: notSearched` to run without it."
        case .unreadableFile(let source, let path, let problems):
            "The source '\(source)' (\(path)) cannot be read whole; nothing of it was taken:\n"
                + problems.map { "  " + $0 }.joined(separator: "\n")
                + "\nCorrect the file or export it again, then run the command again."
        case .damagedAnswer(let source, let hash, let problems):
            "The archived answer \(hash) of the source '\(source)' cannot be read whole:\n"
                + problems.map { "  " + $0 }.joined(separator: "\n")
                + "\nRestore archive/\(hash).gz from a backup, or move it away and fetch again."
        case .damagedRow(let table, let id, let cause):
            "The row \(id) of the table \(table) in review.sqlite cannot be read (\(cause)). "
                + "Run again with --force to rebuild it from the archive."
        case .missingPart(let stage, let part, let pipeline):
            "The stage \(stage.rawValue) needs the part `\(part)` in \(pipeline), which has none. "
                + "Add it (sluice init shows one), or stop before this stage with --until."
        case .missingLabels(let folder):
            "There is no \(RecordLabels.fileName) in \(folder): the rules are measured on records that people labelled. "
                + "It is a table with the columns record (an id, PMID or DOI), label (include, unsure or exclude) and basis."
        case .corrections(let path, let problem):
            "\(path) cannot be taken: \(problem). Correct the file, then run again."
        case .fullTexts(let path, _, isMissing: true):
            "The folder of full texts \(path) is not there. Make it and put JATS files in it (an empty one is enough), "
                + "or correct `fullTexts: folder` in the pipeline file."
        case .fullTexts(let path, let problems, isMissing: false):
            "The full texts in \(path) cannot be read whole; none was taken:\n"
                + problems.prefix(20).map { "  " + $0 }.joined(separator: "\n")
                + "\nCorrect these files, fetch them again or take them out, then run the command again."
        case .missingReplay(let folder):
            "\(folder) is not there or cannot be read: --replay takes a folder that holds archive/ (a recording) and, for "
                + "file sources, the files by their `path`."
        case .output(let path, let cause):
            "\(path) cannot be written (\(cause)). Make room or give yourself permission there, then run again."
        }
    }
}
