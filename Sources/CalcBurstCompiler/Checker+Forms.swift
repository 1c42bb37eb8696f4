import CalcBurstFunctions
import CalcBurstSource
import CalcBurstSyntax

/// The forms of the language: what chooses, and what compares in a chain.
extension Checker {
    mutating func infix(
        _ symbol: InfixOperator,
        _ values: [Operand],
        _ id: Syntax.ID,
        place: SourceRange
    ) -> Operand {
        call(symbol.function, values, id, place: place, isOperator: true)
    }

    // MARK: Choice

    enum Logical {
        case and
        case or
    }

    mutating func logical(
        _ symbol: Logical,
        _ values: [Operand],
        _ id: Syntax.ID,
        place: SourceRange
    ) -> Operand {
        let whole = values.compactMap { $0 }
        guard whole.count == values.count else { return nil }
        return logical(symbol, whole, ranges(id), place: place)
    }

    private mutating func logical(
        _ symbol: Logical,
        _ values: [ID],
        _ ranges: [SourceRange],
        place: SourceRange
    ) -> Operand {
        let name = symbol == .and ? "'and'" : "'or'"
        var levels = 0
        if let position = values.firstIndex(where: { self.type($0) == .null }) {
            report(.nullValue(.null, for: name, at: ranges[position]))
            return nil
        }
        for (value, range) in zip(values, ranges) {
            let type = type(value)
            guard let depth = type.maskDepth else {
                if type == .null || type.withoutNull.maskDepth != nil {
                    report(.nullValue(type, for: name, at: range))
                } else {
                    let types = values.map(self.type)
                    report(.operatorMisfit(name, types, ranges, [], at: place))
                }
                return nil
            }
            levels = max(levels, depth)
        }
        if levels == 0 {
            return add(symbol == .and ? .and : .or, .bool, at: place, cost: 1, values)
        }
        var type = ValueType.bool
        for _ in 0..<levels { type = .list(type) }
        return add(symbol == .and ? .maskedAnd : .maskedOr, type, at: place, cost: 1, values)
    }

    mutating func conditional(_ values: [Operand], _ id: Syntax.ID) -> Operand {
        let places = ranges(id)
        let place = tree[id].kind == .call ? tree[id].range : tree[id].token
        if let condition = values[0], type(condition).maskDepth == nil {
            if type(condition) == .null || type(condition).withoutNull.maskDepth != nil {
                report(.nullValue(type(condition), for: "if", at: places[0]))
            } else {
                report(.conditionMisfit(type(condition), at: places[0]))
            }
            return nil
        }
        guard let condition = values[0], let then = values[1], let otherwise = values[2] else {
            return nil
        }
        let levels = type(condition).maskDepth ?? 0
        let lane = type(then).lane(levels).joined(with: type(otherwise).lane(levels))
        guard var result = lane else {
            report(
                .branchMisfit(type(then), type(otherwise), at: places[2], first: places[1])
            )
            return nil
        }
        for _ in 0..<levels { result = .list(result) }
        if levels > 0 {
            return add(
                .maskedConditional,
                result,
                at: place,
                cost: 1,
                [condition, then, otherwise]
            )
        }
        guard let wideThen = widened(then, to: result),
            let wideOtherwise = widened(otherwise, to: result)
        else { return nil }
        return add(.conditional, result, at: place, cost: 1, [condition, wideThen, wideOtherwise])
    }

    mutating func coalesce(_ values: [Operand], _ id: Syntax.ID, place: SourceRange) -> Operand {
        let whole = values.compactMap { $0 }
        guard whole.count == values.count, let first = whole.first else { return nil }
        let places = ranges(id)
        var result = first
        for (fallback, range) in zip(whole.dropFirst(), places.dropFirst()) {
            guard let next = coalesce(result, fallback, places[0], range, place: place) else {
                return nil
            }
            result = next
        }
        return result
    }

    private mutating func coalesce(
        _ value: ID,
        _ fallback: ID,
        _ valueRange: SourceRange,
        _ fallbackRange: SourceRange,
        place: SourceRange
    ) -> Operand {
        let left = type(value)
        let right = type(fallback)
        var levels = left.admitsNull ? 0 : left.nullDepth
        if levels == 0, !left.admitsNull {
            report(.redundantCoalesce(left, at: place))
            // What works on data with nulls also works on data that happens to have none.
            if left.joined(with: right) == nil { levels = left.listDepth }
        }
        let lane = left.lane(levels)
        let solid: ValueType = lane == .null ? .never : lane.unwrapped
        guard var joined = solid.joined(with: right.lane(levels)) else {
            report(.branchMisfit(left, right, at: fallbackRange, first: valueRange))
            return nil
        }
        for _ in 0..<levels { joined = .list(joined) }
        if levels > 0 {
            return add(.maskedCoalesce, joined, at: place, cost: 1, [value, fallback])
        }
        guard let wide = widened(fallback, to: joined), let whole = widened(value, to: joined)
        else { return nil }
        return add(.coalesce, joined, at: place, cost: 1, [whole, wide])
    }

    mutating func attempt(_ values: [Operand], _ id: Syntax.ID) -> Operand {
        guard let value = values[0], let fallback = values[1] else { return nil }
        guard let result = type(value).joined(with: type(fallback)) else {
            let places = ranges(id)
            report(
                .branchMisfit(type(value), type(fallback), at: places[1], first: places[0])
            )
            return nil
        }
        guard let wideValue = widened(value, to: result),
            let wideFallback = widened(fallback, to: result)
        else { return nil }
        return add(.attempt, result, at: tree[id].range, cost: 1, [wideValue, wideFallback])
    }

