/// How an implementation takes its operands out of values.
///
/// The checker has seen to the types, so each of these has its kind; for a value of another kind
/// they give the kind's empty value in place of a trap.
extension Value {
    package var double: Double {
        if case .number(let number) = self { number } else { 0 }
    }

    package var flag: Bool {
        if case .bool(let flag) = self { flag } else { false }
    }

    package var text: String {
        if case .string(let text) = self { text } else { "" }
    }

    package var elements: List {
        if case .list(let list) = self { list } else { .empty }
    }

    package var fields: Record {
        if case .record(let record) = self { record } else { .empty }
    }

    package var isNull: Bool {
        if case .null = self { true } else { false }
    }
}
