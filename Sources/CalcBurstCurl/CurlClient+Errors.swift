#if Client
import CCurl

extension CurlClient {
    /// Throws unless the code says that all went well.
    func check(
        _ code: CURLcode,
        _ request: HTTPRequest,
        _ transfer: UnsafeMutablePointer<ccurl_transfer>
    ) throws(CurlError) {
        guard code != CURLE_OK else { return }
        let url = request.url
        if unsafe transfer.pointee.body.is_over != 0 || transfer.pointee.head.is_over != 0 {
            throw CurlError(
                .answerTooLarge,
                "the answer of \(url) is larger than \(answerLimit) bytes"
            )
        }
        let said = unsafe Self.message(of: code, transfer)
        switch code {
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL:
            throw CurlError(.invalidURL, "'\(url)' is not an address of http or https: \(said)")
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            throw CurlError(.cannotResolve, "cannot find the machine of \(url): \(said)")
        case CURLE_COULDNT_CONNECT:
            throw CurlError(.cannotConnect, "cannot reach \(url): \(said)")
        case CURLE_OPERATION_TIMEDOUT:
            throw CurlError(.timedOut, "\(url) did not answer in time: \(said)")
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_INVALIDCERTSTATUS:
            throw CurlError(.tls, "there is no safe connection to \(url): \(said)")
        default:
            throw CurlError(.broken, "the exchange with \(url) broke off: \(said)")
        }
    }

    /// libcurl's words for what went wrong: those about this transfer, or those for the code.
    private static func message(
        of code: CURLcode,
        _ transfer: UnsafeMutablePointer<ccurl_transfer>
    ) -> String {
        // Both texts end with a zero; they are copied at once.
        let told = unsafe withUnsafeBytes(of: &transfer.pointee.message) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        return told.isEmpty ? unsafe String(cString: ccurl_describe(code)) : told
    }
}
#endif
