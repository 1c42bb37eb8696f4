#if Plugins
import CCalcBurstPlugin
import Foundation
import Testing

/// The header is one agreement in every language that it is read in.
@Suite struct HeaderTests {
    /// A plugin that uses all that the header offers, in the common part of C and C++.
    private static func plugin(function: String, stated: String) -> String {
        """
        #include "calcburst_plugin.h"
        #include "calcburst_plugin.h"
        \(function)
        static cb_status rows(cb_call *call, const void *const *columns, void *out, size_t n) {
            (void)call; (void)columns; (void)out;
            return n == 0 ? CB_OK : CB_E_INTERNAL;
        }
        static cb_status start(const cb_host *host) { return host == NULL ? CB_E_ARGUMENT : CB_OK; }
        static void stop(void) {}
        static const cb_op ops[] = {
            {"t.f", "(x: f64) -> f64", "Some answer.", "t.f(1) == 2",
             CB_PURE | CB_STABLE | CB_CONCURRENT | CB_NAN_THROUGH | CB_DETERMINISTIC | CB_MAY_BLOCK,
             1, CB_FN(\(stated), f), rows},
        };
        CB_PLUGIN("t", "1.0.0", "MIT", "", ops, start, stop)
        """
    }
    private static let good = plugin(
        function: "static double f(double x) { return 2 * x; }",
        stated: "double, (double)"
    )
    /// The function takes two numbers and the table says one.
    private static let slip = plugin(
        function: "static double f(double x, double y) { return x * y; }",
        stated: "double, (double)"
    )

    private static func compile(_ command: String, _ source: String) throws -> Toolchain.Run {
        let folder = try WorkFolder()
        let file = command.contains("++") ? "plugin.cpp" : "plugin.c"
        try folder.write(source, to: file)
        return try Toolchain.run("\(command) -c -fPIC -o plugin.o \(file)", in: folder.url)
    }

    @Test(arguments: Toolchain.cCompilers, ["c99", "c11", "c17"])
    func isCleanC(_ compiler: String, _ standard: String) throws {
        let run = try Self.compile("\(compiler) -std=\(standard) \(Toolchain.strict)", Self.good)
        #expect(run.status == 0)
        #expect(run.output == "")
    }

    @Test(arguments: Toolchain.cppCompilers, ["c++17", "c++20"])
    func isCleanCpp(_ compiler: String, _ standard: String) throws {
        let run = try Self.compile("\(compiler) -std=\(standard) \(Toolchain.strict)", Self.good)
        #expect(run.status == 0)
        #expect(run.output == "")
    }

    @Test func thereAreCompilers() {
        #expect(!Toolchain.cCompilers.isEmpty)
        #expect(!Toolchain.cppCompilers.isEmpty)
    }

    @Test(arguments: Toolchain.cCompilers)
    func aSlipIsAWarningInC(_ compiler: String) throws {
        let include = "-I'\(Toolchain.root.path)/Plugins/include'"
        let lax = try Self.compile("\(compiler) -std=c11 \(include)", Self.slip)
        #expect(lax.output.contains("warning: "))
        let strict = try Self.compile("\(compiler) -std=c11 \(Toolchain.strict)", Self.slip)
        #expect(strict.status != 0)
    }

    @Test(arguments: Toolchain.cppCompilers)
    func aSlipIsAnErrorInCpp(_ compiler: String) throws {
        let include = "-I'\(Toolchain.root.path)/Plugins/include'"
        let run = try Self.compile("\(compiler) -std=c++17 \(include)", Self.slip)
        #expect(run.status != 0)
        #expect(run.output.contains("error: "))
    }

    // MARK: The layout

    /// On a machine of 64 bits; written down, so that no change of the header moves a field unseen.
    private static let layout: [(String, Int)] = [
        ("cb_c128.re", 0), ("cb_c128.im", 8), ("cb_c128", 16),

        ("cb_host.struct_size", 0), ("cb_host.abi_major", 4), ("cb_host.abi_minor", 6),
        ("cb_host.set_error", 8), ("cb_host.set_string", 16), ("cb_host.set_array", 24),
        ("cb_host.cancelled", 32), ("cb_host.log", 40), ("cb_host", 48),

        ("cb_op.name", 0), ("cb_op.signature", 8), ("cb_op.doc", 16), ("cb_op.examples", 24),
        ("cb_op.flags", 32), ("cb_op.cost_ns", 36), ("cb_op.scalar", 40), ("cb_op.batch", 48),
        ("cb_op", 56),

        ("cb_plugin.magic", 0), ("cb_plugin.abi_major", 4), ("cb_plugin.abi_minor", 6),
        ("cb_plugin.struct_size", 8), ("cb_plugin.op_size", 12), ("cb_plugin.name", 16),
        ("cb_plugin.version", 24), ("cb_plugin.license", 32), ("cb_plugin.homepage", 40),
        ("cb_plugin.ops", 48), ("cb_plugin.op_count", 56), ("cb_plugin.start", 64),
        ("cb_plugin.stop", 72), ("cb_plugin", 80),
    ]

    private static var lines: [String] { layout.map { "\($0.0) \($0.1)" } }

