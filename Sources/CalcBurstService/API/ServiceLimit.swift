import CalcBurst

/// A limit of the service beside those of the engine, by the name that problems, metrics and
/// `/v1/limits` call it by.
enum ServiceLimit: String, CaseIterable, Sendable {
    case bodyBytes = "body-bytes"
    case batchBodyBytes = "batch-body-bytes"
    case batchItems = "batch-items"
    case operationOperands = "operation-operands"
    case outputBytes = "output-bytes"
    case jsonValues = "json-values"
    case jsonKeys = "json-keys"

    /// The most that an operator allows.
    func maximum(_ configuration: APIConfiguration) -> Int {
        switch self {
        case .bodyBytes: configuration.bodyBytes
        case .batchBodyBytes: configuration.batchBodyBytes
        case .batchItems: configuration.batchItems
        case .operationOperands: configuration.operands
        case .outputBytes: configuration.outputBytes
        case .jsonValues: configuration.jsonValues
        case .jsonKeys: configuration.jsonKeys
        }
    }
}

extension NamedLimit {
    /// The name as a member of JSON.
    var memberName: String { name.asMember }
}

extension ServiceLimit {
    /// The name as a member of JSON.
    var memberName: String { rawValue.asMember }
}

extension String {
    /// A name in kebab case as members of JSON have it, with underscores.
    fileprivate var asMember: String {
        String(decoding: utf8.map { $0 == UInt8(ascii: "-") ? 0x5F : $0 }, as: UTF8.self)
    }
}
