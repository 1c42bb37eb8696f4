import CalcBurst
import CalcBurstFunctions

/// What the routes give.
extension OpenAPI {
    static let answerSchemas: [(name: String, value: Value)] = [
        ("Problem", problem),
        ("Range", range),
        ("Finding", finding),
        ("Calculation", ["anyOf": [ref("OperationCalculation"), ref("ExpressionCalculation")]]),
        (
            "OperationCalculation",
            object(
                ["operation": string, "operands": ["type": "array", "items": number]],
                calculation
            )
        ),
        (
            "ExpressionCalculation",
            object(
                ["expression": string, "variables": ["type": "object"], "type": string],
                calculation
            )
        ),
        (
            "Evaluation",
            object([
                "expression": string, "result": true, "type": string, "execution_time_ms": duration,
            ])
        ),
        ("Inspection", inspection),
        ("Batch", batch),
        (
            "CalculationPage",
            object([
                "data": ["type": "array", "items": ref("Calculation")], "has_more": boolean,
                "next_cursor": ["type": ["string", "null"]],
            ])
        ),
        ("Operations", object(["operations": ["type": "array", "items": ref("Operation")]])),
        ("Operation", operation),
        ("Functions", object(["functions": ["type": "array", "items": function]])),
        ("Limits", limits),
        ("Health", object(["status": ["const": "pass"]])),
        ("Readiness", readiness),
        ("Document", ["type": "object"]),
    ]

    // MARK: Kinds

    private static let string: Value = ["type": "string"]
    private static let number: Value = ["type": "number"]
    private static let boolean: Value = ["type": "boolean"]
    private static let count: Value = ["type": "integer", "minimum": 0]
    private static let duration: Value = ["type": "number", "minimum": 0]
    private static let strings: Value = ["type": "array", "items": string]

    /// An object that has these members, perhaps some others that are known, and any more.
    private static func object(
        _ members: KeyValuePairs<String, Value>,
        _ others: [(name: String, value: Value, isRequired: Bool)] = []
    ) -> Value {
        let required = members.map(\.key) + others.filter(\.isRequired).map(\.name)
        let properties =
            members.map { (name: $0.key, value: $0.value) }
            + others.map { (name: $0.name, value: $0.value) }
        return [
            "type": "object", "required": .array(required.map(Value.string)),
            "properties": .object(properties), "additionalProperties": true,
        ]
    }

    // MARK: Schemas

    /// The members that every calculation has, and those that were asked for.
    private static let calculation: [(name: String, value: Value, isRequired: Bool)] = [
        ("calculation_id", ref("ID"), false), ("result", true, true),
        ("execution_time_ms", duration, true),
        ("timestamp", ["type": "string", "format": "date-time"], true), ("stored", boolean, true),
        ("cost", object(["fuel": count]), false), ("bytecode", strings, false),
        ("warnings", ["type": "array", "items": ref("Finding")], false),
    ]

    private static let problem = object(
        [
            "type": ["type": "string", "format": "uri-reference"], "title": string,
            "status": ["type": "integer"], "detail": string, "error": string,
            "code": ["enum": .array(Problem.Code.all.map { .string($0.name) })],
            "instance": ["type": "string", "format": "uri-reference"], "request_id": string,
        ],
        [
            (
                "errors",
                [
                    "type": "array",
                    "items": object(["pointer": string, "code": string, "detail": string]),
                ],
                false
            ),
            ("parameter", string, false), ("range", ref("Range"), false),
            ("snippet", string, false), ("hint", string, false), ("suggestions", strings, false),
            ("supported", strings, false),
            (
                "limit",
                object(["name": string, "maximum": number], [("actual", number, false)]), false
            ),
            ("diagnostics", ["type": "array", "items": ref("Finding")], false),
            ("retry_after_ms", count, false),
        ]
    )

    private static let range: Value = [
        "type": "object", "required": ["start", "end", "line", "column"],
        "description": "Counted in UTF-16 units; line and column from 1.",
        "properties": ["start": count, "end": count, "line": count, "column": count],
    ]

    private static let finding = object(
        [
            "severity": ["enum": ["error", "warning"]], "code": string, "message": string,
            "range": ref("Range"), "snippet": string,
        ],
        [("hint", string, false), ("suggestions", strings, false)]
    )

    private static let inspection = object(
        [
            "ok": boolean, "incomplete": boolean,
            "diagnostics": ["type": "array", "items": ref("Finding")], "names": strings,
        ],
        [
            ("type", string, false),
            ("cost", object(["fuel": ["type": ["integer", "null"]]]), false),
            ("ast", ["type": ["array", "null"]], false),
            ("bytecode", ["type": ["array", "null"]], false),
            ("checked", ["type": ["array", "null"]], false),
            (
                "plot",
                object([
                    "x": ["type": "array", "items": number],
                    "y": ["type": "array", "items": ["type": ["number", "null"]]],
                ]),
                false
            ),
        ]
    )

    private static let batch = object([
        "succeeded": count, "failed": count,
        "results": [
            "type": "array",
            "items": [
                "anyOf": [
                    object(["status": ["const": 200], "body": ref("Calculation")]),
                    object(["status": ["type": "integer", "minimum": 400], "body": ref("Problem")]),
                ]
            ],
        ],
    ])

    private static let operation = object([
        "name": string, "summary": string,
        "operands": object(["min": count, "max": ["type": ["integer", "null"]], "type": string]),
        "pure": boolean,
        "examples": [
            "type": "array",
            "items": object(["operands": ["type": "array", "items": number], "result": number]),
        ],
        "source": object(["kind": string]),
    ])

    private static let function = object([
        "name": string, "group": string, "summary": string, "signatures": strings, "pure": boolean,
        "examples": ["type": "array", "items": object(["call": string, "result": string])],
    ])

    private static let limits: Value = [
        "type": "object", "additionalProperties": ["type": ["number", "null"]],
        "required": .array(
            (NamedLimit.all.map(\.memberName) + ServiceLimit.allCases.map(\.memberName))
                .map(Value.string)
        ),
    ]

    private static let readiness = object([
        "status": ["enum": ["pass", "fail"]], "version": string,
        "checks": object([
            "store": object(
                ["status": ["enum": ["pass", "fail"]], "backend": string, "latency_ms": duration],
                [("reason", string, false)]
            )
        ]),
    ])
}
