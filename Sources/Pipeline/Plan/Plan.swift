package import Annotation
package import Bibliography
package import Extraction
package import Screening

/// A review's pipeline file, checked: everything that a run needs to know and nothing that is not known to be right.
package struct Plan: Sendable, Hashable {
    package var review: ReviewPlan
    package var sources: [SourcePlan]
    package var switches: [SwitchPlan]
    package var annotation: AnnotationPlan
    package var screening: ScreeningPlan
    /// nil: reports are read on title and abstract.
    package var fullTexts: FullTextsPlan?
    package var extraction: ExtractionPlan
    package var synthesis: SynthesisPlan
    /// Names of files in `output/`; empty: the default set.
    package var outputs: [String]
    /// Reports that the search and the rules must find, from `known-studies.csv` beside the file.
    package var knownStudies: [KnownStudy]
    /// What people say of records, to measure the rules on: `labels.csv` beside the file; nil where it is not there.
    package var labels: RecordLabels?
    /// The folder of the pipeline file, as given.
    package var folder: String
    /// The pipeline file itself, as read.
    package var text: String

    /// The file's name in its folder.
    package static let fileName = "pipeline.yaml"
}

package struct ReviewPlan: Sendable, Hashable, Codable {
    package var id: String
    package var title: String
    package var question: String?
    /// Where the protocol is registered or published.
    package var protocolReference: String?
}

/// Where records come from.
package struct SourcePlan: Sendable, Hashable, Codable {
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Asked through E-utilities.
        case pubmed
        /// ClinicalTrials.gov, asked through its API v2.
        case clinicaltrials
        /// A file beside the pipeline, in any format that `parse` reads.
        case file
    }

    /// The column and kind of source in the PRISMA 2020 flow.
    package enum Section: String, Sendable, Hashable, Codable, CaseIterable {
        case database, register, website, organisation, citation
    }

    /// Which dates `from` and `to` speak of.
    package enum Dates: String, Sendable, Hashable, Codable, CaseIterable {
        /// Publication, in print or online; the default.
        case published
        /// When PubMed made the record.
        case created
    }

    package enum WhenMissing: String, Sendable, Hashable, Codable, CaseIterable {
        /// A run without the file stops.
        case stop
        /// A run without the file goes on; the flow says `not searched`.
        case notSearched
    }

    package var id: String
    package var kind: Kind
    /// What is asked (`pubmed`, `clinicaltrials`), or how the file was searched for, for the report.
    package var query: String?
    /// A window, inclusive; limits fetching, never the screening of files.
    package var from: CalendarDate?
    package var to: CalendarDate?
    /// Of `pubmed`; nil for `published`.
    package var dates: Dates?
    /// What PubMed may fail to find, ignore or shorten without stopping the fetch.
    package var allow: [String]
    /// The fetch stops before it asks for records when there are more hits.
    package var maxRecords: Int?
    /// Relative to the pipeline file.
    package var path: String?
    /// The name printed in the flow: `PubMed`, `PsycINFO`.
    package var database: String
    package var section: Section
    /// When a person exported the file.
    package var retrieved: CalendarDate?
    package var whenMissing: WhenMissing
    package var note: String?
}

/// A question of protocol with its accepted answers and the answer this review gives.
package struct SwitchPlan: Sendable, Hashable, Codable {
    package var id: String
    package var question: String
    /// Accepted words; empty for a number.
    package var choices: [String]
    package var minimum: Double?
    package var maximum: Double?
    package var value: String
}

/// What reading a document must know of the review.
package struct AnnotationPlan: Sendable, Hashable, Codable {
    /// The drugs that the review asks about, by their canonical names; findings of others are marked as such. Empty:
    /// the drug that a document speaks of most.
    package var drugs: [String]
    /// Drugs, other treatments that arms are called by, and scales whose words the review gives itself.
    package var names: OwnNames

    package init(drugs: [String] = [], names: OwnNames = OwnNames()) {
        self.drugs = drugs
        self.names = names
    }

    /// Books of rules that older versions kept have no names.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        drugs = try values.decode([String].self, forKey: .drugs)
        names = try values.decodeIfPresent(OwnNames.self, forKey: .names) ?? OwnNames()
    }

    /// Reads documents as the review asks for.
    package var annotator: Annotator { Annotator(interest: drugs, names: names) }
}

