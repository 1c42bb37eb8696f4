#if Plugins && os(Linux)
import Foundation
import Testing

@testable import CalcBurstPlugins

/// What was checked is what is loaded.
@Suite struct FilesLoadingTests {
    let folder: FilesFolder

    init() throws {
        folder = try FilesFolder()
    }

    /// Opens a library and asks its `answer`.
    func answer(_ library: CheckedLibrary) throws(PluginError) -> Int32 {
        try library.load { path throws(PluginError) in
            let flags = RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE
            guard let handle = unsafe dlopen(path, flags),
                let symbol = unsafe dlsym(handle, "answer")
            else { throw PluginError(.cannotOpen, path, unsafe String(cString: dlerror())) }
            typealias Function = @convention(c) () -> Int32
            return unsafe unsafeBitCast(symbol, to: Function.self)()
        }
    }

    func compile(_ answer: Int, _ name: String) throws {
        try folder.compile("int answer(void) { return \(answer); }", name)
    }

    func check(_ name: String, _ policy: PluginPolicy) throws(PluginError) -> CheckedLibrary {
        try CheckedLibrary(path: folder.at(name), policy: policy, functions: ["answer"])
    }

    func pin(_ names: [String]) throws -> PluginPolicy {
        var lock = PluginLock()
        for name in names {
            let file = try PluginFile(path: folder.at(name), policy: folder.policy)
            try lock.pin(.init(name: "p", file: name, sha256: file.sha256, isVerified: false))
        }
        try lock.write(to: folder.at("lock"))
        return .pinned(directories: [folder.path], lockFile: folder.at("lock"))
    }

    @Test func whatWasCheckedIsLoaded() throws {
        try compile(41, "a.so")
        #expect(try answer(try check("a.so", folder.policy)) == 41)
        // Again: the loader gives what it has.
        #expect(try answer(try check("a.so", folder.policy)) == 41)
    }

    @Test func aFileThatIsReplacedAfterTheCheck() throws {
        try compile(1, "a.so")
        let library = try check("a.so", folder.policy)
        try compile(2, "b.so")
        try FileManager.default.removeItem(atPath: folder.at("a.so"))
        try FileManager.default.moveItem(atPath: folder.at("b.so"), toPath: folder.at("a.so"))
        #expect(code { () throws(PluginError) in _ = try answer(library) } == .changed)
        // Nothing of it was loaded, so that the new one may be.
        #expect(try answer(try check("a.so", folder.policy)) == 2)
    }

    @Test func aFileThatIsWrittenAfterTheCheck() throws {
        try compile(3, "a.so")
        let library = try check("a.so", folder.policy)
        let handle = try #require(FileHandle(forWritingAtPath: folder.at("a.so")))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data([0]))
        try handle.close()
        #expect(code { () throws(PluginError) in _ = try answer(library) } == .changed)
    }

    @Test func aFileThatIsReplacedWhileItIsLoaded() throws {
        try compile(1, "a.so")
        let library = try check("a.so", folder.policy)
        let swapped = code { () throws(PluginError) in
            try library.load { path throws(PluginError) in
                try? FileManager.default.removeItem(atPath: path)
            }
        }
        #expect(swapped == .changed)
    }

    /// The loader would give the old code for the new file.
    @Test func aNewVersionUnderTheOldName() throws {
        try compile(5, "a.so")
        #expect(try answer(try check("a.so", folder.policy)) == 5)
        try FileManager.default.removeItem(atPath: folder.at("a.so"))
        try compile(6, "a.so")
        let library = try check("a.so", folder.policy)
        #expect(code { () throws(PluginError) in _ = try answer(library) } == .changed)
        try FileManager.default.moveItem(atPath: folder.at("a.so"), toPath: folder.at("b.so"))
        #expect(try answer(try check("b.so", folder.policy)) == 6)
    }

