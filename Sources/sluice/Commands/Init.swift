import ArgumentParser
import Foundation
import Pipeline

struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start a new review: a folder with a commented pipeline.yaml to fill in.",
        discussion: """
              sluice init Pipelines/psilocybin-depression --title "Psilocybin for depression"

            The new file can be run as it stands after the query is written; everything else can follow.
            """)

    @Argument(help: ArgumentHelp("The folder to make; its name becomes the review's id.", valueName: "folder"))
    var folder: String

    @Option(help: ArgumentHelp("The review's title.", valueName: "text"))
    var title: String?

    func run() throws {
        let path = folder + "/" + Plan.fileName
        guard !FileManager.default.fileExists(atPath: path) else {
            throw CommandError.usage("\(path) is there already; it was not touched. Choose another folder.")
        }
        let id = URL(filePath: folder).standardizedFileURL.lastPathComponent
        guard PlanTemplate.accepts(id: id) else {
            throw CommandError.usage(
                "'\(id)' cannot name a review: use small letters, digits and hyphens, beginning with a letter.")
        }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw CommandError(
                status: ExitStatus.internalFailure,
                message: "\(folder) cannot be made (\(error.localizedDescription)).")
        }
        try OutputFile.write(Array(PlanTemplate.text(id: id, title: title ?? id).utf8), to: path)
        try StandardOutput.print("Wrote \(path).\nNext: write the query into it, then: sluice check \(folder)")
    }
}
