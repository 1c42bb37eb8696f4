/// What is known of a value before it is there; printed as `number`, `[number]`, `{price: number}`.
public indirect enum ValueType: Hashable, Sendable {
    /// The element type of an empty list: no value has it, and it joins with every type.
    case never
    case null
    case bool
    case number
    case string
    case list(ValueType)
    case record(RecordType)
    /// A value of the type, or null. Never nested, never around `null` or `never`.
    case optional(ValueType)
    /// Data whose elements have no type in common; only an error can name it.
    case mixed
}

/// The fields of a record type, kept in the order of their names' bytes.
public struct RecordType: Hashable, Sendable {
    public struct Field: Hashable, Sendable {
        public let name: String
        public let type: ValueType

        public static func == (left: Field, right: Field) -> Bool {
            left.name.hasSameBytes(as: right.name) && left.type == right.type
        }

        public func hash(into hasher: inout Hasher) {
            hasher.combine(ExactText(name))
            hasher.combine(type)
        }
    }

    public let fields: [Field]

    /// Makes a record type; of a name that comes twice the first stays.
    public init(_ fields: [(name: String, type: ValueType)]) {
        var seen: Set<ExactText> = []
        self.fields =
            fields
            .filter { seen.insert(ExactText($0.name)).inserted }
            .map { Field(name: $0.name, type: $0.type) }
            .sorted { $0.name.precedes($1.name) }
    }

    /// The type of a field; nil if there is no such field.
    public subscript(name: String) -> ValueType? {
        var low = 0
        var high = fields.count
        while low < high {
            let middle = (low + high) / 2
            if fields[middle].name.precedes(name) { low = middle + 1 } else { high = middle }
        }
        guard low < fields.count, fields[low].name.hasSameBytes(as: name) else { return nil }
        return fields[low].type
    }
}

extension ValueType {
    /// The type or null: `T?`.
    public var optional: ValueType {
        switch self {
        case .null, .optional, .mixed: self
        case .never: .null
        case .bool, .number, .string, .list, .record: .optional(self)
        }
    }

    /// The type without null: `T` of `T?`.
    public var unwrapped: ValueType {
        if case .optional(let type) = self { type } else { self }
    }

    /// Whether null is among its values.
    public var admitsNull: Bool {
        switch self {
        case .null, .optional: true
        case .never, .bool, .number, .string, .list, .record, .mixed: false
        }
    }

    /// How many lists are around the innermost element: 2 for `[[number]]`.
    package var listDepth: Int {
        var depth = 0
        var type = self
        while case .list(let element) = type {
            depth += 1
            type = element
        }
        return depth
    }

    /// The smallest type that holds both; nil if there is none.
    ///
    /// `T` and null join to `T?`, `never` and `T` to `T`, lists by element, records field by field,
    /// where a field that one of them lacks becomes optional.
    public func joined(with other: ValueType) -> ValueType? {
        if self == other { return self }
        switch (self, other) {
        case (.mixed, _), (_, .mixed): return nil
        case (.never, let type), (let type, .never): return type
        case (.null, let type), (let type, .null): return type.optional
        case (.optional(let a), let b), (let b, .optional(let a)):
            return a.joined(with: b.unwrapped)?.optional
        case (.list(let a), .list(let b)): return a.joined(with: b).map(ValueType.list)
        case (.record(let a), .record(let b)): return a.joined(with: b).map(ValueType.record)
        case (.bool, _), (.number, _), (.string, _), (.list, _), (.record, _): return nil
        }
    }

    /// Whether `mixed` is the type or a part of it.
    package var containsMixed: Bool {
        switch self {
        case .mixed: true
        case .never, .null, .bool, .number, .string: false
        case .list(let element), .optional(let element): element.containsMixed
        case .record(let record): record.fields.contains { $0.type.containsMixed }
        }
    }

    /// The type of a value that is already there.
    ///
    /// Elements that do not join make a list of `mixed`, which is an error only where it is named.
    public init(of value: Value) {
        switch value {
        case .null: self = .null
        case .bool: self = .bool
        case .number: self = .number
        case .string: self = .string
        case .list(let list):
            switch list.storage {
            case .numbers(let numbers): self = .list(numbers.isEmpty ? .never : .number)
            case .bools(let bools): self = .list(bools.isEmpty ? .never : .bool)
            case .values(let values):
                var element = ValueType.never
                for value in values {
                    guard let joined = element.joinedKeepingMixed(with: ValueType(of: value)) else {
                        element = .mixed
                        break
                    }
                    element = joined
                }
                self = .list(element)
            }
        case .record(let record):
            self = .record(
                RecordType(record.fields.map { (name: $0.name, type: ValueType(of: $0.value)) })
            )
        }
    }

    /// As `joined(with:)`, but a part that does not join becomes `mixed` instead of spoiling all.
    private func joinedKeepingMixed(with other: ValueType) -> ValueType? {
        if self == other { return self }
        switch (self, other) {
        case (.optional(let a), let b), (let b, .optional(let a)):
            guard !b.admitsNull else { return self.joined(with: other) }
            return a.joinedKeepingMixed(with: b)?.optional
        case (.list(let a), .list(let b)): return .list(a.joinedKeepingMixed(with: b) ?? .mixed)
        case (.record(let a), .record(let b)):
            return .record(a.joined(with: b) { $0.joinedKeepingMixed(with: $1) ?? .mixed } ?? a)
        case (.never, _), (.null, _), (.bool, _), (.number, _), (.string, _), (.list, _),
            (.record, _), (.mixed, _):
            return joined(with: other)
        }
    }
}

extension RecordType {
    fileprivate func joined(
        with other: RecordType,
        by join: (ValueType, ValueType) -> ValueType? = { $0.joined(with: $1) }
    ) -> RecordType? {
        var joinedFields: [(name: String, type: ValueType)] = []
        for field in fields {
            guard let theirs = other[field.name] else {
                joinedFields.append((field.name, field.type.optional))
                continue
            }
            guard let type = join(field.type, theirs) else { return nil }
            joinedFields.append((field.name, type))
        }
        for field in other.fields where self[field.name] == nil {
            joinedFields.append((field.name, field.type.optional))
        }
        return RecordType(joinedFields)
    }
}

extension ValueType: CustomStringConvertible {
    public var description: String {
        switch self {
        case .never: "never"
        case .null: "null"
        case .bool: "bool"
        case .number: "number"
        case .string: "string"
        case .list(let element): "[\(element)]"
        case .record(let record):
            "{"
                + record.fields.map { "\(NameText.quoted($0.name)): \($0.type)" }
                .joined(separator: ", ") + "}"
        case .optional(let type): "\(type)?"
        case .mixed: "mixed"
        }
    }
}