    @Test func ofAPinnedFileASealedCopyIsLoaded() throws {
        try compile(7, "a.so")
        try compile(8, "b.so")
        let policy = try pin(["a.so", "b.so"])
        let first = try check("a.so", policy)
        #expect(first.pin?.file == "a.so")
        // Whatever happens to the file, the copy has what was checked.
        try folder.write([UInt8](repeating: 0, count: 100), "a.so")
        #expect(try answer(first) == 7)
        #expect(try answer(try check("b.so", policy)) == 8)
        #expect(try answer(first) == 7)
        var paths: [String] = []
        for _ in 0..<2 {
            try first.load { path throws(PluginError) in paths.append(path) }
        }
        #expect(paths[0] == paths[1])
        #expect(paths[0].hasPrefix("/proc/self/fd/"))
        let number = try #require(Int32(paths[0].dropFirst("/proc/self/fd/".count)))
        // Seal, shrink, grow and write; and nobody can write, this process included.
        #expect(fcntl(number, 1_034) == 15)
        #expect(unsafe write(number, "x", 1) == -1)
        #expect(ftruncate(number, 0) == -1)
    }

    @Test func aPinnedFileThatWasChangedOrNeverPinned() throws {
        try compile(9, "a.so")
        let policy = try pin(["a.so"])
        #expect(code { () throws(PluginError) in _ = try check("a.so", policy) } == nil)
        try compile(10, "a.so")
        #expect(code { () throws(PluginError) in _ = try check("a.so", policy) } == .changed)
        try compile(11, "b.so")
        #expect(code { () throws(PluginError) in _ = try check("b.so", policy) } == .notPinned)
    }

    @Test func aPinnedFileThatLooksBesideItself() throws {
        let source = "int answer(void) { return 12; }"
        try folder.compile(source, "a.so", ["-Wl,-rpath,$ORIGIN"])
        let pinned = try check("a.so", try pin(["a.so"]))
        #expect(code { () throws(PluginError) in _ = try answer(pinned) } == .unsupported)
        #expect(try answer(try check("a.so", folder.policy)) == 12)
    }

    @Test func aLockFileInAnAllowedFolderIsHeeded() throws {
        try compile(13, "a.so")
        try compile(14, "b.so")
        #expect(try check("a.so", folder.policy).pin == nil)
        _ = try pin(["a.so"])
        try FileManager.default.moveItem(
            atPath: folder.at("lock"),
            toPath: folder.at(PluginLock.fileName)
        )
        #expect(try check("a.so", folder.policy).pin?.name == "p")
        #expect(try check("b.so", folder.policy).pin == nil)
        try compile(15, "a.so")
        #expect(code { () throws(PluginError) in _ = try check("a.so", folder.policy) } == .changed)
        try folder.setMode(0o666, PluginLock.fileName)
        #expect(
            code { () throws(PluginError) in _ = try check("b.so", folder.policy) }
                == .untrustedMode
        )
    }

    @Test func stepsComeInOrder() throws {
        // Wrong in every way: what comes first is told.
        let path = try folder.write(Array("text".utf8), "a.so", mode: 0o666)
        let policy = PluginPolicy.pinned(directories: [folder.path], lockFile: folder.at("none"))
        func next() -> PluginError.Code? {
            code { () throws(PluginError) in _ = try check("a.so", policy) }
        }
        #expect(next() == .untrustedMode)
        try folder.setMode(0o644, "a.so")
        #expect(next() == .notALibrary)
        try folder.compile("int other(void) { return 1; }", "a.so")
        #expect(next() == .missingSymbol)
        try compile(16, "a.so")
        #expect(next() == .notFound)
        try PluginLock().write(to: folder.at("none"))
        #expect(next() == .notPinned)
        #expect(path == folder.at("a.so"))
    }

    @Test func aLibraryOfTheSystem() throws {
        let library = try CheckedLibrary(
            system: "libm.so.6",
            policy: folder.policy,
            functions: ["cos", "hypot", "cbrt"]
        )
        #expect(library.pin == nil)
        var paths: [String] = []
        try library.load { path throws(PluginError) in paths.append(path) }
        #expect(paths == [library.file.path])
        #expect(
            code { () throws(PluginError) in
                let names = ["cos", "signgam"]
                _ = try CheckedLibrary(system: "libm.so.6", policy: folder.policy, functions: names)
            } == .missingSymbol
        )
    }

    private func code(_ body: () throws(PluginError) -> Void) -> PluginError.Code? {
        filesCode(body)
    }
}
#endif
