/// The command to run now, as it can be pasted into the shell that called this one.
struct NextStep {
    var command: String
    /// Why, or what else there is to know.
    var remark: String

    var text: String { "\(command)    (\(remark))" }

    /// What comes after a run that ended.
    static func after(waiting: Int, workspace: String) -> NextStep {
        guard waiting > 0 else {
            return NextStep(
                command: command("run", workspace),
                remark: "nothing waits; run again to ask the sources for what is new")
        }
        return NextStep(
            command: command("decide", workspace),
            remark: "\(waiting) \(waiting == 1 ? "report waits" : "reports wait") for a person: output/waiting.csv")
    }

    /// What comes after an interrupted run.
    static func goOn(workspace: String) -> NextStep {
        NextStep(
            command: command("run", workspace), remark: "the last run did not end; it goes on where it stopped")
    }

    /// What comes after people's decisions.
    static func countIn(workspace: String, _ what: String = "them") -> NextStep {
        NextStep(command: command("run", workspace) + " --offline", remark: "counts \(what) in")
    }

    static func command(_ verb: String, _ workspace: String) -> String {
        "\(tool) \(verb) --workspace \(quoted(workspace))"
    }

    /// The command as it was called: by a path, where it is none of those that the shell finds by name.
    static let tool: String = {
        guard let name = CommandLine.arguments.first, name.contains("/") else { return "sluice" }
        return quoted(name)
    }()

    /// A path as a shell takes it.
    static func quoted(_ path: String) -> String {
        let plain = path.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789/._-+,@%".unicodeScalars.contains(scalar))
        }
        return plain && !path.isEmpty ? path : "'" + path.replacing("'", with: "'\\''") + "'"
    }
}
