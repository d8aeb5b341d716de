internal import CLibCurl
import Foundation

/// One transfer under way: owns a libcurl easy handle and everything the handle points to.
///
/// Lives on the loop's thread from `init` to `deinit`; libcurl calls back on that thread only, while this object is
/// held by the loop. The handle is freed in `deinit`; the connection stays in the multi handle's cache.
final class EasyTransfer {
    let handle: UnsafeMutableRawPointer
    let host: String
    let limits: TransferLimits
    let startedAt: UInt64
    private(set) var lastProgress: UInt64
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private let errorText: UnsafeMutablePointer<CChar>
    private var body: [UInt8] = []
    private var fields: [HTTPField] = []
    private var headerBytes = 0
    private var sentAt: UInt64?
    private var answeredAt: UInt64 = 0
    private var isTooLarge = false
    private var wasSentTwice = false

    init(_ request: HTTPRequest, to address: WebAddress, limits: TransferLimits) throws {
        guard let handle = curl_easy_init() else {
            throw TransferError.unreachable(host: address.host, why: "libcurl gives no handle (out of memory)")
        }
        self.handle = handle
        host = address.host
        self.limits = limits
        startedAt = monotonicNanoseconds()
        lastProgress = startedAt
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        try configure(request, address)
    }

    deinit {
        curl_easy_cleanup(handle)
        curl_slist_free_all(headerList)
        errorText.deallocate()
    }

    private func configure(_ request: HTTPRequest, _ address: WebAddress) throws {
        var settings: [CURLcode] = []
        func set(_ option: CURLoption, _ value: Int) { settings.append(sluice_easy_set_long(handle, option, value)) }
        func set(_ option: CURLoption, _ text: String) { settings.append(sluice_easy_set_text(handle, option, text)) }

        settings.append(sluice_easy_set_error_buffer(handle, errorText))
        set(CURLOPT_URL, request.url)
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_PROTOCOLS_STR, address.isLoopback ? "http,https" : "https")
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        set(CURLOPT_CONNECTTIMEOUT_MS, max(1, limits.connect.milliseconds))
        set(CURLOPT_TIMEOUT_MS, max(1, limits.total.milliseconds))
        set(CURLOPT_TCP_KEEPALIVE, 1)
        set(CURLOPT_ACCEPT_ENCODING, "gzip")
        // What this machine says to itself never goes through a proxy; for the rest libcurl reads the environment.
        if address.isLoopback { set(CURLOPT_PROXY, "") }
        // libcurl leaves these two variables to its command; people behind a filtering proxy need them.
        let environment = ProcessInfo.processInfo.environment
        if let bundle = environment["CURL_CA_BUNDLE"] ?? environment["SSL_CERT_FILE"], !bundle.isEmpty {
            set(CURLOPT_CAINFO, bundle)
        }

        var headers = request.headers
        if request.method == .post {
            set(CURLOPT_POST, 1)
            settings.append(sluice_easy_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count)))
            settings.append(sluice_easy_set_bytes(handle, CURLOPT_COPYPOSTFIELDS, request.body))
            // Without this, larger bodies wait for a "100 Continue" that many servers never send.
            headers.append(HTTPField("Expect", ""))
        }
        for field in headers {
            let line = field.value.isEmpty ? "\(field.name):" : "\(field.name): \(field.value)"
            guard !line.utf8.contains(where: { $0 < 0x20 }) else {
                throw TransferError.refused(host: host, why: "a header holds a control character")
            }
            headerList = curl_slist_append(headerList, line)
        }
        settings.append(sluice_easy_set_headers(handle, headerList))
        settings.append(contentsOf: setCallbacks())
        guard settings.allSatisfy({ $0 == CURLE_OK }) else {
            throw TransferError.refused(
                host: host, why: "this libcurl refuses an option; version 7.85 or later is needed")
        }
    }

    private func setCallbacks() -> [CURLcode] {
        let context = Unmanaged.passUnretained(self).toOpaque()
        return [
            sluice_easy_set_on_body(
                handle,
                { bytes, _, count, context in
                    guard let bytes, let context else { return 0 }
                    let transfer = Unmanaged<EasyTransfer>.fromOpaque(context).takeUnretainedValue()
                    return transfer.takeBody(UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
                }, context),
            sluice_easy_set_on_header(
                handle,
                { bytes, _, count, context in
                    guard let bytes, let context else { return 0 }
                    let transfer = Unmanaged<EasyTransfer>.fromOpaque(context).takeUnretainedValue()
                    return transfer.takeHeader(UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
                }, context),
            sluice_easy_set_on_request(
                handle,
                { context, _, _, _, _ in
                    guard let context else { return CURL_PREREQFUNC_ABORT }
                    let transfer = Unmanaged<EasyTransfer>.fromOpaque(context).takeUnretainedValue()
                    return transfer.maySend() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
                }, context),
        ]
    }

    /// libcurl repeats a request by itself when a kept-alive connection dies under it. A repetition is a request like
    /// any other and must go through the rate budget, so it ends here and whoever counts decides.
    private func maySend() -> Bool {
        guard sentAt == nil else {
            wasSentTwice = true
            return false
        }
        sentAt = monotonicNanoseconds()
        lastProgress = sentAt ?? lastProgress
        return true
    }

    private func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        lastProgress = monotonicNanoseconds()
        guard bytes.count <= limits.bodyBytes - body.count else {
            isTooLarge = true
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    private func takeHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
        lastProgress = monotonicNanoseconds()
        if answeredAt == 0 { answeredAt = lastProgress }
        headerBytes += bytes.count
        guard headerBytes <= limits.headerBytes else {
            isTooLarge = true
            return false
        }
        let line = String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            fields = []
            return true
        }
        guard let colon = line.firstIndex(of: ":") else { return true }
        let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespacesAndNewlines)
        fields.append(HTTPField(line[..<colon].lowercased(), value))
        return true
    }

    func hasStalled(at now: UInt64) -> Bool {
        now > lastProgress && (now - lastProgress) / 1_000_000 >= UInt64(limits.stall.milliseconds)
    }

    var stalled: TransferError { .timedOut(host: host, received: body.count) }

    /// What libcurl's final code means.
    func outcome(_ code: CURLcode) -> Result<HTTPAnswer, any Error> {
        if code == CURLE_OK {
            var status = 0
            _ = sluice_easy_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
            return .success(
                HTTPAnswer(
                    status: status, headers: fields, body: body, sentAt: sentAt ?? startedAt,
                    answeredAt: answeredAt))
        }
        return .failure(error(code))
    }

    private func error(_ code: CURLcode) -> TransferError {
        if isTooLarge {
            return .tooLarge(
                host: host, limit: headerBytes > limits.headerBytes ? limits.headerBytes : limits.bodyBytes)
        }
        let detail = String(cString: errorText)
        let why = detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
        if wasSentTwice {
            return .dropped(host: host, why: "it was kept alive and no longer stands")
        }
        switch code {
        case CURLE_OPERATION_TIMEDOUT:
            return sentAt == nil
                ? .unreachable(host: host, why: why) : .timedOut(host: host, received: body.count)
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT,
            CURLE_INTERFACE_FAILED, CURLE_PROXY:
            return .unreachable(host: host, why: why)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_INVALIDCERTSTATUS:
            return .untrusted(host: host, why: why)
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL:
            return .refused(host: host, why: why)
        default:
            if sentAt == nil { return .unreachable(host: host, why: why) }
            return answeredAt == 0
                ? .dropped(host: host, why: why) : .cutShort(host: host, why: why, received: body.count)
        }
    }
}
