#if Server
import CalcBurstService
import NIOHTTP1

/// Which names of this server a request may have in `Host`.
///
/// A page of another site can make a browser send requests to this machine, under a name that its
/// owner lets point here; whole names are compared, since `localhost.evil.example` begins right.
struct HostCheck: Sendable {
    private let names: Set<String>

    init(_ configuration: ServerConfiguration) {
        var names: Set<String> = ["localhost", "127.0.0.1", "[::1]"]
        for name in [configuration.host] + configuration.allowedHosts {
            if let name = Self.name(
                of: name.filter { $0 == ":" }.count > 1 && !name.hasPrefix("[")
                    ? "[\(name)]" : name
            ) {
                names.insert(name)
            }
        }
        self.names = names
    }

    /// What is wrong with a request's host; nil if nothing is.
    ///
    /// A host in the first line of a request counts, not the field. `local` is the address that
    /// the client has connected to: an address cannot be made to point here by somebody else, as a
    /// name can.
    func refusal(
        of head: HTTPRequestHead,
        target: String?,
        local: String?
    ) -> (code: ServiceCode, detail: String)? {
        let fields = head.headers[canonicalForm: "host"].map(String.init)
        guard fields.count <= 1 else { return (.invalidRequest, "Host is there more than once") }
        guard let field = fields.first else {
            // HTTP/1.0 did not have it, and no browser speaks that.
            return head.version != .http1_1 && target == nil
                ? nil : (.invalidRequest, "Host is missing")
        }
        guard let name = Self.name(of: target ?? field) else {
            return (.invalidRequest, "Host is not a host, with or without a port")
        }
        if names.contains(name) { return nil }
        if let local, name == (local.contains(":") ? "[\(local)]" : local) { return nil }
        return (.wrongHost, "this server does not answer for that host")
    }

    /// The name in a host and perhaps port, in small letters; nil if it is none.
    static func name(of authority: String) -> String? {
        var bytes = authority.utf8.map { byte in
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
        }[...]
        if let colon = bytes.lastIndex(of: UInt8(ascii: ":")),
            !bytes[colon...].contains(UInt8(ascii: "]"))
        {
            let port = bytes[(colon + 1)...]
            guard port.count <= 5, port.allSatisfy({ (0x30...0x39).contains($0) }) else {
                return nil
            }
            bytes = bytes[..<colon]
        }
        if bytes.first == UInt8(ascii: "[") {
            guard bytes.last == UInt8(ascii: "]"), bytes.count > 2,
                bytes.dropFirst().dropLast().allSatisfy(Self.isOfAddress)
            else { return nil }
        } else {
            // The name of the root of all names may stand behind it.
            if bytes.last == UInt8(ascii: ".") { bytes = bytes.dropLast() }
            guard !bytes.isEmpty, bytes.allSatisfy(Self.isOfName) else { return nil }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static func isOfAddress(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: ":"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
#endif
