import Foundation
import Glibc
import Synchronization

/// A server that says exactly the bytes it is told to, and then does with the connection what it is told to: what an
/// HTTP library would never do.
final class WireServer: Sendable {
    enum Step: Sendable {
        case say([UInt8])
        case wait(milliseconds: UInt32)
        /// Closes with a reset instead of an end.
        case reset
        /// Waits for the next request on the same connection.
        case listen
    }

    let port: UInt16
    private let file: Int32
    private let state = Mutex((requests: [String](), connections: 0))

    var requests: [String] { state.withLock { $0.requests } }
    var connections: Int { state.withLock { $0.connections } }
    var address: String { "http://127.0.0.1:\(port)/" }

    /// - Parameter script: what happens on each connection in turn; the last one is repeated.
    init(_ script: [[Step]]) {
        file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let file = file
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = bind(file, address, size)
                _ = listen(file, 16)
                _ = getsockname(file, address, &size)
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { self.serve(script) }
    }

    func stop() { shutdown(file, Int32(SHUT_RDWR)) }

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
