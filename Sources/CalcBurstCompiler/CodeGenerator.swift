import CalcBurstFunctions
import CalcBurstMachine
import CalcBurstSource

/// Turns a checked expression into instructions; one loop over an explicit stack of steps.
struct CodeGenerator {
    typealias ID = CheckedExpression.ID
    typealias Label = Int

    /// What is left to do, last first.
    enum Step {
        /// Evaluates a node into the accumulator, or into a reference slot.
        case node(ID, into: Int?, mask: Int?)
        case emit(Opcode, a: Int, b: Int, of: ID)
        case call(Opcode, Int, a: Int, of: ID)
        case operate(Operation, of: ID)
        /// The first operand of a binary call is in the accumulator.
        case afterFirst(ID)
        case jump(Opcode, Label)
        case invoke(Int, of: ID)
        case label(Label)
        case charge(ID)
        case remember(ID)
        case openScope
        case closeScope
        case handler(start: Label, end: Label, target: Label)
        case releaseSlot(Int)
        case releaseReferences(count: Int)
        case beginInstance(Int)
        case endInstance(Int)
    }

    let expression: CheckedExpression
    let numbering: ValueNumbering?

    var steps: [Step] = []
    var instructions: [Instruction] = []
    var sites: [Int32] = []
    var siteTable: [Code.Site] = []
    var siteOf: [ID: Int32] = [:]
    var operations: [Operation] = []
    var calls: [Overload.Implementation] = []
    var handlers: [(start: Label, end: Label, target: Label)] = []

    /// Where labels are, and which jumps wait for one.
    var labels: [Int] = []
    var jumps: [(address: Int, label: Label)] = []
    var invokes: [(address: Int, instance: Int)] = []

    var constants: [Double] = []
    var constantSlots: [UInt64: Int] = [:]
    var references: [Value] = []
    var referenceSlots: [ID: Int] = [:]

    /// Slots after the inputs' and constants' are counted from 0 here and moved at the end.
    var temporaryCount = 0
    var freeTemporaries: [Int] = []
    var referenceTop = 0
    var referenceHigh = 0
    var loopCount = 0

    var variableSlots: [Int] = []
    var instanceResults: [Int?] = []
    var instanceStarts: [Int?] = []
    var instanceEnds: [Int?] = []
    var instanceQueue: [Int] = []

    /// Values that are kept in a slot, by value number, and where each scope's begin.
    var kept: [Int32: Int] = [:]
    var keptOrder: [Int32] = []
    var scopeMarks: [Int] = []

    /// Temporaries are numbered from here while the number of constants is not known.
    static let temporaryBase = 1 << 24

    init(_ expression: CheckedExpression, optimised: Bool) {
        self.expression = expression
        numbering = optimised ? ValueNumbering(expression) : nil
        instanceStarts = Array(repeating: nil, count: expression.instances.count)
        instanceEnds = instanceStarts
        instanceResults = instanceStarts
        for variable in expression.variables {
            variableSlots.append(
                variable.type.isScalar ? temporary() : reserveReferences(1).lowerBound
            )
        }
        for (position, instance) in expression.instances.enumerated()
        where instance.root >= 0 && !expression[instance.root].type.isScalar {
            instanceResults[position] = reserveReferences(1).lowerBound
        }
    }

    mutating func run(
        _ limits: RunLimits,
        source: Source,
        warnings: [Diagnostic]
    )
        throws(SourceErrors) -> Code
    {
        let root = expression.root
        var resultSlot: Int?
        if expression[root].type.isScalar {
            schedule([
                .openScope, .node(root, into: nil, mask: nil), .closeScope,
                .emit(.finish, a: 0, b: 0, of: root),
            ])
        } else {
            let slot = reserveReferences(1).lowerBound
            resultSlot = slot
            schedule([
                .openScope, .node(root, into: slot, mask: nil), .closeScope,
                .emit(.load, a: constant(0), b: 0, of: root),
                .emit(.finish, a: 0, b: 0, of: root),
            ])
        }
        perform()
        while let instance = instanceQueue.popLast() {
            let body = expression.instances[instance].root
            schedule([
                .beginInstance(instance), .openScope, .charge(body),
                .node(body, into: instanceResults[instance], mask: nil), .closeScope,
                .emit(.leave, a: instance, b: 0, of: body), .endInstance(instance),
            ])
            perform()
        }
        guard let code = link(resultSlot, limits, source, warnings) else {
            throw SourceErrors(
                source: source,
                diagnostics: [
                    Diagnostic(
                        .limitExceeded,
                        "the expression needs more room than a program has",
                        at: SourceRange(0, source.bytes.count),
                        limit: .init(name: "slots", maximum: Self.slotLimit)
                    )
                ]
            )
        }
        return code
    }

    /// Adds steps that are done in this order.
    mutating func schedule(_ next: [Step]) {
        steps.append(contentsOf: next.reversed())
    }

