import CalcBurstFunctions
package import CalcBurstSource
package import CalcBurstSyntax

/// Gives a tree its meaning: resolves names, synthesises types from the leaves up, chooses
/// overloads.
///
/// The pass is one loop over an explicit stack of steps, so that no text can make it recurse. An
/// operand that could not be checked is a hole, and a hole makes its parent a hole without another
/// diagnostic: every mistake is reported once.
package struct Checker {
    /// A checked text, with the findings that do not stop it.
    package struct Outcome: Sendable {
        package let expression: CheckedExpression
        package let warnings: [Diagnostic]
    }

    typealias ID = CheckedExpression.ID

    /// A checked operand; nil is a hole.
    typealias Operand = ID?

    /// What is left to do, last first.
    enum Step {
        case enter(Syntax.ID)
        case exit(Syntax.ID)
        /// The list of a call with a body is checked: its element is a variable from here on.
        case openBody(call: Syntax.ID)
        case closeBody
        case bind(Syntax.ID)
        case define(Syntax.ID)
        case closeInstance(Int, call: Syntax.ID, saved: Scope)
        case closeTrial(saved: Scope, diagnosticCount: Int)
    }

    /// The names that can be seen.
    struct Scope {
        var variables: [ExactText: VariableState] = [:]
        var functions: [ExactText: Int] = [:]
        /// The variables of the bodies around, innermost last; nil is one whose list is a hole.
        var elements: [CheckedExpression.VariableID?] = []
    }

    enum VariableState {
        case known(CheckedExpression.VariableID)
        /// The value is a hole.
        case hole
    }

    /// A `fn`, checked anew for the types of each kind of call.
    struct Template {
        let name: String
        let parameters: [String]
        let body: Syntax.ID
        /// What can be seen from the body: what stood before the `fn`.
        let scope: Scope
        var instances: [[ValueType]: Int?] = [:]
        /// The body has mistakes whatever the types are; they are reported already.
        var isBroken = false
    }

    let source: Source
    let tree: Syntax
    let environment: Environment
    let limits: SourceLimits
    let inputSlots: [ExactText: Int]
    /// Nodes whose type may hold `mixed`, since only a part of them is named.
    let pathBases: Set<Syntax.ID>

    var expression = CheckedExpression()
    var diagnostics: [Diagnostic] = []
    var steps: [Step] = []
    var operands: [Operand] = []
    var scope = Scope()
    var templates: [Template] = []
    /// The element variables of the bodies that are open or whose call is not checked yet.
    var bodyVariables: [CheckedExpression.VariableID?] = []
    /// Element names that a body's variable shadows, restored when the body closes.
    var shadowed: [(name: ExactText, state: VariableState?)] = []
    /// All names that a `fn` has anywhere in the text, to tell a later one from an unknown one.
    var allFunctionNames: Set<ExactText> = []
    /// The `let` values of the program so far, in order.
    var statements: [ID] = []
    var stopped = false
    /// The text of the node that is being checked.
    var range = SourceRange(0, 0)

    /// Checks a tree; throws all findings, those of the parser included, if one is an error.
    package static func check(
        _ parsed: ParsedSyntax,
        in environment: Environment,
        limits: SourceLimits = SourceLimits()
    ) throws(SourceErrors) -> Outcome {
        var checker = Checker(parsed, environment, limits)
        let root = checker.run()
        var seen: Set<Diagnostic> = []
        let findings = (parsed.diagnostics + checker.diagnostics)
            .filter { seen.insert($0).inserted }
            .sorted { ($0.range.start, $0.range.end) < ($1.range.start, $1.range.end) }
        guard let root, !findings.contains(where: { $0.severity == .error }) else {
            throw SourceErrors(source: parsed.source, diagnostics: findings)
        }
        checker.expression.root = root
        return Outcome(expression: checker.expression, warnings: findings)
    }

    private init(_ parsed: ParsedSyntax, _ environment: Environment, _ limits: SourceLimits) {
        source = parsed.source
        tree = parsed.tree
        self.environment = environment
        self.limits = limits
        var slots: [ExactText: Int] = [:]
        for (slot, input) in environment.inputs.enumerated() {
            slots[ExactText(input.name)] = slot
            expression.inputs.append(.init(name: input.name, type: input.type))
        }
        inputSlots = slots
        var bases: Set<Syntax.ID> = []
        for id in parsed.tree.nodes.indices.map(Syntax.ID.init) {
            switch parsed.tree[id].kind {
            case .field, .optionalField, .index:
                if let base = parsed.tree.children(of: id).first { bases.insert(base) }
            case .function, .definition:
                allFunctionNames.insert(
                    ExactText(parsed.source.nameText(parsed.tree[id].token))
                )
            case .number, .string, .bool, .null, .name, .element, .missing, .prefix, .infix,
                .chain, .conditional, .call, .elementField, .slice, .body, .list, .record,
                .binding, .program, .assignment, .selection, .item:
                break
            }
        }
        pathBases = bases
    }

    private mutating func run() -> ID? {
        guard let root = tree.root else { return nil }
        steps.append(.enter(root))
        while !stopped, let step = steps.popLast() {
            switch step {
            case .enter(let id): enter(id)
            case .exit(let id): exit(id)
            case .openBody(let call): openBody(of: call)
            case .closeBody: closeBody()
            case .bind(let statement): bind(statement)
            case .define(let statement): define(statement)
            case .closeInstance(let instance, let call, let saved):
                closeInstance(instance, call: call, saved: saved)
            case .closeTrial(let saved, let count):
                closeTrial(saved: saved, diagnosticCount: count)
            }
        }
        guard let result = operands.popLast() else { return nil }
        return result
    }

    /// The text of a name, without its backticks.
    func name(_ range: SourceRange) -> String { source.nameText(range) }

    mutating func report(_ diagnostic: Diagnostic) {
        // A page of mistakes is enough, and each costs a search for names that may be meant.
        guard diagnostics.count < Self.mostFindings else { return }
        diagnostics.append(diagnostic)
    }

    private static let mostFindings = 20

    /// Adds a node, unless there are too many or its type is too deep.
    mutating func add(
        _ kind: CheckedExpression.Kind,
        _ type: ValueType,
        at place: SourceRange,
        cost: Int32 = 0,
        _ children: [ID] = []
    ) -> Operand {
        guard expression.nodes.count < 4 * limits.nodes else {
            report(.tooManyNodes(limits.nodes, at: place))
            stopped = true
            return nil
        }
        // A type grows by one level at a node, so looking at new lists and records is enough.
        if !type.isScalar, type.depth(atMost: environment.dataDepth) == nil {
            report(.tooDeep(environment.dataDepth, at: place))
            stopped = true
            return nil
        }
        return expression.add(
            kind,
            type,
            at: place,
            range: range,
            cost: cost,
            children: children
        )
    }

    func type(_ id: ID) -> ValueType { expression[id].type }

    /// The value of a literal operand.
    func literal(_ id: ID) -> Value? {
        if case .constant(let value) = expression[id].kind { value } else { nil }
    }

    mutating func variable(_ name: String, _ type: ValueType) -> CheckedExpression.VariableID {
        expression.variables.append(.init(name: name, type: type))
        return expression.variables.count - 1
    }

    /// The operand as a reference, where its scalar type has become optional.
    mutating func widened(_ id: ID, to type: ValueType) -> Operand {
        guard self.type(id).isScalar, !type.isScalar else { return id }
        return add(.widen, type, at: expression[id].place, [id])
    }
}

extension ValueType {
    /// How many lists and records are inside each other; nil if more than `limit`.
    ///
    /// The recursion is as deep as the limit, which is at most 128.
    func depth(atMost limit: Int) -> Int? {
        switch self {
        case .never, .null, .bool, .number, .string, .mixed: return 0
        case .optional(let type): return type.depth(atMost: limit)
        case .list(let element):
            guard limit > 0 else { return nil }
            return element.depth(atMost: limit - 1).map { $0 + 1 }
        case .record(let record):
            guard limit > 0 else { return nil }
            var deepest = 0
            for field in record.fields {
                guard let depth = field.type.depth(atMost: limit - 1) else { return nil }
                deepest = max(deepest, depth)
            }
            return deepest + 1
        }
    }
}
