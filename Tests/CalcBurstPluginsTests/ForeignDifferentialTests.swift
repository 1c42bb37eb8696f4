#if Plugins
import CalcBurstFunctions
import CalcBurstTesting
import Testing

@testable import CalcBurstPlugins

/// Random functions called through libffi must give what C gives when it calls them itself.
@Suite struct ForeignDifferentialTests {
    private static let includes = """
        #include <math.h>
        #include <stdarg.h>
        #include <stdio.h>
        #include <string.h>
        #include "calcburst_plugin.h"

        """

    /// `main` with a host of its own, and every call in its order.
    private static func main(_ functions: [RandomFunction], _ declarations: String) -> String {
        let prototypes = functions.map { function in
            function.definition.prefix { $0 != "{" } + ";"
        }
        return includes + declarations + "\n" + prototypes.joined(separator: "\n") + """

            static char text[256]; static double array[64];
            static void set_string(cb_call *c, const char *t, size_t n) { memcpy(text, t, n); text[n] = 0; }
            static void *set_array(cb_call *c, size_t n) { return array; }
            static void show_text(void) { puts(text); }
            static void show_numbers(void) { printf("%a %a\\n", array[0], array[1]); }
            static void show_wholes(void) {
              int64_t n[2]; memcpy(n, array, 16); printf("%a %a\\n", (double)n[0], (double)n[1]);
            }
            void set_host(const cb_host *);
            int main(void) {
              static cb_host host = {.set_string = set_string, .set_array = set_array};
              set_host(&host);
              \(functions.map(\.print).joined(separator: "\n  "))
            }
            """
    }

    private static func numbers(_ value: Value) -> [Double] {
        switch value {
        case .null: []
        case .bool(let flag): [flag ? 1 : 0]
        case .number(let number): [number]
        case .string(let text): [Double(text) ?? .nan]
        case .list(let list): list.flatMap(numbers)
        case .record(let record): record.values.flatMap(numbers)
        }
    }

    private static func library(
        _ functions: [RandomFunction],
        _ declarations: String = ""
    ) throws -> (CLibrary, [[Double]]) {
        let host = "static const cb_host *host; void set_host(const cb_host *h) { host = h; }\n"
        let definitions = functions.map(\.definition).joined(separator: "\n")
        let library = try CLibrary(includes + declarations + "\n" + host + definitions)
        library.setHost()
        let output = try library.output(ofMain: main(functions, declarations))
        let lines = output.split(separator: "\n").map { line in
            line.split(separator: " ").map { Double($0) ?? .nan }
        }
        #expect(lines.count == functions.count)
        return (library, lines)
    }

    private static func check(
        _ function: RandomFunction,
        _ call: some PluginCall,
        _ expected: [Double]
    ) throws {
        var meter = Meter(limits: RunLimits())
        do throws(Fault) {
            let found = numbers(try call(function.operands, &meter))
            #expect(
                found.map(\.bitPattern) == expected.map(\.bitPattern)
                    || zip(found, expected).allSatisfy { $0 == $1 }
                        && found.count == expected.count,
                "\(function.signature) \(function.call) \(found) \(expected)"
            )
        } catch {
            Issue.record("\(function.signature) \(function.call): \(error)")
        }
    }

    @Test func nativeFunctions() throws {
        var writer = NativeFunctionWriter(random: SeededRandom(seed: 1))
        let functions = (0..<200).map { writer.function($0) }
        let (library, expected) = try Self.library(functions)
        for (function, expected) in zip(functions, expected) {
            let call = try library.call(function.name, function.signature)
            try Self.check(function, call, expected)
        }
    }

    @Test func bindings() throws {
        var writer = RandomBindingWriter(seed: 2)
        let functions = (0..<200).map { writer.function($0) }
        let (library, expected) = try Self.library(functions, writer.declarations)
        let operations = functions.map { function in
            """
            {"op": "r.\(function.name)", "sig": "\(function.signature)", "c": "\(function.call)", \
            "doc": "d", "examples": ["r.f(1) == 1"]}
            """
        }
        let manifest = try PluginManifest(
            """
            {"calcburst": 1, "name": "r", "version": "1", "license": "MIT",
             "library": {"file": "library.so"}, "types": {\(writer.types)},
             "ops": [\(operations.joined(separator: ",\n"))]}
            """
        )
        let made = unsafe try manifest.operations(symbols: library.symbols(of: manifest))
        for ((function, expected), operation) in zip(zip(functions, expected), made) {
            let call = try #require(operation.call as? BindingCall)
            try Self.check(function, call, expected)
            // The second call finds its frame and its varargs prepared.
            try Self.check(function, call, expected)
        }
    }
}
#endif
