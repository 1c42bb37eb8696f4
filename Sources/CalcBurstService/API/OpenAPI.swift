import CalcBurstFunctions

/// The OpenAPI 3.1 description of the service.
enum OpenAPI {
    static func document(publicURL: String) -> Value {
        .object([("openapi", "3.1.0")])
    }
}
