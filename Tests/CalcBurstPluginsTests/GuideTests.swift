#if Plugins
import Foundation
import Testing

@testable import CalcBurstPlugins

/// The guide says what is so.
///
/// Its commands with `calcburst` are for `Tests/Lints/readme.py` to run.
@Suite struct GuideTests {
    private let guide: String

    init() throws {
        let file = Toolchain.root.appending(path: "Plugins/README.md")
        guide = try String(contentsOf: file, encoding: .utf8)
    }

    /// The fenced blocks of a kind.
    private func blocks(_ kind: String) -> [String] {
        guide.components(separatedBy: "\n```\(kind)\n").dropFirst().compactMap {
            $0.components(separatedBy: "\n```").first
        }
    }

    @Test func theFirstOperationCompilesAndAnswers() throws {
        let lines = try #require(blocks("console").first).components(separatedBy: "\n")
        let upToUse = lines.prefix { !$0.hasPrefix("$ calcburst") }
        #expect(upToUse.count < lines.count)
        let commands = upToUse.map { line in
            line.hasPrefix("$ ") || line.hasPrefix("> ")
                ? String(line.dropFirst(2)) : "false: \(line)"
        }
        let folder = try WorkFolder()
        try FileManager.default.createSymbolicLink(
            at: folder.url.appending(path: "Plugins"),
            withDestinationURL: Toolchain.root.appending(path: "Plugins")
        )
        let built = try Toolchain.run(
            "set -e\n" + commands.joined(separator: "\n"),
            in: folder.url
        )
        #expect(built.output == "")
        #expect(built.status == 0)
        let run = try Toolchain.answers(of: folder.url.appending(path: "shop/shop.so"))
        #expect(run.lines.last == "2 examples, 0 bad")
        #expect(run.status == 0)
    }

    @Test func theOtherPiecesOfCCompile() throws {
        let pieces = blocks("c")
        #expect(pieces.count == 4)
        let folder = try WorkFolder()
        try folder.write(
            (["#include \"calcburst_plugin.h\"", "#include <string.h>"] + pieces)
                .joined(separator: "\n"),
            to: "pieces.c"
        )
        let built = try Toolchain.run(
            "cc -std=c11 \(Toolchain.strict) -Wno-unused-function -c -o pieces.o pieces.c",
            in: folder.url
        )
        #expect(built.output == "")
        #expect(built.status == 0)
    }

    /// The first cell of each row of the table under a heading.
    private func firstCells(under heading: String) throws -> [String] {
        let section = try #require(
            guide.components(separatedBy: "\n## \(heading)\n").dropFirst().first
        )
        let own = section.components(separatedBy: "\n## ").first ?? ""
        return own.components(separatedBy: "\n").filter { $0.hasPrefix("| `") }.compactMap {
            $0.components(separatedBy: " | ").first?.dropFirst(2).description
        }
    }

    @Test func everyReasonToRefuseStandsInItsOrder() throws {
        let codes = try firstCells(under: "Loading rules")
        #expect(codes == PluginError.Code.allCases.map { "`\($0.rawValue)`" })
    }

    @Test func everyTypeIsExplained() throws {
        let types = try firstCells(under: "Signatures").joined(separator: " ")
        for type in PluginType.allCases {
            #expect(types.contains("`\(type.rawValue)`"), "\(type.rawValue)")
        }
    }

    @Test func theManifestIsJSON() throws {
        let text = try #require(blocks("json").first)
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        #expect(object?["name"] as? String == "maths")
    }
}
#endif
