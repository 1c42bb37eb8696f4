#if Command && Server
import Foundation

/// `calcburst serve` at a terminal, on a free port, with a file of its own.
final class ServiceRun {
    let terminal: Terminal
    /// The address, without a path.
    let url: String
    let database: String
    private let scratch: Scratch

    init(_ options: String..., database: String? = nil) throws {
        scratch = try Scratch()
        self.database = database ?? scratch.folder.appending(path: "calc.sqlite").path
        terminal = try Terminal(
            arguments: ["serve", "--port", "0", "--database", self.database] + options
        )
        try terminal.wait(for: "is listening on ")
        url = try terminal.wait(for: "\n")
        try terminal.wait(for: "twice stops it at once.\n")
    }
}

/// A server that gives every request the same answer, byte for byte.
final class CannedServer {
    let url: String
    private let socket: Int32

    struct NoSocket: Error {}

    /// Nil as the answer: it takes connections and says nothing.
    init(_ answer: [UInt8]?) throws {
        #if canImport(Darwin)
        socket = Foundation.socket(AF_INET, SOCK_STREAM, 0)
        #else
        socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = socket
        let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe bind(descriptor, address, length) == 0 && listen(descriptor, 8) == 0
                    && getsockname(descriptor, address, &length) == 0
            }
        }
        guard isBound else { throw NoSocket() }
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
        guard let answer else { return }
        // Ends when the socket is closed.
        Thread.detachNewThread {
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { return }
                Self.serve(connection, answer)
            }
        }
    }

    convenience init(status: String, headers: String = "", body: String) throws {
        let head = "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n"
        try self.init(Array((head + body).utf8))
    }

    deinit {
        shutdown(socket, Int32(SHUT_RDWR))
        close(socket)
    }

    /// Reads a request to the end of its body and answers.
    private static func serve(_ connection: Int32, _ answer: [UInt8]) {
        var seen: [UInt8] = []
        while !isComplete(seen) {
            var bytes = [UInt8](repeating: 0, count: 65_536)
            let count = unsafe read(connection, &bytes, bytes.count)
            guard count > 0 else { break }
            seen += bytes.prefix(count)
        }
        var start = 0
        while start < answer.count {
            let count = unsafe answer.withUnsafeBytes { bytes in
                unsafe send(
                    connection,
                    bytes.baseAddress?.advanced(by: start),
                    answer.count - start,
                    Int32(MSG_NOSIGNAL)
                )
            }
            guard count > 0 else { break }
            start += count
        }
        close(connection)
    }

    private static func isComplete(_ bytes: [UInt8]) -> Bool {
        // A client that wants TLS begins with a record of its own and then waits.
        if bytes.first == 0x16 { return true }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else { return false }
        let length = text.firstMatch(of: /(?i)content-length: (\d+)/).flatMap { Int($0.1) } ?? 0
        return text[end.upperBound...].utf8.count >= length
    }
}
#endif
