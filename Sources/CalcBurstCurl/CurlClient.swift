#if Client
import CCurl

/// Asks services over HTTP, through the libcurl of the machine.
///
/// It follows no redirects, speaks http and https only, and stops an answer that grows too large.
/// Proxies are those of the environment, except for this machine itself.
public struct CurlClient: Sendable {
    /// The most bytes of an answer's body.
    public var answerLimit = 5 << 20

    /// The most bytes of an answer's header.
    private static let headLimit = 256 << 10

    public init() {}

    /// Sends a request and waits for the answer.
    public func perform(_ request: HTTPRequest) throws(CurlError) -> HTTPAnswer {
        guard let host = WebAddress.host(of: request.url) else {
            throw CurlError(.invalidURL, "'\(request.url)' is not an address of http or https")
        }
        guard ccurl_open() != 0 else {
            throw CurlError(
                .libraryMissing,
                "libcurl.so.4 is not on this machine; Debian has it as libcurl4"
            )
        }
        guard let transfer = unsafe ccurl_begin(Self.headLimit, max(0, answerLimit)) else {
            throw CurlError(.broken, "libcurl has no room for a request")
        }
        // The transfer is valid until here and used by this call only.
        defer { unsafe ccurl_end(transfer) }

        try unsafe prepare(transfer, for: request)
        if WebAddress.isLoopback(host) {
            // An empty name means no proxy: it could not reach this machine as this machine does.
            try unsafe check(ccurl_set_text(transfer, CURLOPT_PROXY, ""), request, transfer)
        }
        try unsafe check(ccurl_perform(transfer), request, transfer)
        return HTTPAnswer(
            status: unsafe ccurl_status(transfer),
            headers: Self.fields(of: unsafe Self.bytes(of: transfer.pointee.head)),
            body: unsafe Self.bytes(of: transfer.pointee.body)
        )
    }

    /// Says everything about the request to libcurl.
    private func prepare(
        _ transfer: UnsafeMutablePointer<ccurl_transfer>,
        for request: HTTPRequest
    ) throws(CurlError) {
        guard !request.method.isEmpty, request.method.utf8.allSatisfy(Self.isTokenByte) else {
            throw CurlError(.invalidRequest, "'\(request.method)' is not a method")
        }
        var codes: [CURLcode] = []
        codes.append(unsafe ccurl_allow_http_only(transfer))
        codes.append(unsafe ccurl_set_text(transfer, CURLOPT_URL, request.url))
        let connect = Self.milliseconds(request.connectTimeout)
        codes.append(unsafe ccurl_set_long(transfer, CURLOPT_CONNECTTIMEOUT_MS, connect))
        let whole = Self.milliseconds(request.timeout)
        codes.append(unsafe ccurl_set_long(transfer, CURLOPT_TIMEOUT_MS, whole))
        if let body = request.body {
            // libcurl copies the bytes during the call.
            codes.append(
                unsafe body.withUnsafeBytes { bytes in
                    var none: UInt8 = 0
                    // Without an address libcurl would ask somebody for the body.
                    return unsafe bytes.baseAddress.map {
                        unsafe ccurl_set_body(transfer, $0, bytes.count)
                    } ?? (unsafe ccurl_set_body(transfer, &none, 0))
                }
            )
        }
        if request.method == "HEAD" {
            codes.append(unsafe ccurl_set_long(transfer, CURLOPT_NOBODY, 1))
        } else if request.method != (request.body == nil ? "GET" : "POST") {
            codes.append(unsafe ccurl_set_text(transfer, CURLOPT_CUSTOMREQUEST, request.method))
        }
        for field in request.headers {
            codes.append(unsafe ccurl_add_field(transfer, try Self.line(of: field)))
        }
        // libcurl would wait for a `100 Continue` before a larger body.
        codes.append(unsafe ccurl_add_field(transfer, "Expect:"))
        for code in codes { try unsafe check(code, request, transfer) }
    }

    /// The header field as libcurl takes it.
    private static func line(of field: (name: String, value: String)) throws(CurlError) -> String {
        guard !field.name.isEmpty, field.name.utf8.allSatisfy(isTokenByte),
            field.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 })
        else {
            throw CurlError(
                .invalidRequest,
                "'\(field.name)' is not a header field that can be sent"
            )
        }
        // A name with nothing behind its colon takes a field of libcurl's away.
        return field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)"
    }

    /// Whether a byte may stand in a method or the name of a field.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    /// A time-out for libcurl, to which 0 means none.
    private static func milliseconds(_ duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        let clamped = min(max(seconds, 0), 1_000_000)
        return max(1, Int(clamped) * 1_000 + Int(max(0, attoseconds / 1_000_000_000_000_000)))
    }

    private static func bytes(of text: ccurl_text) -> [UInt8] {
        // The memory is the transfer's, as long as it says, and copied here.
        unsafe Array(UnsafeBufferPointer(start: text.bytes, count: text.count))
    }

    /// The fields of the last header: others belong to a proxy or say `100 Continue`.
    private static func fields(of head: [UInt8]) -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        for line in head.split(separator: UInt8(ascii: "\n")) {
            if line.starts(with: "HTTP/".utf8) {
                fields = []
            } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
                fields.append(
                    (
                        name: String(decoding: line[..<colon], as: UTF8.self),
                        value: trimmed(String(decoding: line[(colon + 1)...], as: UTF8.self))
                    )
                )
            }
        }
        return fields
    }

    private static func trimmed(_ text: String) -> String {
        var bytes = Array(text.utf8)[...]
        while let first = bytes.first, isSpace(first) { bytes.removeFirst() }
        while let last = bytes.last, isSpace(last) { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0D
    }
}
#endif
