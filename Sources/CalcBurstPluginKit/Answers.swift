import CCalcBurstPlugin

/// One call that may fail; valid only until the function returns.
public typealias Call = OpaquePointer?
/// A text's UTF-8; how many follows it.
public typealias Bytes = UnsafePointer<CChar>?
/// A list's numbers; how many follows them.
public typealias Doubles = UnsafePointer<Double>?
/// Where a function that may fail leaves its answer.
public typealias Answer<Value> = UnsafeMutablePointer<Value>?

/// What a function that may fail returns.
public typealias Status = Int32

extension Status {
    public static let ok: Status = 0
    /// There is no answer for these operands.
    public static let domain: Status = 1
    /// The answer is too large for a number.
    public static let range: Status = 2
    /// An operand is not what the operation takes.
    public static let argument: Status = 3
    public static let memory: Status = 4
    public static let cancelled: Status = 5
    /// A bug of the plugin.
    public static let bug: Status = 6
}

/// Thrown by an operation that has no answer; the user reads the text.
public struct Refusal: Error {
    public let status: Status
    public let text: String

    public init(_ text: String, _ status: Status = .domain) {
        self.text = text
        self.status = status
    }
}

// MARK: Giving an answer

/// Stores what the body gives; an error that it throws becomes the status and the text of the call.
public func attempt<Value>(
    _ call: Call,
    _ result: Answer<Value>,
    _ body: () throws -> Value
) -> Status {
    unsafe status(of: call) {
        let value = try body()
        unsafe result?.pointee = value
    }
}

/// The same for an operation whose answer is a text.
public func attemptText(_ call: Call, _ body: () throws -> String) -> Status {
    unsafe status(of: call) {
        var text = try body()
        guard let host = unsafe hostFunctions else { throw Refusal("no host", .bug) }
        text.withUTF8 { bytes in
            unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
                unsafe host.pointee.set_string(call, characters.baseAddress, characters.count)
            }
        }
    }
}

/// The same for an operation whose answer is a list of numbers.
public func attemptNumbers(_ call: Call, _ body: () throws -> [Double]) -> Status {
    unsafe status(of: call) { unsafe try give(body(), to: call) }
}

/// The same for an operation whose answer is a list of whole numbers.
public func attemptIntegers(_ call: Call, _ body: () throws -> [Int64]) -> Status {
    unsafe status(of: call) { unsafe try give(body(), to: call) }
}

/// Works out the rows of a batch, one after the other.
public func attemptRows<Value>(
    _ call: Call,
    _ result: UnsafeMutableRawPointer?,
    _ count: Int,
    _ body: (_ row: Int) throws -> Value
) -> Status {
    unsafe status(of: call) {
        guard let result = unsafe result?.assumingMemoryBound(to: Value.self) else { return }
        for row in 0..<max(count, 0) {
            unsafe result[row] = try body(row)
        }
    }
}

private func give<Element>(_ elements: [Element], to call: Call) throws {
    guard
        let host = unsafe hostFunctions,
        let room = unsafe host.pointee.set_array(call, elements.count)
    else { throw Refusal("no room for the answer", .memory) }
    let list = unsafe room.assumingMemoryBound(to: Element.self)
    for (place, element) in elements.enumerated() {
        unsafe list[place] = element
    }
}

/// Runs the body; nothing that it throws leaves.
private func status(of call: Call, _ body: () throws -> Void) -> Status {
    let refusal: Refusal
    do {
        try body()
        return .ok
    } catch let thrown as Refusal {
        // A refusal with the status of success would be an answer that nobody gave.
        refusal = thrown.status == .ok ? Refusal(thrown.text, .bug) : thrown
    } catch {
        refusal = Refusal("\(error)", .bug)
    }
    var text = refusal.text
    text.withUTF8 { bytes in
        unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
            unsafe hostFunctions?.pointee.set_error(
                call,
                refusal.status,
                characters.baseAddress,
                characters.count
            )
        }
    }
    return refusal.status
}

// MARK: Reading operands

/// The operand as a string of its own.
public func text(_ bytes: Bytes, _ count: Int) -> String {
    unsafe String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
}

/// The operand's elements, borrowed for the call.
public func list<Element>(
    _ elements: UnsafePointer<Element>?,
    _ count: Int
) -> UnsafeBufferPointer<Element> {
    unsafe UnsafeBufferPointer(start: elements, count: count)
}

/// A batch's operand number `index`: `Double`, `Int64`, and `UInt8` for truth values.
public func column<Element>(
    _ columns: UnsafePointer<UnsafeRawPointer?>?,
    _ index: Int,
    _ count: Int,
    of type: Element.Type = Double.self
) -> UnsafeBufferPointer<Element> {
    let start = unsafe columns?[index]?.assumingMemoryBound(to: type)
    return unsafe UnsafeBufferPointer(start: start, count: start == nil ? 0 : count)
}

// MARK: Asking the host

/// Whether nobody waits for the answer any more; to be asked now and then in a long loop.
public func isCancelled(_ call: Call) -> Bool {
    unsafe hostFunctions?.pointee.cancelled(call) ?? false
}

/// A line for the host's log: 0 for debugging, 1 information, 2 a warning, 3 an error.
public func log(_ level: Int32, _ line: String) {
    var line = line
    line.withUTF8 { bytes in
        unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
            unsafe hostFunctions?.pointee.log(level, characters.baseAddress, characters.count)
        }
    }
}
