import CalcBurstFunctions

extension Function {
    /// A function of the host, made of a closure whose types say the signature.
    init<each Operand: ValueRepresentable, Answer: ValueRepresentable>(
        hostName name: String,
        _ summary: String,
        isPure: Bool,
        _ body: @escaping @Sendable (repeat each Operand) throws -> Answer
    ) {
        var types: [String] = []
        for type in repeat (each Operand).self { types.append(type.typeText) }
        let letters = "abcdefghijklmnopqrstuvwxyz".map(String.init)
        let parameters = types.enumerated().map { position, type in
            "\(position < letters.count ? letters[position] : "p\(position)"): \(type)"
        }
        let signature = "(\(parameters.joined(separator: ", "))) -> \(Answer.typeText)"
        let implementation = Overload.Implementation.values { operands, meter throws(Fault) in
            var position = 0
            func next<T: ValueRepresentable>(_ type: T.Type) throws(Fault) -> T {
                let operand = position < operands.count ? operands[position] : .null
                position += 1
                guard let value = T(value: operand) else {
                    throw .domain("operand \(position) is not a whole number or too large")
                }
                return value
            }
            let answer: Value
            do {
                answer = try body(repeat try next((each Operand).self)).value
            } catch let fault as Fault {
                throw fault
            } catch {
                throw .domain(String(describing: error))
            }
            return try answer.madeByHost(&meter)
        }
        self.init(
            name,
            .host,
            summary,
            [Overload(signature, isPure ? [] : .impure, implementation)],
            origin: .host
        )
    }
}

extension Value {
    /// The value a host's function gave, if it may go on: finite, and not deeper than values are.
    ///
    /// The walk keeps its own stack, since the value may be of any depth.
    fileprivate func madeByHost(_ meter: inout Meter) throws(Fault) -> Value {
        var pending: [(value: Value, depth: Int)] = [(self, 0)]
        while let (value, depth) = pending.popLast() {
            guard depth <= 64 else { throw .limit(.init("data-depth", 64)) }
            switch value {
            case .null, .bool: break
            case .number(let number):
                guard number.isFinite else { throw .nonFiniteResult }
            case .string(let text):
                try meter.makeString(bytes: text.utf8.count)
            case .list(let list):
                try meter.makeList(count: list.count)
                for element in list { pending.append((element, depth + 1)) }
            case .record(let record):
                try meter.makeList(count: record.count)
                for element in record.values { pending.append((element, depth + 1)) }
            }
        }
        return self
    }
}
