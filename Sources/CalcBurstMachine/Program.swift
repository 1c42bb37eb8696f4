public import CalcBurstFunctions
public import CalcBurstSource

/// An expression, compiled once, to be run any number of times from any thread.
///
/// ```swift
/// let program = try engine.compile("price * qty", inputs: ["price": .number, "qty": .number])
/// try program.evaluate(["price": 9.5, "qty": 2])   // 19
///
/// let frame = program.makeFrame()                   // by slot, without allocation
/// frame[0] = 9.5
/// frame[1] = 2
/// try frame.run()                                   // 19
/// ```
public struct Program: Sendable {
    package let code: Code

    package init(_ code: Code) { self.code = code }

    /// A value that the program takes.
    public struct Input: Hashable, Sendable {
        public let name: String
        public let type: ValueType
        /// The first place where the text names it; nil if it never does.
        public let firstUse: SourceRange?

        package init(name: String, type: ValueType, firstUse: SourceRange?) {
            self.name = name
            self.type = type
            self.firstUse = firstUse
        }
    }

    /// The text.
    public var source: Source { code.source }
    /// The inputs, in the order of their slots.
    public var inputs: [Input] { code.inputs }
    /// The type of every answer.
    public var resultType: ValueType { code.resultType }
    /// The fuel that one run takes at most: exact for an expression of numbers without a choice;
    /// nil if it depends on the length of a list or text.
    public var cost: Int? { code.cost }
    /// Findings that did not stop the text from compiling.
    public var warnings: [Diagnostic] { code.warnings }
    /// The limits of a run.
    public var limits: RunLimits { code.limits }
    /// Whether it always gives the same answer for the same inputs.
    public var isPure: Bool { !code.isImpure }
    /// The program as a listing, one instruction on a line.
    public var disassembly: String { Disassembler.listing(of: code) }

    /// Memory for running the program, to be used again and again by one thread at a time.
    public func makeFrame() -> Frame { Frame(code) }

    /// As `makeFrame()`, with limits of its own where they are lower than the program's.
    public func makeFrame(limits: RunLimits) -> Frame { Frame(code, limits: limits) }

    /// As `makeFrame(limits:)`, for one of several evaluations that share an allowance.
    package func makeFrame(limits: RunLimits, of allowance: Allowance) -> Frame {
        Frame(code, limits: limits, of: allowance)
    }
}

/// Everything that a compiled expression is made of; immutable and shared.
@safe package final class Code: Sendable {
    package let source: Source
    package let inputs: [Program.Input]
    package let resultType: ValueType
    package let cost: Int?
    package let warnings: [Diagnostic]
    package let limits: RunLimits

    package let instructions: [Instruction]
    /// The same instructions where the machine reads them, for as long as the code lives.
    ///
    /// Nobody writes to them after `init`, so that threads may share them.
    nonisolated(unsafe) let start: UnsafePointer<UInt64>
    package let operations: [Operation]
    package let calls: [Overload.Implementation]
    /// For each instruction, what to say if it fails.
    package let sites: [Int32]
    package let siteTable: [Site]

    /// The constants' slots of the frame begin after the inputs'.
    package let constants: [Double]
    package let slotCount: Int
    /// As `constants`, for the references.
    package let references: [Value]
    package let referenceCount: Int
    package let loopCount: Int
    /// The slot of a result that is not a number or a truth value.
    package let resultSlot: Int?

    package let entryCost: Int
    package let handlers: [Handler]
    package let instances: [Region]
    /// Whether every step is checked from the start, since the program must not be run twice.
    package let isImpure: Bool

    /// Where control goes when a fault of a value is met between two addresses.
    package struct Handler: Sendable {
        package let start: Int
        package let end: Int
        package let target: Int

        package init(start: Int, end: Int, target: Int) {
            self.start = start
            self.end = end
            self.target = target
        }
    }

    /// The addresses of a `fn` for one kind of call.
    package struct Region: Sendable {
        package let name: String
        package let start: Int
        package let end: Int

        package init(name: String, start: Int, end: Int) {
            self.name = name
            self.start = start
            self.end = end
        }
    }

    /// What an instruction comes from: where a fault is shown and what made it.
    package struct Site: Sendable {
        package let place: SourceRange
        package let operandRanges: [SourceRange]
        package let function: String?
        package let implementation: Overload.Implementation?

        package init(
            place: SourceRange,
            operandRanges: [SourceRange] = [],
            function: String? = nil,
            implementation: Overload.Implementation? = nil
        ) {
            self.place = place
            self.operandRanges = operandRanges
            self.function = function
            self.implementation = implementation
        }
    }

    package init(
        source: Source,
        inputs: [Program.Input],
        resultType: ValueType,
        cost: Int?,
        warnings: [Diagnostic],
        limits: RunLimits,
        instructions: [Instruction],
        operations: [Operation],
        calls: [Overload.Implementation],
        sites: [Int32],
        siteTable: [Site],
        constants: [Double],
        slotCount: Int,
        references: [Value],
        referenceCount: Int,
        loopCount: Int,
        resultSlot: Int?,
        entryCost: Int,
        handlers: [Handler],
        instances: [Region],
        isImpure: Bool
    ) {
        self.source = source
        self.inputs = inputs
        self.resultType = resultType
        self.cost = cost
        self.warnings = warnings
        self.limits = limits
        self.instructions = instructions
        let copy = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, instructions.count))
        for (address, instruction) in instructions.enumerated() {
            unsafe (copy + address).initialize(to: instruction.word)
        }
        unsafe start = UnsafePointer(copy)
        self.operations = operations
        self.calls = calls
        self.sites = sites
        self.siteTable = siteTable
        self.constants = constants
        self.slotCount = slotCount
        self.references = references
        self.referenceCount = referenceCount
        self.loopCount = loopCount
        self.resultSlot = resultSlot
        self.entryCost = entryCost
        self.handlers = handlers
        self.instances = instances
        self.isImpure = isImpure
    }

    deinit { unsafe start.deallocate() }

    /// What to say of the instruction at an address; the whole text if there is no such thing.
    ///
    /// Losing the place must not replace the error that is being reported.
    package func site(at address: Int) -> Site {
        guard sites.indices.contains(address), siteTable.indices.contains(Int(sites[address]))
        else { return Site(place: SourceRange(0, source.bytes.count)) }
        return siteTable[Int(sites[address])]
    }

    /// Whether it takes more than numbers, so that a run needs a meter and reference slots.
    package var usesOperations: Bool { !operations.isEmpty }
}
