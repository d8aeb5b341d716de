/// The rows of the PRISMA2020 R package's flow file, in its order. Keys, nodes, boxes and file names are that
/// package's (Haddaway NR, Page MJ, Pritchard CC, McGuinness LA. Campbell Syst Rev 2022;18:e1230); box texts are the
/// words of the PRISMA 2020 statement; descriptions and tooltips are ours.
enum FlowKey: String, CaseIterable {
    case prevstud
    case previousStudies = "previous_studies"
    case previousReports = "previous_reports"
    case newstud
    case databaseResults = "database_results"
    case databaseSpecificResults = "database_specific_results"
    case registerResults = "register_results"
    case registerSpecificResults = "register_specific_results"
    case othstud
    case websiteResults = "website_results"
    case organisationResults = "organisation_results"
    case citationsResults = "citations_results"
    case duplicates
    case excludedAutomatic = "excluded_automatic"
    case excludedOther = "excluded_other"
    case recordsScreened = "records_screened"
    case recordsExcluded = "records_excluded"
    case soughtReports = "dbr_sought_reports"
    case notRetrievedReports = "dbr_notretrieved_reports"
    case otherSoughtReports = "other_sought_reports"
    case otherNotRetrievedReports = "other_notretrieved_reports"
    case assessed = "dbr_assessed"
    case excluded = "dbr_excluded"
    case otherAssessed = "other_assessed"
    case otherExcluded = "other_excluded"
    case newStudies = "new_studies"
    case newReports = "new_reports"
    case totalStudies = "total_studies"
    case totalReports = "total_reports"
    case identification
    case screening
    case included

    /// Rows that only carry a title: their `data` column is `NA`, and so their key here is the name of the box.
    var isTitle: Bool { self == .prevstud || self == .newstud || self == .othstud }

    /// Rows that hold no number.
    var isLabel: Bool { isTitle || self == .identification || self == .screening || self == .included }

    /// The node number in the package's graph, nil for a row that shares the box of a row above.
    var node: Int? {
        switch self {
        case .identification: 1
        case .screening: 2
        case .included: 3
        case .prevstud: 4
        case .previousStudies: 5
        case .newstud: 6
        case .databaseResults: 7
        case .duplicates: 8
        case .recordsScreened: 9
        case .recordsExcluded: 10
        case .soughtReports: 11
        case .notRetrievedReports: 12
        case .assessed: 13
        case .excluded: 14
        case .newStudies: 15
        case .othstud: 16
        case .websiteResults: 17
        case .otherSoughtReports: 18
        case .otherNotRetrievedReports: 19
        case .otherAssessed: 20
        case .otherExcluded: 21
        case .totalStudies: 22
        default: nil
        }
    }

    var box: String {
        switch self {
        case .previousStudies, .previousReports: "box1"
        case .databaseResults, .databaseSpecificResults, .registerResults, .registerSpecificResults: "box2"
        case .duplicates, .excludedAutomatic, .excludedOther: "box3"
        case .recordsScreened: "box4"
        case .recordsExcluded: "box5"
        case .soughtReports: "box6"
        case .notRetrievedReports: "box7"
        case .assessed: "box8"
        case .excluded: "box9"
        case .newStudies, .newReports: "box10"
        case .websiteResults, .organisationResults, .citationsResults: "box11"
        case .otherSoughtReports: "box12"
        case .otherNotRetrievedReports: "box13"
        case .otherAssessed: "box14"
        case .otherExcluded: "box15"
        case .totalStudies, .totalReports: "box16"
        case .prevstud, .newstud, .othstud, .identification, .screening, .included: rawValue
        }
    }

    /// The page that the package's interactive figure links to; nil where the package has none.
    var url: String? {
        switch self {
        case .registerResults, .organisationResults, .citationsResults, .excludedAutomatic, .excludedOther,
            .newReports, .totalReports:
            nil
        case .databaseSpecificResults, .registerSpecificResults: "database_results.html"
        case .excluded: "dbrexcludedrecords.html"
        default: rawValue + ".html"
        }
    }

    /// What the figure prints.
    var text: String {
        switch self {
        case .prevstud: "Previous studies"
        case .previousStudies: "Studies included in previous version of review"
        case .previousReports: "Reports of studies included in previous version of review"
        case .newstud: "Identification of new studies via databases and registers"
        case .databaseResults: "Databases"
        case .databaseSpecificResults: "Specific Databases"
        case .registerResults: "Registers"
        case .registerSpecificResults: "Specific Registers"
        case .othstud: "Identification of new studies via other methods"
        case .websiteResults: "Websites"
        case .organisationResults: "Organisations"
        case .citationsResults: "Citation searching"
        case .duplicates: "Duplicate records"
        case .excludedAutomatic: "Records marked as ineligible by automation tools"
        case .excludedOther: "Records removed for other reasons"
        case .recordsScreened: "Records screened"
        case .recordsExcluded: "Records excluded"
        case .soughtReports, .otherSoughtReports: "Reports sought for retrieval"
        case .notRetrievedReports, .otherNotRetrievedReports: "Reports not retrieved"
        case .assessed, .otherAssessed: "Reports assessed for eligibility"
        case .excluded, .otherExcluded: "Reports excluded"
        case .newStudies: "New studies included in review"
        case .newReports: "Reports of new included studies"
        case .totalStudies: "Total studies included in review"
        case .totalReports: "Reports of total included studies"
        case .identification: "Identification"
        case .screening: "Screening"
        case .included: "Included"
        }
    }

    var description: String {
        switch self {
        case .prevstud, .newstud, .othstud: "Title of a column: \(text)"
        case .identification, .screening, .included: "Label at the side: \(text)"
        case .databaseResults, .registerResults, .websiteResults, .organisationResults, .citationsResults:
            "Records identified from: \(text)"
        case .databaseSpecificResults: "Records identified from each database (name and number)"
        case .registerSpecificResults: "Records identified from each register (name and number)"
        case .duplicates, .excludedAutomatic, .excludedOther: "Removed before screening: \(text)"
        case .excluded: "\(text) (databases and registers), by reason (reason and number)"
        case .otherExcluded: "\(text) (other methods), by reason (reason and number)"
        case .recordsScreened, .recordsExcluded, .soughtReports, .notRetrievedReports, .assessed:
            "\(text) (databases and registers)"
        case .otherSoughtReports, .otherNotRetrievedReports, .otherAssessed: "\(text) (other methods)"
        case .previousStudies, .previousReports, .newStudies, .newReports, .totalStudies, .totalReports: text
        }
    }

    /// The package counts the tooltips that are there: every row with a node has one, no other row.
    var tooltip: String? { node == nil ? nil : description }
}
