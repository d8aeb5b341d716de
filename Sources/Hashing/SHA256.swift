internal import COpenSSL

/// SHA-256 digests, through OpenSSL's libcrypto: the names of archived answers and the fingerprints of stages.
package struct SHA256Digest: Hashable, Sendable, CustomStringConvertible {
    /// 64 hexadecimal digits, lower case.
    package let hex: String

    package init(of bytes: [UInt8]) {
        var digest = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        let status = EVP_Digest(bytes, bytes.count, &digest, &length, EVP_sha256(), nil)
        precondition(status == 1 && length == 32, "libcrypto has no SHA-256")
        let digits = Array("0123456789abcdef".utf8)
        hex = String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    package init(of text: String) { self.init(of: Array(text.utf8)) }

    package var description: String { hex }
}
