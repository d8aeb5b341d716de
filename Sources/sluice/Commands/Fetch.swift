import ArgumentParser
import Pipeline

extension Refetch: ExpressibleByArgument {}

struct Fetch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ask the sources of a review, prove each search, and archive every answer.",
        discussion: """
            Hits reported, ids listed and records archived must be the same number, or the command stops with status 2 \
            and says which are missing. A fetch that was interrupted goes on where it stopped.

              NCBI_EMAIL=you@example.org sluice fetch --pipeline Pipelines/iv-ketamine-trd --workspace W

            NCBI asks for an address (NCBI_EMAIL) with every request; a key (NCBI_API_KEY) raises the rate from 3 to \
            10 requests a second. Neither is stored.
            """)

    @Flag(help: "Show hits, translation, warnings and the number of requests; fetch nothing.")
    var dryRun = false

    @Option(
        help: ArgumentHelp(
            "Ask again for records that the workspace holds, to see retractions and corrections: included or known.",
            valueName: "which"))
    var refetch: Refetch?

    @OptionGroup var review: StageOptions

    func run() async throws {
        if dryRun {
            try await FetchPlan.show(review)
        } else {
            try await review.run(until: .fetch, refetch: refetch)
        }
    }
}
