import CalcBurst
import CalcBurstFunctions

/// What the routes take.
extension OpenAPI {
    static let requestSchemas: [(name: String, value: Value)] = [
        (
            "ID",
            [
                "type": "string", "pattern": "^[A-Za-z0-9._:~-]{1,128}$",
                "description": "The id of a calculation, and the key of its idempotency.",
            ]
        ),
        ("LowerLimits", loweredLimits),
        (
            "OperationRequest",
            [
                "type": "object", "required": ["operation", "operands"],
                "properties": .object(
                    [
                        (
                            "operation",
                            [
                                "type": "string", "minLength": 1,
                                "description": "One of /v1/operations.",
                            ]
                        ),
                        (
                            "operands",
                            [
                                "type": "array", "minItems": 1,
                                "maxItems": .count(APIConfiguration().operands),
                                "items": ["type": "number"],
                            ]
                        ),
                        // The other form's; both together are refused.
                        ("expression", false),
                    ] + common
                ),
            ]
        ),
        (
            "ExpressionRequest",
            [
                "type": "object", "required": ["expression"],
                "properties": .object(
                    [
                        ("expression", ["type": "string"]), ("variables", variables),
                        ("operation", false), ("operands", false),
                    ] + common
                ),
            ]
        ),
        (
            "CalculationRequest",
            ["oneOf": [ref("OperationRequest"), ref("ExpressionRequest")]]
        ),
        (
            "BatchRequest",
            [
                "type": "object", "required": ["items"],
                "properties": [
                    "items": [
                        "type": "array", "maxItems": .count(APIConfiguration().batchItems),
                        "description": "A wrong item is answered with its problem.",
                        "items": ["anyOf": [ref("CalculationRequest"), true]],
                    ]
                ],
            ]
        ),
        (
            "InspectionRequest",
            [
                "type": "object", "required": ["expression"],
                "properties": [
                    "expression": ["type": "string"], "variables": variables,
                    "include": words(["ast", "bytecode", "checked"]), "plot": plot,
                    "operation": false, "operands": false,
                ],
            ]
        ),
    ]

    private static let variables: Value = [
        "type": ["object", "null"],
        "description": "Values by name; lists have elements of one kind.",
    ]

    /// The members that both forms have.
    private static let common: [(name: String, value: Value)] = [
        ("id", ["anyOf": [ref("ID"), ["type": "null"]]]),
        (
            "store",
            [
                "type": ["boolean", "null"], "default": true,
                "description": "Whether to store the calculation.",
            ]
        ),
        ("mode", ["enum": ["double", nil], "description": "What numbers are: binary64."]),
        ("include", words(CalculationMessage.Inclusion.allCases.map(\.rawValue))),
        ("limits", ["anyOf": [ref("LowerLimits"), ["type": "null"]]]),
    ]

    private static func words(_ words: [String]) -> Value {
        ["type": ["array", "null"], "items": ["enum": .array(words.map(Value.string))]]
    }

    /// The limits of the service, to be lowered for one request.
    private static let loweredLimits: Value = [
        "type": "object", "additionalProperties": false,
        "properties": .object(
            NamedLimit.all.map { limit in
                let schema: Value = [
                    "type": "integer", "minimum": 0, "maximum": 9_007_199_254_740_991,
                ]
                return (name: limit.memberName, value: schema)
            }
        ),
    ]

    private static let plot: Value = [
        "type": ["object", "null"], "required": ["variable", "from", "to"],
        "properties": [
            "variable": ["type": "string", "minLength": 1], "from": ["type": "number"],
            "to": ["type": "number", "description": "Above 'from'."],
            "points": [
                "type": ["integer", "null"], "minimum": 2,
                "maximum": .count(PlotRequest.mostPoints),
            ],
        ],
    ]

    // MARK: Examples

    static let calculationExamples: [(name: String, value: Value)] = [
        (
            "operation",
            ["value": ["operation": "add", "operands": [10, 20, 30], "id": "order-17"]]
        ),
        expressionExample,
    ]

    static let expressionExample: (name: String, value: Value) = (
        "expression",
        [
            "value": [
                "expression": "price * qty * (1 - discount)",
                "variables": ["price": 9.5, "qty": 2, "discount": 0.1], "id": "line-3",
                "include": ["cost"],
            ]
        ]
    )

    static let inspectionExample: (name: String, value: Value) = (
        "plot",
        [
            "value": [
                "expression": "sin(x) * 12", "include": ["ast"],
                "plot": ["variable": "x", "from": -6, "to": 6, "points": 5],
            ]
        ]
    )

    static let batchExample: (name: String, value: Value) = (
        "mixed",
        [
            "value": [
                "items": [
                    ["operation": "add", "operands": [1, 2, 3]], ["expression": "1 / 0"],
                ]
            ]
        ]
    )

    // MARK: Parameters

    static let idempotencyKey: Value = [
        "name": "Idempotency-Key", "in": "header", "required": false,
        "description": "An id for a body without one; bare, or a quoted string.",
        "schema": [
            "type": "string", "pattern": "^([A-Za-z0-9._:~-]{1,128}|\"[A-Za-z0-9._:~-]{1,128}\")$",
        ],
    ]

    static let ifNoneMatch: Value = [
        "name": "If-None-Match", "in": "header", "required": false,
        "description": "The tags that the caller has.", "schema": ["type": "string"],
    ]

    static func inPath(_ name: String, schema: Value, example: Value) -> Value {
        [
            "name": .string(name), "in": "path", "required": true, "schema": schema,
            "example": example,
        ]
    }

    private static func inQuery(
        _ name: String,
        _ description: String,
        schema: Value,
        isRequired: Bool = false
    ) -> Value {
        [
            "name": .string(name), "in": "query", "required": .bool(isRequired),
            "description": .string(description), "schema": schema,
        ]
    }

    static let evaluateParameters: [Value] = [
        inQuery(
            "expr",
            "The expression; a + is a plus where it can be one. let.NAME gives a variable.",
            schema: ["type": "string", "examples": ["1+2"]],
            isRequired: true
        ),
        inQuery(
            "format",
            "The form of the answer, in the place of Accept.",
            schema: ["enum": ["json", "text"]]
        ),
        inQuery("mode", "What numbers are.", schema: ["enum": ["double"]]),
    ]

    static let listParameters: [Value] = [
        inQuery(
            "from",
            "The first moment that counts; a day before 'to' if it is missing.",
            schema: ["type": "string", "format": "date-time"]
        ),
        inQuery(
            "to",
            "The first moment that counts no more; now if it is missing.",
            schema: ["type": "string", "format": "date-time"]
        ),
        inQuery(
            "limit",
            "The most on one page.",
            schema: [
                "type": "integer", "minimum": 1, "maximum": .count(ListQuery.most), "default": 50,
            ]
        ),
        inQuery("cursor", "Where the page before ended.", schema: ["type": "string"]),
        inQuery("order", "Newest or oldest first.", schema: ["enum": ["desc", "asc"]]),
        inQuery("operation", "Of this operation only.", schema: ["type": "string"]),
    ]
}