    private mutating func perform() {
        while let step = steps.popLast() {
            switch step {
            case .node(let id, let into, let mask): node(id, into, mask)
            case .emit(let opcode, let a, let b, let id): emit(opcode, a, b, of: id)
            case .call(let opcode, let index, let a, let id):
                append(opcode, operandA: a, wide: index, of: id)
            case .operate(let operation, let id):
                operations.append(operation)
                append(.operate, wide: operations.count - 1, of: id)
            case .afterFirst(let id): afterFirst(id)
            case .jump(let opcode, let label):
                jumps.append((instructions.count, label))
                append(opcode, wide: 0, of: expression.root)
            case .invoke(let instance, let id):
                if instanceStarts[instance] == nil, !instanceQueue.contains(instance) {
                    instanceQueue.append(instance)
                }
                invokes.append((instructions.count, instance))
                append(.invoke, operandA: instance, wide: 0, of: id)
            case .label(let label): labels[label] = instructions.count
            case .charge(let id):
                let cost = expression.segmentCost(of: id)
                if cost > 0 { append(.charge, wide: cost, of: id) }
            case .remember(let id): remember(id)
            case .openScope: scopeMarks.append(keptOrder.count)
            case .closeScope: closeScope()
            case .handler(let start, let end, let target): handlers.append((start, end, target))
            case .releaseSlot(let slot): freeTemporaries.append(slot)
            case .releaseReferences(let count): referenceTop -= count
            case .beginInstance(let instance):
                instanceStarts[instance] = instructions.count
                // The caller's values live on: an instance shares no temporary with anyone.
                freeTemporaries = []
                referenceTop = referenceHigh
            case .endInstance(let instance): instanceEnds[instance] = instructions.count
            }
        }
    }

    // MARK: Emitting

    mutating func emit(_ opcode: Opcode, _ a: Int, _ b: Int, of id: ID) {
        append(opcode, operandA: a, operandB: b, of: id)
    }

    /// Slots may be larger than 16 bits until `link` moves them; they wait in a list beside.
    var slotOperands: [(a: Int, b: Int)] = []

    mutating func append(
        _ opcode: Opcode,
        operandA: Int = 0,
        operandB: Int = 0,
        wide: Int? = nil,
        of id: ID
    ) {
        slotOperands.append((operandA, operandB))
        instructions.append(
            wide.map { Instruction(opcode, wide: UInt32(clamping: $0)) } ?? Instruction(opcode)
        )
        sites.append(site(of: id))
    }

    private mutating func site(of id: ID) -> Int32 {
        if let known = siteOf[id] { return known }
        let node = expression[id]
        var site = Code.Site(place: node.place)
        switch node.kind {
        case .call(let call):
            site = Code.Site(
                place: node.place,
                operandRanges: expression.children(of: id).map { expression[$0].range },
                function: call.function,
                implementation: call.overload.implementation
            )
        case .invoke(let instance):
            site = Code.Site(place: node.place, function: expression.instances[instance].name)
        case .constant, .input, .variable, .conditional, .and, .or, .coalesce, .attempt,
            .maskedConditional, .maskedAnd, .maskedOr, .maskedCoalesce, .field, .index, .slice,
            .filter, .position, .list, .record, .map, .capture, .sequence, .widen, .segment:
            break
        }
        siteTable.append(site)
        let index = Int32(siteTable.count - 1)
        siteOf[id] = index
        return index
    }

    mutating func label() -> Label {
        labels.append(-1)
        return labels.count - 1
    }

    // MARK: Slots

    mutating func constant(_ value: Double) -> Int {
        if let slot = constantSlots[value.bitPattern] { return slot }
        constants.append(value)
        let slot = expression.inputs.count + constants.count - 1
        constantSlots[value.bitPattern] = slot
        return slot
    }

    mutating func temporary() -> Int {
        if let free = freeTemporaries.popLast() { return free }
        temporaryCount += 1
        return Self.temporaryBase + temporaryCount - 1
    }

    /// Reference slots side by side, given back in the reverse order.
    mutating func reserveReferences(_ count: Int) -> Range<Int> {
        let first = Self.temporaryBase + referenceTop
        referenceTop += count
        referenceHigh = max(referenceHigh, referenceTop)
        return first..<first + count
    }

    mutating func referenceConstant(_ id: ID, _ value: Value) -> Int {
        if let slot = referenceSlots[id] { return slot }
        references.append(value)
        let slot = expression.inputs.count + references.count - 1
        referenceSlots[id] = slot
        return slot
    }

    // MARK: Keeping values

    /// Keeps a value that comes again, from here to the end of the scope.
    private mutating func remember(_ id: ID) {
        guard let number = numbering?.numbers[Int(id)], kept[number] == nil else { return }
        let slot = temporary()
        emit(.store, slot, 0, of: id)
        kept[number] = slot
        keptOrder.append(number)
    }

    private mutating func closeScope() {
        let mark = scopeMarks.popLast() ?? 0
        while keptOrder.count > mark, let number = keptOrder.popLast() {
            if let slot = kept.removeValue(forKey: number) { freeTemporaries.append(slot) }
        }
    }
}
