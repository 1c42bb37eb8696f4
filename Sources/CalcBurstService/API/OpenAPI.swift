import CalcBurst
import CalcBurstFunctions
import CalcBurstSource

/// The OpenAPI 3.1 description of the service, made from the lists that the service itself uses.
enum OpenAPI {
    static func document(publicURL: String) -> Value {
        .object([
            ("openapi", "3.1.0"),
            ("info", info),
            // Without a URL of its own the service has relative links.
            ("servers", [["url": .string(publicURL.isEmpty ? "/" : publicURL)]]),
            ("paths", paths),
            ("components", components),
        ])
    }

    private static let info: Value = [
        "title": "CalcBurst",
        "summary": "Calculations, exact to the last bit, stored once.",
        "description": .string(
            """
            An operation with operands, or an expression with variables; the answer says when it was \
            calculated and where it is stored. Every refusal is a problem document (RFC 9457): read \
            its code, not the status. Answers may get more members; ignore those that you do not know.
            """
        ),
        "license": ["name": "MIT", "identifier": "MIT"],
        "version": .string(calcBurstVersion),
    ]

    private static let components: Value = [
        "schemas": .object(requestSchemas + answerSchemas),
        "examples": .object(examples),
        "headers": headers,
    ]

    private static let headers: Value = [
        "X-Request-Id": [
            "description": "The caller's own id of the request, or a new one.",
            "schema": ["type": "string"],
        ],
        "CalcBurst-Cost": [
            "description": "The fuel that was used; not there if none was.",
            "schema": ["type": "integer", "minimum": 1],
        ],
        "Location": [
            "description": "Where the calculation can be read back; not there if it is not stored.",
            "schema": ["type": "string", "format": "uri-reference"],
        ],
        "Idempotent-Replayed": [
            "description": "There if the answer was stored by an earlier request of the same id.",
            "schema": ["const": "true"],
        ],
        "ETag": ["description": "For If-None-Match.", "schema": ["type": "string"]],
        "Link": ["description": "The next page, if there is one.", "schema": ["type": "string"]],
        "Retry-After": [
            "description": "Seconds after which to try again.",
            "schema": ["type": "integer", "minimum": 1],
        ],
    ]

    // MARK: Paths

    private static let paths: Value = .object(
        Endpoint.allCases.flatMap { endpoint -> [(name: String, value: Value)] in
            let item = path(endpoint, suffix: "")
            guard endpoint == .calculate else { return [(endpoint.rawValue, item)] }
            return [
                (endpoint.rawValue, item),
                ("/v1" + endpoint.rawValue, path(endpoint, suffix: "Version1")),
            ]
        }
    )

    private static func path(_ endpoint: Endpoint, suffix: String) -> Value {
        .object(
            endpoint.methods.map { method in
                (method.lowercased(), operation(route(endpoint, method), method, suffix))
            }
        )
    }

    private static func operation(_ route: Route, _ method: String, _ suffix: String) -> Value {
        var members: [(name: String, value: Value)] = [
            ("operationId", .string(route.id + suffix)), ("summary", .string(route.summary)),
        ]
        if !route.parameters.isEmpty { members.append(("parameters", .array(route.parameters))) }
        if let body = route.body {
            let content: Value = ["schema": ref(body.schema), "examples": .object(body.examples)]
            members.append(
                ("requestBody", ["required": true, "content": ["application/json": content]])
            )
        }
        members.append(("responses", .object(route.successes + refusals(route.codes))))
        return .object(members)
    }

    // MARK: Refusals

    /// The refusals of an operation, a response for each status and an example for each code.
    private static func refusals(_ codes: [Problem.Code]) -> [(name: String, value: Value)] {
        Set(codes.map(\.status)).sorted().map { status in
            let names = codes.filter { $0.status == status }.map(\.name)
            let examples = names.map { name in
                (
                    name: name,
                    value: Value.object([("$ref", .string("#/components/examples/\(name)"))])
                )
            }
            let facts: Value = [
                "properties": [
                    "status": ["const": .count(status)],
                    "code": ["enum": .array(names.map(Value.string))],
                ]
            ]
            var fields: [(name: String, value: Value)] = [header("X-Request-Id")]
            if status == 503 { fields.append(header("Retry-After")) }
            return (
                name: String(status),
                value: [
                    "description": .string(names.joined(separator: ", ")),
                    "headers": .object(fields),
                    "content": [
                        "application/problem+json": [
                            "schema": ["allOf": [ref("Problem"), facts]],
                            "examples": .object(examples),
                        ]
                    ],
                ]
            )
        }
    }

    /// A problem document for every code.
    private static let examples: [(name: String, value: Value)] = Problem.Code.all.map { code in
        let document = Problem(code, code.title)
            .document(publicURL: "http://127.0.0.1:8080", requestID: "01KF0QZ8M1V4N6T2R9X3Y5A7BC")
        return (name: code.name, value: ["summary": .string(code.title), "value": document])
    }

    // MARK: Words of the format

    static func ref(_ schema: String) -> Value {
        ["$ref": .string("#/components/schemas/\(schema)")]
    }

    static func header(_ name: String) -> (name: String, value: Value) {
        (name: name, value: ["$ref": .string("#/components/headers/\(name)")])
    }
}

extension Problem.Code {
    /// Every code that there is.
    static var all: [Problem.Code] {
        ServiceCode.allCases.map(Problem.Code.service)
            + DiagnosticCode.allCases.filter { !$0.isWarning }.map(Problem.Code.language)
    }
}

extension DiagnosticCode {
    /// Whether a text that has it runs all the same.
    fileprivate var isWarning: Bool { self == .redundantCoalesce || self == .shadowedConstant }
}
