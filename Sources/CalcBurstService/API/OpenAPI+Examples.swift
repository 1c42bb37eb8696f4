import CalcBurstFunctions

/// Answers as they look.
extension OpenAPI {
    static let operationAnswer: Value = [
        "calculation_id": "order-17", "operation": "add", "operands": [10, 20, 30], "result": 60,
        "execution_time_ms": 0.021, "timestamp": "2026-01-15T10:30:00.000Z", "stored": true,
    ]

    static let expressionAnswer: Value = [
        "calculation_id": "line-3", "expression": "price * qty * (1 - discount)",
        "variables": ["price": 9.5, "qty": 2, "discount": 0.1], "result": 17.1, "type": "number",
        "execution_time_ms": 0.009, "timestamp": "2026-01-15T10:30:00.000Z", "stored": true,
        "cost": ["fuel": 4],
    ]

    static let evaluationAnswer: Value = [
        "expression": "1+2", "result": 3, "type": "number", "execution_time_ms": 0.004,
    ]

    static let inspectionAnswer: Value = [
        "ok": true, "incomplete": false, "diagnostics": [], "names": ["x"], "type": "number",
        "cost": ["fuel": 2], "plot": ["x": [0, 2], "y": [0, nil, 6]],
    ]

    static let batchAnswer: Value = [
        "succeeded": 1, "failed": 0, "results": [["status": 200, "body": operationAnswer]],
    ]

    static let pageAnswer: Value = [
        "data": [operationAnswer], "has_more": false, "next_cursor": nil,
    ]
}
