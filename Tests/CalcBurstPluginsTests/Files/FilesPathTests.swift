#if Plugins
import Foundation
import Testing

@testable import CalcBurstPlugins

/// Every file that is refused for where it is and whose it is.
@Suite struct FilesPathTests {
    let folder: FilesFolder

    init() throws {
        folder = try FilesFolder()
    }

    func code(
        _ path: String,
        _ policy: PluginPolicy? = nil,
        _ rules: PluginFile.Rules = .init()
    ) -> PluginError.Code? {
        filesCode { () throws(PluginError) in
            _ = try PluginFile(path: path, policy: policy ?? folder.policy, rules: rules)
        }
    }

    @Test func aFileInItsFolderIsTakenWithItsHash() throws {
        let path = try folder.write(Array("abc".utf8), "a.so")
        let file = try PluginFile(path: path, policy: folder.policy)
        #expect(file.path == path)
        #expect(file.folder == folder.path)
        #expect(file.name == "a.so")
        #expect(file.bytes == Array("abc".utf8))
        // FIPS 180-2, appendix B.1.
        let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(file.sha256 == hash)
    }

    @Test func theHashIsTheOneOfOtherTools() throws {
        let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
        let path = try folder.write(bytes, "large")
        let line = try FilesFolder.run(["sha256sum", path])
        #expect(try PluginFile(path: path, policy: folder.policy).sha256 == line.prefix(64))
    }

