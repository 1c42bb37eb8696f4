#if Command && Plugins
import Foundation
import Testing

/// `calcburst plugin`, `--plugin`, and what the REPL does about plugins.
///
/// What a plugin may do, and how it is refused, is tested by `CalcBurstPluginsTests`.
@Suite struct PluginTests {
    private static let shop = """
        #include "calcburst_plugin.h"
        #include <stdlib.h>
        static double vat(double net, double rate) { return net * (1 + rate); }
        static double crash(double x) { if (x > 0) abort(); return x; }
        static const cb_op ops[] = {
          {"shop.vat", "(net: f64, rate: f64 = 0.25) -> f64", "The price with the tax.",
           "shop.vat(100) == 125", CB_PURE | CB_CONCURRENT, 0,
           CB_FN(double, (double, double), vat), NULL},
          {"shop.crash", "(x: f64) -> f64", "Ends the process.", "shop.crash(0) == 0", 0, 0,
           CB_FN(double, (double), crash), NULL},
        };
        CB_PLUGIN("shop", "1.0.0", "MIT", "", ops, NULL, NULL)
        """

    /// A folder with a compiled plugin, `shop.so`.
    private func folder(_ source: String = shop, _ name: String = "shop") throws -> Scratch {
        let scratch = try Scratch()
        let file = try scratch.file("\(name).c", source)
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let run = try ProgramRun.shell(
            """
            cc -std=c11 -O2 -fPIC -shared -I '\(root.path)/Plugins/include' \
            -o '\(scratch.folder.path)/\(name).so' '\(file)'
            """
        )
        try #require(run.status == 0, "\(run.errors)")
        return scratch
    }

    @Test func aNamedPluginIsLoaded() throws {
        let folder = try folder()
        // The machine may be busy: a call has all the time that it needs.
        for more in [[], ["--isolated-plugins", "--plugin-timeout", "60"]] {
            let words =
                ["--plugin", "shop.so"] + more + ["shop.vat([100, 200], 0.5) + shop.vat(4)"]
            let run = try ProgramRun.calcburst(
                arguments: words.map { Array($0.utf8) },
                in: folder.folder
            )
            #expect(run.output == "[155, 305]\n")
            #expect(run.errors == "")
            #expect(run.status == 0)
        }
    }

    @Test func everyPluginOfAFolderIsLoaded() throws {
        let folder = try folder()
        let run = try ProgramRun.calcburst("--plugin-dir", folder.folder.path, "shop.vat(100)")
        #expect(run.output == "125\n")
        let functions = try ProgramRun.calcburst(
            "functions",
            "--plugin-dir",
            folder.folder.path,
            "shop.vat"
        )
        #expect(functions.output.contains("shop.vat(net: number, rate: number = 0.25) -> number"))
        let check = try ProgramRun.calcburst(
            "check",
            "--plugin-dir",
            folder.folder.path,
            "shop.vat"
        )
        #expect(check.status == 65)
    }

    @Test func withoutAnOptionNothingIsLoaded() throws {
        let folder = try folder()
        let run = try ProgramRun.calcburst("shop.vat(100)", in: folder.folder)
        #expect(run.status == 65)
        #expect(run.errors.contains("error[unknown-name]"))
    }

    @Test(
        arguments: [
            ("nothing.so", "plugin-not-found", 66), (".", "not-a-regular-file", 65),
            ("shop.c", "not-a-shared-library", 65),
        ] as [(String, String, Int32)]
    )
    func whatIsNoPluginIsRefused(path: String, code: String, status: Int32) throws {
        let folder = try folder()
        let run = try ProgramRun.calcburst("--plugin", path, "1", in: folder.folder)
        #expect(run.output == "")
        #expect(run.errors.contains("[\(code)]"), "\(run.errors)")
        #expect(run.status == status)
    }

