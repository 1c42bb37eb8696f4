import CalcBurst
import CalcBurstFunctions
import CalcBurstSource

/// When to use colour.
enum ColorChoice: String, CaseIterable {
    case auto
    case always
    case never

    /// Whether a stream gets colour: the choice, then the variables that programs agree on, then
    /// whether the stream is a terminal that knows colours.
    func usesColor(on descriptor: Int32) -> Bool {
        switch self {
        case .always: return true
        case .never: return false
        case .auto:
            if let no = System.environment("NO_COLOR"), !no.isEmpty { return false }
            if let force = System.environment("CLICOLOR_FORCE"), !force.isEmpty, force != "0" {
                return true
            }
            return System.isTerminal(descriptor) && System.environment("TERM") != "dumb"
        }
    }
}

/// Where the command speaks: results on standard output, everything else on standard error.
final class Console {
    let output = Output(System.standardOutput)
    private let errors = Output(System.standardError)
    /// Whether errors are written as JSON.
    private let isJSON: Bool
    private let isQuiet: Bool
    private let usesErrorColor: Bool
    let usesColor: Bool
    /// Whether a terminal would obey what is in a result.
    private let isTerminal: Bool

    init(color: ColorChoice = .auto, isJSON: Bool = false, isQuiet: Bool = false) {
        self.isJSON = isJSON
        self.isQuiet = isQuiet
        usesErrorColor = color.usesColor(on: System.standardError)
        usesColor = color.usesColor(on: System.standardOutput)
        isTerminal = System.isTerminal(System.standardOutput)
    }

    /// The columns of a terminal, within reason.
    static func width(of descriptor: Int32) -> Int {
        let told = System.environment("COLUMNS").flatMap { Int($0) }
        return min(max(System.columns(of: descriptor) ?? told ?? 80, 40), 500)
    }

    // MARK: Results

    /// The text as it may be shown: on a terminal nothing is left in it that the terminal would obey,
    /// but new lines stay.
    func shown(_ text: String) -> String {
        guard isTerminal else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { TerminalText.visible(String($0)) }
            .joined(separator: "\n")
    }

    /// Writes one line of results.
    func result(_ text: String) throws(Failure) { try output.writeLine(shown(text)) }

    /// Writes a line of greeting.
    func banner(_ text: String) throws(Failure) { try prompt(text + "\n") }

    /// Writes what is no result: beside the results on a terminal, elsewhere on standard error.
    func prompt(_ text: String) throws(Failure) {
        try output.flush()
        let stream = isTerminal ? output : errors
        try stream.write(text)
        try stream.flush()
    }

    /// A heading on standard output, bold where there is colour.
    func heading(_ text: String) -> String { usesColor ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

    // MARK: Findings

    private func renderer(most: Int) -> DiagnosticRenderer {
        DiagnosticRenderer(
            width: Self.width(of: System.standardError),
            usesColor: usesErrorColor,
            most: most
        )
    }

    /// Shows why a text gave no value.
    ///
    /// `place` says where the text comes from; `help` is a line below the picture.
    func report(
        _ error: CalculationError,
        place: Place? = nil,
        help: String? = nil,
        most: Int = 3
    ) throws(Failure) {
        try report(error.diagnostics, in: error.source, place: place, help: help, most: most)
    }

    func report(
        _ diagnostics: [Diagnostic],
        in source: Source,
        place: Place? = nil,
        help: String? = nil,
        most: Int = 3
    ) throws(Failure) {
        guard !isJSON else {
            var members: [(name: String, value: Value)] = [
                ("expression", .string(source.text)), ("ok", .bool(false)),
            ]
            members += place?.members ?? []
            members.append(("diagnostics", DiagnosticJSON.list(diagnostics, source: source)))
            if let help { members.append(("help", .string(help))) }
            return try message(JSON.write(.object(members)))
        }
        var text = place.map { TerminalText.visible($0.text) + ": " } ?? ""
        text += renderer(most: most).render(diagnostics, in: source)
        if let help { text += "\n  = help: " + TerminalText.visible(help) }
        try message(text)
    }

    /// Shows findings that did not stop a text, unless the user wants to hear errors only.
    func warn(_ warnings: [Diagnostic], in source: Source, place: Place? = nil) throws(Failure) {
        guard !isQuiet, !isJSON, !warnings.isEmpty else { return }
        try report(warnings, in: source, place: place)
    }

    /// Shows why the command ends.
    func report(_ failure: Failure) throws(Failure) {
        guard let message = failure.message else { return }
        guard !isJSON else {
            var members: [(name: String, value: Value)] = [
                ("ok", .bool(false)), ("message", .string(message)),
            ]
            if let code = failure.code { members.append(("code", .string(code.rawValue))) }
            if let help = failure.help { members.append(("help", .string(help))) }
            return try self.message(JSON.write(.object(members)))
        }
        let word = "error" + (failure.code.map { "[\($0)]" } ?? "")
        let title = usesErrorColor ? "\u{1B}[1;31m\(word)\u{1B}[0m" : word
        var text = "\(title): \(TerminalText.visible(message))"
        if let help = failure.help { text += "\n  = help: " + TerminalText.visible(help) }
        try self.message(text)
    }

    /// Writes a line on standard error; what stands on standard output comes first.
    func message(_ text: String) throws(Failure) {
        try output.flush()
        do throws(Failure) {
            try errors.writeLine(text)
            try errors.flush()
        } catch {
            // There is nobody left to tell.
        }
    }
}

/// Where a text comes from, for a report about it.
enum Place {
    case line(Int)
    case file(String)

    var text: String {
        switch self {
        case .line(let number): "line \(number)"
        case .file(let name): name
        }
    }

    var members: [(name: String, value: Value)] {
        switch self {
        case .line(let number): [("line", .number(Double(number)))]
        case .file(let name): [("file", .string(name))]
        }
    }
}

extension DiagnosticJSON {
    static func list(_ diagnostics: [Diagnostic], source: Source) -> Value {
        .array(diagnostics.map { value(of: $0, source: source) })
    }
}
