import ArgumentParser
import Foundation
import Pipeline
import Retrieval
import Screening
import Spreadsheets
import Store

/// The one place that turns an error into a text on stderr and a status.
enum Failure {
    static func exit(with error: any Error) -> Never {
        guard let (status, message) = outcome(of: error) else {
            // Help, version and usage: the parser's own texts and status.
            Sluice.exit(withError: error)
        }
        StandardError.write("sluice: \(message)\n")
        Foundation.exit(status)
    }

    /// nil for the errors that the argument parser knows how to tell.
    static func outcome(of error: any Error) -> (status: Int32, message: String)? {
        switch error {
        case let error as CommandError: (error.status, error.message)
        case let error as PlanError:
            (error.isMissing ? ExitStatus.noSuchFile : ExitStatus.badPipeline, error.description)
        case let error as CriteriaError: (ExitStatus.badPipeline, error.description)
        case let error as RetrievalError: (error.exitStatus, error.description)
        case let error as StoreError: (status(of: error), error.description)
        case let error as StageImbalance: (ExitStatus.unbalanced, error.description)
        case let error as FlowImbalance: (ExitStatus.unbalanced, error.description)
        case let error as DecisionRefusal: (ExitStatus.badInput, error.description)
        case let error as ValueRefusal: (ExitStatus.badInput, error.description)
        case let error as RunError: (status(of: error), error.description)
        case let error as TableFormatError: (ExitStatus.usage, error.description)
        case let error as SpreadsheetError: (ExitStatus.internalFailure, error.description)
        case is CancellationError: (130, "interrupted; run the same command again to go on")
        case is ExitCode: nil
        // The parser knows its own errors by other codes than that for any error.
        default: Sluice.exitCode(for: error) == .failure ? (ExitStatus.internalFailure, "\(error)") : nil
        }
    }

    private static func status(of error: StoreError) -> Int32 {
        switch error {
        case .locked: ExitStatus.tryLater
        case .missing: ExitStatus.noSuchFile
        case .otherReview: ExitStatus.usage
        case .newerVersion, .olderVersion, .unreadable: ExitStatus.badInput
        // As for every file that cannot be written.
        case .readOnly, .ledger: ExitStatus.internalFailure
        }
    }

    private static func status(of error: RunError) -> Int32 {
        switch error {
        case .missingFile, .missingReplay, .missingLabels, .fullTexts(_, _, isMissing: true): ExitStatus.noSuchFile
        case .missingPart: ExitStatus.badPipeline
        case .fullTexts(_, _, isMissing: false), .unreadableFile, .damagedAnswer, .damagedRow, .corrections:
            ExitStatus.badInput
        case .output: ExitStatus.internalFailure
        }
    }
}

/// An error that a command itself finds.
struct CommandError: Error {
    var status: Int32
    var message: String

    static func usage(_ message: String) -> CommandError { CommandError(status: ExitStatus.usage, message: message) }
    static func noSuchFile(_ path: String) -> CommandError {
        CommandError(
            status: ExitStatus.noSuchFile,
            message: "\(path.isEmpty ? "a file without a name" : path) is not there. "
                + (path.contains("\u{FFFD}")
                    ? "Its name is not in UTF-8: rename it, or read it from standard input with -."
                    : "Check the name, or the folder you are in."))
    }

    /// A folder stands where a file is expected.
    static func folder(_ path: String) -> CommandError {
        let name = path.hasSuffix("/") ? String(path.dropLast()) : path
        return CommandError(
            status: ExitStatus.badInput, message: "\(path) is a folder. Name the files in it: \(name)/*")
    }
}
