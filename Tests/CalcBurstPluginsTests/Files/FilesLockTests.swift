#if Plugins
import Foundation
import Testing

@testable import CalcBurstPlugins

@Suite struct FilesLockTests {
    let folder: FilesFolder
    static let hash = String(repeating: "0123456789abcdef", count: 4)

    init() throws {
        folder = try FilesFolder()
    }

    static func entry(_ name: String, _ file: String, _ verified: Bool = true) -> PluginLock.Entry {
        PluginLock.Entry(name: name, file: file, sha256: hash, isVerified: verified)
    }

    static func text(_ plugins: String) -> String {
        #"{"calcburst-plugins": 1, "plugins": [\#(plugins)]}"#
    }

    static let good = #"{"name": "fin", "file": "fin.so", "sha256": "\#(hash)", "verified": true}"#

    func code(_ text: String) -> PluginError.Code? {
        filesCode { () throws(PluginError) in
            _ = try PluginLock(json: Array(text.utf8), file: "lock")
        }
    }

    @Test func whatIsWrittenIsRead() throws {
        var lock = PluginLock()
        #expect(lock.json == "{\n  \"calcburst-plugins\": 1,\n  \"plugins\": []\n}\n")
        try lock.pin(Self.entry("gsl", "libgsl.so.27", false))
        try lock.pin(Self.entry("gsl", "gsl.calcburst.json"))
        try lock.pin(Self.entry("fin", "fin \"1\" ä.so"))
        try lock.write(to: folder.at("lock"))
        let read = try PluginLock(readFrom: folder.at("lock"))
        #expect(read == lock)
        #expect(
            read.entries.map(\.file) == ["fin \"1\" ä.so", "gsl.calcburst.json", "libgsl.so.27"]
        )
        // Somebody else's reader agrees.
        let script = "import json,sys; d=json.load(open(sys.argv[1])); print(len(d['plugins']))"
        let count = try FilesFolder.run(["python3", "-c", script, folder.at("lock")])
        #expect(count == "3\n")
    }

    @Test func pinningAndUnpinning() throws {
        var lock = PluginLock()
        try lock.pin(Self.entry("fin", "fin.so", false))
        try lock.pin(Self.entry("fin", "fin.so", true))
        #expect(lock.entries == [Self.entry("fin", "fin.so", true)])
        try lock.pin(Self.entry("gsl", "gsl.json"))
        let unpinned = [lock.unpin("fin"), lock.unpin("fin")]
        #expect(unpinned == [true, false])
        #expect(lock.entries.map(\.name) == ["gsl"])
        for (name, file) in [
            ("", "a"), ("a/b", "a"), ("a", ""), ("a", "../a"), ("a", ".."), ("a", "a\n"),
        ] {
            let code = filesCode { () throws(PluginError) in try lock.pin(Self.entry(name, file)) }
            #expect(code == .invalidLock, "\(name) \(file)")
        }
        #expect(lock.entries.count == 1)
    }

    @Test func theFileIsReplacedAsAWhole() throws {
        let path = folder.at("lock")
        try PluginLock().write(to: path)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o644)
        let before = try #require(FileHandle(forReadingAtPath: path))
        var lock = PluginLock()
        try lock.pin(Self.entry("fin", "fin.so"))
        try lock.write(to: path)
        // Who has the old file open sees it whole.
        #expect(
            try before.readToEnd().map { String(decoding: $0, as: UTF8.self) } == PluginLock().json
        )
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["lock"])
        // A link stays one.
        try folder.link("link", to: "lock")
        try PluginLock().write(to: folder.at("link"))
        #expect(try PluginLock(readFrom: path).entries.isEmpty)
        #expect(FileFacts.at(folder.at("link"))?.isFile == false)
    }

    @Test func aFileThatCannotBeWritten() throws {
        for path in [folder.at("none/lock"), "/proc/lock"] {
            let code = filesCode { () throws(PluginError) in try PluginLock().write(to: path) }
            #expect(code == .invalidLock)
        }
        let relative = filesCode { () throws(PluginError) in try PluginLock().write(to: "lock") }
        #expect(relative == .invalidPath)
        // What could not be finished leaves nothing behind.
        try folder.folder("lock")
        let taken = filesCode { () throws(PluginError) in
            try PluginLock().write(to: folder.at("lock"))
        }
        #expect(taken == .invalidLock)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["lock"])
    }

    @Test func aLockFileThatOthersMayWrite() throws {
        let path = folder.at("lock")
        func code() -> PluginError.Code? {
            filesCode { () throws(PluginError) in _ = try PluginLock(readFrom: path) }
        }
        #expect(code() == .notFound)
        try PluginLock().write(to: path)
        #expect(code() == nil)
        try folder.setMode(0o664, "lock")
        #expect(code() == .untrustedMode)
        try folder.setMode(0o644, "lock")
        try folder.setMode(0o777, "")
        #expect(code() == .untrustedMode)
        try folder.setMode(0o755, "")
        var rules = PluginFile.Rules()
        if geteuid() == 0 {
            #expect(folder.give("lock", to: 65_534))
        } else {
            rules.user = geteuid() + 1
        }
        let foreign = filesCode { () throws(PluginError) in
            _ = try PluginLock(readFrom: path, rules: rules)
        }
        #expect(foreign == .untrustedOwner)
        try PluginLock().write(to: path)
        #expect(folder.setSize(5 << 20, "lock"))
        #expect(code() == .tooLarge)
    }

    @Test func goodTexts() throws {
        #expect(code(Self.text("")) == nil)
        #expect(code(Self.text(Self.good)) == nil)
        let two = Self.text(Self.good + "," + Self.good.replacing("fin.so", with: "g.so"))
        #expect(try PluginLock(json: Array(two.utf8), file: "lock").entries.count == 2)
    }

    @Test(arguments: [
        "", "[]", "1", "null", "{", #"{"plugins": []}"#, #"{"calcburst-plugins": 1}"#,
        #"{"calcburst-plugins": 2, "plugins": []}"#, #"{"calcburst-plugins": "1", "plugins": []}"#,
        #"{"calcburst-plugins": true, "plugins": []}"#, #"{"calcburst-plugins": 1, "plugins": {}}"#,
        #"{"calcburst-plugins": 1, "plugins": [], "more": 1}"#,
        #"{"calcburst-plugins": 1, "plugins": [], "plugins": []}"#,
        #"{"calcburst-plugins": 1, "plugins": []} x"#,
        text("1"), text("null"), text("[]"), text("{}"), text(good + "," + good),
        text(good.replacing("true", with: "1")), text(good.replacing("true", with: "null")),
        text(good.replacing("}", with: #", "more": 1}"#)),
        text(good.replacing("verified", with: "Verified")),
        text(good.replacing("fin.so", with: "../fin.so")),
        text(good.replacing("fin.so", with: "")), text(good.replacing("fin.so", with: "a/b")),
        text(good.replacing(#""fin""#, with: "1")), text(good.replacing(#""fin""#, with: #""""#)),
        text(good.replacing("0123", with: "012")), text(good.replacing("abcdef", with: "ABCDEF")),
        text(good.replacing("0123", with: "012g")),
    ])
    func badTexts(_ text: String) {
        #expect(code(text) == .invalidLock)
    }

    /// Whatever the bytes are, the answer is a lock that can be written and read again, or an error.
    @Test func mutatedFiles() throws {
        var lock = PluginLock()
        for index in 0..<4 { try lock.pin(Self.entry("p\(index)", "p\(index).so")) }
        let seed = Array(lock.json.utf8)
        var mutation = FilesMutation(seed: 20_261_125)
        var taken = 0
        var refused = 0
        for _ in 0..<2_000 {
            let bytes = mutation.mutate(seed)
            do throws(PluginError) {
                let read = try PluginLock(json: bytes, file: "lock")
                #expect(try PluginLock(json: Array(read.json.utf8), file: "lock") == read)
                taken += 1
            } catch {
                #expect(error.code == .invalidLock)
                refused += 1
            }
        }
        #expect(taken > 0 && refused > 1_000)
    }
}
#endif