    @Test(
        arguments: Toolchain.cCompilers.map { ($0, "c") }
            + Toolchain.cppCompilers.map { ($0, "cpp") }
    )
    func fieldsLieWhereTheyLay(_ compiler: String, _ language: String) throws {
        let prints = Self.layout.map { name, _ in
            let parts = name.split(separator: ".")
            let place =
                parts.count == 2 ? "offsetof(\(parts[0]), \(parts[1]))" : "sizeof(\(name))"
            return "printf(\"\(name) %zu\\n\", \(place));"
        }
        let folder = try WorkFolder()
        try folder.write(
            """
            #include "calcburst_plugin.h"
            #include <stdio.h>
            int main(void) {
            \(prints.joined(separator: "\n"))
            return 0;
            }
            """,
            to: "layout.\(language)"
        )
        let run = try Toolchain.run(
            "\(compiler) \(Toolchain.strict) -o layout layout.\(language) && ./layout",
            in: folder.url
        )
        #expect(run.lines == Self.lines)
    }

    @Test func swiftSeesTheSameLayout() {
        let seen: [(String, Int?)] = unsafe [
            ("cb_c128.re", MemoryLayout<cb_c128>.offset(of: \.re)),
            ("cb_c128.im", MemoryLayout<cb_c128>.offset(of: \.im)),
            ("cb_c128", MemoryLayout<cb_c128>.size),
            ("cb_host.struct_size", MemoryLayout<cb_host>.offset(of: \.struct_size)),
            ("cb_host.abi_major", MemoryLayout<cb_host>.offset(of: \.abi_major)),
            ("cb_host.abi_minor", MemoryLayout<cb_host>.offset(of: \.abi_minor)),
            ("cb_host.set_error", MemoryLayout<cb_host>.offset(of: \.set_error)),
            ("cb_host.set_string", MemoryLayout<cb_host>.offset(of: \.set_string)),
            ("cb_host.set_array", MemoryLayout<cb_host>.offset(of: \.set_array)),
            ("cb_host.cancelled", MemoryLayout<cb_host>.offset(of: \.cancelled)),
            ("cb_host.log", MemoryLayout<cb_host>.offset(of: \.log)),
            ("cb_host", MemoryLayout<cb_host>.size),
            ("cb_op.name", MemoryLayout<cb_op>.offset(of: \.name)),
            ("cb_op.signature", MemoryLayout<cb_op>.offset(of: \.signature)),
            ("cb_op.doc", MemoryLayout<cb_op>.offset(of: \.doc)),
            ("cb_op.examples", MemoryLayout<cb_op>.offset(of: \.examples)),
            ("cb_op.flags", MemoryLayout<cb_op>.offset(of: \.flags)),
            ("cb_op.cost_ns", MemoryLayout<cb_op>.offset(of: \.cost_ns)),
            ("cb_op.scalar", MemoryLayout<cb_op>.offset(of: \.scalar)),
            ("cb_op.batch", MemoryLayout<cb_op>.offset(of: \.batch)),
            ("cb_op", MemoryLayout<cb_op>.stride),
            ("cb_plugin.magic", MemoryLayout<cb_plugin>.offset(of: \.magic)),
            ("cb_plugin.abi_major", MemoryLayout<cb_plugin>.offset(of: \.abi_major)),
            ("cb_plugin.abi_minor", MemoryLayout<cb_plugin>.offset(of: \.abi_minor)),
            ("cb_plugin.struct_size", MemoryLayout<cb_plugin>.offset(of: \.struct_size)),
            ("cb_plugin.op_size", MemoryLayout<cb_plugin>.offset(of: \.op_size)),
            ("cb_plugin.name", MemoryLayout<cb_plugin>.offset(of: \.name)),
            ("cb_plugin.version", MemoryLayout<cb_plugin>.offset(of: \.version)),
            ("cb_plugin.license", MemoryLayout<cb_plugin>.offset(of: \.license)),
            ("cb_plugin.homepage", MemoryLayout<cb_plugin>.offset(of: \.homepage)),
            ("cb_plugin.ops", MemoryLayout<cb_plugin>.offset(of: \.ops)),
            ("cb_plugin.op_count", MemoryLayout<cb_plugin>.offset(of: \.op_count)),
            ("cb_plugin.start", MemoryLayout<cb_plugin>.offset(of: \.start)),
            ("cb_plugin.stop", MemoryLayout<cb_plugin>.offset(of: \.stop)),
            ("cb_plugin", MemoryLayout<cb_plugin>.size),
        ]
        #expect(seen.map { "\($0.0) \($0.1.map(String.init) ?? "nowhere")" } == Self.lines)
    }

    @Test func theNumbersOfTheAgreementStay() {
        #expect(CB_MAGIC == 0x3142_434C)
        #expect(CB_ABI_MAJOR == 1)
        let statuses = [
            CB_OK, CB_E_DOMAIN, CB_E_RANGE, CB_E_ARGUMENT, CB_E_MEMORY, CB_E_CANCELLED,
            CB_E_INTERNAL,
        ]
        #expect(statuses.map { Int($0) } == Array(0...6))
        let flags = [
            CB_PURE, CB_STABLE, CB_CONCURRENT, CB_NAN_THROUGH, CB_DETERMINISTIC, CB_MAY_BLOCK,
        ]
        #expect(flags.map { Int($0) } == [1, 2, 4, 8, 16, 32])
    }

    // MARK: A later header

    @Test func aTableWithMoreFieldsIsReadByItsOwnStride() throws {
        let folder = try WorkFolder()
        let source = "'\(Toolchain.root.path)/Plugins/hostile/grown.c'"
        let built = try Toolchain.run(
            "cc -std=c11 \(Toolchain.strict) -fPIC -shared -o grown.so \(source)",
            in: folder.url
        )
        #expect(built.status == 0, "\(built.output)")
        let run = try Toolchain.answers(of: folder.url.appending(path: "grown.so"))
        #expect(run.lines.last == "2 examples, 0 bad")
        #expect(run.status == 0)
    }
}
#endif
