import CalcBurst
import CalcBurstFunctions
import CalcBurstSource

/// What the REPL does for lines that begin with a colon.
extension Conversation {
    /// Obeys a command; false if it ends the conversation.
    mutating func obey(_ command: ColonCommand, _ rest: String) throws(Failure) -> Bool {
        switch command {
        case .quit: return false
        case .reset:
            session = fresh
            if isInteractive { try console.result("all definitions are gone") }
        case .vars: try showVariables()
        case .functions: try showFunctions(rest)
        case .help: try help(rest)
        case .explain:
            guard !rest.isEmpty || lastCode != nil else { throw .usage("there was no error yet") }
            try console.result(
                try Explanations.text(
                    for: rest.isEmpty ? lastCode?.rawValue : rest,
                    width: Console.width(of: System.standardOutput)
                )
            )
        case .set: try set(rest)
        case .load: try load(rest)
        case .plugins: try showPlugins()
        case .type:
            let inspection = try inspect(rest, for: command)
            if let program = inspection.program {
                try console.result("\(program.resultType)")
            }
        case .inspect:
            let inspection = try inspect(rest, for: command)
            for part in InspectionPart.allCases {
                guard let text = part.text(of: inspection), !text.isEmpty else { continue }
                try console.result("--- \(part.rawValue)\n\(text)")
            }
        }
        try console.output.flush()
        return true
    }

    /// Inspects an expression; reports what is wrong with it.
    private mutating func inspect(
        _ text: String,
        for command: ColonCommand
    ) throws(Failure) -> Inspection {
        guard !text.isEmpty else { throw .usage("write \(command.usage)") }
        let inspection = session.inspect(text)
        guard !inspection.isRight else { return inspection }
        lastCode = inspection.diagnostics.first?.code
        if command == .inspect { try console.result("--- tree\n\(inspection.tree)") }
        try console.report(inspection.diagnostics, in: inspection.source)
        throw Failure(.data)
    }

    private func showVariables() throws(Failure) {
        for variable in session.variables {
            let value = text(variable.value)
            let brief = value.unicodeScalars.count > 60 ? String(value.prefix(59)) + "…" : value
            try console.result("\(NameText.quoted(variable.name)) = \(brief)")
        }
        for function in session.functions { try console.result(function.text.trimmingSpaces) }
        if session.variables.isEmpty, session.functions.isEmpty, isInteractive {
            try console.result("nothing is defined yet: write x = 3 or f(x) = x^2")
        }
    }

    private func showFunctions(_ pattern: String) throws(Failure) {
        guard pattern.isEmpty else { return try help(pattern) }
        for function in session.functions { try console.result(function.text.trimmingSpaces) }
        let catalogue = Catalogue(library: session.engine.library)
        try console.output.writeLine(
            catalogue.names(
                width: Console.width(of: System.standardOutput),
                heading: console.heading
            )
        )
    }

    func help(_ name: String) throws(Failure) {
        guard !name.isEmpty else {
            return try console.output.writeLine(ColonCommand.page(heading: console.heading))
        }
        if let own = session.functions.first(where: { $0.name == name }) {
            return try console.result(own.text.trimmingSpaces)
        }
        let catalogue = Catalogue(library: session.engine.library)
        guard let functions = catalogue.functions(matching: name) else {
            let guesses = catalogue.suggestions(for: name).map { "'\($0)'" }
            throw .usage(
                "there is no function named '\(name)'",
                help: guesses.isEmpty
                    ? ":functions lists all" : "did you mean \(guesses.joined(separator: " or "))?"
            )
        }
        if let only = functions.first, functions.count == 1 {
            try console.output.writeLine(catalogue.page(only, heading: console.heading))
        } else {
            try console.output.writeLine(catalogue.list(functions, heading: console.heading))
        }
        try console.output.flush()
    }

    private mutating func set(_ text: String) throws(Failure) {
        let words = text.split(separator: " ", omittingEmptySubsequences: true)
        guard words.count <= 2, words.first.map({ $0 == "digits" }) ?? true else {
            throw .usage(
                "there is only one setting: digits",
                help: "write \(ColonCommand.set.usage)"
            )
        }
        if words.count == 2 { digits = try DigitsSetting.digits(String(words[1])) }
        try console.result("digits = \(digits.map(String.init) ?? "all")")
    }
}
