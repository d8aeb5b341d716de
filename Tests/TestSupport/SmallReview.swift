/// A review of one question on one file of records, as small as a review can be. It is invented.
extension TemporaryFolder {
    /// Writes the pipeline `p`, which asks whether something was given by vein, and its file of records.
    package func writeSmallReview(id: String, records: String) throws {
        try write(
            """
            review: {id: \(id), title: By vein}
            sources:
              - {id: a, kind: file, path: a.csv, database: A}
            criteria:
              - id: route
                question: By vein?
                met: [{id: iv, when: intravenous}]
                notMet: [{id: other, when: oral}]

            """, to: "p/pipeline.yaml")
        try write(records, to: "p/a.csv")
    }
}
