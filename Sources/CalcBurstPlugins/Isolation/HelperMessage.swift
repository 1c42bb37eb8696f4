#if Plugins
import CalcBurstFunctions

/// What a host asks of its helper, in the order in which the kinds are numbered.
///
/// ```
/// frame = length: 4 bytes, of what follows the frame's head
///         number: 4 bytes, the answer has that of its request
///         kind:   1 byte; its highest bit says that the helper wants to be replaced
///         the fields of the kind, one after the other
/// ```
enum HelperRequest {
    case load(HelperLoad)
    case call(operation: Int, [Value], CallBounds)
    case rows(operation: Int, [PluginColumn], count: Int, CallBounds)

    static let head = 9
    static let wornBit: UInt8 = 0x80
}

/// What a helper is started with.
struct HelperLoad {
    var path: String
    /// What may be read while the plugin is loaded, besides the folder that it lies in.
    var folders: [String]
    var memory: Int
    var processorSeconds: Int
    var openFiles: Int
}

/// The limits of one answer.
struct CallBounds {
    var stringLength: Int
    var listLength: Int
}

/// What a helper answers.
enum HelperAnswer {
    case ready(HelperReport)
    case refused(PluginError)
    case value(Value)
    case fault(Fault)
}

/// What a helper says of itself and of its plugin.
struct HelperReport: Equatable {
    var name: String
    var version: String
    var license: String
    var homepage: String
    var confinement: [String]
    var operations: [Description]

    struct Description: Equatable {
        var name: String
        var signature: PluginSignature
        var summary: String
        var examples: [PluginExample]
        var marks: PluginOperation.Marks
        var cost: Int
    }
}

extension HelperRequest {
    /// The frame, and in the space what did not fit it.
    func frame(number: UInt32, _ space: inout SharedSpace) -> [UInt8] {
        var body = MessageWriter()
        let kind: UInt8
        switch self {
        case .load(let load):
            kind = 0
            body.put(load.path)
            body.put(load.folders.count)
            for folder in load.folders { body.put(folder) }
            body.put(Double(load.memory))
            body.put(load.processorSeconds)
            body.put(load.openFiles)
        case .call(let operation, let operands, let bounds):
            kind = 1
            body.put(operation)
            body.put(bounds.stringLength)
            body.put(bounds.listLength)
            body.put(operands.count)
            for operand in operands { body.put(operand, &space) }
            body.put(space.used)
        case .rows(let operation, let columns, let count, let bounds):
            kind = 2
            body.put(operation)
            body.put(bounds.stringLength)
            body.put(bounds.listLength)
            body.put(count)
            body.put(columns.count)
            for column in columns {
                switch column {
                case .same(let value):
                    body.put(false)
                    body.put(value, &space)
                case .each(let list):
                    body.put(true)
                    body.put(.list(list), &space)
                }
            }
            body.put(space.used)
        }
        return Frame.bytes(number: number, kind: kind, body)
    }

    /// Reads a request in the helper, and where in the space its answer may begin.
    init(
        kind: UInt8,
        _ body: [UInt8],
        _ space: SharedSpace
    ) throws(Rubbish) {
        let most = Int(UInt32.max)
        let bounds = ValueBounds(bytes: most, elements: most)
        var reader = MessageReader(body)
        switch kind {
        case 0:
            let path = try reader.text(most: most)
            var folders: [String] = []
            for _ in 0..<(try reader.count(most: most)) {
                folders.append(try reader.text(most: most))
            }
            let memory = Int(exactly: try reader.number()) ?? 0
            self = .load(
                HelperLoad(
                    path: path,
                    folders: folders,
                    memory: memory,
                    processorSeconds: try reader.count(most: most),
                    openFiles: try reader.count(most: most)
                )
            )
        case 1, 2:
            let operation = try reader.count(most: most)
            let limits = CallBounds(
                stringLength: try reader.count(most: most),
                listLength: try reader.count(most: most)
            )
            if kind == 1 {
                var operands: [Value] = []
                for _ in 0..<(try reader.count(most: most)) {
                    operands.append(try reader.value(bounds, space))
                }
                self = .call(operation: operation, operands, limits)
            } else {
                let count = try reader.count(most: most)
                var columns: [PluginColumn] = []
                for _ in 0..<(try reader.count(most: most)) {
                    let isEach = try reader.flag()
                    let value = try reader.value(bounds, space)
                    if isEach, case .list(let list) = value {
                        columns.append(.each(list))
                    } else {
                        columns.append(.same(value))
                    }
                }
                self = .rows(operation: operation, columns, count: count, limits)
            }
        case _:
            throw Rubbish("a request of no kind")
        }
    }

    /// Where the answer may begin in the space: after the operands.
    static func roomForAnswer(_ body: [UInt8]) -> Int {
        var reader = MessageReader(Array(body.suffix(4)))
        return (try? reader.count(most: Int(UInt32.max))) ?? 0
    }
}

/// The head and the body of a message.
enum Frame {
    static func bytes(number: UInt32, kind: UInt8, _ body: MessageWriter) -> [UInt8] {
        var frame = MessageWriter()
        frame.put(body.bytes.count)
        frame.put(Int(number))
        frame.put(kind)
        frame.put(raw: body.bytes)
        return frame.bytes
    }

    /// The head of a frame, once its bytes are there.
    struct Head {
        let length: Int
        let number: UInt32
        let kind: UInt8

        init?(_ bytes: [UInt8]) {
            guard bytes.count >= HelperRequest.head else { return nil }
            var reader = MessageReader(Array(bytes.prefix(HelperRequest.head)))
            guard let length = try? reader.count(most: Int(UInt32.max)),
                let number = try? reader.count(most: Int(UInt32.max)),
                let kind = try? reader.byte()
            else { return nil }
            self.length = length
            self.number = UInt32(truncatingIfNeeded: number)
            self.kind = kind
        }
    }
}
#endif
