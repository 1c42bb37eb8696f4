import CalcBurstFunctions

/// What each route is for, what it takes, and what it gives when all is well.
extension OpenAPI {
    /// One method of one endpoint.
    struct Route {
        let id: String
        let summary: String
        var parameters: [Value] = []
        var body: (schema: String, examples: [(name: String, value: Value)])?
        /// Responses by their status.
        let successes: [(name: String, value: Value)]
        let codes: [Problem.Code]
    }

    static func route(_ endpoint: Endpoint, _ method: String) -> Route {
        let codes = codes(endpoint, method)
        switch endpoint {
        case .calculate:
            return Route(
                id: "calculate",
                summary: "Calculates, and stores the calculation",
                parameters: [idempotencyKey],
                body: ("CalculationRequest", calculationExamples),
                successes: [calculated("Calculation", operationAnswer)],
                codes: codes
            )
        case .evaluate where method == "GET":
            return Route(
                id: "evaluateQuery",
                summary: "Evaluates an expression, and stores nothing",
                parameters: evaluateParameters + [ifNoneMatch],
                successes: [evaluatedQuery, notModified],
                codes: codes
            )
        case .evaluate:
            return Route(
                id: "evaluate",
                summary: "Evaluates an expression, and stores the calculation",
                parameters: [idempotencyKey],
                body: ("ExpressionRequest", [expressionExample]),
                successes: [calculated("ExpressionCalculation", expressionAnswer)],
                codes: codes
            )
        case .inspect:
            return Route(
                id: "inspect",
                summary: "Says everything about an expression but its value",
                body: ("InspectionRequest", [inspectionExample]),
                successes: [success("Inspection", inspectionAnswer, ["CalcBurst-Cost"])],
                codes: codes
            )
        case .batch:
            return Route(
                id: "batch",
                summary: "Calculates several things with one budget",
                body: ("BatchRequest", [batchExample]),
                successes: [success("Batch", batchAnswer, ["CalcBurst-Cost"])],
                codes: codes
            )
        case .calculation:
            return Route(
                id: "getCalculation",
                summary: "Reads a stored calculation",
                parameters: [inPath("id", schema: ref("ID"), example: "order-17"), ifNoneMatch],
                successes: [success("Calculation", operationAnswer, ["ETag"]), notModified],
                codes: codes
            )
        case .calculations:
            return Route(
                id: "listCalculations",
                summary: "Lists stored calculations by time",
                parameters: listParameters,
                successes: [success("CalculationPage", pageAnswer, ["Link"])],
                codes: codes
            )
        case .operations, .operation, .functions, .limits, .health, .ready, .metrics, .openAPI,
            .problem, .index:
            return document(endpoint, codes)
        }
    }

    private static func document(_ endpoint: Endpoint, _ codes: [Problem.Code]) -> Route {
        func kept(
            _ id: String,
            _ summary: String,
            _ schema: String,
            _ parameters: [Value] = []
        ) -> Route {
            Route(
                id: id,
                summary: summary,
                parameters: parameters + [ifNoneMatch],
                successes: [success(schema, nil, ["ETag"]), notModified],
                codes: codes
            )
        }
        switch endpoint {
        case .operations: return kept("listOperations", "Lists the operations", "Operations")
        case .operation:
            let name = inPath("name", schema: ["type": "string", "minLength": 1], example: "add")
            return kept("getOperation", "Describes an operation", "Operation", [name])
        case .functions:
            return kept("listFunctions", "Lists the functions of expressions", "Functions")
        case .limits: return kept("getLimits", "Says what is allowed", "Limits")
        case .openAPI: return kept("getOpenAPI", "This document", "Document")
        case .ready:
            return Route(
                id: "getReadiness",
                summary: "Says whether calculations can be stored",
                successes: [success("Readiness", nil, []), notReady],
                // Its refusals share the status with the answer that it is not ready.
                codes: codes.filter { $0.status != 503 }
            )
        case .metrics:
            let successes = [text("Metrics for Prometheus")]
            return Route(
                id: "getMetrics",
                summary: "Metrics for Prometheus",
                successes: successes,
                codes: codes
            )
        case .problem:
            let code = inPath(
                "code",
                schema: ["enum": .array(Problem.Code.all.map { .string($0.name) })],
                example: "division-by-zero"
            )
            return Route(
                id: "getProblem",
                summary: "Explains a code",
                parameters: [code],
                successes: [text("What the code means and what to do")],
                codes: codes
            )
        case .health, .index, .calculate, .evaluate, .inspect, .batch, .calculation, .calculations:
            let isHealth = endpoint == .health
            return Route(
                id: isHealth ? "getHealth" : "getIndex",
                summary: isHealth ? "Says that the process is alive" : "Where to begin",
                parameters: isHealth ? [] : [ifNoneMatch],
                successes: [success(isHealth ? "Health" : "Document", nil, [])]
                    + (isHealth ? [] : [notModified]),
                codes: codes
            )
        }
    }

    // MARK: Responses

    private static func calculated(
        _ schema: String,
        _ example: Value
    ) -> (name: String, value: Value) {
        success(schema, example, ["Location", "Idempotent-Replayed", "CalcBurst-Cost"])
    }

    private static func success(
        _ schema: String,
        _ example: Value?,
        _ headers: [String]
    ) -> (name: String, value: Value) {
        var content: [(name: String, value: Value)] = [("schema", ref(schema))]
        if let example { content.append(("example", example)) }
        return (
            name: "200",
            value: [
                "description": "All is well.",
                "headers": .object((headers + ["X-Request-Id"]).map(header)),
                "content": ["application/json": .object(content)],
            ]
        )
    }

    private static let evaluatedQuery: (name: String, value: Value) = (
        name: "200",
        value: [
            "description": "The value.",
            "headers": .object(["ETag", "CalcBurst-Cost", "X-Request-Id"].map(header)),
            "content": [
                "application/json": ["schema": ref("Evaluation"), "example": evaluationAnswer],
                "text/plain": ["schema": ["type": "string"], "example": "3\n"],
            ],
        ]
    )

    private static let notModified: (name: String, value: Value) = (
        name: "304",
        value: [
            "description": "The caller has it already.",
            "headers": .object(["ETag", "X-Request-Id"].map(header)),
        ]
    )

    private static let notReady: (name: String, value: Value) = (
        name: "503",
        value: [
            "description": "The store cannot be used, or the service is about to end.",
            "headers": .object(["Retry-After", "X-Request-Id"].map(header)),
            "content": [
                "application/json": ["schema": ref("Readiness")],
                "application/problem+json": ["schema": ref("Problem")],
            ],
        ]
    )

    private static func text(_ description: String) -> (name: String, value: Value) {
        (
            name: "200",
            value: [
                "description": .string(description),
                "headers": .object([header("X-Request-Id")]),
                "content": ["text/plain": ["schema": ["type": "string"]]],
            ]
        )
    }
}