    /// `switch(key, k1, v1, …, default)`: conditionals on one captured key.
    mutating func selectCase(_ values: [Operand], _ id: Syntax.ID) -> Operand {
        let place = tree[id].range
        let whole = values.compactMap { $0 }
        guard values.count % 2 == 0, values.count >= 4 else {
            report(.switchWithoutDefault(values.count, at: place))
            return nil
        }
        guard whole.count == values.count, let equal = environment.library["equal"],
            var otherwise = whole.last
        else { return nil }
        let places = ranges(id)
        let key = variable("key", type(whole[0]))
        var result = type(whole[2])
        let answers = Array(stride(from: 4, to: whole.count - 1, by: 2)) + [whole.count - 1]
        for position in answers {
            guard let joined = result.joined(with: type(whole[position])) else {
                report(
                    .branchMisfit(
                        type(whole[2]),
                        type(whole[position]),
                        at: places[position],
                        first: places[2]
                    )
                )
                return nil
            }
            result = joined
        }
        guard let last = widened(otherwise, to: result) else { return nil }
        otherwise = last
        for position in stride(from: whole.count - 2, to: 0, by: -2) {
            guard let read = add(.variable(key), type(whole[0]), at: places[0]),
                let then = widened(whole[position], to: result)
            else { return nil }
            let pair = [places[0], places[position - 1]]
            guard
                let test = resolved(
                    equal,
                    [read, whole[position - 1]],
                    pair,
                    place: places[position - 1],
                    isOperator: false
                )
            else { return nil }
            guard type(test).maskDepth == 0 else {
                report(.conditionMisfit(type(test), at: places[position - 1]))
                return nil
            }
            guard
                let choice = add(
                    .conditional,
                    result,
                    at: place,
                    cost: 1,
                    [test, then, otherwise]
                )
            else { return nil }
            otherwise = choice
        }
        guard let capture = add(.capture(key), type(whole[0]), at: places[0], [whole[0]]) else {
            return nil
        }
        return add(.sequence, result, at: place, [capture, otherwise])
    }

    // MARK: Comparison

    /// `a < b <= c`: each operand is evaluated once, and none after the first that fails.
    mutating func chain(
        _ symbols: [InfixOperator],
        _ values: [Operand],
        _ id: Syntax.ID
    ) -> Operand {
        let whole = values.compactMap { $0 }
        guard whole.count == values.count else { return nil }
        let places = ranges(id)
        let operatorPlaces = tree.operatorRanges(of: id)
        var left = whole[0]
        var result: Operand
        var chained: ID?
        for (position, symbol) in symbols.enumerated() {
            var right = whole[position + 1]
            let place = position < operatorPlaces.count ? operatorPlaces[position] : tree[id].range
            var next = right
            if position + 1 < symbols.count {
                let middle = variable("middle", type(right))
                guard
                    let capture = add(
                        .capture(middle),
                        type(right),
                        at: places[position + 1],
                        [right]
                    ),
                    let read = add(.variable(middle), type(right), at: places[position + 1])
                else { return nil }
                right = capture
                next = read
            }
            guard let function = environment.library[symbol.function] else { return nil }
            result = resolved(
                function,
                [left, right],
                [places[position], places[position + 1]],
                place: place,
                isOperator: true
            )
            guard let compared = result else { return nil }
            if let soFar = chained {
                result = logical(.and, [soFar, compared], [place, place], place: place)
            }
            guard let whole = result else { return nil }
            chained = whole
            left = next
        }
        return chained
    }

    /// `x in xs` lifts on its left: over a list of candidates it is a mask.
    mutating func membership(
        _ function: Function,
        _ values: [Operand],
        _ id: Syntax.ID,
        place: SourceRange,
        isOperator: Bool
    ) -> Operand {
        guard let value = values[0], let list = values[1] else { return nil }
        let places = ranges(id)
        let misfit = isOperator ? place : places[1]
        let listType: ValueType = type(list) == .never ? .list(.never) : type(list)
        guard case .list(let element) = listType else {
            if type(list).admitsNull {
                report(.nullValue(type(list), for: "'in'", at: places[1]))
            } else {
                let types = [type(value), type(list)]
                report(.operatorMisfit("'in'", types, places, [], at: misfit))
            }
            return nil
        }
        var levels = 0
        var candidate = type(value)
        while candidate.joined(with: element) == nil {
            guard case .list(let inner) = candidate else {
                let types = [type(value), type(list)]
                report(.operatorMisfit("'in'", types, places, [], at: misfit))
                return nil
            }
            candidate = inner
            levels += 1
        }
        guard let overload = function.overloads.first else { return nil }
        var result = ValueType.bool
        for _ in 0..<levels { result = .list(result) }
        return add(
            .call(.init(function: function.name, overload: overload, excess: [levels, 0])),
            result,
            at: place,
            cost: 1,
            [value, list]
        )
    }
}

extension ValueType {
    /// How many lists are around a bool; nil if it is not one.
    var maskDepth: Int? {
        var depth = 0
        var type = self
        while case .list(let element) = type {
            depth += 1
            type = element
        }
        return type == .bool || type == .never ? depth : nil
    }

    /// Whether it is a list, or no value at all.
    var isList: Bool {
        switch self {
        case .list, .never: true
        case .null, .bool, .number, .string, .record, .optional, .mixed: false
        }
    }

    /// The type of one lane: the element, where there are that many lists; else the whole.
    func lane(_ levels: Int) -> ValueType {
        var type = self
        for _ in 0..<levels {
            guard case .list(let element) = type else { break }
            type = element
        }
        return type
    }

    /// How many lists are around an optional element; 0 if there is none.
    var nullDepth: Int {
        var depth = 0
        var type = self
        while case .list(let element) = type {
            depth += 1
            type = element
        }
        return type.admitsNull ? depth : 0
    }
}
