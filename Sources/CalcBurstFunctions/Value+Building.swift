extension Value {
    /// A record of members whose names differ.
    package static func object(_ members: [(name: String, value: Value)]) -> Value {
        .record(Record(names: members.map(\.name), values: members.map(\.value)) ?? .empty)
    }

    /// A list of values.
    package static func array(_ values: [Value]) -> Value { .list(List(values)) }

    /// A count as a number; counts of ours are far below the 2^53 that a number holds exactly.
    package static func count(_ count: Int) -> Value { .number(Double(count)) }
}
