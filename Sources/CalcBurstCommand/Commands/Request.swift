#if Command
import CalcBurst
import CalcBurstSource

extension ExpressionOptions {
    /// The texts; nil if none is given, so that they come from standard input.
    func texts(limit: Int) throws(Failure) -> [(source: Source, place: Place?)]? {
        let kinds = [!words.isEmpty, !expression.isEmpty, !file.isEmpty].count { $0 }
        guard kinds < 2 else {
            throw .usage("give expressions in one way: as words, with -e, or with -f")
        }
        if !words.isEmpty { return [(Source(words.map(\.text).joined(separator: " ")), nil)] }
        if !expression.isEmpty { return expression.map { (Source($0.text), nil) } }
        guard !file.isEmpty else { return nil }
        var texts: [(source: Source, place: Place?)] = []
        for path in file.map(\.text) {
            let bytes = try InputFile.read(path, limit: limit)
            texts.append((Source(bytes: bytes), .file(path == "-" ? "standard input" : path)))
        }
        return texts
    }

    /// What to add to the errors of an expression that was given as words.
    func help(for error: CalculationError) -> String? {
        guard case .source = error, !words.isEmpty else { return nil }
        let words = words.map(\.text)
        if let help = ShellExpansion.help(for: words) { return help }
        guard let guess = CommandName.suggestion(for: words.first) else { return nil }
        return "did you mean the subcommand, calcburst \(guess)?"
    }
}

extension Console {
    /// Hands over each text that was given, or, where none was, each line of standard input.
    func each(
        _ texts: [(source: Source, place: Place?)]?,
        limit: Int,
        _ body: (Source, Place?) throws(Failure) -> Void
    ) throws(Failure) {
        if let texts {
            for (source, place) in texts { try body(source, place) }
            return
        }
        var input = LineInput(System.standardInput, limit: limit)
        var number = 0
        while let line = try input.next(beforeWaiting: { () throws(Failure) in
            try output.flush()
        }) {
            number += 1
            guard !BlankText.isBlank(line) else { continue }
            try body(Source(bytes: line), .line(number))
        }
    }
}

extension EngineOptions {
    func engine() throws(Failure) -> Engine {
        guard mode.text == "double" else {
            throw Failure(
                .usage,
                "there are no numbers of the mode '\(mode.text)'",
                code: .unsupportedMode,
                help: "the modes are: double"
            )
        }
        var limits = untrusted ? Limits.untrusted : Limits()
        for text in limit { try LimitOption.apply(text.text, to: &limits) }
        var engine = Engine(limits: limits)
        try plugins.load(into: &engine)
        return engine
    }
}

extension VariableArguments {
    func define(in calculator: inout Calculator, _ console: Console) throws(Failure) {
        try VariableOptions.define(
            file: file?.text,
            lets: lets.map(\.text),
            in: &calculator,
            console
        )
    }

    /// Refuses to read standard input twice.
    func refuseStandardInput(with texts: [(source: Source, place: Place?)]?) throws(Failure) {
        guard file?.text == "-" else { return }
        let isTaken =
            texts?.contains { text in
                if case .file("standard input") = text.place { true } else { false }
            } ?? true
        if isTaken { throw .usage("standard input can be read only once") }
    }
}
#endif
