#if Plugins
import CalcBurstFunctions

/// How values stand in a message: a byte for the kind, then the value.
private enum Tag: UInt8 {
    case null
    case no
    case yes
    case number
    case text
    case numbers
    case bools
    /// Pairs of numbers: records `{re, im}`.
    case complex
    case complexes
}

/// How large values may be that come in a message.
struct ValueBounds {
    var bytes: Int
    var elements: Int
}

extension MessageWriter {
    /// Lists of up to so many bytes stand in the message itself.
    private static let inline = 4096

    mutating func put(_ value: Value, _ space: inout SharedSpace) {
        switch value {
        case .null: put(Tag.null.rawValue)
        case .bool(let bool): put(bool ? Tag.yes.rawValue : Tag.no.rawValue)
        case .number(let number):
            put(Tag.number.rawValue)
            put(number)
        case .string(let text):
            put(Tag.text.rawValue)
            put(text)
        case .list(let list): put(list, &space)
        case .record(let record):
            put(Tag.complex.rawValue)
            put(record.part("re"))
            put(record.part("im"))
        }
    }

    private mutating func put(_ list: List, _ space: inout SharedSpace) {
        if let numbers = list.numbers {
            put(Tag.numbers.rawValue)
            put(list: numbers, count: numbers.count, &space)
        } else if let bools = list.bools {
            put(Tag.bools.rawValue)
            put(list: bools.map { $0 ? 1 : 0 } as [UInt8], count: bools.count, &space)
        } else {
            put(Tag.complexes.rawValue)
            var parts: [Double] = []
            for value in list {
                guard case .record(let record) = value else {
                    parts += [.nan, .nan]
                    continue
                }
                parts += [record.part("re"), record.part("im")]
            }
            put(list: parts, count: list.count, &space)
        }
    }

    private mutating func put<Element: BitwiseCopyable>(
        list elements: [Element],
        count: Int,
        _ space: inout SharedSpace
    ) {
        put(count)
        let isSmall = elements.count * MemoryLayout<Element>.stride <= Self.inline
        if !isSmall, let offset = space.place(elements) {
            put(true)
            put(offset)
        } else {
            put(false)
            put(raw: elements)
        }
    }
}

extension MessageReader {
    mutating func value(_ bounds: ValueBounds, _ space: SharedSpace) throws(Rubbish) -> Value {
        guard let tag = Tag(rawValue: try byte()) else { throw Rubbish("a value of no kind") }
        switch tag {
        case .null: return .null
        case .no: return .bool(false)
        case .yes: return .bool(true)
        case .number: return .number(try number())
        case .text: return .string(try text(most: bounds.bytes))
        case .complex: return Complexes.value(re: try number(), im: try number())
        case .numbers:
            let count = try count(most: bounds.elements)
            return .list(List(try numbers(count, space)))
        case .bools:
            let count = try count(most: bounds.elements)
            let bytes =
                if let offset = try offset(space) {
                    try space.copy(UInt8(0), at: offset, count: count)
                } else {
                    try bytes(count: count)
                }
            return .list(List(bytes.map { $0 != 0 }))
        case .complexes:
            let count = try count(most: bounds.elements)
            return .list(Complexes.list(try numbers(2 * count, space)))
        }
    }

    private mutating func numbers(_ count: Int, _ space: SharedSpace) throws(Rubbish) -> [Double] {
        guard let offset = try offset(space) else { return try numbers(count: count) }
        return try space.copy(0.0, at: offset, count: count)
    }

    /// Where a list stands in the shared memory; nil if it stands in the message.
    private mutating func offset(_ space: SharedSpace) throws(Rubbish) -> Int? {
        try flag() ? try count(most: space.size) : nil
    }
}

/// Complex numbers as the language has them.
enum Complexes {
    private static let shape = Record.Shape(["re", "im"])

    static func value(re: Double, im: Double) -> Value {
        guard let shape, let record = Record(shape: shape, values: [.number(re), .number(im)])
        else { return .null }
        return .record(record)
    }

    static func list(_ parts: [Double]) -> List {
        List(
            stride(from: 0, to: parts.count - 1, by: 2).map {
                value(re: parts[$0], im: parts[$0 + 1])
            }
        )
    }
}

extension Record {
    /// A part of a complex number; NaN if it is not there.
    func part(_ name: String) -> Double {
        guard case .number(let number)? = self[name] else { return .nan }
        return number
    }
}

extension PluginType {
    /// Whether a value is of this type, with nothing in it that the language does not have.
    func takes(_ value: Value) -> Bool {
        switch (self, value) {
        case (.f64, .number(let number)): number.isFinite
        case (.i64, .number(let number)): Self.isWhole(number)
        case (.bool, .bool), (.string, .string): true
        case (.complex, .record(let record)):
            record.part("re").isFinite && record.part("im").isFinite
        case (.numbers, .list(let list)): list.numbers?.allSatisfy(\.isFinite) ?? false
        case (.integers, .list(let list)): list.numbers?.allSatisfy(Self.isWhole) ?? false
        case (.f64, _), (.i64, _), (.bool, _), (.string, _), (.complex, _), (.numbers, _),
            (.integers, _):
            false
        }
    }

    private static func isWhole(_ number: Double) -> Bool {
        abs(number) <= 9_007_199_254_740_992 && number == number.rounded(.towardZero)
    }
}
#endif
