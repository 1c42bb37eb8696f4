/// The operators that stand between two operands.
///
/// This table is the one list of the operators: the parser, the printer, the checker and
/// `Grammar/Operators.md` (by a test) read it.
package enum InfixOperator: String, CaseIterable, Hashable, Sendable {
    case power = "^"
    case multiply = "*"
    case divide = "/"
    case modulo = "%"
    case add = "+"
    case subtract = "-"
    case concatenate = "++"
    case coalesce = "??"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case isIn = "in"
    case isNotIn = "not in"
    case and = "and"
    case or = "or"

    /// How tight it binds.
    package var level: OperatorLevel {
        switch self {
        case .power: .power
        case .multiply, .divide, .modulo: .product
        case .add, .subtract, .concatenate: .sum
        case .coalesce: .coalesce
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn, .isNotIn:
            .comparison
        case .and: .and
        case .or: .or
        }
    }

    /// Other spellings, which the printer turns into the first.
    package var synonyms: [String] {
        switch self {
        case .power: ["**"]
        case .and: ["&&"]
        case .or: ["||"]
        case .multiply, .divide, .modulo, .add, .subtract, .concatenate, .coalesce, .equal,
            .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn, .isNotIn:
            []
        }
    }

    /// The function that the operator calls.
    package var function: String {
        switch self {
        case .power: "power"
        case .multiply: "multiply"
        case .divide: "divide"
        case .modulo: "modulo"
        case .add: "add"
        case .subtract: "subtract"
        case .concatenate: "concat"
        case .coalesce: "coalesce"
        case .equal: "equal"
        case .notEqual: "not_equal"
        case .less: "less"
        case .lessOrEqual: "less_or_equal"
        case .greater: "greater"
        case .greaterOrEqual: "greater_or_equal"
        case .isIn: "is_in"
        case .isNotIn: "is_not_in"
        case .and: "and"
        case .or: "or"
        }
    }
}

/// The operators that stand before one operand.
package enum PrefixOperator: String, CaseIterable, Hashable, Sendable {
    case negate = "-"
    case plus = "+"
    /// `!`, which binds like the unary minus.
    case negateBool = "!"
    /// `not`, which binds below comparisons.
    case not = "not"

    package var level: OperatorLevel {
        switch self {
        case .negate, .plus, .negateBool: .unary
        case .not: .not
        }
    }

    /// The function that the operator calls.
    package var function: String {
        switch self {
        case .negate: "neg"
        case .plus: "plus"
        case .negateBool, .not: "not"
        }
    }
}

/// The rows of the precedence table, loosest first.
package enum OperatorLevel: Int, CaseIterable, Comparable, Sendable {
    case conditional
    case or
    case and
    case not
    case comparison
    case coalesce
    case sum
    case product
    case unary
    case power
    case postfix

    package static func < (left: OperatorLevel, right: OperatorLevel) -> Bool {
        left.rawValue < right.rawValue
    }

    package enum Associativity: Hashable, Sendable {
        case left
        case right
        case prefix
        case chain
    }

    package var associativity: Associativity {
        switch self {
        case .conditional, .coalesce, .power: .right
        case .or, .and, .sum, .product, .postfix: .left
        case .not, .unary: .prefix
        case .comparison: .chain
        }
    }
}
