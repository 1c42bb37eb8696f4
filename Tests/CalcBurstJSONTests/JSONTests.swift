import CalcBurstFunctions
import CalcBurstJSON
import CalcBurstSource
import Foundation
import Testing

/// JSON is read by the letter of RFC 8259, with the places of its mistakes, and written back.
struct JSONTests {
    @Test("every text of the corpus is accepted or refused, with its value or its place")
    func corpus() throws {
        let cases = try JSONCase.handwritten()
        #expect(cases.count >= 300)
        #expect(mismatches(cases).prefix(20) == [])
    }

    @Test("2,000 generated texts have the values that Python reads")
    func generatedTexts() throws {
        let cases = try #require(try JSONCase.generated(count: 2_000, seed: 7))
        #expect(cases.count == 2_000)
        #expect(mismatches(cases).prefix(10) == [])
    }

    /// Reads each text, compares, and reads again what was written.
    private func mismatches(_ cases: [JSONCase?]) -> [String] {
        var mismatches: [String] = []
        for (line, text) in cases.enumerated() {
            guard let text else {
                mismatches.append("line \(line + 1) is not a case")
                continue
            }
            let got: JSONCase.Verdict
            do {
                let value = try JSON.read(text.bytes)
                let written = JSON.write(value)
                got = .accept(written)
                let again = try? JSON.read(written)
                if again != value || again.map(JSON.write) != written {
                    mismatches.append("line \(line + 1): \(written) does not read back")
                }
            } catch {
                got = .reject(error.code.rawValue, error.range.start, error.range.end)
            }
            if got != text.verdict {
                mismatches.append("line \(line + 1): \(got), not \(text.verdict)")
            }
        }
        return mismatches
    }

    @Test("no text that is changed at random makes the reader trap")
    func mutatedTexts() throws {
        var state = SplitMix(state: 42)
        let seeds = try JSONCase.handwritten().compactMap { $0?.bytes }.filter { $0.count < 200 }
        let alphabet = Array("[]{}\",:\\u0123456789eE+-.truefalsn \n\u{0}\u{7F}é😀".utf8) + [0xFF]
        var refused = 0
        for _ in 0..<20_000 {
            var bytes = seeds.randomElement(using: &state) ?? []
            for _ in 0..<Int.random(in: 1...4, using: &state) {
                let place = Int.random(in: 0...bytes.count, using: &state)
                switch Int.random(in: 0..<3, using: &state) {
                case 0: bytes.insert(alphabet.randomElement(using: &state) ?? 0, at: place)
                case 1 where place < bytes.count: bytes.remove(at: place)
                case 2 where place < bytes.count:
                    bytes[place] = alphabet.randomElement(using: &state) ?? 0
                default: bytes.removeLast(bytes.count - place)
                }
            }
            do {
                let value = try JSON.read(bytes)
                #expect(try JSON.read(JSON.write(value)) == value)
            } catch {
                refused += 1
                #expect(error.range.start >= 0 && error.range.end <= bytes.count)
            }
        }
        #expect(refused > 5_000 && refused < 20_000)
    }

    // MARK: - The stack

    @Test(
        "a million brackets are refused on a thread with 128 KiB of stack",
        arguments: ["[", "{\"a\":", "[{\"a\":", "[[],", "{\"a\":{},\"b\":"]
    )
    func deepText(_ opening: String) {
        let text = Array(String(repeating: opening, count: 1_000_000).utf8)
        let limits = deepest(.max)
        let error = onSmallStack { failure(of: text, limits) } ?? nil
        #expect(error?.code == .limitExceeded)
        #expect(error?.limit?.name == "data-depth")
        #expect(error?.limit?.maximum == 128)
    }

    @Test("the deepest value is read, written, shown and freed on a small stack")
    func deepValue() {
        let text = String(repeating: "[", count: 127) + "{}" + String(repeating: "]", count: 127)
        let limits = deepest(128)
        let agrees = onSmallStack {
            guard let value = try? JSON.read(text, limits: limits) else { return false }
            return JSON.write(value) == text && ValueText.display(value) == text
        }
        #expect(agrees == true)
    }

    @Test("a value as deep as a text may be by default is compared on a small stack")
    func deepEquality() {
        let text = String(repeating: "[", count: 63) + "{}" + String(repeating: "]", count: 63)
        let agrees = onSmallStack {
            guard let value = try? JSON.read(text), let same = try? JSON.read(text) else {
                return false
            }
            return value == same
        }
        #expect(agrees == true)
    }

    private func deepest(_ depth: Int) -> JSONLimits {
        var limits = JSONLimits()
        limits.depth = depth
        return limits
    }

    // MARK: - Limits

    @Test("each limit lets n through, and refuses n + 1 and 1000 n with its name and number")
    func limits() {
        check("json-length", 100, \.length) { "\"" + String(repeating: "x", count: $0 - 2) + "\"" }
        check("data-depth", 64, \.depth) {
            String(repeating: "[", count: $0) + String(repeating: "]", count: $0)
        }
        check("json-values", 50, \.values) {
            "[" + Array(repeating: "0", count: $0 - 1).joined(separator: ",") + "]"
        }
        check("json-keys", 50, \.keys) {
            "{" + (0..<$0).map { "\"\($0)\":0" }.joined(separator: ",") + "}"
        }
        check("json-keys", 50, \.keys) {
            "[" + Array(repeating: "{\"a\":0}", count: $0).joined(separator: ",") + "]"
        }
        check("numeral-length", 100, \.numeralLength) {
            "0." + String(repeating: "1", count: $0 - 2)
        }
        check("string-length", 100, \.stringLength) {
            "\"" + String(repeating: "x", count: $0) + "\""
        }
        check("string-length", 100, \.stringLength) {
            "\"" + String(repeating: "\\u0041", count: $0) + "\""
        }
        check("string-length", 100, \.stringLength) {
            "{\"" + String(repeating: "x", count: $0) + "\":0}"
        }
    }

