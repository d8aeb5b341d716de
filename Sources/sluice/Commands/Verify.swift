import ArgumentParser
import Foundation
import Interchange
import Pipeline
import Retrieval
import Store

struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Hold a workspace against itself: answers, records, books, files.",
        discussion: """
            Reads every archived answer and compares it with the hash in its name, reads every record from its answer \
            again and compares it with the database, counts every id at every stage, and compares the files in output/ \
            with what the run wrote. With NCBI_API_KEY set, also looks for the key in every file. Nothing is asked, run \
            or changed.

              sluice verify --workspace workspaces/iv-ketamine-trd

            Ends with status 0 when all is well, 65 when something is damaged, 4 when the books do not balance.
            """)

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var pipeline: PipelineOption

    @Flag(help: "Print one JSON object instead of lines.")
    var json = false

    func run() throws {
        let folder = try workspace.folder(pipeline: pipeline.pipeline)
        let key = ProcessInfo.processInfo.environment["NCBI_API_KEY"].flatMap { $0.isEmpty ? nil : $0 }
        let verifier = Verifier(
            plan: try Plan.read(folder: try pipeline.folder(workspace: folder)),
            store: try ReviewStore(reading: folder),
            archive: try Archive(folder: folder + "/archive", readOnly: true), secret: key,
            progress: { StandardError.showProgress("\($0.rawValue) \($1) of \($2)") })
        let found = try verifier.verify()
        StandardError.endProgress()
        try StandardOutput.print(json ? Self.json(found) : Self.text(found))
        guard !found.isWhole else { return }
        throw CommandError(
            status: found.booksBalance ? ExitStatus.badInput : ExitStatus.unbalanced,
            message: found.booksBalance
                ? "something is damaged. Restore the named files from a backup; output/ and the database are made again "
                    + "by `sluice run --offline` with --force and the stage's name."
                : "the books do not balance. This is a fault in sluice: please report it with these ids.")
    }

    private static func text(_ found: Verification) -> String {
        var lines: [String] = []
        for finding in found.findings {
            let state = finding.problems.isEmpty ? "ok  " : "BAD "
            lines.append("\(state)  \(finding.part.rawValue.padded(to: 10)) \(finding.looked)")
            let more = finding.problems.count - 20
            lines += finding.problems.prefix(20).map { "        \($0)" }
            if more > 0 { lines.append("        and \(more) more; --json names all") }
            lines += finding.notes.map { "        note: \($0)" }
        }
        return lines.joined(separator: "\n")
    }

    private static func json(_ found: Verification) -> String {
        var json = JSONWriter()
        json.object { json in
            json.member("whole", found.isWhole)
            json.member("parts") { json in
                json.array { json in
                    for finding in found.findings {
                        json.object { json in
                            json.member("part", finding.part.rawValue)
                            json.member("looked", finding.looked)
                            json.member("problems", finding.problems)
                            json.member("notes", finding.notes)
                        }
                    }
                }
            }
        }
        return json.text
    }
}
