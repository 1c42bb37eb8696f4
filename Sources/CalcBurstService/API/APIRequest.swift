/// One request, as any transport brings it: a socket, a Lambda event, a test.
public struct APIRequest: Sendable {
    /// `GET`, `POST`, … in capitals.
    public var method: String
    /// The path as it came, percent-encoded, without the query: `/v1/calculations/order-17`.
    public var path: String
    /// What followed the `?`, as it came; nil if there was none.
    public var query: String?
    /// The header fields in their order.
    public var headers: APIHeaders
    /// The body, whole.
    public var body: [UInt8]

    public init(
        method: String,
        path: String,
        query: String? = nil,
        headers: APIHeaders = [:],
        body: [UInt8] = []
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }
}

/// The header fields of a request or an answer, in their order; names compare without case.
public struct APIHeaders: Sendable, ExpressibleByDictionaryLiteral {
    public private(set) var fields: [(name: String, value: String)] = []

    public init(_ fields: [(name: String, value: String)]) {
        self.fields = fields
    }

    public init(dictionaryLiteral fields: (String, String)...) {
        self.fields = fields.map { (name: $0.0, value: $0.1) }
    }

    /// The value of the first field of a name; setting replaces all of that name, nil removes them.
    public subscript(name: String) -> String? {
        get { fields.first { Self.areEqual($0.name, name) }?.value }
        set {
            fields.removeAll { Self.areEqual($0.name, name) }
            if let newValue { fields.append((name: name, value: newValue)) }
        }
    }

    /// The values of all fields of a name.
    public func all(_ name: String) -> [String] {
        fields.filter { Self.areEqual($0.name, name) }.map(\.value)
    }

    /// Adds a field behind the others.
    public mutating func append(_ name: String, _ value: String) {
        fields.append((name: name, value: value))
    }

    /// Whether two names are the same, in ASCII without case.
    private static func areEqual(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count
            && zip(left.utf8, right.utf8).allSatisfy { lowered($0) == lowered($1) }
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
