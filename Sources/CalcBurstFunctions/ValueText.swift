/// How values are written: as JSON, and for people.
package enum ValueText {
    /// Compact JSON with the shortest numbers, the keys in their order.
    package static func json(_ value: Value) -> String {
        var bytes: [UInt8] = []
        json(value, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends what `json` gives.
    package static func json(_ value: Value, into bytes: inout [UInt8]) {
        var writer = ValueWriter(bytes: bytes, isSpaced: false, digits: nil)
        // Two owners of the bytes would copy them at the first write.
        bytes = []
        writer.write(value)
        bytes = writer.bytes
    }

    /// The value for people: numbers rounded to so many digits, or exact if nil; a string bare, but
    /// inside a list or a record as JSON has it.
    package static func display(_ value: Value, digits: Int? = 15) -> String {
        if case .string(let text) = value { return text }
        var writer = ValueWriter(bytes: [], isSpaced: true, digits: digits)
        writer.write(value)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Appends a JSON string with the escapes that it must have and no others.
    package static func quote(_ text: String, into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x08: bytes.append(contentsOf: "\\b".utf8)
            case 0x09: bytes.append(contentsOf: "\\t".utf8)
            case 0x0A: bytes.append(contentsOf: "\\n".utf8)
            case 0x0C: bytes.append(contentsOf: "\\f".utf8)
            case 0x0D: bytes.append(contentsOf: "\\r".utf8)
            case 0..<0x20:
                bytes.append(contentsOf: byte < 0x10 ? "\\u000".utf8 : "\\u001".utf8)
                let digit = byte & 0x0F
                bytes.append((digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10) + digit)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

/// Writes a value of any depth in a loop, with the open lists and records on a stack.
private struct ValueWriter {
    var bytes: [UInt8]
    let isSpaced: Bool
    let digits: Int?
    private var open: [Open] = []

    /// A list or a record whose elements from `next` on are still to be written.
    private struct Open {
        var values: [Value]
        /// The names of a record; nil for a list.
        var names: [String]?
        var next = 0
    }

    init(bytes: [UInt8], isSpaced: Bool, digits: Int?) {
        self.bytes = bytes
        self.isSpaced = isSpaced
        self.digits = digits
    }

    mutating func write(_ value: Value) {
        begin(value)
        while let index = open.indices.last {
            let next = open[index].next
            guard next < open[index].values.count else {
                bytes.append(UInt8(ascii: open[index].names == nil ? "]" : "}"))
                open.removeLast()
                continue
            }
            open[index].next = next + 1
            if next > 0 { separate(",") }
            if let names = open[index].names {
                ValueText.quote(names[next], into: &bytes)
                separate(":")
            }
            begin(open[index].values[next])
        }
    }

    /// Writes a value that has no parts; opens one that has.
    private mutating func begin(_ value: Value) {
        switch value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let flag): write(flag)
        case .number(let number): write(number)
        case .string(let text): ValueText.quote(text, into: &bytes)
        case .list(let list):
            bytes.append(UInt8(ascii: "["))
            switch list.storage {
            case .numbers(let numbers):
                for (index, number) in numbers.enumerated() {
                    if index > 0 { separate(",") }
                    write(number)
                }
                bytes.append(UInt8(ascii: "]"))
            case .bools(let flags):
                for (index, flag) in flags.enumerated() {
                    if index > 0 { separate(",") }
                    write(flag)
                }
                bytes.append(UInt8(ascii: "]"))
            case .values(let values): open.append(Open(values: values))
            }
        case .record(let record):
            bytes.append(UInt8(ascii: "{"))
            open.append(Open(values: record.values, names: record.names))
        }
    }

    private mutating func write(_ flag: Bool) {
        bytes.append(contentsOf: flag ? "true".utf8 : "false".utf8)
    }

    private mutating func write(_ number: Double) {
        if let digits {
            bytes.append(contentsOf: NumberText.general(number, digits: digits).utf8)
        } else {
            NumberText.writeShortest(number, into: &bytes)
        }
    }

    private mutating func separate(_ mark: Unicode.Scalar) {
        bytes.append(UInt8(ascii: mark))
        if isSpaced { bytes.append(UInt8(ascii: " ")) }
    }
}
