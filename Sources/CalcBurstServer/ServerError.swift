#if Server
import NIOCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Why the server cannot serve.
public enum ServerError: Error, CustomStringConvertible {
    /// The address cannot be listened on.
    case cannotListen(host: String, port: Int, reason: String)
    /// It had to stop serving.
    case stopped(reason: String)

    public var description: String {
        switch self {
        case .cannotListen(let host, let port, let reason):
            let address = host.contains(":") ? "[\(host)]" : host
            return "cannot listen on \(address):\(port): \(reason)"
        case .stopped(let reason):
            return "the server stopped: \(reason)"
        }
    }

    init(listeningOn host: String, _ port: Int, _ error: any Error) {
        self = .cannotListen(host: host, port: port, reason: Self.reason(error))
    }

    /// What went wrong, in the words of a person.
    private static func reason(_ error: any Error) -> String {
        switch error {
        case let error as IOError:
            switch error.errnoCode {
            case EADDRINUSE: "the port is in use"
            case EACCES, EPERM: "there is no permission to use this port"
            case EADDRNOTAVAIL: "this machine does not have the address"
            case EMFILE, ENFILE: "there are no file descriptors left"
            default: error.description
            }
        case is SocketAddressError: "the address is not known"
        default: "\(error)"
        }
    }
}
#endif