package struct ScreeningPlan: Sendable, Hashable, Codable {
    package enum Assessed: String, Sendable, Hashable, Codable, CaseIterable {
        /// What the rules include on title and abstract counts as assessed.
        case abstract
        /// Everything that title and abstract leave in is assessed on its full text: by the rules where `fullTexts` says
        /// where it comes from, and by people.
        case fullText
    }

    package var assessedOn: Assessed
    package var people: PeoplePlan
    package var declaration: ScreeningDeclaration

    /// The criteria, compiled. A plan that was read is known to compile.
    package func screener() throws(CriteriaError) -> Screener { try Screener(declaration) }
}

package struct ExtractionPlan: Sendable, Hashable, Codable {
    /// The form's fields, in the order of the table, with what the review says of them.
    package var fields: [FieldDeclaration]
}

package struct SynthesisPlan: Sendable, Hashable, Codable {
    /// The drugs whose arms are the treatment; every other arm is a comparison.
    package var treatment: [String]
    package var outcomes: [OutcomePlan]
}

/// One pooled result.
package struct OutcomePlan: Sendable, Hashable, Codable {
    package enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
        case response, remission, relapse, dropout, adverseEventCount
        /// Mean scores at a point in time, and mean changes from baseline.
        case endpoint, change

        var isContinuous: Bool { self == .endpoint || self == .change }
    }

    package enum Measure: String, Sendable, Hashable, Codable, CaseIterable {
        case OR, RR, RD, PETO, MH, PR, PLO, PFT, MD, SMD

        /// Means instead of events.
        var isContinuous: Bool { self == .MD || self == .SMD }

        /// One group's proportion instead of a comparison.
        package var isSingleArm: Bool { self == .PR || self == .PLO || self == .PFT }
    }

    package enum Method: String, Sendable, Hashable, Codable, CaseIterable {
        case EE, FE, DL, HE, HS, SJ, ML, REML, EB, PM, MH
    }

    package enum Test: String, Sendable, Hashable, Codable, CaseIterable { case z, t, knha }

    /// What the ketamine (or other) arm is compared with.
    package enum Comparison: String, Sendable, Hashable, Codable, CaseIterable {
        /// Inert or active placebo.
        case placebo
        case active
        /// Any other arm.
        case any
        /// None: each arm by itself.
        case none
    }

    package var id: String
    package var title: String
    package var outcome: Outcome
    /// Of adverse events which one, `nausea`; of drop-outs why, `adverse event`, nil for any reason.
    package var event: String?
    package var measure: Measure
    /// The scale that means are of, its versions included; nil for any.
    package var scale: String?
    /// Hours from the start of the infusion.
    package var time: Double?
    /// Hours that count as `time`, both ends included.
    package var window: ClosedRange<Double>?
    package var comparison: Comparison
    package var method: Method
    package var test: Test
    /// Of the confidence intervals, in percent.
    package var level: Double

    /// The fields of the form that it is pooled from.
    var fields: [String] {
        if let deviation = ScoreTable.deviations[outcome.rawValue] {
            return [outcome.rawValue, deviation, "numberAnalysed", "armSize"]
        }
        return [outcome.rawValue, "armSize"] + (measure.isSingleArm ? ["sampleSize"] : [])
    }
}

/// A report that the search and the rules must find.
package struct KnownStudy: Sendable, Hashable, Codable {
    package var pmid: String?
    package var doi: String?
    package var author: String?
    package var year: Int?
    /// 1-based line of `known-studies.csv`.
    package var line: Int
}
