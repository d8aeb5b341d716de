import ArgumentParser
import Foundation
import Pipeline
import Retrieval
import Store

struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look over this machine and a workspace, and say what stands in the way.",
        discussion:
            "Ends with status 1 when something does. With a workspace, also reads the database and every archived answer."
    )

    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
        var findings: [Finding] = [
            Finding("sluice", .good, SoftwareVersion.text),
            emailFinding, keyFinding,
        ]
        if let folder = try? workspace.folder() { findings += self.findings(workspace: folder) }
        try StandardOutput.print(findings.map(\.line).joined(separator: "\n"))
        if findings.contains(where: { $0.state == .bad }) { throw ExitCode(ExitStatus.internalFailure) }
    }

    private var emailFinding: Finding {
        let email = ProcessInfo.processInfo.environment["NCBI_EMAIL"] ?? ""
        return email.isEmpty
            ? Finding("NCBI_EMAIL", .note, "not set: needed before PubMed is asked")
            : Finding("NCBI_EMAIL", .good, "set")
    }

    private var keyFinding: Finding {
        let key = ProcessInfo.processInfo.environment["NCBI_API_KEY"] ?? ""
        return key.isEmpty
            ? Finding("NCBI_API_KEY", .note, "not set: 3 requests a second; with a key 10")
            : Finding("NCBI_API_KEY", .good, "set (not shown)")
    }

    private func findings(workspace: String) -> [Finding] {
        var findings: [Finding] = []
        guard ReviewStore.isThere(in: workspace) else {
            return [Finding(workspace, .note, "no review there yet")]
        }
        do {
            let store = try ReviewStore(reading: workspace)
            let problems = try store.integrityProblems()
            findings.append(
                problems.isEmpty
                    ? Finding("database", .good, "\(ReviewStore.path(in: workspace)) is whole")
                    : Finding("database", .bad, problems.joined(separator: "; ") + ". Restore it from a backup."))
        } catch {
            findings.append(Finding("database", .bad, "\(error)"))
        }
        do {
            let check = try Archive(folder: workspace + "/archive", readOnly: true).verify()
            findings.append(
                check.problems.isEmpty
                    ? Finding("archive", .good, "\(check.answers) answers, each what its name says")
                    : Finding(
                        "archive", .bad,
                        "damaged: \(check.problems.joined(separator: "; ")). Restore from a backup, or move away and fetch again."
                    ))
        } catch {
            findings.append(Finding("archive", .bad, "\(error)"))
        }
        let canWrite = FileManager.default.isWritableFile(atPath: workspace)
        findings.append(
            canWrite
                ? Finding("permission", .good, "\(workspace) can be written")
                : Finding("permission", .bad, "\(workspace) cannot be written: a run will stop"))
        return findings
    }
}

/// One thing that the doctor looked at.
private struct Finding {
    enum State: String { case good = "ok  ", note = "note", bad = "BAD " }

    var subject: String
    var state: State
    var text: String

    init(_ subject: String, _ state: State, _ text: String) {
        self.subject = subject
        self.state = state
        self.text = text
    }

    var line: String { "\(state.rawValue)  \(subject.padded(to: 13)) \(text)" }
}
