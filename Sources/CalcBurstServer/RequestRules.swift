#if Server
import CalcBurstService
import NIOHTTP1

/// What the header of a request must keep to before its body is read.
struct RequestRules: Sendable {
    let api: CalculationAPI
    let limits: ServerLimits
    let host: HostCheck

    /// Why a request is not taken.
    struct Refusal: Error {
        let code: ServiceCode
        let detail: String

        init(_ code: ServiceCode, _ detail: String) {
            self.code = code
            self.detail = detail
        }
    }

    /// What a good header says about what follows.
    struct Rest {
        let bodyLimit: Int
        /// Whether the client waits to be told that it may send the body.
        let awaitsContinue: Bool
    }

    /// Checks a header; afterwards its target is a path with a query, whatever its form was.
    func check(_ head: inout HTTPRequestHead, local: String?) throws(Refusal) -> Rest {
        try checkSizes(head)
        let authority = try takeAuthority(&head)
        if let (code, detail) = host.refusal(of: head, target: authority, local: local) {
            throw Refusal(code, detail)
        }
        let path = request(head).path
        let bodyLimit = api.bodyLimit(for: path)
        let lengths = head.headers["Content-Length"]
        // The decoder has refused what is no number, and two of them.
        if let length = lengths.first {
            guard let length = Int(length), length <= bodyLimit else {
                throw Refusal(.bodyTooLarge, "the body is too large")
            }
        }
        let isChunked = head.headers.contains(name: "Transfer-Encoding")
        return Rest(
            bodyLimit: bodyLimit,
            awaitsContinue: try awaitsContinue(head)
                && (isChunked || lengths.first.map { $0 != "0" } ?? false)
        )
    }

    private func checkSizes(_ head: HTTPRequestHead) throws(Refusal) {
        // Two spaces and the version stand in the line too.
        let line = head.method.rawValue.utf8.count + head.uri.utf8.count + 10
        guard line <= limits.requestLineBytes else {
            throw Refusal(
                .uriTooLong,
                "the first line of a request has at most \(limits.requestLineBytes) bytes"
            )
        }
        guard head.headers.count <= limits.headerCount else {
            throw Refusal(
                .headersTooLarge,
                "a request has at most \(limits.headerCount) header fields"
            )
        }
        var total = 0
        for (name, value) in head.headers {
            let size = name.utf8.count + value.utf8.count
            total += size
            guard size <= limits.headerBytes else {
                throw Refusal(
                    .headersTooLarge,
                    "a header field has at most \(limits.headerBytes) bytes"
                )
            }
        }
        guard total <= limits.headersBytes else {
            throw Refusal(
                .headersTooLarge,
                "the header fields of a request have at most \(limits.headersBytes) bytes"
            )
        }
    }

    /// Takes scheme and host out of `GET http://host/path`, which proxies and servers must both
    /// understand (RFC 9112 3.2.2).
    private func takeAuthority(_ head: inout HTTPRequestHead) throws(Refusal) -> String? {
        let target = head.uri
        if target.utf8.first == UInt8(ascii: "/") || target == "*" || head.method == .CONNECT {
            return nil
        }
        let bytes = Array(target.utf8)
        let schemes = ["http://", "https://"].map { Array($0.utf8) }
        guard
            let scheme = schemes.first(where: { scheme in
                bytes.count > scheme.count
                    && zip(scheme, bytes).allSatisfy { $0 == $1 || $0 == $1 | 0x20 }
            })
        else { throw Refusal(.invalidRequest, "the target of the request is not a path") }
        let rest = bytes[scheme.count...]
        let end = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }
        let path = String(decoding: rest[(end ?? rest.endIndex)...], as: UTF8.self)
        head.uri = path.hasPrefix("/") ? path : "/" + path
        return String(decoding: rest[..<(end ?? rest.endIndex)], as: UTF8.self)
    }

    private func awaitsContinue(_ head: HTTPRequestHead) throws(Refusal) -> Bool {
        let expectations = head.headers[canonicalForm: "Expect"]
        guard !expectations.isEmpty, head.version == .http1_1 else { return false }
        guard expectations.allSatisfy({ $0.lowercased() == "100-continue" }) else {
            throw Refusal(.expectationFailed, "only 100-continue can be expected")
        }
        return true
    }

    /// What is known of a request without its body.
    func request(_ head: HTTPRequestHead) -> APIRequest {
        APIRequest(
            method: head.method.rawValue,
            target: head.uri,
            headers: APIHeaders(head.headers.map { (name: $0.name, value: $0.value) })
        )
    }
}

extension APIRequest {
    /// A request by its target, which is a path with or without a query.
    init(method: String, target: String, headers: APIHeaders, body: [UInt8] = []) {
        let mark = target.utf8.firstIndex(of: UInt8(ascii: "?"))
        self.init(
            method: method,
            path: String(target[..<(mark ?? target.endIndex)]),
            query: mark.map { String(target[target.utf8.index(after: $0)...]) },
            headers: headers,
            body: body
        )
    }
}
#endif