    @Test func withoutAPolicyNothingIsLoaded() throws {
        let path = try folder.write([1], "a.so")
        #expect(code(path, PluginPolicy.none) == .off)
        #expect(
            filesCode { () throws(PluginError) in
                _ = try PluginFile(systemLibrary: path, policy: .none, folders: [folder.path])
            } == .off
        )
    }

    @Test func pathsThatAreNotTakenAsWritten() throws {
        try folder.write([1], "a.so")
        try folder.folder("inner")
        for path in [
            "", "a.so", "./a.so", folder.at("inner/../a.so"), folder.at(".."), "/..",
            folder.at("a.so\0"), "/" + String(repeating: "a", count: 5_000),
        ] {
            #expect(code(path) == .invalidPath, "\(path.prefix(100))")
        }
        #expect(code(folder.at("a.so"), .directories(["inner"])) == .invalidPath)
        #expect(code(folder.at("a.so"), .directories([folder.at("inner/..")])) == .invalidPath)
        // Two dots in a name lead nowhere.
        try folder.write([1], "a..so")
        #expect(code(folder.at("a..so")) == nil)
        #expect(code(folder.at("./a.so")) == nil)
    }

    @Test func whatIsNotThere() throws {
        try folder.write([1], "a.so")
        #expect(code(folder.at("b.so")) == .notFound)
        #expect(code(folder.at("a.so/b.so")) == .notFound)
        try folder.link("round", to: "round")
        #expect(code(folder.at("round")) == .notFound)
        try folder.link("dangling", to: "nothing")
        #expect(code(folder.at("dangling")) == .notFound)
    }

    @Test func outsideTheFolders() throws {
        let other = try FilesFolder()
        let path = try folder.write([1], "a.so")
        #expect(code(path, other.policy) == .outsideFolders)
        #expect(code(path, .directories([])) == .outsideFolders)
        #expect(code(path, .directories([other.at("nothing")])) == .outsideFolders)
        // Another folder whose name begins alike.
        try folder.folder("plugins")
        try folder.folder("plugins-evil")
        try folder.write([1], "plugins-evil/a.so")
        let policy = PluginPolicy.directories([folder.at("plugins")])
        #expect(code(folder.at("plugins-evil/a.so"), policy) == .outsideFolders)
        #expect(code(folder.at("plugins"), policy) == .outsideFolders)
    }

    @Test func aLinkMayNotLeaveTheFolder() throws {
        let other = try FilesFolder()
        let target = try other.write([1], "a.so")
        try folder.link("out.so", to: target)
        #expect(code(folder.at("out.so")) == .outsideFolders)
        try folder.link("way", to: other.path)
        #expect(code(folder.at("way/a.so")) == .outsideFolders)
    }

    @Test func aLinkInsideIsFollowed() throws {
        try folder.folder("v1")
        let target = try folder.write([1, 2], "v1/a.so.1")
        try folder.link("a.so", to: "v1/a.so.1")
        #expect(try PluginFile(path: folder.at("a.so"), policy: folder.policy).path == target)
        // The allowed folder may be a link itself.
        let other = try FilesFolder()
        try other.link("plugins", to: folder.path)
        let policy = PluginPolicy.directories([other.at("plugins")])
        #expect(try PluginFile(path: other.at("plugins/a.so"), policy: policy).path == target)
    }

    @Test(.timeLimit(.minutes(1))) func whatIsNoRegularFile() throws {
        try folder.folder("inner")
        #expect(code(folder.at("inner")) == .notAFile)
        // To open a FIFO without a writer blocks, unless it is done with care.
        _ = try FilesFolder.run(["mkfifo", "-m", "644", folder.at("fifo")])
        #expect(code(folder.at("fifo")) == .notAFile)
        #expect(code("/dev/null", .directories(["/dev"])) == .notAFile)
    }

    @Test(arguments: [0o664, 0o646, 0o666, 0o620, 0o602, 0o1777])
    func aFileThatOthersMayWrite(_ mode: Int) throws {
        let path = try folder.write([1], "a.so", mode: mode)
        #expect(code(path) == .untrustedMode)
        try folder.setMode(0o600, "a.so")
        #expect(code(path) == nil)
    }

    @Test(arguments: ["", "one", "one/two"], [0o775, 0o757, 0o1777])
    func aFolderThatOthersMayWrite(_ name: String, _ mode: Int) throws {
        try folder.folder("one")
        try folder.folder("one/two")
        let path = try folder.write([1], "one/two/a.so")
        #expect(code(path) == nil)
        try folder.setMode(mode, name)
        #expect(code(path) == .untrustedMode)
        // Above the innermost allowed folder nobody asks.
        let inner = PluginPolicy.directories([folder.path, folder.at("one/two")])
        #expect(code(path, inner) == (name == "one/two" ? .untrustedMode : nil))
        try folder.setMode(0o755, name)
    }

    /// Root gives the file away; another user takes himself for somebody else.
    @Test(arguments: ["a.so", "inner/a.so"]) func aForeignOwner(_ name: String) throws {
        try folder.folder("inner")
        try folder.write([1], name)
        let given = name == "a.so" ? name : "inner"
        var rules = PluginFile.Rules()
        #expect(code(folder.at(name), nil, rules) == nil)
        if geteuid() == 0 {
            #expect(folder.give(given, to: 65_534))
        } else {
            rules.user = geteuid() + 1
        }
        #expect(code(folder.at(name), nil, rules) == .untrustedOwner)
        // The same file is its owner's own.
        rules.user = geteuid() == 0 ? 65_534 : geteuid()
        #expect(code(folder.at(name), nil, rules) == nil)
    }

    @Test func theSize() throws {
        let path = try folder.write([UInt8](repeating: 7, count: 1_000), "a.so")
        var rules = PluginFile.Rules()
        rules.size = 1_000
        #expect(code(path, nil, rules) == nil)
        rules.size = 999
        #expect(code(path, nil, rules) == .tooLarge)
        #expect(PluginFile.Rules().size == 512 * 1024 * 1024)
        // A file with a hole beyond the limit is refused before it is read.
        #expect(folder.setSize(600 << 20, "a.so"))
        #expect(code(path) == .tooLarge)
    }

    @Test func anExplicitFileAllowsItsFolder() throws {
        let path = try folder.write([1], "a.so")
        try folder.folder("inner")
        #expect(code(path, PluginPolicy(explicitFile: path)) == nil)
        #expect(code(path, PluginPolicy(explicitFile: folder.at("inner/a.so"))) == .outsideFolders)
        #expect(code(path, PluginPolicy(explicitFile: "a.so")) == .outsideFolders)
        #expect(PluginPolicy(explicitFile: "/a.so").folders == ["/"])
    }

    @Test func systemLibrariesAreNamedWithoutAFolder() throws {
        try folder.folder("one")
        try folder.folder("two")
        try folder.folder("one/liba.so.1")
        try folder.write([1], "two/liba.so.1")
        try folder.link("one/libb.so.1", to: folder.at("two/liba.so.1"))
        let folders = [folder.at("none"), folder.at("one"), folder.at("two")]
        #expect(try SystemLibraries.find("liba.so.1", in: folders) == folder.at("two/liba.so.1"))
        #expect(try SystemLibraries.find("libb.so.1", in: folders) == folder.at("one/libb.so.1"))
        for name in ["", ".", "..", "two/liba.so.1", "../two/liba.so.1", "/etc/passwd", "a\0b"] {
            let code = filesCode { () throws(PluginError) in
                _ = try SystemLibraries.find(name, in: folders)
            }
            #expect(code == .invalidPath, "\(name)")
        }
        #expect(
            filesCode { () throws(PluginError) in
                _ = try SystemLibraries.find("libc-none.so", in: folders)
            } == .notFound
        )
        #if os(Linux)
        let path = try SystemLibraries.find("libm.so.6")
        #expect(try PluginFile(systemLibrary: path, policy: folder.policy).bytes.count > 100_000)
        #endif
    }
}
#endif
