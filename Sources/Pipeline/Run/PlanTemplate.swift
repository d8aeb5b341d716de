/// The pipeline file that `sluice init` writes: small, commented, and readable as it stands.
package enum PlanTemplate {
    /// Small letters, digits and hyphens, beginning with a letter.
    package static func accepts(id: String) -> Bool {
        guard let first = id.utf8.first, first >= 0x61, first <= 0x7A, id.utf8.count <= 64 else { return false }
        return id.utf8.allSatisfy { ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D }
    }

    package static func text(id: String, title: String) -> String {
        let quoted = title.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: " ")
        return """
            # A review for Sluice. Check it with `sluice check`, run it with `sluice run`.
            # What is not written here has a default; a misspelt key is an error, with its line.

            review:
              id: \(id)
              title: "\(quoted)"
              # question: "In whom, what, compared with what, measured how?"

            sources:
              - id: pubmed
                kind: pubmed
                # Exactly what PubMed is asked: test it there first. Tag every term ([tiab], [mh]), group with brackets.
                query: '"write your topic here"[tiab]'
                # from: 2009-01-01      # window of publication dates, inclusive; limits fetching only
                # to: 2019-12-31
                # dates: created       # the window is of the day PubMed made the record (default: published)
                # maxRecords: 20000     # stop before fetching when there are more hits

              # An export of a database without an open interface: any format that `sluice parse` reads.
              # - id: psycinfo
              #   kind: file
              #   path: imports/psycinfo.ris      # relative to this file
              #   database: PsycINFO              # the name printed in the flow
              #   section: database               # database, register, website, organisation, citation
              #   whenMissing: stop               # or notSearched: run without it, and say so

            # Criteria in order of precedence: the first that is not met is the reason for an exclusion. Rules quote the
            # words they rest on; what they leave open goes to a person. Until there are criteria, everything does.
            #
            # criteria:
            #   - id: design
            #     question: "Are these primary results of a trial or cohort?"
            #     silence: unclear                # or met: what is not said counts as met, and is marked as presumed
            #     met:
            #       - id: trial
            #         when: '"randomized controlled trial"[pt] OR randomi?ed:ti,ab'
            #         passes: ["Patients were randomized to two groups."]
            #         fails: ["We review the literature."]
            #     notMet:
            #       - id: review
            #         when: 'review[pt] OR "systematic review":ti'
            #         passes: [{title: "A systematic review of trials"}]

            # Who decides what the rules leave open; where nothing is said, one person, on title and abstract.
            # screening:
            #   reviewers: 2                    # blind to each other until both have decided; or names: [AB, CD]
            #   adjudicator: EF                 # who settles a disagreement; or consensus
            #   assessedOn: fullText            # what passes title and abstract waits for its full text to be read

            # The drugs, or other treatments, whose doses, routes and arms are read, and what is measured. What is not known
            # here gets its words from the review; a word in capitals counts in capitals only.
            # annotation:
            #   drugs: [metformin]
            #   drugNames:
            #     metformin: [metformin, Glucophage, MTF]
            #     exercise: [exercise training, structured exercise]
            #   scaleNames:
            #     HbA1c: [HbA1c, glycated haemoglobin, glycated hemoglobin]

            # extraction:
            #   fields: [design, sampleSize, armSize, dose, route, scale, response, remission, registration]

            # synthesis:
            #   treatment: [metformin]        # the arms that are the treatment; every other arm is a comparison
            #   outcomes:
            #     - {id: response-24h, title: "Response at 24 hours", outcome: response, measure: OR, time: 24}

            """
    }
}
