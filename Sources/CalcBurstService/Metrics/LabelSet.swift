import CalcBurst
import CalcBurstSource

/// A label with all the values that it may have, so that no request can add a series.
struct LabelSet: Sendable {
    let name: String
    /// The last one stands for everything that is not in the set.
    let values: [String]
    private let places: [String: Int]

    init(_ name: String, _ values: [String], otherwise: String) {
        self.name = name
        self.values = values.filter { $0 != otherwise } + [otherwise]
        places = Dictionary(
            self.values.enumerated().map { ($0.element, $0.offset) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The place of a value; that of the last one if it is not in the set.
    func place(of value: String?) -> Int {
        value.flatMap { places[$0] } ?? values.count - 1
    }
}

/// The labels of the service.
extension LabelSet {
    static let endpoint = LabelSet(
        "endpoint",
        Endpoint.allCases.map(\.rawValue),
        otherwise: "other"
    )

    /// The same values under the name that OpenTelemetry has for them.
    static let route = LabelSet("http_route", endpoint.values, otherwise: "other")

    static let outcome = LabelSet(
        "outcome",
        ["ok", "client_error", "server_error"],
        otherwise: "server_error"
    )

    static let code = LabelSet(
        "code",
        ServiceCode.allCases.map(\.rawValue) + DiagnosticCode.allCases.map(\.rawValue),
        otherwise: "other"
    )

    static let kind = LabelSet(
        "kind",
        ServiceMetrics.EvaluationKind.allCases.map(\.rawValue),
        otherwise: "expression"
    )

    /// The limits of the engine, and those that the service has besides.
    static let limit = LabelSet(
        "limit",
        NamedLimit.all.map(\.name) + ServiceLimit.allCases.map(\.rawValue),
        otherwise: "other"
    )

    static let backend = LabelSet("backend", ["sqlite", "dynamodb", "memory"], otherwise: "other")

    static let operation = LabelSet(
        "operation",
        ["insert", "find", "list", "check"],
        otherwise: "check"
    )

    static let version = LabelSet("version", [], otherwise: calcBurstVersion)
    static let swift = LabelSet("swift", [], otherwise: swiftVersion)

    static let method = LabelSet(
        "http_request_method",
        ["GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT"],
        otherwise: "_OTHER"
    )

    static let status = LabelSet(
        "http_response_status_code",
        Set(ServiceCode.allCases.map(\.status) + [200, 204, 304, 400, 500]).sorted().map {
            String($0)
        },
        otherwise: "500"
    )

    /// The language's version, as far as conditions can tell it.
    private static var swiftVersion: String {
        #if swift(>=6.5)
        "6.5"
        #elseif swift(>=6.4)
        "6.4"
        #elseif swift(>=6.3)
        "6.3"
        #else
        "6.2"
        #endif
    }
}
