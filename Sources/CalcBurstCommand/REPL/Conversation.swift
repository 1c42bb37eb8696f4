import CalcBurst
import CalcBurstFunctions
import CalcBurstSource

/// The REPL: reads lines, enters them in a session, and shows what comes of them.
struct Conversation {
    let console: Console
    let isInteractive: Bool
    /// The session as it began, for `:reset`.
    var fresh: Session
    var session: Session
    var digits: Int?
    var lastCode: DiagnosticCode?
    private var status = ExitStatus.success
    /// Whether a script goes on after a line that fails.
    var keepsGoing = false

    init(
        _ calculator: Calculator,
        console: Console,
        digits: Int?,
        isInteractive: Bool
    ) throws(Failure) {
        var session = Session(calculator.engine)
        for (name, value) in calculator.variables {
            do throws(CalculationError) {
                try session.define(name, as: value)
            } catch {
                try console.report(error)
                throw Failure(error.status)
            }
        }
        fresh = session
        self.session = session
        self.console = console
        self.digits = digits
        self.isInteractive = isInteractive
    }

    mutating func run() throws(Failure) {
        if isInteractive, let interrupts = Interrupts() {
            try converse(interrupts)
        } else {
            try runScript()
        }
    }

    // MARK: At a terminal

    private mutating func converse(_ interrupts: Interrupts) throws(Failure) {
        try console.banner(
            "CalcBurst \(Main.version). Type :help, or an expression. Ctrl-D leaves."
        )
        let limit = session.engine.limits.source.sourceLength
        var input = TerminalInput(interrupts, limit: limit)
        var entry: [UInt8] = []
        while true {
            try console.prompt(entry.isEmpty ? "> " : "… ")
            switch input.next() {
            case .interrupted:
                entry = []
                try console.prompt("\n")
            case .end:
                try console.prompt("\n")
                if !entry.isEmpty { try say(entry, interrupts) }
                return
            case .line(let line):
                let isLast = BlankText.isBlank(line) && !entry.isEmpty
                if !entry.isEmpty { entry.append(UInt8(ascii: "\n")) }
                entry += line
                guard isLast || !goesOn(entry) else { continue }
                let whole = entry
                entry = []
                guard try say(whole, interrupts) else { return }
            }
        }
    }

    /// Whether the entry is an expression that is not complete.
    private func goesOn(_ entry: [UInt8]) -> Bool {
        let text = String(decoding: entry, as: UTF8.self)
        guard !isCommand(entry), !BlankText.isBlank(entry), functionInQuestion(text) == nil else {
            return false
        }
        return session.isIncomplete(text)
    }

    /// Does what an entry says; false if it says that the conversation is over.
    @discardableResult
    private mutating func say(
        _ entry: [UInt8],
        _ interrupts: Interrupts
    ) throws(Failure) -> Bool {
        do throws(Failure) {
            return try handle(entry) { (line, session) throws(CalculationError) in
                switch BackgroundEvaluation.enter(line, in: session, stoppedBy: interrupts) {
                case .success(let (changed, entry)):
                    session = changed
                    return entry
                case .failure(let error): throw error
                case nil: return try session.enter(line)
                }
            }
        } catch {
            // Only an output that is gone ends a conversation.
            guard error.status != .success, error.status != .inputOutput else { throw error }
            try console.report(error)
            return true
        }
    }

    // MARK: As a script

    private mutating func runScript() throws(Failure) {
        var input = LineInput(
            System.standardInput,
            limit: session.engine.limits.source.sourceLength
        )
        var entry: [UInt8] = []
        while let line = try input.next(beforeWaiting: { () throws(Failure) in
            try console.output.flush()
        }) {
            if !entry.isEmpty { entry.append(UInt8(ascii: "\n")) }
            entry += line
            if goesOn(entry) { continue }
            let whole = entry
            entry = []
            guard try perform(whole) else { break }
        }
        if !entry.isEmpty { _ = try perform(entry) }
        try console.output.flush()
        if status != .success { throw Failure(status) }
    }

    /// Does what a line of a script says; false if the script is over.
    private mutating func perform(_ entry: [UInt8]) throws(Failure) -> Bool {
        do throws(Failure) {
            return try handle(entry) { (line, session) throws(CalculationError) in
                try session.enter(line)
            }
        } catch {
            guard keepsGoing, error.status != .success, error.status != .inputOutput else {
                throw error
            }
            try console.report(error)
            status = error.status
            return true
        }
    }

    // MARK: Entries

    private typealias Enter = (String, inout Session) throws(CalculationError) -> Session.Entry

    private func isCommand(_ entry: [UInt8]) -> Bool {
        entry.first { $0 != 0x20 && $0 != 0x09 } == UInt8(ascii: ":")
    }

    /// Does what an entry says; false if it is `:quit`.
    private mutating func handle(_ entry: [UInt8], _ enter: Enter) throws(Failure) -> Bool {
        guard !BlankText.isBlank(entry) else { return true }
        guard let line = String(validating: entry, as: UTF8.self) else {
            throw Failure(.data, "the line is not UTF-8")
        }
        if isCommand(entry) {
            let (command, rest) = try ColonCommand.parse(String(line.trimmingSpaces.dropFirst()))
            return try obey(command, rest)
        }
        if let name = functionInQuestion(line) {
            try help(name)
            return true
        }
        let result: Session.Entry
        do throws(CalculationError) {
            result = try enter(line, &session)
        } catch {
            lastCode = error.code
            try console.report(error)
            throw Failure(error.status)
        }
        try console.warn(result.warnings, in: Source(result.text))
        try show(result, typed: line)
        return true
    }

    private func show(_ entry: Session.Entry, typed: String) throws(Failure) {
        switch entry.outcome {
        case .value(let value):
            guard isInteractive else {
                return try console.result(ValueText.display(value, digits: digits))
            }
            let echo = entry.text == typed ? "" : entry.text.trimmingSpaces + " "
            try console.result("\(echo)= \(text(value))")
        case .variable(let variable):
            guard isInteractive else { return }
            try console.result("\(NameText.quoted(variable.name)) = \(text(variable.value))")
        case .function(let definition):
            guard isInteractive else { return }
            try console.result(definition.text.trimmingSpaces)
        }
        if isInteractive { try console.output.flush() }
    }

    /// The value as it can be typed again, but with the digits that were asked for.
    func text(_ value: Value) -> String {
        if case .string = value { return ValueText.json(value) }
        return ValueText.display(value, digits: digits)
    }

    /// The name in a line such as `sqrt?`.
    private func functionInQuestion(_ line: String) -> String? {
        let text = line.trimmingSpaces
        guard text.last == "?" else { return nil }
        let name = String(text.dropLast())
        // The dot is a plugin's.
        let words = name.split(separator: ".", omittingEmptySubsequences: false)
        return words.allSatisfy { NameText.isWord(String($0)) } ? name : nil
    }
}
