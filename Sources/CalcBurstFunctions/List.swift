/// The elements of a list value.
///
/// A list of numbers and a list of booleans are stored as such, so that the machine's kernels run
/// over plain arrays; how a list is stored never shows in what it is equal to.
public struct List: Sendable {
    package enum Storage: Sendable {
        case numbers([Double])
        case bools([Bool])
        case values([Value])
    }

    package let storage: Storage

    package init(storage: Storage) { self.storage = storage }

    /// A list of any values.
    public init(_ values: [Value]) {
        if let numbers = Self.allNumbers(values) {
            storage = .numbers(numbers)
        } else if let bools = Self.allBools(values) {
            storage = .bools(bools)
        } else {
            storage = .values(values)
        }
    }

    public init(_ numbers: [Double]) { storage = .numbers(numbers) }
    public init(_ bools: [Bool]) { storage = .bools(bools) }

    public static let empty = List([Double]())

    /// The elements as numbers; nil if one is something else.
    ///
    /// A list of numbers costs nothing.
    public var numbers: [Double]? {
        switch storage {
        case .numbers(let numbers): numbers
        case .bools(let bools): bools.isEmpty ? [] : nil
        case .values(let values): Self.allNumbers(values)
        }
    }

    /// The elements as booleans; nil if one is something else.
    public var bools: [Bool]? {
        switch storage {
        case .bools(let bools): bools
        case .numbers(let numbers): numbers.isEmpty ? [] : nil
        case .values(let values): Self.allBools(values)
        }
    }

    /// The elements as values, made anew for a list of numbers or booleans.
    public var values: [Value] {
        switch storage {
        case .numbers(let numbers): numbers.map(Value.number)
        case .bools(let bools): bools.map(Value.bool)
        case .values(let values): values
        }
    }

    private static func allNumbers(_ values: [Value]) -> [Double]? {
        var numbers: [Double] = []
        numbers.reserveCapacity(values.count)
        for value in values {
            guard case .number(let number) = value else { return nil }
            numbers.append(number)
        }
        return numbers
    }

    private static func allBools(_ values: [Value]) -> [Bool]? {
        var bools: [Bool] = []
        bools.reserveCapacity(values.count)
        for value in values {
            guard case .bool(let bool) = value else { return nil }
            bools.append(bool)
        }
        return bools
    }
}

extension List: RandomAccessCollection {
    public var startIndex: Int { 0 }

    public var endIndex: Int {
        switch storage {
        case .numbers(let numbers): numbers.count
        case .bools(let bools): bools.count
        case .values(let values): values.count
        }
    }

    /// The element at a position that must be below `count`.
    public subscript(position: Int) -> Value {
        switch storage {
        case .numbers(let numbers): .number(numbers[position])
        case .bools(let bools): .bool(bools[position])
        case .values(let values): values[position]
        }
    }

    /// The elements at positions that must be below `count`, in their order.
    package func picking(_ positions: [Int]) -> List {
        switch storage {
        case .numbers(let numbers): List(storage: .numbers(positions.map { numbers[$0] }))
        case .bools(let bools): List(storage: .bools(positions.map { bools[$0] }))
        case .values(let values): List(storage: .values(positions.map { values[$0] }))
        }
    }

    /// The elements of a range that must lie within `0..<count`.
    package func slice(_ range: Range<Int>) -> List {
        switch storage {
        case .numbers(let numbers): List(storage: .numbers(Array(numbers[range])))
        case .bools(let bools): List(storage: .bools(Array(bools[range])))
        case .values(let values): List(storage: .values(Array(values[range])))
        }
    }
}

extension List: Hashable {
    /// The elements, if they are stored as plain numbers.
    package var plainNumbers: [Double]? {
        if case .numbers(let numbers) = storage { numbers } else { nil }
    }

    public static func == (left: List, right: List) -> Bool {
        Value.list(left) == Value.list(right)
    }

    public func hash(into hasher: inout Hasher) { Value.list(self).hash(into: &hasher) }
}

extension List: ExpressibleByArrayLiteral {
    public init(arrayLiteral elements: Value...) { self.init(elements) }
}
