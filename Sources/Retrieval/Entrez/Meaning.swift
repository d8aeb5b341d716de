/// What an answer is, decided by its content and only then by its status.
enum Meaning<Value> {
    /// Positively what was asked for.
    case result(Value)
    /// Time may mend it.
    case transient(String)
    /// Cut off, or too much for the service: time may mend it, a smaller request more likely.
    case tooMuch(String)
    /// The service cannot read one of the ids: the batch must be split to find which.
    case badID(String)
    /// Too many requests, or asked to stay away for a while: seconds where the service says how many.
    case limited(retryAfter: Int?, String)
    /// No connection, or none that brought a single byte.
    case unreachable(String)
    /// Asking again would bring the same.
    case permanent(String)

    /// The same failure for another kind of value; nil for a result.
    func failure<Other>(_ other: Other.Type = Other.self) -> Meaning<Other>? {
        switch self {
        case .result: nil
        case .transient(let why): .transient(why)
        case .tooMuch(let why): .tooMuch(why)
        case .badID(let why): .badID(why)
        case .limited(let seconds, let why): .limited(retryAfter: seconds, why)
        case .unreachable(let why): .unreachable(why)
        case .permanent(let why): .permanent(why)
        }
    }
}

extension Meaning: Sendable where Value: Sendable {}
