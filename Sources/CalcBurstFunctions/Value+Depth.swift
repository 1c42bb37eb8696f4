extension Value {
    /// Whether lists and records are inside each other at most that deep.
    ///
    /// The walk keeps its own stack: a host may hand over a value of any depth.
    package func isWithin(depth limit: Int) -> Bool {
        var pending: [(value: Value, depth: Int)] = [(self, 0)]
        while let (value, depth) = pending.popLast() {
            switch value {
            case .null, .bool, .number, .string: break
            case .list(let list):
                guard depth < limit else { return false }
                if case .values(let values) = list.storage {
                    for element in values { pending.append((element, depth + 1)) }
                }
            case .record(let record):
                guard depth < limit else { return false }
                for element in record.values { pending.append((element, depth + 1)) }
            }
        }
        return true
    }
}
