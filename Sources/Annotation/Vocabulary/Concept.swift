/// What a phrase of a vocabulary stands for.
struct Concept: Sendable {
    enum Kind: UInt8, Sendable {
        case drug, route, diagnosis, design, scale, animal, resistance, ageGroup, outcome, schedule, adverseEvent
        /// Harms in general: `adverse events`.
        case harm
        case country, setting
        /// Reading cues that are phrases rather than words.
        case heading, failedTreatment, decoy
    }

    /// How the first letter must be printed for the phrase to count.
    enum Print: UInt8, Sendable {
        case any, upper, capitalised

        func accepts(_ token: Token) -> Bool {
            switch self {
            case .any: true
            case .upper: token.has(.upper)
            case .capitalised: token.has(.capitalised)
            }
        }
    }

    var kind: Kind
    /// The canonical name that an annotation carries.
    var name: String
    /// Alternatives, separated by `|`, lower case, without hyphens.
    var phrases: String
    var print: Print

    init(_ kind: Kind, _ name: String, _ phrases: String, print: Print = .any) {
        self.kind = kind
        self.name = name
        self.phrases = phrases
        self.print = print
    }

    /// Every vocabulary of the field.
    static let all: [Concept] =
        drugs + routes + diagnoses + designs + scales + animals + ageGroups + headings + outcomes + schedules
        + adverseEvents + harms + countries + settings
}
