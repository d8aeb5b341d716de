import FlyingFox
import FlyingSocks
import Foundation
import Glibc

/// What the loopback services of the tests have in common.
enum Loopback {
    /// Starts a server and waits until it listens.
    static func start(_ server: HTTPServer) async throws -> Task<Void, any Error> {
        let task = Task { try await server.run() }
        // FlyingFox's own waiting misses the moment now and then when many servers start at once.
        for _ in 0..<2000 {
            if await server.isListening { return task }
            try await Task.sleep(for: .milliseconds(5))
        }
        task.cancel()
        throw POSIXError(.ETIMEDOUT)
    }

    /// 127.0.0.1 and a port.
    static func address(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    /// A port that nobody listens on now.
    static func freePort() throws -> UInt16 {
        let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(file) }
        var address = address(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(file, address, size) == 0 && getsockname(file, address, &size) == 0
            }
        }
        guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
        return UInt16(bigEndian: address.sin_port)
    }
}
