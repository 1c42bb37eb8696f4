import CalcBurstSource

/// What the command's exit status says; above 2 the numbers are those of `sysexits.h`.
enum ExitStatus: Int32 {
    /// Every expression gave a value.
    case success = 0
    /// The last value is false, null or an empty list, and the caller asked.
    case falsehood = 1
    /// An evaluation failed.
    case evaluation = 2
    /// Wrong usage.
    case usage = 64
    /// The expression is wrong before it runs, or a file is not what it should be.
    case data = 65
    /// An input cannot be read.
    case noInput = 66
    /// A service cannot be reached, or an address cannot be served on.
    case unavailable = 69
    /// A bug in CalcBurst.
    case bug = 70
    /// A file or a folder cannot be made.
    case cannotCreate = 73
    /// Reading or writing failed on the way.
    case inputOutput = 74
    /// Ctrl-C.
    case interrupted = 130
}

/// The end of the command before its time: a status, and what is said about it, if anything.
struct Failure: Error {
    let status: ExitStatus
    /// One line; nil if everything has been said.
    let message: String?
    /// The code of the finding, where the language has one.
    let code: DiagnosticCode?
    let help: String?

    init(
        _ status: ExitStatus,
        _ message: String? = nil,
        code: DiagnosticCode? = nil,
        help: String? = nil
    ) {
        self.status = status
        self.message = message
        self.code = code
        self.help = help
    }

    static func usage(_ message: String, help: String? = nil) -> Failure {
        Failure(.usage, message, help: help)
    }
}
