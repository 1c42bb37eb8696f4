/// An engine under measurement.
protocol Contender {
    var name: String { get }

    /// Compiles the text for variables in the order of their slots.
    func prepare(_ text: String, variables: [String]) throws -> any Prepared
}

/// A compiled expression with its variables.
protocol Prepared: AnyObject {
    /// Evaluates `count` times over the rows in turn and stores each result in its row.
    ///
    /// The loop stands inside, so that what is measured is what a host pays for each evaluation: to
    /// write the variables, to evaluate, to store the result.
    func run(_ rows: Rows, count: Int, results: inout [Double]) throws
}

/// Values of variables, row after row in one array.
struct Rows {
    let columns: Int
    let count: Int
    let values: [Double]
}

/// What a peer says when it refuses an expression.
struct Refusal: Error, CustomStringConvertible {
    let description: String
}