    private func check(
        _ name: String,
        _ maximum: Int,
        _ limit: WritableKeyPath<JSONLimits, Int>,
        text: (Int) -> String
    ) {
        var limits = JSONLimits()
        limits[keyPath: limit] = maximum
        #expect(failure(of: Array(text(maximum).utf8), limits) == nil, "\(name) at n")
        for count in [maximum + 1, maximum * 1000] {
            let error = failure(of: Array(text(count).utf8), limits)
            #expect(error?.code == .limitExceeded, "\(name) at \(count)")
            #expect(error?.limit?.name == name)
            #expect(error?.limit?.maximum == maximum)
        }
    }

    @Test("the limits are these when a host says nothing")
    func defaultLimits() {
        let limits = JSONLimits()
        #expect(limits.depth == 64)
        #expect(limits.values == 100_000)
        #expect(limits.keys == 10_000)
        #expect(limits.numeralLength == 10_000)
        let open = String(repeating: "[", count: 64)
        #expect(failure(of: Array((open + "[").utf8), limits)?.limit?.maximum == 64)
        let digits = String(repeating: "1", count: 9_998)
        #expect(failure(of: Array("0.\(digits)".utf8), limits) == nil)
        #expect(failure(of: Array("0.\(digits)1".utf8), limits)?.limit?.name == "numeral-length")
    }

    @Test("no option goes beyond the ceilings, and limits below 0 refuse")
    func ceilings() {
        var limits = JSONLimits()
        limits.numeralLength = .max
        let digits = String(repeating: "1", count: 10_000)
        #expect(failure(of: Array("0.\(digits)".utf8), limits)?.limit?.maximum == 10_000)
        limits = JSONLimits()
        limits.depth = -1
        #expect(failure(of: Array("[]".utf8), limits)?.limit?.name == "data-depth")
        #expect(failure(of: Array("1".utf8), limits) == nil)
    }

    // MARK: - Places

    @Test(
        "an error says where in the value it is",
        arguments: [
            ("[1,2,x]", "/2"), (#"{"a":{"b":[0,{"c":tru}]}}"#, "/a/b/1/c"), ("x", ""), ("[", "/0"),
            (#"{"a/b":{"c~d":[01]}}"#, "/a~1b/c~0d/0"), (#"{"a":1,"a":2}"#, ""),
            (#"{"a":1,"b":x}"#, "/b"), (#"[[],[{}],[9007199254740993]]"#, "/2/0"), ("[]x", ""),
            (#"{"":[-]}"#, "//0"),
        ]
    )
    func pointers(_ text: String, _ pointer: String) {
        #expect(failure(of: Array(text.utf8), JSONLimits())?.pointer == pointer)
    }

    @Test(
        "an error says what is wrong and what to do",
        arguments: [
            (
                "[1,]", "there is a comma after the last element",
                "JSON has commas only between elements"
            ),
            (
                "{'a':1}", "a name in double quotes is expected here",
                "JSON has strings in double quotes"
            ),
            ("NaN", "'NaN' is not a value of JSON", "JSON has no such number"),
            ("None", "'None' is not a value of JSON", "write null"),
            ("1 // one", "there is something after the value", nil),
            ("[1 // one\n]", "',' or ']' is expected here", "JSON has no comments"),
            ("01", "a number does not begin with 0", "leave the 0 away, or write a string"),
            ("\"a\nb\"", "a control character stands in a string", #"write it as \n"#),
            ("\"\u{1B}\"", "a control character stands in a string", #"write it as \u001b"#),
            ("1e999", "1e999 is too large for a number", "the largest is about 1.8e308"),
            ("", "the text ends where a value is expected", nil),
            ("{\"a\":1,\"a\":2}", "the name 'a' comes twice in one object", nil),
        ]
    )
    func words(_ text: String, _ message: String, _ hint: String?) {
        let error = failure(of: Array(text.utf8), JSONLimits())
        #expect(error?.message == message)
        #expect(error?.hint == hint)
        #expect(error?.diagnostic.message == message)
    }

    @Test("a long numeral and a long name are cut in the message")
    func longWords() {
        let ones = String(repeating: "1", count: 500)
        let message = failure(of: Array(ones.utf8), JSONLimits())?.message ?? ""
        #expect(message.hasPrefix(String(repeating: "1", count: 40) + "… is too large"))
        let name = String(repeating: "é", count: 100)
        let twice = failure(of: Array("{\"\(name)\":1,\"\(name)\":2}".utf8), JSONLimits())
        #expect(twice?.message.contains("'\(String(repeating: "é", count: 40))…'") == true)
    }

    private func failure(of bytes: [UInt8], _ limits: JSONLimits) -> JSONError? {
        do {
            _ = try JSON.read(bytes, limits: limits)
            return nil
        } catch {
            return error
        }
    }

    /// Runs on a thread whose stack is the smallest that a host may give.
    private func onSmallStack<Result: Sendable>(
        _ body: @escaping @Sendable () -> Result
    ) -> Result? {
        let box = Box<Result>()
        let done = DispatchSemaphore(value: 0)
        let thread = Thread {
            box.value = body()
            done.signal()
        }
        thread.stackSize = 128 << 10
        thread.start()
        done.wait()
        return box.value
    }
}

/// A result that a thread leaves behind; the semaphore orders its writing before its reading.
private final class Box<Content>: @unchecked Sendable {
    var value: Content?
}

/// The same numbers in every run.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
