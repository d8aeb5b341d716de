import ArgumentParser
import Foundation
import Pipeline
import Store

struct Schedule: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print what makes this machine refresh a review by itself; install nothing.",
        discussion: """
            Prints a line for cron, or a service and a timer for systemd, that runs `sluice refresh` at a quiet hour \
            and adds what it says to WORKSPACE/refresh.log. Read it, then put it where its first lines say.

              sluice schedule Pipelines/iv-ketamine-trd --workspace workspaces/iv-ketamine-trd --every month
              sluice schedule --workspace workspaces/iv-ketamine-trd --to systemd

            A refresh ends with status 3 when reports wait for a person, and with 2 or 75 when a source failed or could \
            not be reached: then nothing of it is kept, and the next one goes on where it stopped. NCBI asks for an \
            address with every request; a key, if there is one, stays in a file that only you can read.
            """)

    enum Interval: String, ExpressibleByArgument, CaseIterable { case day, week, month }
    enum Form: String, ExpressibleByArgument, CaseIterable { case cron, systemd }

    @Argument(help: ArgumentHelp("The folder that holds pipeline.yaml.", valueName: "pipeline"))
    var folder: String?

    @OptionGroup var pipeline: PipelineOption
    @OptionGroup var workspace: WorkspaceOption

    @Option(help: ArgumentHelp("How often.", valueName: "interval"))
    var every: Interval = .week

    @Option(help: ArgumentHelp("What is to keep the time.", valueName: "form"))
    var to: Form = .cron

    func run() throws {
        let given = folder ?? pipeline.pipeline
        let target = try workspace.folder(pipeline: given)
        let source = try given ?? pipeline.folder(workspace: target)
        let plan = try Plan.read(folder: source)
        // The first run is long and may ask something of a person; and its log needs the folder.
        guard ReviewStore.isThere(in: target) else {
            throw StoreError.missing(workspace: target)
        }
        guard !(source + target).contains(where: \.isNewline) else {
            throw CommandError.usage("the name of a folder holds a line break, which no schedule can: rename it")
        }
        let email = ProcessInfo.processInfo.environment["NCBI_EMAIL"] ?? ""
        let job = RefreshJob(
            review: plan.review.id, tool: Self.path(of: CommandLine.arguments.first ?? "sluice"),
            pipeline: Self.absolute(source), workspace: Self.absolute(target),
            email: email.contains(where: \.isWhitespace) ? "" : email)
        try StandardOutput.print(to == .cron ? job.cron(every) : job.systemd(every))
    }

    private static func absolute(_ path: String) -> String {
        URL(filePath: path).standardizedFileURL.path(percentEncoded: false).droppingLastSlash
    }

    /// Where the shell found the command that was called.
    private static func path(of name: String) -> String {
        guard !name.contains("/") else { return absolute(name) }
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) } ?? name
    }
}

/// A refresh that runs by itself, as those who keep the time want it written.
struct RefreshJob {
    let review: String
    let tool: String
    let pipeline: String
    let workspace: String
    /// Empty where it is not known.
    let email: String

    private var address: String { email.isEmpty ? "you@example.org" : email }

    /// A minute between 0 and 59 that is the same for a review wherever it runs, so that not all of them ask at once.
    private var minute: Int { Int(review.utf8.reduce(UInt32(7)) { $0 &* 31 &+ UInt32($1) } % 60) }

    private var arguments: [String] {
        [tool, "refresh", pipeline, "--workspace", workspace, "--exit-code"]
    }

    /// At three at night; on Sundays, when NCBI wants large jobs; on the first of the month.
    func cron(_ every: Schedule.Interval) -> String {
        let days =
            switch every {
            case .day: "* * *"
            case .week: "* * 0"
            case .month: "1 * *"
            }
        let command =
            arguments.map(NextStep.quoted).joined(separator: " ")
            + " >> " + NextStep.quoted(workspace + "/refresh.log") + " 2>&1"
        return """
            # Refresh of the review \(review), every \(every.rawValue). Add these lines with: crontab -e
            # A key goes before the command as NCBI_API_KEY="$(cat FILE)", FILE being readable by you alone.
            NCBI_EMAIL=\(address)
            \(minute) 3 \(days) \(command.replacing("%", with: "\\%"))
            """
    }

    /// A unit's own quoting: double quotes, `%` and `$` doubled.
    func systemd(_ every: Schedule.Interval) -> String {
        func quoted(_ text: String) -> String {
            let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
                .replacing("%", with: "%%").replacing("$", with: "$$")
            return "\"\(escaped)\""
        }
        let day =
            switch every {
            case .day: "*-*-*"
            case .week: "Sun *-*-*"
            case .month: "*-*-01"
            }
        let time = "\(day) 03:\(minute < 10 ? "0" : "")\(minute):00"
        let unit = "sluice-\(review)"
        return """
            # ~/.config/systemd/user/\(unit).service
            [Unit]
            Description=Refresh of the review \(review)

            [Service]
            Type=oneshot
            Environment=NCBI_EMAIL=\(address)
            # A key: EnvironmentFile=FILE, with the line NCBI_API_KEY=..., FILE being readable by you alone.
            ExecStart=\(arguments.map(quoted).joined(separator: " "))
            # Reports that wait for a person are no failure.
            SuccessExitStatus=3
            StandardOutput=append:\((workspace + "/refresh.log").replacing("%", with: "%%"))
            StandardError=inherit

            # ~/.config/systemd/user/\(unit).timer
            [Unit]
            Description=Refresh of the review \(review), every \(every.rawValue)

            [Timer]
            OnCalendar=\(time)
            Persistent=true

            [Install]
            WantedBy=timers.target

            # Then: systemctl --user daemon-reload && systemctl --user enable --now \(unit).timer
            """
    }
}

extension String {
    fileprivate var droppingLastSlash: String { count > 1 && hasSuffix("/") ? String(dropLast()) : self }
}
