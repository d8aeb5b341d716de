import ArgumentParser
import Foundation

/// The command. Verbs are one file each in `Commands/`; `Terminal/` turns errors into text and status.
@main
struct Sluice: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sluice",
        abstract: "A living systematic review as a pipeline: from the search to a PRISMA flow that balances.",
        discussion: """
            A review is a folder with a pipeline.yaml: its question, sources, criteria, extraction form and synthesis \
            plan. `sluice run` works it through on a workspace, a folder that holds everything derived, people's \
            decisions, and every raw answer of the sources. Run it again and it does only what is new.

              sluice run Pipelines/iv-ketamine-trd        run a review
              sluice status                               what happened, and what to do next
              sluice explain pubmed:12345678              one record's whole way
              sluice export included -o included.csv      a table for a spreadsheet

            The seven stage words work on a workspace, or, given files, on those files alone.

            Exit status: 0 done; 1 internal failure; 2 a source failed or came back incomplete; 3 (with --exit-code) \
            records wait for a person; 4 the flow does not balance; 64 usage; 65 bad input data; 66 no such file; \
            75 try again later; 78 bad pipeline file.
            """,
        version: SoftwareVersion.text,
        groupedSubcommands: [
            CommandGroup(
                name: "Verbs on a review",
                subcommands: [
                    Init.self, Run.self, Status.self, Explain.self, Decide.self, Export.self, Verify.self, Check.self,
                    Schedule.self, Doctor.self,
                ]),
            CommandGroup(
                name: "Stages",
                subcommands: [
                    Fetch.self, Parse.self, Deduplicate.self, Screen.self, Extract.self, Synthesise.self,
                    ReportCommand.self,
                ]),
        ])

    static func main() async {
        do {
            try FilesLikeOptions.refuse(in: Array(CommandLine.arguments.dropFirst()))
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            Failure.exit(with: error)
        }
    }
}

/// Names of files that begin with a hyphen. The parser takes them for options: `-dash.csv` for `-d -a -s -h`, a call for help.
enum FilesLikeOptions {
    /// - Throws: `CommandError` where an argument can be no option of this command, and says how a file of that name is given.
    static func refuse(in arguments: [String]) throws {
        for argument in arguments.prefix(while: { $0 != "--" }) where argument.hasPrefix("-") {
            // Options of one hyphen have one letter here, and numbers below zero are no names.
            let name = argument.prefix { $0 != "=" }
            let isOption = name.hasPrefix("--") ? !FileManager.default.fileExists(atPath: argument) : name.count <= 2
            guard !isOption, Double(argument) == nil else { continue }
            throw CommandError.usage(
                "\(argument) is no option. If it is a file, write ./\(argument), or put -- before the files.")
        }
    }
}

enum SoftwareVersion {
    static let text = "0.1.0"
}
