internal import CLibCurl
import Foundation

/// An address that may be asked: https anywhere, plain http on this machine only, without user or password.
///
/// Parsed by libcurl's own parser, so that what is checked is what is asked.
package struct WebAddress: Hashable, Sendable {
    package let host: String
    /// 0 where the address names none.
    package let port: Int
    package let isLoopback: Bool

    /// - Throws: `TransferError.refused`.
    package init(checking url: String) throws {
        guard !url.utf8.contains(0) else { throw TransferError.refused(host: "the address", why: "it holds a NUL") }
        guard let handle = curl_url() else {
            throw TransferError.refused(host: "the address", why: "out of memory")
        }
        defer { curl_url_cleanup(handle) }
        guard curl_url_set(handle, CURLUPART_URL, url, 0) == CURLUE_OK else {
            throw TransferError.refused(host: "the address", why: "it is not a web address (https://host/path)")
        }
        func part(_ which: CURLUPart) -> String? {
            var text: UnsafeMutablePointer<CChar>?
            guard curl_url_get(handle, which, &text, 0) == CURLUE_OK, let text else { return nil }
            defer { curl_free(text) }
            return String(cString: text)
        }
        let host = part(CURLUPART_HOST) ?? ""
        let scheme = part(CURLUPART_SCHEME)?.lowercased() ?? ""
        guard !host.isEmpty else { throw TransferError.refused(host: "the address", why: "it names no host") }
        guard part(CURLUPART_USER) == nil, part(CURLUPART_PASSWORD) == nil else {
            throw TransferError.refused(host: host, why: "an address must not hold a user or password")
        }
        let isLoopback = Self.isLoopback(host)
        guard scheme == "https" || (scheme == "http" && isLoopback) else {
            let why =
                scheme == "http"
                ? "plain http is for this machine only (localhost, 127.0.0.0/8, ::1); use https"
                : "'\(scheme)' is not a protocol for it; use https"
            throw TransferError.refused(host: host, why: why)
        }
        self.host = host
        self.port = part(CURLUPART_PORT).flatMap { Int($0) } ?? 0
        self.isLoopback = isLoopback
    }

    /// `localhost`, four decimal numbers beginning with 127, or `[::1]` in any spelling. Names are not looked up:
    /// what a name server says is no proof. `0.0.0.0` is "any address", not this machine.
    static func isLoopback(_ host: String) -> Bool {
        if host.lowercased() == "localhost" { return true }
        if host.hasPrefix("["), host.hasSuffix("]") {
            var address = in6_addr()
            guard inet_pton(AF_INET6, String(host.dropFirst().dropLast()), &address) == 1 else { return false }
            let bytes = withUnsafeBytes(of: &address) { Array($0) }
            return bytes.last == 1 && bytes.dropLast().allSatisfy { $0 == 0 }
        }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "127" else { return false }
        return parts.allSatisfy { part in
            !part.isEmpty && part.utf8.count <= 3 && part.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
                && (Int(part) ?? 256) < 256
        }
    }
}