    @Test func aFileThatOthersMayWriteIsRefused() throws {
        let folder = try folder()
        let path = folder.folder.appending(path: "shop.so").path
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: path)
        let run = try ProgramRun.calcburst("--plugin", path, "1")
        #expect(run.errors.contains("[untrusted-mode]"))
        #expect(run.status == 65)
    }

    @Test func aCrashOfAnIsolatedPluginIsAnError() throws {
        let folder = try folder()
        let script =
            "--plugin shop.so --isolated-plugins --plugin-timeout 60 "
            + "-e 'shop.crash(1)' -e 'shop.vat(100)'"
        let run = try ProgramRun.shell("$calcburst --keep-going \(script)", in: folder.folder)
        #expect(run.output == "125\n")
        #expect(run.errors.contains("error[plugin-failed]: the plugin shop"), "\(run.errors)")
        #expect(run.status == 2)
        let alone = try ProgramRun.calcburst(
            "--plugin",
            "shop.so",
            "shop.crash(1)",
            in: folder.folder
        )
        #expect(alone.signal == SIGABRT)
    }

    @Test func checkSaysThatAllIsWell() throws {
        let folder = try folder()
        let run = try ProgramRun.calcburst("plugin", "check", "shop.so", in: folder.folder)
        #expect(run.output == "shop 1.0.0: 2 operations, 2 examples, no finding\n")
        #expect(run.status == 0)
    }

    @Test func checkFindsAWrongExampleAndACrash() throws {
        let wrong = try folder(Self.shop.replacing("== 125", with: "== 124"))
        let run = try ProgramRun.calcburst("plugin", "check", "shop.so", in: wrong.folder)
        #expect(run.output == "wrong shop.vat: the example 'shop.vat(100) == 124' gives 125\n")
        #expect(run.status == 65)
        let crash = try folder(
            Self.shop.replacing("shop.crash(0) == 0", with: "shop.crash(1) == 1")
        )
        let other = try ProgramRun.calcburst("plugin", "check", "shop.so", in: crash.folder)
        #expect(other.output.hasPrefix("wrong shop.crash: the example"))
        #expect(other.output.contains("plugin-failed"))
        #expect(other.status == 65)
    }

    @Test func inspectRunsNothing() throws {
        let source =
            Self.shop + """

                __attribute__((constructor)) static void first(void) { abort(); }
                """
        let folder = try folder(source)
        let run = try ProgramRun.calcburst("plugin", "inspect", "shop.so", in: folder.folder)
        #expect(run.status == 0)
        #expect(run.output.contains("calcburst_plugin_v1"))
        #expect(run.output.contains("sha256"))
        let load = try ProgramRun.calcburst(
            "plugin",
            "inspect",
            "--load",
            "shop.so",
            in: folder.folder
        )
        #expect(load.errors.contains("[plugin-failed]"), "\(load.errors)")
        #expect(load.status == 2)
    }

    @Test func aPinnedPluginThatChangesIsRefused() throws {
        let folder = try folder()
        let script = """
            $calcburst plugin pin shop.so >&2 &&
            $calcburst --plugin shop.so 'shop.vat(100)' &&
            $calcburst --plugin shop.so --plugin-lock calcburst-plugins.lock 'shop.vat(8)' &&
            printf x >> shop.so; $calcburst --plugin shop.so 1
            $calcburst plugin unpin shop >&2 && $calcburst --plugin shop.so 'shop.vat(4)'
            $calcburst --plugin shop.so --plugin-lock calcburst-plugins.lock 1
            """
        let run = try ProgramRun.shell(script, in: folder.folder)
        #expect(run.output == "125\n10\n5\n")
        #expect(run.errors.contains("[pin-mismatch]"))
        #expect(run.errors.contains("[not-pinned]"))
    }

    @Test func listShowsWhatIsRefusedToo() throws {
        let folder = try folder()
        _ = try folder.file("broken.so", "not a library")
        let run = try ProgramRun.calcburst("plugin", "list", "--json", in: folder.folder)
        #expect(run.output.contains(#""refused":"not-a-shared-library""#))
        #expect(run.output.contains(#""functions":["shop.vat","shop.crash"]"#))
        #expect(run.status == 0)
    }

    @Test func newWritesWhatCompilesAndIsRight() throws {
        let scratch = try Scratch()
        let script = """
            $calcburst plugin new --language c tools && cd tools &&
            cc -std=c11 -O2 -fPIC -shared -o tools.so tools.c && $calcburst plugin check tools.so
            """
        let run = try ProgramRun.shell(script, in: scratch.folder)
        #expect(run.output.hasSuffix("tools 0.1.0: 2 operations, 4 examples, no finding\n"))
        let again = try ProgramRun.calcburst("plugin", "new", "tools", in: scratch.folder)
        #expect(again.status == 73)
        let unknown = try ProgramRun.calcburst(
            "plugin",
            "new",
            "--language",
            "rost",
            "more",
            in: scratch.folder
        )
        #expect(unknown.errors.contains("did you mean 'rust'?"))
        #expect(unknown.status == 64)
    }

    @Test func aConversationLoadsPlugins() throws {
        let folder = try folder()
        let lines = ":load shop.so\nshop.vat(100)\n:plugins\n:reset\nshop.vat(4)\nshop.vat?\n"
        let run = try ProgramRun.calcburst("repl", input: lines, in: folder.folder)
        #expect(
            run.output.hasPrefix(
                """
                shop 1.0.0 adds shop.vat, shop.crash
                125
                shop 1.0.0: shop.crash, shop.vat
                5
                shop.vat
                The price with the tax.
                """
            ),
            "\(run.output)\(run.errors)"
        )
        let refused = try ProgramRun.calcburst(
            "repl",
            input: ":load nothing.so\n",
            in: folder.folder
        )
        #expect(refused.errors.contains("[plugin-not-found]"))
    }

    @Test func aMistypedSubcommandIsGuessed() throws {
        let run = try ProgramRun.calcburst("plugin", "chek", "shop.so")
        #expect(run.errors.contains("did you mean 'calcburst plugin check'?"))
        #expect(run.status == 64)
    }

    @Test func theHelperIsNotForPeople() throws {
        let run = try ProgramRun.calcburst("plugin-host")
        #expect(run.errors.contains("started by a host"))
        #expect(run.status == 2)
    }
}
#endif
