import ArgumentParser
import Interchange
import Pipeline
import Store

/// How another tool's export is read by `sluice decide --from`.
struct ForeignOptions: ParsableArguments {
    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(
            "What was decided of every entry of a file that does not say: include, exclude or unclear.",
            valueName: "decision"))
    var decision: Verdict?

    @Option(
        help: ArgumentHelp(
            "The review's reason for one of the other tool's. May be repeated.", valueName: "'theirs=ours'"))
    var map: [String] = []

    @Flag(help: "Leave out, and list, entries that are no record of this review, instead of refusing the file.")
    var skipUnknown = false

    enum Verdict: String, ExpressibleByArgument, CaseIterable { case include, exclude, unclear }

    var isGiven: Bool { decision != nil || !map.isEmpty || skipUnknown }

    /// The decisions of a file: a table of ours, or another tool's export.
    func batch(_ file: String, _ reading: ReviewReading, stage: DecisionStage?, reason: String?) throws -> DecisionBatch
    {
        let bytes = try InputFile.bytes(of: file)
        // An entry of RIS or BibTeX begins with a tag; what else is no table has no columns that are known.
        let isTagged = Self.isTagged(bytes)
        let table = isTagged ? nil : try TableFile.parse(bytes, name: file)
        if let table, table.column("decision") != nil {
            guard !isGiven else {
                throw CommandError.usage(
                    "\(file) says in its column `decision` what was decided: leave --as, --map and --skip-unknown out")
            }
            try TableFile.refuseRepeatedColumns(table, name: file)
            try TableFile.refuseOtherEncodings(bytes, name: file)
            return DecisionBatch(drafts: try DecisionDraft.drafts(table))
        }
        if reading.plan.screening.assessedOn == .fullText, stage == nil {
            throw CommandError.usage(
                "this review decides on title and abstract, then on the full text: say with --stage which of them "
                    + "\(file) holds")
        }
        let export = try ForeignExport.read(
            TableFile.utf8(bytes), name: file, table: table, all: decision?.rawValue)
        let foreign = try ForeignDecisions(
            plan: reading.plan, matching: try reading.matching(), stage: stage ?? .abstract, reasons: try mapping(),
            skipsUnknown: skipUnknown)
        var batch = try foreign.batch(export, file: file)
        if reason == nil, (stage ?? .abstract) == .abstract {
            for index in batch.drafts.indices where batch.drafts[index].decision == "exclude" {
                batch.drafts[index].reason = batch.drafts[index].reason ?? BuiltInReason.unstated
            }
        }
        return batch
    }

    private static func isTagged(_ bytes: [UInt8]) -> Bool {
        let head = bytes.drop { $0 <= 0x20 || $0 >= 0xEF }.prefix(5)
        return head.starts(with: Array("TY  -".utf8)) || head.first == UInt8(ascii: "@")
            || head.first == UInt8(ascii: "<") || head.first == UInt8(ascii: "{")
            || head.starts(with: Array("PMID-".utf8))
    }

    private func mapping() throws -> [String: String] {
        var pairs: [String: String] = [:]
        for text in map {
            guard let sign = text.lastIndex(of: "="), sign != text.startIndex else {
                throw CommandError.usage("--map takes 'their reason=our reason'; found '\(text)'")
            }
            let theirs = String(text[..<sign])
            guard pairs.updateValue(String(text[text.index(after: sign)...]), forKey: theirs) == nil else {
                throw CommandError.usage("--map names '\(theirs)' twice")
            }
        }
        return pairs
    }
}
