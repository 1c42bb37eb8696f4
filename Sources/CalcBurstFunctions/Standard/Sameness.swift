extension Meter {
    /// Whether two values are the same through and through; takes fuel for all that it looks at.
    mutating func areSame(_ left: Value, _ right: Value) throws(Fault) -> Bool {
        var pairs = [(left, right)]
        while let (left, right) = pairs.popLast() {
            switch (left, right) {
            case (.list(let a), .list(let b)):
                guard a.count == b.count else { return false }
                try visit(count: a.count)
                switch (a.storage, b.storage) {
                case (.numbers, .numbers), (.bools, .bools):
                    if a != b { return false }
                case (.numbers, _), (.bools, _), (.values, _):
                    pairs.append(contentsOf: zip(a, b))
                }
            case (.record(let a), .record(let b)):
                guard a.count == b.count else { return false }
                try visit(count: a.count)
                for (name, value) in zip(a.names, a.values) {
                    guard let other = b[name] else { return false }
                    pairs.append((value, other))
                }
            case (.string(let a), .string(let b)):
                try visit(count: min(a.utf8.count, b.utf8.count) / 16)
                if !a.hasSameBytes(as: b) { return false }
            case (.null, _), (.bool, _), (.number, _), (.string, _), (.list, _), (.record, _):
                if left != right { return false }
            }
        }
        return true
    }

    /// Takes the fuel of walking through a value to its last leaf.
    mutating func visitAll(of value: Value) throws(Fault) {
        var open = [value]
        while let value = open.popLast() {
            switch value {
            case .null, .bool, .number: break
            case .string(let text): try visit(count: text.utf8.count / 16)
            case .list(let list):
                try visit(count: list.count)
                if case .values(let values) = list.storage { open.append(contentsOf: values) }
            case .record(let record):
                try visit(count: record.count)
                open.append(contentsOf: record.values)
            }
        }
    }

    /// The position of the first element that is the same as a value; nil if there is none.
    mutating func firstIndex(of value: Value, in list: List) throws(Fault) -> Int? {
        switch (list.storage, value) {
        case (.numbers(let numbers), .number(let number)):
            return numbers.firstIndex(of: number)
        case (.bools(let bools), .bool(let bool)):
            return bools.firstIndex(of: bool)
        case (.values(let values), _):
            for (index, element) in values.enumerated() where try areSame(element, value) {
                return index
            }
            return nil
        case (.numbers, _), (.bools, _): return nil
        }
    }
}
