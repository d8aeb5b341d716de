import ArgumentParser
import Foundation
import Pipeline
import Reporting

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Draw the PRISMA 2020 flow and write the tables of a review.",
        discussion: """
            Without --flow, runs the review of a workspace to its end and writes WORKSPACE/output. With --flow, draws \
            any flow.csv in the format of the PRISMA2020 R package:

              sluice report --flow flow.csv -o flow.svg
            """)

    @Option(help: ArgumentHelp("A flow.csv to draw.", valueName: "file"))
    var flow: String?

    @Option(name: [.customShort("o"), .long], help: ArgumentHelp("Where the figure goes.", valueName: "file"))
    var output: String?

    @OptionGroup(title: "On a review") var review: StageOptions

    func validate() throws {
        let ending = output.map { URL(filePath: $0).pathExtension.lowercased() } ?? ""
        guard ending.isEmpty || ending == "svg" else {
            throw ValidationError("The figure is SVG, not \(ending): name a file that ends in .svg.")
        }
    }

    func run() async throws {
        guard let flow else {
            let run = try await review.run(until: .report)
            try StandardOutput.print(run.flowText)
            return
        }
        let bytes = try InputFile.bytes(of: flow)
        let file = try output.map { try OutputFile($0, inputs: [flow]) }
        do {
            let figure = FlowSVG.render(try FlowCSV.read(bytes))
            if let file {
                try file.write(figure)
            } else {
                var stream = StandardOutput()
                try stream.write(figure)
                try stream.flush()
            }
        } catch let error as FlowReadingError {
            throw CommandError(status: ExitStatus.badInput, message: "\(InputFile.name(flow)): \(error)")
        }
    }
}

/// A file that a person named for input, read whole.
enum InputFile {
    /// What the file is called in messages.
    static func name(_ path: String) -> String { path == "-" ? "stdin" : path }

    static func bytes(of path: String) throws -> [UInt8] {
        if path == "-" { return [UInt8](FileHandle.standardInput.readDataToEndOfFile()) }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw CommandError.noSuchFile(path)
        }
        guard !isFolder.boolValue else { throw CommandError.folder(path) }
        do {
            return [UInt8](try Data(contentsOf: URL(filePath: path)))
        } catch {
            throw CommandError(
                status: ExitStatus.badInput, message: "\(path) cannot be read (\(error.localizedDescription)).")
        }
    }
}
