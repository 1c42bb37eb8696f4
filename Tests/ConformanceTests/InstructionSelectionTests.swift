import CalcBurst
import CalcBurstCompiler
import CalcBurstFunctions
import CalcBurstMachine
import CalcBurstTesting
import Testing

/// An instruction of its own makes a function fast and changes nothing else.
@Suite struct InstructionSelectionTests {
    /// Numbers at which instructions go wrong, and some at random.
    private static let operands: [Double] = {
        var numbers = [
            0, 1, 2, 3, 0.5, 1.5, 2.5, 10, 1e-5, .pi, 709.782712893384, 709.782712893385, 745.2,
            1e16,
            4_503_599_627_370_496.5, 9_007_199_254_740_992, 9_007_199_254_740_991, 1e22, 1e308,
            .greatestFiniteMagnitude, .leastNormalMagnitude, .leastNonzeroMagnitude,
            .leastNormalMagnitude / 2, 0.1, 0.3, 170.5, 1e154, 1.4e154,
            1 - 1.0 / 9_007_199_254_740_992,
        ]
        numbers += numbers.map { -$0 }
        var random = SeededRandom(seed: 1)
        while numbers.count < 80 {
            let number = Double(bitPattern: random.next())
            if number.isFinite { numbers.append(number) }
        }
        return numbers
    }()

    @Test(arguments: InstructionSelection.unary.keys.sorted())
    func instructionOfOneOperandAgrees(_ name: String) throws {
        let opcode = try #require(InstructionSelection.unary[name])
        let overload = try #require(FunctionLibrary.standard[name]?.overloads.first)
        let isLogic = name == "not"
        let program = try Engine.standard.compile("\(name)(x)", ["x": isLogic ? .bool : .number])
        #expect(program.code.instructions.map(\.opcode).contains(opcode))
        let frame = program.makeFrame()
        for x in isLogic ? [0, 1] : Self.operands {
            frame[0] = x
            hold(frame, overload, isLogic ? [.bool(x == 1)] : [.number(x)], "\(name)(\(x))")
        }
    }

    /// A unary plus has no instruction, and still moves its operand to the accumulator.
    private static let shapes = ["(x, y)", "(+x, y)", "(x, +y)", "(+x, +y)"]

    @Test(arguments: InstructionSelection.binary.keys.sorted())
    func instructionsOfTwoOperandsAgreeInEveryShape(_ name: String) throws {
        let row = try #require(InstructionSelection.binary[name])
        let overload = try #require(
            FunctionLibrary.standard[name]?.overloads.first {
                $0.isScalar && $0.signature?.parameters.first?.pattern == .number
            }
        )
        var used: Set<Opcode> = []
        for shape in Self.shapes {
            let program = try Engine.standard.compile(name + shape, ["x": .number, "y": .number])
            used.formUnion(program.code.instructions.map(\.opcode))
            let frame = program.makeFrame()
            for x in Self.operands {
                for y in Self.operands {
                    frame[0] = x
                    frame[1] = y
                    hold(frame, overload, [.number(x), .number(y)], "\(name)\(shape): \(x), \(y)")
                }
            }
        }
        let all = [row.accumulatorSlot, row.slotAccumulator] + [row.slots].compactMap { $0 }
        #expect(used.isSuperset(of: all))
    }

    @Test func squareAgreesWithPower() throws {
        let overload = try #require(FunctionLibrary.standard["power"]?.overloads.first)
        let program = try Engine.standard.compile("x ^ 2", ["x": .number])
        #expect(program.code.instructions.map(\.opcode).contains(.square))
        let frame = program.makeFrame()
        for x in Self.operands {
            frame[0] = x
            hold(frame, overload, [.number(x), .number(2)], "\(x) ^ 2")
        }
    }

    @Test func everyArithmeticInstructionIsInARow() {
        var listed = Set(InstructionSelection.unary.values)
        for row in InstructionSelection.binary.values {
            listed.formUnion([row.accumulatorSlot, row.slotAccumulator])
            if let slots = row.slots { listed.insert(slots) }
        }
        let unlisted = Opcode.allCases.filter { $0.shape != .none && !listed.contains($0) }
        #expect(unlisted == [.square, .call1, .call2, .call3, .call5])
    }

    /// The machine's answer or fault must be the function's own.
    private func hold(_ frame: Frame, _ overload: Overload, _ operands: [Value], _ what: String) {
        var meter = Meter(limits: RunLimits())
        let expected = Result { () throws(Fault) in try overload.call(operands, &meter) }
        let found = Result { () throws(EvaluationError) in try frame.evaluate() }
        switch (expected, found) {
        case (.success(let a), .success(let b)):
            if !a.isIdentical(to: b) { Issue.record("\(what): \(b), not \(a)") }
        case (.failure(let a), .failure(let b)):
            if a != b.fault { Issue.record("\(what): \(b.message), not \(a)") }
        case (.success, .failure), (.failure, .success):
            Issue.record("\(what): \(found), not \(expected)")
        }
    }
}

extension Engine {
    fileprivate func compile(
        _ text: String,
        _ inputs: KeyValuePairs<String, ValueType>
    ) throws -> Program {
        try compile(text, inputs: inputs)
    }
}
