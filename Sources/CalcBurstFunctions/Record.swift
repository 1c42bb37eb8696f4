/// The named fields of a record value, in the order in which they were written.
public struct Record: Sendable {
    /// The names of many records at once: lists of records share one.
    package final class Shape: Sendable {
        package let names: [String]
        private let positions: [ExactText: Int]

        /// Nil if a name comes twice.
        package init?(_ names: [String]) {
            var positions: [ExactText: Int] = [:]
            positions.reserveCapacity(names.count)
            for (position, name) in names.enumerated()
            where positions.updateValue(position, forKey: ExactText(name)) != nil {
                return nil
            }
            self.names = names
            self.positions = positions
        }

        package func position(of name: String) -> Int? {
            // Most records have a handful of fields: looking at each beats hashing.
            if names.count <= 8 { return names.firstIndex { $0.hasSameBytes(as: name) } }
            return positions[ExactText(name)]
        }
    }

    package let shape: Shape?
    package let values: [Value]

    /// Makes a record that shares a shape; nil unless there is one value for each name.
    package init?(shape: Shape, values: [Value]) {
        guard shape.names.count == values.count else { return nil }
        self.shape = shape
        self.values = values
    }

    private init() {
        shape = nil
        values = []
    }

    /// Makes a record of names and values; nil if a name comes twice or the counts differ.
    public init?(names: [String], values: [Value]) {
        guard let shape = Shape(names) else { return nil }
        self.init(shape: shape, values: values)
    }

    public static let empty = Record()

    /// The names, in order.
    public var names: [String] { shape?.names ?? [] }
    /// The number of fields.
    public var count: Int { values.count }

    /// The value of a field; nil if there is no such field.
    public subscript(name: String) -> Value? {
        guard let position = shape?.position(of: name) else { return nil }
        return values[position]
    }

    /// The fields, in order.
    public var fields: [(name: String, value: Value)] {
        zip(names, values).map { (name: $0, value: $1) }
    }
}

extension Record: Hashable {
    public static func == (left: Record, right: Record) -> Bool {
        Value.record(left) == Value.record(right)
    }

    public func hash(into hasher: inout Hasher) { Value.record(self).hash(into: &hasher) }
}
