#if Command && Client
import CalcBurst
import CalcBurstCurl
import CalcBurstFunctions
import CalcBurstJSON
import CalcBurstSource

/// The other side of the JSON API: asks a service for the values of expressions.
struct ServiceClient {
    private let url: String
    private let headers: [(name: String, value: String)]
    /// What goes along with every expression.
    private let members: [(name: String, value: Value)]
    private let timeout: Duration
    private let client = CurlClient()
    private let wantsStorage: Bool

    /// What a service says to an expression.
    enum Answer {
        case value(Result)
        /// What is wrong with it, and what the exit status says of that.
        case refused([Diagnostic], ExitStatus)
    }

    /// A value and what came with it.
    struct Result {
        let value: Value
        let type: String
        let warnings: [Diagnostic]
        /// Whether it was to be stored and was not.
        let isLost: Bool
    }

    init(_ command: CallCommand, variables: [(name: String, value: Value)]) throws(Failure) {
        url = try Self.address(command.url.text)
        var headers = try command.header.map { word throws(Failure) in
            try Self.field(word.text)
        }
        for (name, value) in [
            ("Content-Type", "application/json"), ("Accept", "application/json"),
            ("User-Agent", "calcburst/\(Main.version)"),
        ] where !headers.contains(where: { $0.name.lowercased() == name.lowercased() }) {
            headers.append((name: name, value: value))
        }
        self.headers = headers
        var members: [(name: String, value: Value)] = []
        if !variables.isEmpty { members.append(("variables", .object(variables))) }
        if let id = command.id { members.append(("id", .string(id.text))) }
        if command.noStore { members.append(("store", .bool(false))) }
        self.members = members
        wantsStorage = !command.noStore
        timeout = try SecondsSetting.duration(command.timeout.text, of: "--timeout")
    }

    /// The address that is asked: http where nothing is said, `/v1/evaluate` where there is no path.
    private static func address(_ text: String) throws(Failure) -> String {
        let lowered = text.lowercased()
        let scheme = ["http://", "https://"].first { lowered.hasPrefix($0) }
        let rest = text.dropFirst(scheme?.count ?? 0)
        guard !rest.isEmpty, scheme != nil || !text.contains("://") else {
            throw .usage("'\(text)' is not the address of a service over http or https")
        }
        let place = (scheme ?? "http://") + rest
        guard let slash = rest.firstIndex(of: "/") else { return place + "/v1/evaluate" }
        return rest[slash...] == "/" ? place + "v1/evaluate" : place
    }

    /// A header field as `NAME:VALUE`.
    private static func field(_ text: String) throws(Failure) -> (name: String, value: String) {
        guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else {
            throw .usage("--header takes NAME:VALUE, such as X-API-Key:secret")
        }
        let value = String(text[text.index(after: colon)...]).trimmingSpaces
        return (name: String(text[..<colon]), value: value)
    }

    /// Asks for the value of a text.
    ///
    /// - Throws: if the service cannot be reached, cannot answer now, or is none.
    func evaluate(_ source: Source) throws(Failure) -> Answer {
        let question = Value.object([("expression", .string(source.text))] + members)
        let answer: HTTPAnswer
        do throws(CurlError) {
            answer = try client.perform(
                HTTPRequest(
                    method: "POST",
                    url: url,
                    headers: headers,
                    body: Array(JSON.write(question).utf8),
                    connectTimeout: timeout,
                    timeout: timeout
                )
            )
        } catch {
            throw Self.failure(error)
        }
        let document = Self.record(answer.body)
        if answer.status == 200 {
            guard let document, let value = document["result"],
                case .string(let type)? = document["type"]
            else { throw foreign(answer) }
            let warnings = ProblemDocument.diagnostics(document["warnings"], in: source)
            let isLost = wantsStorage && document["stored"]?.isFalse ?? false
            return .value(Result(value: value, type: type, warnings: warnings, isLost: isLost))
        }
        guard let document, let problem = ProblemDocument(document, status: answer.status) else {
            throw foreign(answer)
        }
        if let (diagnostics, status) = problem.findings(in: source) {
            return .refused(diagnostics, status)
        }
        throw problem.failure
    }

    /// Why there was no answer, in the words of the command.
    private static func failure(_ error: CurlError) -> Failure {
        switch error.code {
        case .invalidURL, .invalidRequest: Failure(.usage, error.message)
        case .cannotConnect:
            Failure(.unavailable, error.message, help: "calcburst serve starts a service here")
        case .timedOut:
            Failure(.unavailable, error.message, help: "--timeout SECONDS waits longer")
        case .libraryMissing, .cannotResolve, .tls, .answerTooLarge, .broken:
            Failure(.unavailable, error.message)
        }
    }

    /// The answer came from something else than CalcBurst.
    private func foreign(_ answer: HTTPAnswer) -> Failure {
        if (300..<400).contains(answer.status), let place = answer.header("Location") {
            return Failure(
                .unavailable,
                "\(url) says that the service is elsewhere (status \(answer.status))",
                help: "it names \(place)"
            )
        }
        return Failure(
            .unavailable,
            "what answers at \(url) is not CalcBurst: status \(answer.status)"
        )
    }

    private static func record(_ body: [UInt8]) -> Record? {
        do throws(JSONError) {
            guard case .record(let record) = try JSON.read(body) else { return nil }
            return record
        } catch {
            return nil
        }
    }
}

extension Value {
    fileprivate var isFalse: Bool {
        if case .bool(false) = self { true } else { false }
    }
}
#endif
