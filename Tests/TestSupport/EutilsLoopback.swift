import FlyingFox
import FlyingSocks
import Foundation
import Glibc
import Synchronization

/// What the loopback services of the tests have in common.
enum Loopback {
    /// Starts a server; returns once it listens, or throws what kept it from listening.
    ///
    /// FlyingFox's own waiting misses the moment now and then when many servers start at once, and a server that could
    /// not start would be waited for in vain: hence a look at both, and no deadline that a busy machine could miss.
    static func start(_ server: HTTPServer) async throws -> (task: Task<Void, any Error>, port: UInt16) {
        let failure = Mutex<(any Error)?>(nil)
        let task = Task {
            do {
                try await server.run()
            } catch {
                failure.withLock { $0 = error }
                throw error
            }
        }
        while true {
            if case .ip4(_, let port) = await server.listeningAddress { return (task, port) }
            if let error = failure.withLock({ $0 }) { throw error }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// 127.0.0.1 and a port.
    static func address(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}

/// A port whose queue of connections is full and never emptied: who connects waits in vain.
package final class DeafPort {
    package let number: UInt16
    private let file: Int32
    private var waiting: [Int32] = []

    package init() throws {
        file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = Loopback.address(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let file = file
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(file, address, size) == 0 && listen(file, 0) == 0 && getsockname(file, address, &size) == 0
            }
        }
        number = UInt16(bigEndian: address.sin_port)
        guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
        for _ in 0..<4 {
            let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
            _ = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(client, $0, size) }
            }
            waiting.append(client)
        }
    }

    deinit { for file in waiting + [file] { close(file) } }
}

/// A port that refuses connections for as long as this lives: it is bound, so nobody else can take it, and not listened on.
package final class RefusingPort {
    package let number: UInt16
    private let file: Int32

    package init() throws {
        file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = Loopback.address(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let file = file
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(file, address, size) == 0 && getsockname(file, address, &size) == 0
            }
        }
        number = UInt16(bigEndian: address.sin_port)
        guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
    }

    deinit { close(file) }
}
