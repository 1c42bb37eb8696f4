import CalcBurst
import CalcBurstFunctions
import CalcBurstMachine
import CalcBurstSource

/// Operations: functions of numbers, called with a list of operands.
extension Evaluator {
    func operate(
        _ name: String,
        _ operands: Value,
        _ limits: Limits,
        _ budget: inout Budget,
        at pointer: String
    ) throws(Problem) -> Answer {
        guard let operation = Operation(name, in: engine.library) else {
            throw unsupported(name, at: pointer)
        }
        let numbers = try self.numbers(operands, operation, at: pointer)
        let overload = try operation.overload(for: numbers.count, at: pointer)
        var meter = Meter(limits: limits.run, of: budget.allowance)
        let fuel = meter.fuel
        defer { budget.use(fuel - meter.fuel) }
        // The operand at which a fold stopped.
        var position: Int?
        do throws(Fault) {
            let value = try call(overload, numbers, &meter, &position)
            return Answer(
                request: .operation(name, numbers),
                value: value,
                type: ValueType(of: value).description,
                fuel: fuel - meter.fuel,
                milliseconds: 0
            )
        } catch {
            throw problem(error, name, numbers, position, at: pointer)
        }
    }

    private func call(
        _ overload: Overload,
        _ numbers: [Double],
        _ meter: inout Meter,
        _ position: inout Int?
    ) throws(Fault) -> Value {
        guard case .fold(let body) = overload.implementation else {
            try meter.charge(fuel: 1)
            var values = numbers.map(Value.number)
            for parameter in (overload.signature?.parameters ?? []).dropFirst(numbers.count)
            where !parameter.isVariadic {
                values.append(parameter.defaultValue ?? .null)
            }
            return try overload.call(values, &meter)
        }
        // A step is an operator, as in the expression.
        try meter.charge(fuel: max(1, numbers.count - 1))
        var result = numbers.first ?? 0
        for (index, operand) in numbers.enumerated().dropFirst() {
            position = index
            result = try body(result, operand).finite()
        }
        position = nil
        return .number(result)
    }

    /// The operands as numbers, none missing and each of the right kind.
    private func numbers(
        _ operands: Value,
        _ operation: Operation,
        at pointer: String
    ) throws(Problem) -> [Double] {
        switch operands {
        case .list(let list):
            if let numbers = list.numbers { return numbers }
            for (index, value) in list.enumerated() {
                guard case .number = value else {
                    throw Problem(
                        .invalidOperand,
                        "operand \(index + 1) is not a number: it is \(value.kind)",
                        at: "\(pointer)/operands/\(index)"
                    )
                }
            }
            return list.map(\.slot)
        case .record:
            // The Python service counted what it could not count as nothing.
            throw operation.tooFew(at: pointer)
        case .null, .bool, .number, .string:
            throw Problem(
                .invalidOperand,
                "'operands' is not a list of numbers",
                at: "\(pointer)/operands"
            )
        }
    }

    private func unsupported(_ name: String, at pointer: String) -> Problem {
        let shown =
            name.utf8.count <= 80 ? name : String(decoding: name.utf8.prefix(80), as: UTF8.self)
        var problem = Problem(
            .unsupportedOperation,
            "Unsupported operation: \(shown)",
            at: "\(pointer)/operation"
        )
        let documented = engine.library.functions.filter { $0.group == .operations }.map(\.name)
        let candidates = name.utf8.count <= 80 ? Operation.all(in: engine.library).map(\.name) : []
        let guesses = Suggestion.best(for: name, among: candidates, limit: 3)
        if !guesses.isEmpty {
            problem.facts.append(("suggestions", .array(guesses.map(Value.string))))
        }
        problem.facts.append(("supported", .array(documented.sorted().map(Value.string))))
        return problem
    }

    private func problem(
        _ fault: Fault,
        _ name: String,
        _ numbers: [Double],
        _ position: Int?,
        at pointer: String
    ) -> Problem {
        let site = Code.Site(place: SourceRange(0, 0), function: name)
        let shown = numbers.count <= 4 ? numbers : []
        let diagnostic = Diagnostic(fault, at: site, operands: shown, source: Source(""))
        let place = position ?? (fault == .divisionByZero ? numbers.indices.last : nil)
        let path = "\(pointer)/operands" + (place.map { "/\($0)" } ?? "")
        var detail = diagnostic.message
        if let first = detail.first { detail = first.uppercased() + detail.dropFirst() }
        var problem = Problem(
            .language(diagnostic.code),
            detail,
            at: path,
            fault == .divisionByZero ? place.map { "operand \($0 + 1) is 0" } : nil
        )
        if name == "power", fault == .divisionByZero {
            problem = Problem(
                .language(.divisionByZero),
                detail,
                at: "\(pointer)/operands/0",
                "0 has no negative power"
            )
        }
        if let hint = diagnostic.hint { problem.facts.append(("hint", .string(hint))) }
        if case .limit(let limit) = fault {
            return .limit(limit.name, maximum: limit.maximum, detail, at: path)
        }
        return problem
    }
}

/// A function that can be called with a list of numbers alone.
struct Operation: Sendable {
    let function: Function
    /// The ways to call it so: each with the fewest and the most operands.
    private let ways: [(overload: Overload, least: Int, most: Int?)]

    var name: String { function.name }
    var least: Int { ways.map(\.least).min() ?? 0 }
    /// Nil if there is no most.
    var most: Int? {
        ways.contains { $0.most == nil } ? nil : ways.compactMap(\.most).max()
    }
    var isPure: Bool { !ways.contains { $0.overload.marks.contains(.impure) } }

    /// Nil if the name is of no function, or of one that wants more than numbers.
    init?(_ name: String, in library: FunctionLibrary) {
        guard let function = library[name] else { return nil }
        self.init(function)
    }

    private init?(_ function: Function) {
        self.function = function
        ways = function.overloads.compactMap { overload in
            guard let signature = overload.signature, !overload.isForm else { return nil }
            let numbers = signature.parameters.prefix { $0.pattern == .number }
            guard signature.minimumCount <= numbers.count, !numbers.isEmpty else { return nil }
            let most = numbers.last?.isVariadic == true ? nil : numbers.count
            return (overload, max(1, signature.minimumCount), most)
        }
        if ways.isEmpty { return nil }
    }

    /// All of them, in the order of the catalogue.
    static func all(in library: FunctionLibrary) -> [Operation] {
        library.functions.compactMap { Operation($0) }
    }

    func overload(for count: Int, at pointer: String) throws(Problem) -> Overload {
        if let way = ways.first(where: { $0.least <= count && count <= $0.most ?? .max }) {
            return way.overload
        }
        if count < least { throw tooFew(at: pointer) }
        throw Problem(
            .tooManyOperands,
            "\(name) takes \(most ?? least) operands, not \(count)",
            at: "\(pointer)/operands"
        )
    }

    func tooFew(at pointer: String) -> Problem {
        let count = least == 2 ? "two" : String(least)
        return Problem(
            .tooFewOperands,
            "At least \(count) operand\(least == 1 ? "" : "s") required",
            at: "\(pointer)/operands"
        )
    }
}

extension Overload {
    /// Whether it is a part of the language itself and not code that can be called.
    fileprivate var isForm: Bool {
        switch implementation {
        case .form: true
        case .unary, .binary, .ternary, .quinary, .fold, .values: false
        }
    }
}

extension Value {
    /// What it is, for people.
    fileprivate var kind: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number: "a number"
        case .string: "a string"
        case .list: "a list"
        case .record: "an object"
        }
    }
}
