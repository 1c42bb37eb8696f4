#if Plugins
import Foundation
import Testing

@testable import CalcBurstPlugins

/// What `calcburst plugin new` writes compiles as it stands, by the command that it names.
@Suite struct TemplateTests {
    @Test func theHeaderIsTheHeader() throws {
        let file = Toolchain.root.appending(path: "Plugins/include/calcburst_plugin.h")
        let header = try String(contentsOf: file, encoding: .utf8)
        #expect(
            PluginTemplate.headerText == header,
            "put the header into PluginTemplate+Header.swift as it is"
        )
    }

    @Test(arguments: PluginTemplate.allCases)
    func theNameIsPutInEverywhere(_ template: PluginTemplate) {
        let files = template.files(name: "shop")
        #expect(!files.isEmpty)
        for file in files {
            #expect(!file.path.contains("NAME") && !file.text.contains("NAME"), "\(file.path)")
            #expect(file.text.hasSuffix("\n"), "\(file.path)")
        }
        #expect(files.contains { $0.text.contains("shop.") })
        if let build = template.build(name: "shop") {
            #expect(files.contains { $0.text.contains(build) })
            #expect(files.contains { $0.text.contains(template.product(name: "shop")) })
        }
    }

    @Test func namesBecomePrefixesAndFiles() {
        for name in ["a", "shop", "shop2", "my_shop", String(repeating: "a", count: 32)] {
            #expect(PluginTemplate.takes(name: name), "\(name)")
        }
        for name in ["", "2shop", "_shop", "Shop", "my-shop", "shop.vat", "../a", "a b", "é", "if"]
        {
            #expect(!PluginTemplate.takes(name: name), "\(name)")
        }
        #expect(!PluginTemplate.takes(name: String(repeating: "a", count: 33)))
    }

    private func answers(of template: PluginTemplate, adding options: String = "") throws {
        let folder = try WorkFolder()
        for file in template.files(name: "shop") { try folder.write(file.text, to: file.path) }
        let build = try #require(template.build(name: "shop"))
        let built = try Toolchain.run("\(build) \(options)", in: folder.url)
        #expect(built.status == 0, "\(built.output)")
        #expect(!built.output.contains("warning"), "\(built.output)")
        let run = try Toolchain.answers(
            of: folder.url.appending(path: template.product(name: "shop"))
        )
        #expect(run.lines.filter { $0.hasPrefix("BAD") } == [])
        #expect(run.lines.last == "4 examples, 0 bad")
        #expect(run.status == 0)
    }

    @Test func c() throws { try answers(of: .c, adding: "-Wall -Wextra -pedantic -Werror") }

    @Test func cpp() throws { try answers(of: .cpp, adding: "-Wall -Wextra -pedantic -Werror") }

    @Test func swift() throws { try answers(of: .swift) }

    @Test(.enabled(if: Toolchain.has("rustc"), "there is no rustc"))
    func rust() throws { try answers(of: .rust, adding: "-D warnings") }

    @Test(.enabled(if: Toolchain.has("zig"), "there is no zig"))
    func zig() throws { try answers(of: .zig) }

    /// The rest is the manifest reader's to say.
    @Test func theBindingIsJSON() throws {
        let files = PluginTemplate.binding.files(name: "shop")
        #expect(files.map(\.path) == ["shop.calcburst.json"])
        let text = try #require(files.first?.text)
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        #expect(object?["calcburst"] as? Int == 1)
        #expect((object?["ops"] as? [Any])?.count == 2)
    }
}
#endif
