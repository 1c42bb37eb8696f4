import CalcBurstFunctions
import CalcBurstSource

/// Reads one JSON text in a loop, with the open lists and records on a stack.
struct JSONReader {
    let bytes: [UInt8]
    let limits: JSONLimits
    var index = 0
    private(set) var open: [Container] = []
    private var valueCount = 0
    private var keyCount = 0
    private let depthLimit: Int
    let numeralLimit: Int

    /// A list or a record whose end has not come yet.
    struct Container {
        /// Whether it is a record; then `names` has one more than `values` while a value is read.
        let isRecord: Bool
        var values: [Value] = []
        var names: [String] = []
        /// Names seen so far, once there are too many to look at each.
        var seen: Set<ExactText> = []
    }

    init(_ bytes: [UInt8], limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
        depthLimit = max(0, min(limits.depth, JSONLimits.deepest))
        numeralLimit = max(1, min(limits.numeralLength, JSONLimits.longestNumeral))
    }

    mutating func read() throws(JSONError) -> Value {
        guard bytes.count <= limits.length else {
            throw limit(
                "json-length",
                limits.length,
                bytes.count,
                "bytes of JSON",
                at: SourceRange(0, 0)
            )
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw malformed(
                "the text begins with a byte order mark",
                at: SourceRange(0, 3),
                hint: "save it as UTF-8 without a byte order mark"
            )
        }
        while true {
            skipSpaces()
            guard var value = try begin() else { continue }
            // A value is complete: it ends its container, or the next one begins.
            while let top = open.indices.last {
                open[top].values.append(value)
                guard let finished = try endOrSeparator() else { break }
                value = finished
            }
            if open.isEmpty {
                skipSpaces()
                guard index == bytes.count else {
                    throw malformed("there is something after the value", at: oneCharacter())
                }
                return value
            }
        }
    }

    // MARK: - Values

    /// Reads a value that has no parts, or the start of one that has; then the result is nil, unless
    /// it is empty.
    private mutating func begin() throws(JSONError) -> Value? {
        guard index < bytes.count else { throw ended("a value") }
        valueCount += 1
        guard valueCount <= limits.values else {
            throw limit(
                "json-values",
                limits.values,
                nil,
                "values",
                at: SourceRange(index, index + 1)
            )
        }
        switch bytes[index] {
        case UInt8(ascii: "{"): return try beginContainer(isRecord: true)
        case UInt8(ascii: "["): return try beginContainer(isRecord: false)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        default: throw notAValue()
        }
    }

    private mutating func beginContainer(isRecord: Bool) throws(JSONError) -> Value? {
        guard open.count < depthLimit else {
            throw limit(
                "data-depth",
                depthLimit,
                nil,
                "lists and records inside each other",
                at: SourceRange(index, index + 1)
            )
        }
        index += 1
        skipSpaces()
        if peek() == UInt8(ascii: isRecord ? "}" : "]") {
            index += 1
            return isRecord ? .record(.empty) : .list(.empty)
        }
        open.append(Container(isRecord: isRecord))
        if isRecord { try name() }
        return nil
    }

    /// After a value: takes the comma, or the end of the container, which is then complete.
    private mutating func endOrSeparator() throws(JSONError) -> Value? {
        guard let top = open.indices.last else { return nil }
        let isRecord = open[top].isRecord
        let end = UInt8(ascii: isRecord ? "}" : "]")
        skipSpaces()
        switch peek() {
        case UInt8(ascii: ","):
            let comma = index
            index += 1
            skipSpaces()
            if peek() == end {
                throw malformed(
                    "there is a comma after the last element",
                    at: SourceRange(comma, comma + 1),
                    hint: "JSON has commas only between elements"
                )
            }
            if isRecord { try name() }
            return nil
        case end:
            index += 1
            let container = open.removeLast()
            guard isRecord else { return .list(List(container.values)) }
            guard let record = Record(names: container.names, values: container.values) else {
                throw malformed("a name comes twice", at: SourceRange(index - 1, index))
            }
            return .record(record)
        case nil:
            throw ended(isRecord ? "',' or '}'" : "',' or ']'")
        case .some:
            throw malformed(
                "',' or '\(isRecord ? "}" : "]")' is expected here",
                at: oneCharacter(),
                hint: commentHint()
            )
        }
    }

    /// Reads a name and its colon.
    private mutating func name() throws(JSONError) {
        guard let top = open.indices.last else { return }
        let start = index
        guard let byte = peek() else { throw ended("a name in double quotes") }
        guard byte == UInt8(ascii: "\"") else {
            throw malformed(
                "a name in double quotes is expected here",
                at: oneCharacter(),
                hint: commentHint()
            )
        }
        keyCount += 1
        guard keyCount <= limits.keys else {
            throw limit("json-keys", limits.keys, nil, "names", at: SourceRange(start, start + 1))
        }
        let name = try string()
        if isTaken(name, in: top) {
            throw error(
                .duplicateName,
                "the name '\(brief(name))' comes twice in one object",
                at: SourceRange(start, index)
            )
        }
        open[top].names.append(name)
        skipSpaces()
        guard peek() == UInt8(ascii: ":") else {
            if peek() == nil { throw ended("':'") }
            throw malformed("':' is expected after a name", at: oneCharacter())
        }
        index += 1
    }

    /// Whether an open record has the name already, byte for byte; remembers it if not.
    private mutating func isTaken(_ name: String, in top: Int) -> Bool {
        // Looking at a few names is faster than hashing them.
        let few = 8
        if open[top].names.count < few {
            return open[top].names.contains { $0.hasSameBytes(as: name) }
        }
        if open[top].seen.isEmpty { open[top].seen = Set(open[top].names.map(ExactText.init)) }
        return !open[top].seen.insert(ExactText(name)).inserted
    }

    private mutating func word(_ word: String, _ value: Value) throws(JSONError) -> Value {
        guard bytes[index...].starts(with: word.utf8) else { throw notAValue() }
        index += word.utf8.count
        if let next = peek(), isWordByte(next) {
            index -= word.utf8.count
            throw notAValue()
        }
        return value
    }

    // MARK: - Bytes

    func peek() -> UInt8? { index < bytes.count ? bytes[index] : nil }

    mutating func skipSpaces() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x09, 0x0A, 0x0D: index += 1
            default: return
            }
        }
    }

    func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
