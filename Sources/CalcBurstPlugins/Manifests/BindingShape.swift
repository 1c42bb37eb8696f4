#if Plugins
import CalcBurstFunctions

/// A binding whose call was held against its signature: how it is called, and what C calls its type.
struct BindingShape: Sendable {
    var shape: CallShape
    /// The C types of the arguments and of the result, for the header check.
    var argumentsInC: [String]
    var resultInC: String
    /// The symbols that the call needs beside its function.
    var freeSymbol: String?
    /// A list whose elements are arguments behind `...`, one by one.
    var spread: Spread?

    struct Spread: Hashable, Sendable {
        /// Its place among the arguments.
        var position: Int
        var operand: Int
        var type: CType
    }

    static let mostSpread = 64

    /// The call with so many elements in the place of the list.
    func spread(_ count: Int) -> CallShape {
        guard let spread else { return shape }
        var shape = shape
        let elements = (0..<count).map { index in
            CallShape.Argument(
                type: .scalar(spread.type),
                parts: [.element(index, operand: spread.operand)]
            )
        }
        shape.arguments.replaceSubrange(spread.position...spread.position, with: elements)
        return shape
    }

    /// The natural lowering, for a library that was written in the header's way.
    init(natural signature: PluginSignature) throws(PluginError) {
        shape = try CallShape(lowering: signature)
        argumentsInC = signature.parameters.flatMap { parameter -> [String] in
            switch parameter.passed {
            case .f64: ["double"]
            case .i64: [CType.i64.inC]
            case .bool: ["_Bool"]
            case .complex: ["cb_c128"]
            case .string: ["const char *", "size_t"]
            case .numbers: ["const double *", "size_t"]
            case .integers: ["const \(CType.i64.inC) *", "size_t"]
            }
        }
        let result =
            switch signature.result {
            case .f64: "double"
            case .i64: CType.i64.inC
            case .bool: "_Bool"
            case .complex: "cb_c128"
            case .string, .numbers, .integers: ""
            }
        resultInC = signature.mayFail ? "cb_status" : result
        guard signature.mayFail else { return }
        argumentsInC.insert("cb_call *", at: 0)
        if !result.isEmpty { argumentsInC.append("\(result) *") }
    }

    init(
        shape: CallShape,
        argumentsInC: [String],
        resultInC: String,
        freeSymbol: String?,
        spread: Spread?
    ) {
        self.shape = shape
        self.argumentsInC = argumentsInC
        self.resultInC = resultInC
        self.freeSymbol = freeSymbol
        self.spread = spread
    }
}
#endif
