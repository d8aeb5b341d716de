import Foundation
import Glibc
import Synchronization

/// A server that says exactly the bytes it is told to, and then does with the connection what it is told to: what an
/// HTTP library would never do.
package final class WireServer: Sendable {
    package enum Step: Sendable {
        case say([UInt8])
        case wait(milliseconds: UInt32)
        /// Closes with a reset instead of an end.
        case reset
        /// Waits for the next request on the same connection.
        case listen
    }

    package let port: UInt16
    private let file: Int32
    private let state = Mutex((requests: [String](), connections: 0))

    package var requests: [String] { state.withLock { $0.requests } }
    package var connections: Int { state.withLock { $0.connections } }
    package var address: String { "http://\(isVersion6 ? "[::1]" : "127.0.0.1"):\(port)/" }
    private let isVersion6: Bool

    /// Whether this machine can talk to itself over IPv6.
    package static var hasIPv6: Bool {
        let (file, port) = listening(isVersion6: true)
        if file >= 0 { close(file) }
        return port > 0
    }

    /// - Parameter script: what happens on each connection in turn; the last one is repeated.
    package init(_ script: [[Step]], isVersion6: Bool = false) {
        self.isVersion6 = isVersion6
        (file, port) = Self.listening(isVersion6: isVersion6)
        Thread.detachNewThread { self.serve(script) }
    }

    /// A listening socket on the loopback address, and its port; port 0 where there is no such address.
    private static func listening(isVersion6: Bool) -> (file: Int32, port: UInt16) {
        let file = socket(isVersion6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        func start<Address>(_ address: inout Address) -> Bool {
            var size = socklen_t(MemoryLayout<Address>.size)
            return withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    bind(file, address, size) == 0 && listen(file, 16) == 0 && getsockname(file, address, &size) == 0
                }
            }
        }
        if isVersion6 {
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_addr = in6addr_loopback
            return (file, start(&address) ? UInt16(bigEndian: address.sin6_port) : 0)
        }
        var address = Loopback.address(0)
        return (file, start(&address) ? UInt16(bigEndian: address.sin_port) : 0)
    }

    package func stop() { shutdown(file, Int32(SHUT_RDWR)) }

    private func serve(_ script: [[Step]]) {
        var number = 0
        while true {
            let connection = accept(file, nil, nil)
            guard connection >= 0 else { break }
            state.withLock { $0.connections += 1 }
            let steps = script[min(number, script.count - 1)]
            number += 1
            Thread.detachNewThread { self.play(steps, connection) }
        }
        close(file)
    }

    private func play(_ steps: [Step], _ connection: Int32) {
        guard hear(connection) else {
            _ = close(connection)
            return
        }
        for step in steps {
            switch step {
            case .say(let bytes):
                var rest = bytes[...]
                while !rest.isEmpty {
                    let count = rest.withUnsafeBytes {
                        send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                    }
                    guard count > 0 else {
                        _ = close(connection)
                        return
                    }
                    rest = rest.dropFirst(count)
                }
            case .wait(let milliseconds): usleep(milliseconds * 1000)
            case .reset:
                var linger = linger(l_onoff: 1, l_linger: 0)
                setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
            case .listen:
                guard hear(connection) else {
                    _ = close(connection)
                    return
                }
            }
        }
        close(connection)
    }

    /// Reads one request: its head, and as much body as it announces.
    private func hear(_ connection: Int32) -> Bool {
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            if let end = text.range(of: "\r\n\r\n") {
                let head = text[..<end.lowerBound].lowercased()
                let length =
                    head.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
                    .flatMap { Int($0.dropFirst(15).filter(\.isNumber)) } ?? 0
                if text[end.upperBound...].utf8.count >= length { break }
            }
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return false }
            text += String(decoding: buffer[..<count], as: UTF8.self)
        }
        state.withLock { $0.requests.append(text) }
        return true
    }
}
