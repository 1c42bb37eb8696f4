/// Which overload takes some operands, and how.
package struct Resolution: Sendable {
    package let overload: Overload
    /// For each operand, how many lists around it the call works through.
    ///
    /// 0 is an operand that is taken whole; all are 0 unless the overload is lifted.
    package let excess: [Int]
    package let result: ValueType

    /// Whether the call runs element by element.
    package var isLifted: Bool { excess.contains { $0 > 0 } }
}

extension Function {
    /// The first overload that takes operands of these types whole, or else the first that takes
    /// them element by element.
    ///
    /// The literals are the values of operands that are literals, nil for the others.
    package func resolve(_ types: [ValueType], literals: [Value?]) -> Resolution? {
        for overload in overloads {
            if let resolution = overload.resolveWhole(types, literals) { return resolution }
        }
        for overload in overloads where overload.marks.contains(.lifted) {
            if let resolution = overload.resolveLifted(types) { return resolution }
        }
        return nil
    }

    /// The position of the first operand that no overload takes, given that the ones before it
    /// were taken; nil if each is taken by some overload.
    package func firstMisfit(_ types: [ValueType], _ literals: [Value?]) -> Int? {
        let candidates = overloads.filter { $0.signature?.takes(count: types.count) == true }
        var best = 0
        for overload in candidates {
            guard let signature = overload.signature else { continue }
            var bindings = Bindings()
            var position = 0
            for (index, type) in types.enumerated() {
                guard let parameter = signature.parameter(at: index) else { break }
                let pattern = parameter.pattern.bodyResult
                let whole = bindings
                guard bindings.match(pattern, type) else {
                    bindings = whole
                    let lifts = overload.marks.contains(.lifted)
                    guard lifts, bindings.match(pattern, type.stripped(to: pattern)) else { break }
                    position = index + 1
                    continue
                }
                position = index + 1
            }
            if position == types.count, let typing = overload.typing {
                // The types fit one by one; the fewest that do not fit together end at the misfit.
                var fewest = 1
                if case .record? = types.first {
                    fewest =
                        (2...max(2, types.count)).first { count in
                            typing(Array(types.prefix(count)), Array(literals.prefix(count))) == nil
                        } ?? 1
                }
                position = fewest - 1
            }
            best = max(best, position)
        }
        return best < types.count ? best : nil
    }

    /// The signature of a call with a body in the second place; nil if there is none of that count.
    package func takesBody(count: Int) -> Bool {
        overloads.contains { overload in
            guard let signature = overload.signature, signature.takes(count: count) else {
                return false
            }
            return signature.parameters.contains { $0.pattern.isBody }
        }
    }
}

extension Overload {
    fileprivate func resolveWhole(_ types: [ValueType], _ literals: [Value?]) -> Resolution? {
        guard let signature, signature.takes(count: types.count) else { return nil }
        var bindings = Bindings()
        for (index, type) in types.enumerated() {
            guard let parameter = signature.parameter(at: index),
                bindings.match(parameter.pattern.bodyResult, type)
            else { return nil }
        }
        let excess = Array(repeating: 0, count: types.count)
        if let typing {
            guard let result = typing(types, literals) else { return nil }
            return Resolution(overload: self, excess: excess, result: result)
        }
        // Element-wise over an empty list is an empty list, but a number cannot be `never`.
        if marks.contains(.lifted), types.contains(.never) { return nil }
        return Resolution(
            overload: self,
            excess: excess,
            result: bindings.type(of: signature.result)
        )
    }

    fileprivate func resolveLifted(_ types: [ValueType]) -> Resolution? {
        guard let signature, signature.takes(count: types.count) else { return nil }
        var bindings = Bindings()
        var excess: [Int] = []
        var overNothing = false
        for (index, type) in types.enumerated() {
            guard let parameter = signature.parameter(at: index) else { return nil }
            let pattern = parameter.pattern
            let element = type.stripped(to: pattern)
            guard bindings.match(pattern, element) else { return nil }
            if element == .never { overNothing = true }
            excess.append(type.listDepth - element.listDepth)
        }
        // An element of an empty list is no value: what is made of it is none either.
        guard let levels = excess.max(), levels > 0 || overNothing else { return nil }
        var result = overNothing ? ValueType.never : bindings.type(of: signature.result)
        for _ in 0..<levels { result = .list(result) }
        return Resolution(overload: self, excess: excess, result: result)
    }
}

extension Signature.Pattern {
    /// What the checker sees of an operand: of a body, its result.
    fileprivate var bodyResult: Signature.Pattern {
        if case .body(_, let result) = self { result } else { self }
    }
}

extension ValueType {
    /// The type without the lists that the pattern does not have.
    fileprivate func stripped(to pattern: Signature.Pattern) -> ValueType {
        var type = self
        for _ in 0..<max(0, listDepth - pattern.listDepth) {
            guard case .list(let element) = type else { break }
            type = element
        }
        return type
    }
}

/// What the letters of a signature stand for.
private struct Bindings {
    private var types: [UInt8: ValueType] = [:]

    mutating func match(_ pattern: Signature.Pattern, _ type: ValueType) -> Bool {
        if type == .mixed { return false }
        switch pattern {
        case .number: return type == .number || type == .never
        case .bool: return type == .bool || type == .never
        case .string: return type == .string || type == .never
        case .null: return type == .null
        case .variable(let letter):
            guard let bound = types[letter] else {
                types[letter] = type
                return true
            }
            guard let joined = bound.joined(with: type) else { return false }
            types[letter] = joined
            return true
        case .list(let element):
            if type == .never { return true }
            guard case .list(let elementType) = type else { return false }
            return match(element, elementType)
        case .record(let fields):
            guard case .record(let record) = type else { return false }
            for field in fields {
                guard let fieldType = record[field.name], match(field.pattern, fieldType) else {
                    return false
                }
            }
            return true
        case .optional(let pattern):
            return type == .null || match(pattern, type.unwrapped)
        case .body(_, let result):
            return match(result, type)
        }
    }

    func type(of pattern: Signature.Pattern) -> ValueType {
        switch pattern {
        case .number: .number
        case .bool: .bool
        case .string: .string
        case .null: .null
        case .variable(let letter): types[letter] ?? .never
        case .list(let element): .list(type(of: element))
        case .record(let fields):
            .record(RecordType(fields.map { (name: $0.name, type: type(of: $0.pattern)) }))
        case .optional(let pattern): type(of: pattern).optional
        case .body(_, let result): type(of: result)
        }
    }
}
