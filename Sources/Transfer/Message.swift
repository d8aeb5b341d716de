/// What is asked: one HTTP request. The address may hold a secret in its query; nothing in this module ever prints
/// more of it than the host.
package struct HTTPRequest: Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
    }

    package var method: Method
    package var url: String
    package var headers: [HTTPField]
    /// Sent with a POST only.
    package var body: [UInt8]

    package init(method: Method = .get, url: String, headers: [HTTPField] = [], body: [UInt8] = []) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// One header line. Names of received headers are in lower case.
package struct HTTPField: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// What came back, whole: a transfer that ended early is an error, never a short answer.
package struct HTTPAnswer: Sendable {
    package var status: Int
    /// The final answer's headers in the order received.
    package var headers: [HTTPField]
    /// Content decoded (gzip taken off).
    package var body: [UInt8]
    /// When the request went out and when the first byte of the answer came, in nanoseconds of the monotonic clock.
    package var sentAt: UInt64
    package var answeredAt: UInt64

    package init(status: Int, headers: [HTTPField], body: [UInt8], sentAt: UInt64 = 0, answeredAt: UInt64 = 0) {
        self.status = status
        self.headers = headers
        self.body = body
        self.sentAt = sentAt
        self.answeredAt = answeredAt
    }

    /// The first value of a header, by its name in lower case.
    package func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

/// How long and how much one transfer may take.
package struct TransferLimits: Sendable {
    /// Until the connection stands, TLS included.
    package var connect: Duration
    /// Without a single byte in either direction.
    package var stall: Duration
    /// From beginning to end.
    package var total: Duration
    /// Of the decoded body; a gzip bomb ends here.
    package var bodyBytes: Int
    package var headerBytes: Int

    package init(
        connect: Duration = .seconds(10), stall: Duration = .seconds(60), total: Duration = .seconds(600),
        bodyBytes: Int = 256 << 20, headerBytes: Int = 64 << 10
    ) {
        self.connect = connect
        self.stall = stall
        self.total = total
        self.bodyBytes = bodyBytes
        self.headerBytes = headerBytes
    }
}
