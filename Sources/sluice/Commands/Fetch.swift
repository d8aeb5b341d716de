import ArgumentParser
import Pipeline

struct Fetch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ask the sources of a review, prove each search, and archive every answer.",
        discussion: """
            Hits reported, ids listed and records archived must be the same number, or the command stops with status 2 \
            and says which are missing. A fetch that was interrupted goes on where it stopped.

              NCBI_EMAIL=you@example.org sluice fetch --pipeline Pipelines/iv-ketamine-trd --workspace W

            NCBI asks for an address (NCBI_EMAIL) with every request; a key (NCBI_API_KEY) raises the rate from 3 to \
            10 requests a second, shared by all processes of a user through a small file in /tmp (SLUICE_RATE_FOLDER \
            names another folder). Neither is stored. A word that PubMed did not find, ignored or cut short stops the \
            fetch with PubMed's own translation, unless the source's `allow` names it.

              sluice fetch --dry-run ...              hits, translation, warnings, requests and expected time
              sluice fetch --refetch included ...     see whether included reports were corrected or retracted
              sluice export searches ...              every search as PRISMA-S asks, compared with the one before
            """)

    @Flag(help: "Show hits, translation, warnings, requests and expected time; fetch nothing.")
    var dryRun = false

    @OptionGroup var asking: AskingOptions
    @OptionGroup var review: StageOptions

    func run() async throws {
        if dryRun {
            try await FetchPlan.show(review, maxRecords: asking.maxRecords)
        } else {
            try await review.run(until: .fetch, asking: asking)
        }
    }
}
