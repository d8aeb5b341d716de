import Foundation
import Pipeline
import Store

/// `sluice decide --values`: a table of values that a person edited.
enum DecideValues {
    static func run(
        file: String, workspace folder: String, plan: Plan, reviewer: String?, isConsensus: Bool, isTrial: Bool
    ) throws {
        // A workspace without a review is not to be made by deciding in it.
        _ = try ReviewStore(reading: folder)
        let rows: [ValueRow]
        do {
            rows = try ValueRow.read(try TableFile.read(file))
        } catch var refusal as ValueRefusal {
            refusal.problems = refusal.problems.map { "\(file): \($0)" }
            throw refusal
        }
        let who = reviewer ?? ProcessInfo.processInfo.environment["SLUICE_REVIEWER"]
        let store = try isTrial ? ReviewStore(reading: folder) : ReviewStore(writingTo: folder)
        let outcome = try ValueImport.append(
            rows, to: store, plan: plan, reviewer: who, isConsensus: isConsensus, now: Timestamp.now(),
            isTrial: isTrial)
        let known = outcome.alreadyKnown > 0 ? ", \(outcome.alreadyKnown) already known" : ""
        guard outcome.appended > 0 else {
            StandardError.write(
                "Nothing new in \(file)\(known): fill in the column decision (accept, correct, add, reject, "
                    + "withdraw).\n")
            return
        }
        guard !isTrial else {
            return StandardError.write(
                "\(outcome.appended) \(outcome.appended == 1 ? "value" : "values") would be recorded\(known).\n")
        }
        StandardError.write(
            "\(outcome.appended) \(outcome.appended == 1 ? "value" : "values") recorded\(known).\n"
                + "Next: \(NextStep.countIn(workspace: folder).text)\n")
    }
}
