import CalcBurst
import CalcBurstFunctions
import CalcBurstSource

/// A calculation as a body asks for it, with every member seen to be right.
struct CalculationMessage: Sendable {
    var work: Work
    /// The id under which to keep it; nil for a new one.
    var id: String?
    var isStored = true
    var includes: Set<Inclusion> = []
    /// The limits of the server, or lower ones.
    var limits: Limits

    enum Work: Sendable {
        case operation(String, Value)
        case expression(String, Record)
    }

    /// What an answer may say besides the result.
    enum Inclusion: String, CaseIterable, Hashable, Sendable {
        case cost
        case bytecode
    }

    /// Which of the two forms an endpoint takes.
    enum Form {
        case any
        case expression
    }

    /// Reads the members; the pointer leads to the object.
    init(
        _ body: Value,
        form: Form,
        limits: Limits,
        at pointer: String = "#"
    ) throws(Problem) {
        guard case .record(let members) = body else {
            throw Problem(.invalidBody, "the body is not a JSON object", at: pointer)
        }
        let hasOperation = members["operation"] != nil || members["operands"] != nil
        if form == .any, members["expression"] == nil {
            guard members["variables"] == nil || hasOperation else {
                throw .missing("expression", at: pointer)
            }
            work = try Self.operation(members, at: pointer)
        } else {
            if hasOperation {
                throw Problem(
                    .invalidBody,
                    "a calculation has an operation or an expression, not both",
                    at: pointer
                )
            }
            work = try Self.expression(members, at: pointer)
        }
        self.limits = limits
        id = try Self.id(members, at: pointer)
        try Self.checkMode(members["mode"], at: pointer)
        switch members["store"] {
        case nil, .null?: break
        case .bool(let flag)?: isStored = flag
        case .number?, .string?, .list?, .record?:
            throw .invalid("store", "is true or false", at: pointer)
        }
        includes = Set(try Self.inclusions(members["include"], Inclusion.self, at: pointer))
        try lower(members["limits"], at: pointer)
    }

    // MARK: Members

    private static func operation(_ members: Record, at pointer: String) throws(Problem) -> Work {
        let operation = members["operation"] ?? .null
        let operands = members["operands"] ?? .null
        for (name, value) in [("operation", operation), ("operands", operands)]
        where value.isMissing {
            throw Problem(
                .missingField,
                "Missing operation or operands",
                at: "\(pointer)/\(name)",
                "'\(name)' is missing or empty"
            )
        }
        if case .string(let name) = operation { return .operation(name, operands) }
        return .operation(ValueText.json(operation), operands)
    }

    private static func expression(_ members: Record, at pointer: String) throws(Problem) -> Work {
        let text: String
        switch members["expression"] {
        case nil, .null?: throw .missing("expression", at: pointer)
        case .string(let string)?: text = string
        case .bool?, .number?, .list?, .record?:
            throw .invalid("expression", "is a text", at: pointer)
        }
        switch members["variables"] {
        case nil, .null?: return .expression(text, .empty)
        case .record(let variables)?: return .expression(text, variables)
        case .bool?, .number?, .string?, .list?:
            throw .invalid("variables", "is an object of names and values", at: pointer)
        }
    }

    private static func id(_ members: Record, at pointer: String) throws(Problem) -> String? {
        switch members["id"] {
        case nil, .null?: return nil
        case .string(let id)? where CalculationID.isValid(id): return id
        case .string?, .bool?, .number?, .list?, .record?:
            throw Problem(
                .invalidID,
                "an id is a text of 1 to 128 of A-Z a-z 0-9 . _ : ~ -",
                at: "\(pointer)/id"
            )
        }
    }

    static func checkMode(_ mode: Value?, at pointer: String) throws(Problem) {
        switch mode {
        case nil, .null?: break
        case .string("double")?: break
        case .string?, .bool?, .number?, .list?, .record?:
            var problem = Problem(
                .language(.unsupportedMode),
                "the only mode is \"double\"",
                at: "\(pointer)/mode"
            )
            problem.facts.append(("supported", ["double"]))
            throw problem
        }
    }

    /// A list of words of a closed list.
    static func inclusions<Word: CaseIterable & RawRepresentable<String>>(
        _ value: Value?,
        _ type: Word.Type,
        at pointer: String
    ) throws(Problem) -> [Word] {
        switch value {
        case nil, .null?: return []
        case .list(let list)?:
            var words: [Word] = []
            for item in list {
                guard case .string(let text) = item, let word = Word(rawValue: text) else {
                    let all = Word.allCases.map(\.rawValue).joined(separator: ", ")
                    throw .invalid("include", "is a list of: \(all)", at: pointer)
                }
                words.append(word)
            }
            return words
        case .string?, .bool?, .number?, .record?:
            throw .invalid("include", "is a list of texts", at: pointer)
        }
    }

    /// Lowers the limits that the body names; a value above the server's changes nothing.
    private mutating func lower(_ value: Value?, at pointer: String) throws(Problem) {
        switch value {
        case nil, .null?: return
        case .record(let wanted)?:
            for (name, value) in wanted.fields {
                let path = "\(pointer)/limits/\(name)"
                guard let limit = NamedLimit.all.first(where: { $0.memberName == name })
                else {
                    throw Problem(.invalidField, "there is no limit '\(name)'", at: path)
                }
                guard case .number(let number) = value, number >= 0,
                    let count = Int(exactly: number.rounded(.towardZero)), Double(count) == number
                else {
                    throw Problem(.invalidField, "'\(name)' is a whole number from 0", at: path)
                }
                let current = limits[keyPath: limit.path]
                let isNone = limit.unit == .milliseconds && limits.run.time == nil
                if isNone || count < current { limits[keyPath: limit.path] = count }
            }
        case .string?, .bool?, .number?, .list?:
            throw .invalid("limits", "is an object of limits", at: pointer)
        }
    }
}

extension Value {
    /// Whether it counts as not there, as the Python service had it: null, false, 0, nothing in it.
    fileprivate var isMissing: Bool {
        switch self {
        case .null: true
        case .bool(let value): !value
        case .number(let value): value == 0
        case .string(let text): text.isEmpty
        case .list(let list): list.isEmpty
        case .record(let record): record.count == 0
        }
    }
}

extension Problem {
    static func missing(_ name: String, at pointer: String) -> Problem {
        Problem(.missingField, "'\(name)' is missing", at: "\(pointer)/\(name)")
    }

    static func invalid(_ name: String, _ what: String, at pointer: String) -> Problem {
        Problem(.invalidField, "'\(name)' \(what)", at: "\(pointer)/\(name)")
    }
}
