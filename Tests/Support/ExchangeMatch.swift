package import CalcBurstFunctions
import CalcBurstJSON
package import CalcBurstService

/// Holds an answer against what its exchange expects, and says every difference.
package struct ExchangeMatch {
    /// The differences, one line each.
    package private(set) var differences: [String] = []
    /// What `<keep NAME>` has kept.
    package private(set) var text: ExchangeText

    /// Compares an answer; `text` is what the exchanges before have kept.
    package init(_ exchange: Exchange, _ answer: APIResponse, text: ExchangeText) {
        self.text = text
        do {
            try compare(exchange, answer)
        } catch {
            differ("\(error)")
        }
    }

    private mutating func differ(_ line: String) { differences.append(line) }

    private mutating func compare(_ exchange: Exchange, _ answer: APIResponse) throws {
        let words = exchange.answer.first.split(separator: " ").map(String.init)
        let code = words.count > 1 ? words[1] : nil
        if Int(words.first ?? "") != answer.status {
            differ("status \(answer.status) instead of \(words.first ?? "none")")
        }
        try compareHeaders(exchange, answer)
        let expected = try exchange.answer.body.map(text.text)
        let type = answer.headers["Content-Type"] ?? ""
        if exchange.isHead || code == nil && (expected ?? "").isEmpty {
            if !answer.body.isEmpty { differ("a body: \(Self.shown(answer.body))") }
        } else if type.contains("json") {
            let json = (expected ?? "").isEmpty ? "{}" : expected ?? "{}"
            let before = differences.count
            guard let actual = try? JSON.read(answer.body) else {
                return differ("the body is not JSON: \(Self.shown(answer.body))")
            }
            guard let wanted = try? JSON.read(json) else {
                return differ("the expected body is not JSON: \(json)")
            }
            if let code {
                compareProblem(code, wanted, actual, answer)
            } else {
                compare(wanted, actual, at: "")
            }
            if differences.count > before { differ("the body: \(Self.shown(answer.body))") }
        } else {
            if code != nil { differ("a problem as \(type)") }
            let actual = String(decoding: answer.body, as: UTF8.self)
            if !matches(expected ?? "", actual) { differ("the body: \(Self.shown(answer.body))") }
        }
    }

    private static func shown(_ body: [UInt8]) -> String {
        String(String(decoding: body, as: UTF8.self).prefix(1_000))
    }

    // MARK: Headers

    private mutating func compareHeaders(_ exchange: Exchange, _ answer: APIResponse) throws {
        let isProblem = exchange.answer.first.contains(" ")
        let body = exchange.answer.body ?? ""
        var expected = ["X-Request-Id: <text>", "X-Content-Type-Options: nosniff"]
        if isProblem {
            expected.append("Content-Type: application/problem+json")
        } else if !body.isEmpty, !exchange.answer.headers.contains(where: Self.isContentType) {
            expected.append("Content-Type: application/json")
        }
        for header in expected + exchange.answer.headers {
            let header = try text.text(header)
            if header.hasPrefix("!") {
                let name = String(header.dropFirst())
                if let value = answer.headers[name] { differ("a header \(name): \(value)") }
                continue
            }
            let parts = header.split(separator: ":", maxSplits: 1)
            let name = String(parts[0])
            let value = String(parts[1].drop { $0 == " " })
            let values = answer.headers.all(name)
            if values.count != 1 {
                differ("\(values.count) headers \(name)")
            } else if !matches(value, values[0]) {
                differ("header \(name): \(values[0])")
            }
        }
    }

    private static func isContentType(_ header: String) -> Bool {
        header.lowercased().hasPrefix("content-type:")
    }

    // MARK: Values

    /// The members that every problem has, and those that are written.
    private mutating func compareProblem(
        _ code: String,
        _ wanted: Value,
        _ actual: Value,
        _ answer: APIResponse
    ) {
        guard case .record(let wanted) = wanted, case .record(let actual) = actual else {
            return differ("a problem is an object")
        }
        var members: [(name: String, value: Value)] = [
            ("type", .string("http://127.0.0.1:8080/problems/\(code)")), ("title", "<text>"),
            ("status", .count(answer.status)), ("code", .string(code)), ("error", "<text>"),
            ("detail", actual["error"] ?? .null), ("hint", "<optional>"),
            ("request_id", .string(answer.headers["X-Request-Id"] ?? "")),
            ("instance", .string("urn:request:" + (answer.headers["X-Request-Id"] ?? ""))),
        ]
        members.removeAll { wanted[$0.name] != nil }
        compare(.object(members + wanted.fields), .record(actual), at: "")
    }

    /// Compares a value with one that may hold markers.
    package mutating func compare(_ wanted: Value, _ actual: Value, at pointer: String) {
        switch (wanted, actual) {
        case (.string("<any>"), _), (.string("<optional>"), _): break
        case (.string("<number>"), .number): break
        case (.string(let pattern), .string(let text)):
            if !matches(pattern, text) { differ("\(pointer) is '\(text)', not '\(pattern)'") }
        case (.record(let wanted), .record(let actual)):
            compare(wanted, actual, at: pointer)
        case (.list(let wanted), .list(let actual)):
            let fixed = Self.filled(Array(wanted), count: actual.count)
            guard actual.count == fixed.count else {
                return differ("\(pointer) has \(actual.count) elements, not \(fixed.count)")
            }
            for (index, pair) in zip(fixed, actual).enumerated() {
                compare(pair.0, pair.1, at: "\(pointer)/\(index)")
            }
        default:
            if wanted != actual {
                differ("\(pointer) is \(JSON.write(actual)), not \(JSON.write(wanted))")
            }
        }
    }

    /// The elements with as many of any kind in the place of "..." as are needed.
    private static func filled(_ wanted: [Value], count: Int) -> [Value] {
        guard let gap = wanted.firstIndex(of: .string("...")) else { return wanted }
        let missing = max(0, count - (wanted.count - 1))
        return wanted[..<gap] + Array(repeating: .string("<any>"), count: missing)
            + wanted[(gap + 1)...]
    }

    private mutating func compare(_ wanted: Record, _ actual: Record, at pointer: String) {
        for (name, value) in wanted.fields where name != "..." {
            if let found = actual[name] {
                compare(value, found, at: "\(pointer)/\(name)")
            } else if value != .string("<optional>") {
                differ("\(pointer)/\(name) is missing")
            }
        }
        guard wanted["..."] == nil else { return }
        for name in actual.names where wanted[name] == nil {
            differ("\(pointer)/\(name) is too much")
        }
    }

    // MARK: Texts

    /// Whether a text fits a pattern: a marker, or literal but for `<any>`.
    private mutating func matches(_ pattern: String, _ text: String) -> Bool {
        switch pattern {
        case "<text>": return !text.isEmpty
        case "<time>": return text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil
        case "<id>": return text.wholeMatch(of: /calc-[0-9A-Za-z]{26}/) != nil
        default: break
        }
        if let keep = pattern.wholeMatch(of: /<keep ([a-z-]+)>/) {
            self.text.kept[String(keep.1)] = text
            return !text.isEmpty
        }
        let parts = pattern.split(separator: "<any>", omittingEmptySubsequences: false)
        guard let first = parts.first, let last = parts.last, parts.count > 1 else {
            return pattern.utf8.elementsEqual(text.utf8)
        }
        guard text.hasPrefix(first) else { return false }
        var rest = text.dropFirst(first.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return rest.hasSuffix(last)
    }
}

extension Exchange {
    package var isHead: Bool { request.first.hasPrefix("HEAD ") }
}
