#if Plugins
import CalcBurstFunctions

extension HelperAnswer {
    private enum Kind: UInt8 {
        case ready
        case refused
        case value
        case fault
    }

    /// The frame, as the helper writes it; a large list goes to the space.
    func frame(number: UInt32, isWorn: Bool, _ space: inout SharedSpace) -> [UInt8] {
        var body = MessageWriter()
        let kind: Kind
        switch self {
        case .ready(let report):
            kind = .ready
            body.put(report)
        case .refused(let error):
            kind = .refused
            body.put(error.code.rawValue)
            body.put(error.message)
            body.put(error.hint != nil)
            if let hint = error.hint { body.put(hint) }
        case .value(let value):
            kind = .value
            body.put(value, &space)
        case .fault(let fault):
            kind = .fault
            body.put(fault)
        }
        let worn = isWorn ? HelperRequest.wornBit : 0
        return Frame.bytes(number: number, kind: kind.rawValue | worn, body)
    }

    /// Reads an answer in the host.
    init(
        kind: UInt8,
        _ body: [UInt8],
        _ space: SharedSpace,
        _ bounds: ValueBounds,
        plugin: String
    ) throws(Rubbish) {
        guard let kind = Kind(rawValue: kind) else { throw Rubbish("an answer of no kind") }
        var reader = MessageReader(body)
        switch kind {
        case .ready: self = .ready(try reader.report())
        case .refused:
            guard let code = PluginError.Code(rawValue: try reader.text(most: 100)) else {
                throw Rubbish("a reason that is none")
            }
            let message = PlainText.line(try reader.text(most: 100_000))
            let hint = try reader.flag() ? PlainText.line(try reader.text(most: 100_000)) : nil
            self = .refused(PluginError(code, plugin, message, hint: hint))
        case .value: self = .value(try reader.value(bounds, space))
        case .fault: self = .fault(try reader.fault(plugin: plugin, rows: bounds.elements))
        }
        try reader.end()
    }
}

// MARK: Faults

extension MessageWriter {
    mutating func put(_ fault: Fault) {
        switch fault {
        case .divisionByZero: put(UInt8(0))
        case .domain(let text):
            put(UInt8(1))
            put(text)
        case .overflow: put(UInt8(2))
        case .nonFiniteResult: put(UInt8(3))
        case .indexOutOfRange(let index, let count):
            put(UInt8(4))
            put(index)
            put(count)
        case .emptyList: put(UInt8(5))
        case .lengthMismatch(let left, let right):
            put(UInt8(6))
            put(left)
            put(right)
        case .invalidNumber(let text):
            put(UInt8(7))
            put(text)
        case .noConvergence(let iterations):
            put(UInt8(8))
            put(iterations)
        case .inElement(let row, let fault):
            put(UInt8(9))
            put(row)
            // Never inside another.
            if case .inElement = fault { put(UInt8(3)) } else { put(fault) }
        case .limit(let limit):
            put(UInt8(10))
            put(limit.name)
        case .pluginFailed(_, let text):
            put(UInt8(11))
            put(text)
        case .cancelled: put(UInt8(12))
        }
    }
}

extension MessageReader {
    /// A fault, with words that can be shown; `rows` is the most that a row or a length can be.
    mutating func fault(plugin: String, rows: Int, isInside: Bool = false) throws(Rubbish) -> Fault
    {
        let most = Int(UInt32.max)
        switch try byte() {
        case 0: return .divisionByZero
        case 1: return .domain(PlainText.line(try text(most: 100_000)))
        case 2: return .overflow
        case 3: return .nonFiniteResult
        case 4:
            let index = try number()
            guard index.isFinite else { throw Rubbish("an index that is none") }
            return .indexOutOfRange(index: index, count: try count(most: most))
        case 5: return .emptyList
        case 6: return .lengthMismatch(try count(most: most), try count(most: most))
        case 7: return .invalidNumber(String(PlainText.line(try text(most: 100_000)).prefix(40)))
        case 8: return .noConvergence(iterations: try count(most: most))
        case 9:
            guard !isInside else { throw Rubbish("a fault in a fault") }
            let row = try count(most: rows)
            return .inElement(row, try fault(plugin: plugin, rows: rows, isInside: true))
        case 10: return .limit(.init(try text(most: 40), 0))
        case 11:
            return .pluginFailed(plugin: plugin, PlainText.line(try text(most: 100_000)))
        case 12: return .cancelled
        case _: throw Rubbish("a fault of no kind")
        }
    }
}

/// Text that came from a plugin and is shown to people.
enum PlainText {
    /// One line of at most 300 characters, with nothing in it that moves the cursor.
    static func line(_ text: String) -> String {
        var line = ""
        var count = 0
        for scalar in text.unicodeScalars {
            guard count < 300 else { return line + "…" }
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
                .unassigned:
                if !line.hasSuffix(" ") { line += " " }
            case _: line.unicodeScalars.append(scalar)
            }
            count += 1
        }
        return line
    }

    /// The end of what a plugin printed, as one line; nil if there is nothing.
    static func lastWords(_ bytes: [UInt8]) -> String? {
        let line = line(String(decoding: bytes.suffix(200), as: UTF8.self))
        return line.allSatisfy { $0 == " " } ? nil : line
    }
}
#endif
