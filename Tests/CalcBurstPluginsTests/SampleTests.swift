#if Plugins
import Foundation
import Testing

/// The plugins that we show to authors compile without a warning and answer their own examples.
@Suite struct SampleTests {
    private func answers(of sample: String, examples: Int) throws {
        let folder = try WorkFolder()
        let built = try Toolchain.run("Plugins/build.sh '\(folder.url.path)' \(sample)")
        #expect(built.status == 0, "\(built.output)")
        #expect(!built.output.contains("warning"), "\(built.output)")
        let run = try Toolchain.answers(of: folder.url.appending(path: "\(sample).so"))
        #expect(run.lines.filter { $0.hasPrefix("BAD") } == [])
        #expect(run.lines.last == "\(examples) examples, 0 bad")
        #expect(run.status == 0)
    }

    @Test func finance() throws { try answers(of: "finance", examples: 29) }

    @Test func stats() throws { try answers(of: "stats", examples: 10) }

    @Test(.enabled(if: Toolchain.has("rustc"), "there is no rustc"))
    func numtheory() throws { try answers(of: "numtheory", examples: 17) }

    @Test func text() throws { try answers(of: "text", examples: 14) }

    @Test(arguments: Toolchain.cCompilers)
    func financeIsCleanForEachCompiler(_ compiler: String) throws {
        let folder = try WorkFolder()
        let built = try Toolchain.run(
            "CC=\(compiler) Plugins/build.sh '\(folder.url.path)' finance"
        )
        #expect(built.output == "\(folder.url.path)/finance.so\n")
    }

    @Test(arguments: Toolchain.cppCompilers)
    func statsIsCleanForEachCompiler(_ compiler: String) throws {
        let folder = try WorkFolder()
        let built = try Toolchain.run("CXX=\(compiler) Plugins/build.sh '\(folder.url.path)' stats")
        #expect(built.output == "\(folder.url.path)/stats.so\n")
    }

    @Test func theScriptSaysWhatItLeavesOut() throws {
        let folder = try WorkFolder()
        let run = try Toolchain.run(
            """
            mkdir bin out && ln -s "$(command -v dirname)" "$(command -v mkdir)" bin
            PATH=$PWD/bin /bin/bash '\(Toolchain.root.path)/Plugins/build.sh' out
            """,
            in: folder.url
        )
        #expect(run.status == 0)
        #expect(
            run.lines == [
                "skipped: finance.so, since there is no C compiler (cc, or $CC) here",
                "skipped: stats.so, since there is no C++ compiler (c++, or $CXX) here",
                "skipped: numtheory.so, since there is no Rust compiler (rustc) here",
                "skipped: text.so, since there is no Swift toolchain (swift) here",
            ]
        )
    }

    /// What the tests above believe must be able to disagree.
    @Test func theDriverFindsAWrongExample() throws {
        let folder = try WorkFolder()
        try folder.write(
            """
            #include "calcburst_plugin.h"
            static double twice(double x) { return 2 * x; }
            static cb_status rows(cb_call *call, const void *const *columns, void *out, size_t n) {
                (void)call;
                for (size_t i = 0; i < n; i++)
                    ((double *)out)[i] = 2 * ((const double *)columns[0])[i] + (i == 1024);
                return CB_OK;
            }
            static const cb_op ops[] = {
                {"t.twice", "(x: f64) -> f64", "Twice as much.", "t.twice(1) == 2\\nt.twice(2) == 5",
                 0, 0, CB_FN(double, (double), twice), rows},
            };
            CB_PLUGIN("t", "1.0.0", "MIT", "", ops, NULL, NULL)
            """,
            to: "t.c"
        )
        let built = try Toolchain.run(
            "cc \(Toolchain.strict) -shared -fPIC -o t.so t.c",
            in: folder.url
        )
        #expect(built.output == "")
        let run = try Toolchain.answers(of: folder.url.appending(path: "t.so"))
        #expect(
            run.lines == [
                "t 1.0.0, 1 operations",
                "ok  t.twice(1) == 2",
                "BAD t.twice(2) == 5   it gives 4",
                "BAD t.twice: its rows are its answers",
                "2 examples, 2 bad",
            ]
        )
        #expect(run.status == 1)
    }
}
#endif
