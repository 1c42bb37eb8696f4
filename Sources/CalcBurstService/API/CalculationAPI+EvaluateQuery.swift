import CalcBurst
import CalcBurstFunctions
import CalcBurstJSON
import CalcBurstMachine
import CalcBurstSource
import CalcBurstSyntax

/// `GET /v1/evaluate?expr=…`: answers that are not stored, for links and spreadsheets.
extension CalculationAPI {
    func evaluateQuery(_ exchange: inout Exchange) throws(Problem) -> APIResponse {
        let parameters = try QueryParameters(exchange.request.query)
        let mediaType = try mediaType(parameters, exchange)
        try CalculationMessage.checkMode(
            try parameters.text("mode").map(Value.string),
            at: "#"
        )
        guard let raw = try parameters.raw("expr") else {
            var problem = Problem(.missingField, "'expr' is missing")
            problem.facts.append(("parameter", "expr"))
            throw problem
        }
        var budget = Budget(engine.limits.run)
        defer { exchange.fuel = budget.used }
        let variables = try variables(parameters, &budget)
        let answer = try reading(raw, "expr") { (text) throws(Problem) in
            var message = CalculationMessage(expression: text, variables, limits: engine.limits)
            message.isStored = false
            return try evaluator.answer(message, &budget)
        }
        try checkOutput(answer.value, at: "#")
        exchange.fuel = budget.used
        return respond(answer, variables, mediaType, exchange)
    }

    private func respond(
        _ answer: Evaluator.Answer,
        _ variables: Record,
        _ mediaType: String,
        _ exchange: Exchange
    ) -> APIResponse {
        let isText = mediaType == "text/plain"
        var members: [(name: String, value: Value)] = [("expression", .string(answer.source.text))]
        if variables.count > 0 { members.append(("variables", .record(variables))) }
        members.append(("result", answer.value))
        members.append(("type", .string(answer.type)))
        let tag = "W/\"\(Fingerprint.text(of: JSON.write(.object(members)) + mediaType))\""
        var headers: [(name: String, value: String)] = [("Vary", "Accept")]
        if answer.program?.isPure ?? false {
            headers += [("ETag", tag), ("Cache-Control", "public, max-age=86400")]
            if matches(tag, exchange.request) {
                return respond(304, [], exchange, headers: headers)
            }
        } else {
            headers.append(("Cache-Control", "no-store"))
        }
        if isText {
            let text = textOf(answer.value) + "\n"
            headers.append(("Content-Type", "text/plain; charset=utf-8"))
            return respond(200, Array(text.utf8), exchange, headers: headers)
        }
        members.append(("execution_time_ms", .number(answer.milliseconds)))
        members += CalculationDocument.extras(answer, [])
        return respond(200, .object(members), exchange, headers: headers)
    }

    /// The bare value: a text as it is, everything else as JSON.
    private func textOf(_ value: Value) -> String {
        if case .string(let text) = value { text } else { JSON.write(value) }
    }

    private func mediaType(
        _ parameters: QueryParameters,
        _ exchange: Exchange
    ) throws(Problem) -> String {
        switch try parameters.text("format") {
        case nil: return exchange.mediaType
        case "json"?: return "application/json"
        case "text"?: return "text/plain"
        case _?: throw .invalidParameter("format", "'format' is json or text")
        }
    }

    /// `let.x=3`: the value is itself an expression, as in the command.
    private func variables(
        _ parameters: QueryParameters,
        _ budget: inout Budget
    ) throws(Problem) -> Record {
        var names: [String] = []
        var values: [Value] = []
        for (name, raw) in parameters.raw(beginningWith: "let.") {
            let answer = try reading(raw, "let.\(name)") { (text) throws(Problem) in
                let message = CalculationMessage(expression: text, .empty, limits: engine.limits)
                return try evaluator.answer(message, &budget)
            }
            names.append(name)
            values.append(answer.value)
        }
        guard let record = Record(names: names, values: values) else {
            throw Problem(.invalidField, "a variable stands in the query twice")
        }
        return record
    }

    /// Evaluates a parameter, in which a `+` may be a plus or a space.
    ///
    /// A form's encoder writes a plus as `%2B`: where there is one, `+` is a space. Otherwise it is
    /// a plus, unless that makes a text that is wrong and in which no plus stands between two values;
    /// then it is a space. Values side by side never multiply, so no text that is right in both
    /// readings has two values, but for a space inside quotes.
    private func reading(
        _ raw: Substring,
        _ name: String,
        _ evaluate: (String) throws(Problem) -> Evaluator.Answer
    ) throws(Problem) -> Evaluator.Answer {
        let spaced = raw.utf8.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
        guard let plus = PercentEncoding.decoded(raw),
            let space = PercentEncoding.decoded(String(decoding: spaced, as: UTF8.self))
        else { throw .badlyEncoded(name) }
        let isForm = raw.lowercased().contains("%2b")
        do throws(Problem) {
            return try evaluate(isForm ? space : plus)
        } catch {
            guard !isForm, raw.utf8.contains(UInt8(ascii: "+")), error.code.isOfText,
                !isSum(plus)
            else { throw error.of(name) }
            // Words for the text as it came, if neither reading is right.
            do throws(Problem) { return try evaluate(space) } catch let other {
                throw (other.code.isOfText ? error : other).of(name)
            }
        }
    }

    /// Whether the text is one of the grammar in which a plus stands between two values.
    private func isSum(_ text: String) -> Bool {
        let parsed = Parser.parse(Source(text), as: .program, limits: engine.limits.source)
        guard !parsed.diagnostics.contains(where: { $0.severity == .error }) else { return false }
        return parsed.tree.nodes.contains { node in
            if case .infix(let infix) = node.kind { infix.rawValue == "+" } else { false }
        }
    }

    /// Whether the caller has this version already (RFC 9110, section 13.1.2).
    func matches(_ tag: String, _ request: APIRequest) -> Bool {
        request.headers.all("If-None-Match").flatMap { $0.split(separator: ",") }.contains {
            entry in
            let text = entry.trimmingSpaces
            return text == "*" || Self.weakened(text) == Self.weakened(tag)
        }
    }

    private static func weakened(_ tag: String) -> Substring {
        tag.hasPrefix("W/") ? tag.dropFirst(2) : tag[...]
    }
}

extension CalculationMessage {
    init(expression: String, _ variables: Record, limits: Limits) {
        work = .expression(expression, variables)
        self.limits = limits
    }
}

extension Problem {
    /// The same problem of a parameter of the query, which has no pointer.
    fileprivate func of(_ parameter: String) -> Problem {
        var problem = self
        problem.errors = []
        problem.facts.append(("parameter", .string(parameter)))
        return problem
    }
}

extension Problem.Code {
    /// Whether the text was wrong before it ran, as a wrong reading makes it.
    fileprivate var isOfText: Bool {
        [
            .syntaxError, .incomplete, .invalidLiteral, .typeMismatch, .nullValue, .mixedTypes,
            .unknownName, .wrongArgumentCount,
        ].contains { self == .language($0) }
    }
}
