import Foundation
import Interchange

/// One request and what is kept of its answer besides the bytes.
package struct ArchivedAnswer: Hashable, Sendable {
    package var key: RequestKey
    /// SHA-256 of the uncompressed bytes, in hexadecimal: the answer's name.
    package var hash: String
    package var byteCount: Int
    /// The run that asked.
    package var run: Int
    /// Counts the exchanges of an archive; a later answer to the same request has a larger number.
    package var sequence: Int
    /// When the answer came, ISO 8601, UTC.
    package var time: String
    package var status: Int
    package var contentType: String?
    /// Name and value of the headers worth keeping, names in lower case.
    package var headers: [Header]
    /// Whether a secret that the service repeated was taken out of the bytes.
    package var isRedacted: Bool

    package struct Header: Hashable, Sendable {
        package var name: String
        package var value: String
    }
}

/// The file beside an answer: a JSON array of the exchanges that it answered.
enum Sidecar {
    static func encode(_ exchanges: [ArchivedAnswer]) -> [UInt8] {
        var json = JSONWriter()
        json.array { json in for exchange in exchanges { encode(exchange, &json) } }
        json.newline()
        return json.bytes
    }

    private static func encode(_ exchange: ArchivedAnswer, _ json: inout JSONWriter) {
        json.object { json in
            json.member("run", exchange.run)
            json.member("sequence", exchange.sequence)
            json.member("time", exchange.time)
            json.member("request") { json in
                json.object { json in
                    json.member("method", exchange.key.method)
                    json.member("endpoint", exchange.key.endpoint)
                    json.member("parameters") { json in
                        json.object { json in
                            for parameter in exchange.key.parameters { json.member(parameter.name, parameter.value) }
                        }
                    }
                }
            }
            json.member("status", exchange.status)
            json.member("contentType", exchange.contentType)
            json.member("headers") { json in
                json.object { json in for header in exchange.headers { json.member(header.name, header.value) } }
            }
            json.member("sha256", exchange.hash)
            json.member("bytes", exchange.byteCount)
            json.member("redacted", exchange.isRedacted)
        }
    }

    /// - Throws: a `DecodingError` for anything that `encode` does not write.
    static func decode(_ bytes: [UInt8]) throws -> [ArchivedAnswer] {
        try JSONDecoder().decode([Wire].self, from: Data(bytes)).map { wire in
            ArchivedAnswer(
                key: RequestKey(
                    method: wire.request.method, endpoint: wire.request.endpoint,
                    parameters: wire.request.parameters.map { ($0.key, $0.value) }),
                hash: wire.sha256, byteCount: wire.bytes, run: wire.run, sequence: wire.sequence, time: wire.time,
                status: wire.status, contentType: wire.contentType,
                headers: wire.headers.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: $0.value) },
                isRedacted: wire.redacted ?? false)
        }
    }

    private struct Wire: Decodable {
        struct Request: Decodable {
            var method: String
            var endpoint: String
            var parameters: [String: String]
        }
        var run: Int
        var sequence: Int
        var time: String
        var request: Request
        var status: Int
        var contentType: String?
        var headers: [String: String]
        var sha256: String
        var bytes: Int
        var redacted: Bool?
    }
}
