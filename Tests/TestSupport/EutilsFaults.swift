/// What may go wrong at the loopback E-utilities, as it went wrong at the real ones.
package enum EutilsFault: Sendable {
    /// Any answer, word for word.
    case answer(status: Int, type: String, body: String, headers: [String: String] = [:])
    /// 429 in JSON.
    case rateLimited(retryAfter: Int?)
    /// `<ERROR>` with that text in the endpoint's result element.
    case error(String, status: Int = 200)
    case empty
    /// A maintenance page behind a 200.
    case webPage
    /// The right answer up to the middle, with the length of what is sent: cut off behind the headers.
    case truncated
    /// The right answer up to the middle, with the length of the whole: the connection is cut.
    case cut
    /// Silence before the answer.
    case stall(seconds: Double)
    /// efetch leaves out the first record, this once.
    case omitted
    /// efetch brings the first record twice.
    case doubled
    /// efetch brings a record that nobody asked for.
    case uninvited
    /// esearch counts one hit more than it lists.
    case countTooHigh
    /// esearch lists its first id twice and its last not at all.
    case shifted
    /// esearch warns: `PhraseNotFound`, text.
    case warning(kind: String, text: String)
    /// The key is refused, and repeated.
    case badKey
    /// None: the right answer, where a plan needs a place before a fault.
    case nothing
    case redirect(to: String)
}

/// When which fault strikes.
package struct EutilsFaultPlan: Sendable {
    package struct Rule: Sendable {
        /// `esearch`, `efetch`, `esummary`; nil for any.
        var endpoint: String?
        var fault: EutilsFault
        /// nil for ever.
        var times: Int?
    }

    private var rules: [Rule] = []
    private var mixture: (faults: [EutilsFault], percent: Int)?
    private var random = SeededRandom(seed: 0)

    package init() {}

    package static let none = EutilsFaultPlan()

    /// The next `times` requests to an endpoint meet the fault; rules are used up in the order in which they were given.
    package func then(_ fault: EutilsFault, at endpoint: String? = nil, times: Int = 1) -> EutilsFaultPlan {
        var plan = self
        plan.rules.append(Rule(endpoint: endpoint, fault: fault, times: times))
        return plan
    }

    package func always(_ fault: EutilsFault, at endpoint: String? = nil) -> EutilsFaultPlan {
        var plan = self
        plan.rules.append(Rule(endpoint: endpoint, fault: fault, times: nil))
        return plan
    }

    /// So many of a hundred requests meet one of the faults; the seed decides which.
    package static func mixture(_ faults: [EutilsFault], percent: Int, seed: UInt64) -> EutilsFaultPlan {
        var plan = EutilsFaultPlan()
        plan.mixture = (faults, percent)
        plan.random = SeededRandom(seed: seed)
        return plan
    }

    mutating func next(for endpoint: String) -> EutilsFault? {
        for index in rules.indices where rules[index].endpoint == nil || rules[index].endpoint == endpoint {
            guard let times = rules[index].times else { return rules[index].fault }
            guard times > 0 else { continue }
            rules[index].times = times - 1
            return rules[index].fault
        }
        guard let mixture, !mixture.faults.isEmpty, number(below: 100) < mixture.percent else { return nil }
        return mixture.faults[number(below: mixture.faults.count)]
    }

    private mutating func number(below bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
}
