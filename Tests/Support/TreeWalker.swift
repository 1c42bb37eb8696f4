package import CalcBurstCompiler
package import CalcBurstFunctions
package import CalcBurstSource

/// The second implementation: evaluates a checked expression node by node, as it is written.
///
/// It is the definition that the machine is held to. Of the machine it has only the meter and the
/// functions' own code; choosing, lanes, lifting, parts and bodies are written anew, as plainly as
/// they can be said. It recurses, so deep expressions are walked on a thread with a large stack.
package final class TreeWalker {
    /// What an evaluation came to, and the fuel that it took.
    package struct Result {
        package let outcome: Outcome
        package let fuel: Int
    }

    package enum Outcome {
        case value(Value)
        case stop(Stop)
    }

    /// A fault and its place.
    package struct Stop: Error {
        package let fault: Fault
        package let place: SourceRange
    }

    private typealias ID = CheckedExpression.ID

    private let expression: CheckedExpression
    private let inputs: [Value]
    private let whole: SourceRange
    private var variables: [Value]
    private var meter: Meter

    private init(
        _ expression: CheckedExpression,
        _ inputs: [Value],
        _ limits: RunLimits,
        _ source: Source
    ) {
        self.expression = expression
        self.inputs = inputs
        whole = SourceRange(0, source.bytes.count)
        variables = Array(repeating: .null, count: expression.variables.count)
        meter = Meter(limits: limits)
    }

    /// Evaluates an expression with inputs of the right types, in the order of their slots.
    package static func walk(
        _ expression: CheckedExpression,
        inputs: [Value],
        limits: RunLimits,
        source: Source
    ) -> Result {
        let walker = TreeWalker(expression, inputs, limits, source)
        let outcome: Outcome
        do throws(Stop) {
            outcome = .value(try walker.segment(expression.root, nil))
        } catch {
            outcome = .stop(error)
        }
        return Result(outcome: outcome, fuel: limits.fuel - walker.meter.fuel)
    }

    // MARK: Nodes

    /// Evaluates a straight-line segment, whose fuel is due before its first step.
    private func segment(_ id: ID, _ lanes: Mask?) throws(Stop) -> Value {
        let cost = expression.segmentCost(of: id)
        try stopping(at: whole) { meter throws(Fault) in try meter.charge(fuel: cost) }
        return try node(id, lanes)
    }

    /// Evaluates a node; the lanes say which of its elements anybody will look at.
    private func node(_ id: ID, _ lanes: Mask?) throws(Stop) -> Value {
        let node = expression[id]
        let children = Array(expression.children(of: id))
        switch node.kind {
        case .constant(let value):
            return value
        case .input(let slot):
            return inputs[slot]
        case .variable(let variable):
            return variables[variable]
        case .call(let call):
            return try self.call(call, children, node.place, lanes)
        case .invoke(let instance):
            let callee = expression.instances[instance]
            var operands: [Value] = []
            for child in children { operands.append(try self.node(child, nil)) }
            for (parameter, operand) in zip(callee.parameters, operands) {
                variables[parameter] = operand
            }
            return try segment(callee.root, nil)

        case .conditional:
            let condition = try self.node(children[0], nil).flag
            return try segment(children[condition ? 1 : 2], nil)
        case .and:
            guard try self.node(children[0], nil).flag else { return .bool(false) }
            return try segment(children[1], nil)
        case .or:
            if try self.node(children[0], nil).flag { return .bool(true) }
            return try segment(children[1], nil)
        case .coalesce:
            let value = try self.node(children[0], nil)
            return value.isNull ? try segment(children[1], nil) : value
        case .attempt:
            do throws(Stop) {
                return try segment(children[0], nil)
            } catch {
                guard error.fault.isCatchable else { throw error }
                return try segment(children[1], nil)
            }

        case .maskedConditional:
            let mask = try side(children[0], lanes)
            let then = try side(children[1], Mask(of: mask, within: lanes) { $0.flag })
            let otherwise = try side(children[2], Mask(of: mask, within: lanes) { !$0.flag })
            return try stopping(at: node.place) { meter throws(Fault) in
                try Lanewise.choose(mask, then, otherwise, &meter)
            }
        case .maskedAnd:
            let left = try side(children[0], lanes)
            let right = try side(children[1], Mask(of: left, within: lanes) { $0.flag })
            return try stopping(at: node.place) { meter throws(Fault) in
                try Lanewise.combine(left, right, &meter) { $0 && $1 }
            }
        case .maskedOr:
            let left = try side(children[0], lanes)
            let right = try side(children[1], Mask(of: left, within: lanes) { !$0.flag })
            return try stopping(at: node.place) { meter throws(Fault) in
                try Lanewise.combine(left, right, &meter) { $0 || $1 }
            }
        case .maskedCoalesce:
            let values = try side(children[0], lanes)
            let fallbacks = try side(children[1], Mask(of: values, within: lanes) { $0.isNull })
            return try stopping(at: node.place) { meter throws(Fault) in
                try Lanewise.fill(values, fallbacks, &meter)
            }

        case .field(let name, let levels):
            let base = try self.node(children[0], nil)
            return try stopping(at: node.place) { meter throws(Fault) in
                try Self.field(name, of: base, levels, &meter)
            }
        case .index:
            let list = try self.node(children[0], nil).elements
            let position = try self.node(children[1], nil).double
            return try stopping(at: node.place) { _ throws(Fault) in
                try Self.element(position, of: list)
            }
        case .position:
            let position = try self.node(children[0], nil)
            return try stopping(at: node.place) { _ throws(Fault) in
                _ = try Self.whole(position.double)
                return position
            }
        case .slice(let hasStart, let hasEnd):
            let list = try self.node(children[0], nil).elements
            var bounds: [Double] = []
            for child in children.dropFirst() { bounds.append(try self.node(child, nil).double) }
            let start = Self.bound(hasStart ? bounds[0] : 0, list.count)
            let end = Self.bound(hasEnd ? bounds[bounds.count - 1] : .infinity, list.count)
            return try stopping(at: node.place) { meter throws(Fault) in
                try meter.makeList(count: max(0, end - start))
                return .list(
                    List((0..<list.count).filter { start <= $0 && $0 < end }.map { list[$0] })
                )
            }
        case .filter:
            let list = try self.node(children[0], nil).elements
            let mask = try self.node(children[1], nil).elements
            return try stopping(at: node.place) { meter throws(Fault) in
                guard list.count == mask.count else {
                    throw .lengthMismatch(list.count, mask.count)
                }
                try meter.visit(count: list.count)
                let kept = zip(list, mask).filter { $1.flag }.map { $0.0 }
                try meter.makeList(count: kept.count)
                return .list(List(kept))
            }

        case .list:
            var elements: [Value] = []
            for child in children { elements.append(try self.node(child, nil)) }
            return .list(List(elements))
        case .record(let names):
            var values: [Value] = []
            for child in children { values.append(try self.node(child, nil)) }
            return .record(Record(names: names, values: values) ?? .empty)
        case .map(let variable):
            let list = try self.node(children[0], nil).elements
            try stopping(at: node.place) { meter throws(Fault) in
                try meter.makeList(count: list.count)
            }
            var results: [Value] = []
            for element in list {
                variables[variable] = element
                results.append(try segment(children[1], nil))
            }
            return .list(List(results))

        case .capture(let variable):
            let value = try self.node(children[0], nil)
            variables[variable] = value
            return value
        case .sequence:
            var last = Value.null
            for child in children { last = try self.node(child, nil) }
            return last
        case .widen:
            return try self.node(children[0], nil)
        case .segment:
            return try segment(children[0], nil)
        }
    }

    // MARK: Calls and lanes

    private func call(
        _ call: CheckedExpression.Call,
        _ children: [ID],
        _ place: SourceRange,
        _ lanes: Mask?
    ) throws(Stop) -> Value {
        var operands: [Value] = []
        for (child, levels) in zip(children, call.excess) {
            operands.append(
                levels > 0 ? try side(child, lanes) : try broadcast(child, lanes)
            )
        }
        let excess = call.excess
        return try stopping(at: place) { meter throws(Fault) in
            try Lanewise.lift(call.overload, operands, excess, lanes, &meter)
        }
    }

    /// Evaluates an operand of an operation that works lane by lane.
    private func side(_ id: ID, _ lanes: Mask?) throws(Stop) -> Value {
        switch expression[id].kind {
        case .maskedConditional, .maskedAnd, .maskedOr, .maskedCoalesce:
            return try node(id, lanes)
        case .call(let call) where call.isLifted:
            return try node(id, lanes)
        case .constant, .input, .variable, .call, .invoke, .conditional, .and, .or, .coalesce,
            .attempt, .field, .index, .slice, .filter, .position, .list, .record, .map, .capture,
            .sequence, .widen, .segment:
            if case .list = expression[id].type { return try node(id, nil) }
            return try broadcast(id, lanes)
        }
    }

    /// Evaluates an operand that stands whole for every lane, unless no lane asks for it.
    private func broadcast(_ id: ID, _ lanes: Mask?) throws(Stop) -> Value {
        if let lanes, !lanes.selectsAny { return .null }
        return try node(id, nil)
    }

    /// Says where a fault of some work is shown.
    private func stopping<T>(
        at place: SourceRange,
        _ work: (inout Meter) throws(Fault) -> T
    ) throws(Stop) -> T {
        do throws(Fault) {
            return try work(&meter)
        } catch {
            // Fuel is the whole evaluation's: where it runs out says nothing.
            if case .limit(let limit) = error, limit.name == "fuel" {
                throw Stop(fault: error, place: whole)
            }
            throw Stop(fault: error, place: place)
        }
    }

    // MARK: Parts

    private static func field(
        _ name: String,
        of base: Value,
        _ levels: Int,
        _ meter: inout Meter
    ) throws(Fault) -> Value {
        switch base {
        case .list(let list) where levels > 0:
            try meter.makeList(count: list.count)
            var fields: [Value] = []
            for element in list {
                fields.append(try field(name, of: element, levels - 1, &meter))
            }
            return .list(List(fields))
        case .record(let record):
            return record[name] ?? .null
        case .null, .bool, .number, .string, .list:
            return .null
        }
    }

    private static func whole(_ number: Double) throws(Fault) -> Double {
        guard number.truncatingRemainder(dividingBy: 1) == 0 else {
            throw .domain("a position is a whole number")
        }
        return number
    }

    private static func element(_ number: Double, of list: List) throws(Fault) -> Value {
        let position = try whole(number)
        let count = Double(list.count)
        guard -count <= position, position < count else {
            throw .indexOutOfRange(index: number, count: list.count)
        }
        return list[Int(position < 0 ? position + count : position)]
    }

    /// A bound of a slice as a position from the start, cut to the list.
    private static func bound(_ number: Double, _ count: Int) -> Int {
        let length = Double(count)
        let position = number < 0 ? number + length : number
        return Int(position.clamped(to: 0...length))
    }
}

extension Double {
    fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
