#if Client
/// As much of an address as must be known before libcurl reads the whole of it.
enum WebAddress {
    /// The host of an address of http or https, without the brackets of IPv6; nil if it is none.
    static func host(of url: String) -> String? {
        // A space or a control character would end up in the request line.
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
        let lowered = url.lowercased()
        guard let scheme = ["http://", "https://"].first(where: lowered.hasPrefix) else {
            return nil
        }
        let authority = lowered.dropFirst(scheme.count).prefix { !"/?#\\".contains($0) }
        let place =
            authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] }
            ?? authority
        let host: Substring
        if place.hasPrefix("[") {
            host = place.dropFirst().prefix { $0 != "]" }
        } else {
            host = place.prefix { $0 != ":" }
        }
        return host.isEmpty ? nil : String(host)
    }

    /// Whether a host is this machine, under the names that never mean another.
    static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host.hasSuffix(".localhost") || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { part in UInt8(part) != nil && part.utf8.allSatisfy { $0 != 0x2B }
            }
    }
}
#endif
