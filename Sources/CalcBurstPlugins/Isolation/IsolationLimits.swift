#if Plugins
/// What a plugin may use in a process of its own, and how often that process is started again.
public struct IsolationLimits: Hashable, Sendable {
    /// How long one call may take; many rows at once get as much again for each 1,024.
    public var call: Duration = .milliseconds(100)
    /// How long loading may take.
    public var start: Duration = .seconds(5)
    /// Bytes of address space.
    public var memory = 1 << 30
    /// Seconds of work; a helper that nears them is replaced between two calls.
    public var processorSeconds = 3600
    public var openFiles = 64
    /// Bytes of a string that an operation gives.
    public var stringLength = 1 << 16
    /// Bytes that host and helper share for lists and columns.
    public var sharedMemory = 16 << 20

    /// After so many failures within `window` the plugin is left alone for `coolDown`.
    public var failures = 3
    public var window: Duration = .seconds(60)
    public var coolDown: Duration = .seconds(60)
    /// The wait before the next start after a failure; it doubles with each.
    public var pause: Duration = .milliseconds(20)

    public init() {}

    /// Rows of one message; more go as several.
    static let rows = 16_384
    static let operations = 4096
    /// Bytes of what a plugin says of itself, all operations together.
    static let description = 8 << 20

    func time(rows: Int) -> Duration { call * (1 + rows / 1024) }
}

/// The program that runs a plugin away from the host: `calcburst plugin-host`, or another that calls
/// `PluginHost.run`.
public struct HelperProgram: Hashable, Sendable {
    /// An absolute path; nothing is looked for.
    public var path: String
    /// What stands before the helper's own arguments.
    public var arguments: [String]

    public init(path: String, arguments: [String]) {
        self.path = path
        self.arguments = arguments
    }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(clamping: seconds.multipliedReportingOverflow(by: 1000).partialValue)
            &+ Int(attoseconds / 1_000_000_000_000_000)
    }
}
#endif
