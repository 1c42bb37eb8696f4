import CMuParser

/// muParser, a C++ interpreter of the same kind of expression.
struct MuParserContender: Contender {
    let name = "muparser"

    func prepare(_ text: String, variables: [String]) throws -> any Prepared {
        try PreparedParser(text, variables: variables)
    }
}

/// Compiles other texts with the variables of one parser, which is how muParser is fastest.
final class PreparedParser: Prepared {
    private let peer: OpaquePointer

    init(_ text: String, variables: [String]) throws {
        peer = mu_create(variables.count)
        for (slot, name) in variables.enumerated() { mu_name(peer, slot, name) }
        try compile(text)
    }

    deinit { mu_destroy(peer) }

    func compile(_ text: String) throws {
        var reason = [CChar](repeating: 0, count: 256)
        guard mu_compile(peer, text, &reason, reason.count) else {
            let bytes = reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            throw Refusal(description: "muparser: \(String(decoding: bytes, as: UTF8.self))")
        }
    }

    func run(_ rows: Rows, count: Int, results: inout [Double]) throws {
        mu_run(peer, rows.values, rows.count, count, &results)
    }
}
