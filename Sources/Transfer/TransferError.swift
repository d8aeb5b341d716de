/// Why there is no whole answer. No case holds more of the address than the host, since queries hold keys.
/// A transfer that was cancelled throws `CancellationError` instead.
package enum TransferError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The address may not be asked at all: not http(s), plain http to another machine, a password in it.
    case refused(host: String, why: String)
    /// No connection: unknown host, nothing listening, connect timeout, a proxy that refuses.
    case unreachable(host: String, why: String)
    /// A connection stood, but its certificate is not to be trusted.
    case untrusted(host: String, why: String)
    /// Silence for longer than the limit allows, or an answer that takes longer than all of it may take.
    case timedOut(host: String, received: Int)
    /// A connection stood, and ended before a single byte of an answer.
    case dropped(host: String, why: String)
    /// The connection ended, or its content could not be decoded, before the answer was whole.
    case cutShort(host: String, why: String, received: Int)
    /// More bytes than the limit.
    case tooLarge(host: String, limit: Int)

    package var description: String {
        switch self {
        case .refused(let host, let why): "\(host) is not asked: \(why)"
        case .unreachable(let host, let why): "\(host) could not be reached: \(why)"
        case .untrusted(let host, let why): "the certificate of \(host) is not trusted: \(why)"
        case .timedOut(let host, let received): "\(host) fell silent after \(received) bytes"
        case .dropped(let host, let why): "\(host) closed the connection without an answer: \(why)"
        case .cutShort(let host, let why, let received):
            "the answer of \(host) was cut short after \(received) bytes: \(why)"
        case .tooLarge(let host, let limit): "the answer of \(host) is larger than \(limit) bytes"
        }
    }
}
