#if Server
import CalcBurstService
public import Logging

/// Writes each message as one line of JSON: `ts`, `level`, `message`, then its metadata.
public struct JSONLogHandler: LogHandler {
    public var logLevel: Logger.Level = .info
    public var metadata: Logger.Metadata = [:]
    private let output: LogOutput

    public init(output: LogOutput = .standardError) {
        self.output = output
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var line = JSONLine()
        line.add("ts", Timestamp.now().description)
        line.add("level", event.level.rawValue)
        line.add("message", event.message.description)
        var fields = metadata
        if let own = event.metadata { fields.merge(own) { $1 } }
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) { line.add(name, value) }
        output.write(line.finished)
    }
}

/// A JSON object on one line, member by member.
struct JSONLine {
    private var bytes: [UInt8] = [UInt8(ascii: "{")]

    var finished: [UInt8] { bytes + Array("}\n".utf8) }

    mutating func add(_ name: String, _ text: String) {
        addName(name)
        addText(text)
    }

    mutating func add(_ name: String, _ value: Logger.MetadataValue) {
        addName(name)
        add(value)
    }

    private mutating func add(_ value: Logger.MetadataValue) {
        switch value {
        case .string(let text): addText(text)
        case .stringConvertible(let number as any FixedWidthInteger):
            bytes += Array("\(number)".utf8)
        case .stringConvertible(let number as Double) where number.isFinite:
            bytes += Array("\(number)".utf8)
        case .stringConvertible(let text): addText(text.description)
        case .array(let values):
            bytes.append(UInt8(ascii: "["))
            for (position, value) in values.enumerated() {
                if position > 0 { bytes.append(UInt8(ascii: ",")) }
                add(value)
            }
            bytes.append(UInt8(ascii: "]"))
        case .dictionary(let members):
            var inner = JSONLine()
            for (name, value) in members.sorted(by: { $0.key < $1.key }) { inner.add(name, value) }
            bytes += inner.finished.dropLast()
        }
    }

    private mutating func addName(_ name: String) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        addText(name)
        bytes.append(UInt8(ascii: ":"))
    }

    /// Control characters are escaped: nothing that is logged can begin a line of its own.
    private mutating func addText(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x22, 0x5C: bytes += [UInt8(ascii: "\\"), UInt8(truncatingIfNeeded: scalar.value)]
            case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029:
                let digits = String(scalar.value + 0x10000, radix: 16).dropFirst()
                bytes += Array("\\u\(digits)".utf8)
            case _: bytes += Array(String(scalar).utf8)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
#endif
