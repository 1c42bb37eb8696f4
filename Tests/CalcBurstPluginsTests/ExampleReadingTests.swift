#if Plugins
import Testing

@testable import CalcBurstPlugins

@Suite struct ExampleReadingTests {
    @Test(arguments: [
        ("f(1) == 2", "f(1)", PluginExample.Expectation.value("2", tolerance: nil)),
        (" f(1)==2~1e-12 ", "f(1)", .value("2", tolerance: 1e-12)),
        ("f(1 == 2, \"a == b\") == true", "f(1 == 2, \"a == b\")", .value("true", tolerance: nil)),
        ("f(1) == g(2) == true", "f(1) == g(2)", .value("true", tolerance: nil)),
        ("f('~ == fails') == \"x ~ 1\"", "f('~ == fails')", .value("\"x ~ 1\"", tolerance: nil)),
        (
            "f(\"\\\" == \") == {re: 1, im: 2} ~ 0.5", "f(\"\\\" == \")",
            .value("{re: 1, im: 2}", tolerance: 0.5)
        ),
        ("f([1, 2]) == [3, 4] ~ 1e-9", "f([1, 2])", .value("[3, 4]", tolerance: 1e-9)),
        ("f(-1) fails", "f(-1)", .failure(nil)),
        ("f(-1) fails 'domain'", "f(-1)", .failure("domain")),
        ("f(-1) fails \"a ~ b == c\"", "f(-1)", .failure("a ~ b == c")),
        ("a.fails(1) == 3", "a.fails(1)", .value("3", tolerance: nil)),
        ("f(fails) == 3", "f(fails)", .value("3", tolerance: nil)),
        ("f(1) == 3 fails", "f(1) == 3", .failure(nil)),
    ])
    func read(line: String, call: String, expectation: PluginExample.Expectation) throws {
        let example = try PluginExample(line)
        #expect(example.call == call)
        #expect(example.expectation == expectation)
    }

    @Test(arguments: [
        ("", "neither"), ("f(1)", "neither"), ("f(1) = 2", "neither"), ("== 2", "no call"),
        ("fails", "no call"), ("f(1) ==", "no value"), ("f(1) == ~ 1", "no value"),
        ("f(1) == 2 ~", "no tolerance"), ("f(1) == 2 ~ x", "no tolerance"),
        ("f(1) == 2 ~ 0", "no tolerance"), ("f(1) == 2 ~ -1", "no tolerance"),
        ("f(1) fails domain", "in quotes"), ("f(1) fails '", "in quotes"),
        ("f(\"1) == 2", "neither"), ("f(1 == 2", "neither"),
    ])
    func refused(line: String, reason: String) {
        let error = #expect(throws: PluginError.self) { try PluginExample(line) }
        #expect(error?.code == .invalidOperation)
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }

    @Test func aTableHasOneALine() throws {
        let examples = try PluginExample.lines("\nf(1) == 2\r\n  \n f(2) fails\n")
        #expect(examples.map(\.text) == ["f(1) == 2", "f(2) fails"])
    }
}
#endif
