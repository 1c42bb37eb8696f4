#if Plugins
import CPluginSystem
import Synchronization

/// What is handed to the loader, so that it loads what was checked.
///
/// Under `directories` that is the path, looked at again before and after. Only root and the owner
/// could have changed the file, and both are trusted; in return `$ORIGIN` works, and crash reports
/// name the file. Under `pinned` it is a sealed copy of the bytes whose SHA-256 was compared.
///
/// The loader knows a library again by its name. A path that is loaded already would give the old
/// code for a new file, so that is refused. The descriptor of a copy, whose number is its name, is
/// never closed: another file could get the number.
extension PluginFile {
    /// Lets `open` load the file, and gives what it gives.
    ///
    /// The path that it gets is `/proc/self/fd/…` for a copy.
    package func load<Handle>(
        _ image: ELFImage,
        _ open: (_ path: String) throws(PluginError) -> Handle
    ) throws(PluginError) -> Handle {
        if loadsCopy { return try open(try copyPath(image)) }
        try reserve()
        do {
            try checkUnchanged("the file changed after it was checked")
            let handle = try open(path)
            remember(isLoaded: true)
            try checkUnchanged("the file changed while it was loaded")
            return handle
        } catch {
            remember(isLoaded: false)
            throw error
        }
    }

    private func checkUnchanged(_ message: String) throws(PluginError) {
        guard FileFacts.at(path) == facts else { throw PluginError(.changed, path, message) }
    }

    // MARK: Paths

    private struct Loaded {
        let sha256: String
        var isLoaded: Bool
    }

    /// What the process has of each path; nothing is ever unloaded.
    private static let loaded = Mutex<[String: Loaded]>([:])

    private func reserve() throws(PluginError) {
        let other = Self.loaded.withLock { loaded in
            if let other = loaded[path] { return other.sha256 != sha256 }
            loaded[path] = Loaded(sha256: sha256, isLoaded: false)
            return false
        }
        guard !other else {
            throw PluginError(
                .changed,
                path,
                "another version of this file is loaded, and stays until the process ends",
                hint: "give the new version another name"
            )
        }
    }

    private func remember(isLoaded: Bool) {
        Self.loaded.withLock { loaded in
            if isLoaded {
                loaded[path]?.isLoaded = true
            } else if loaded[path]?.isLoaded == false {
                loaded[path] = nil
            }
        }
    }

    // MARK: Copies

    /// The path of the copy of some bytes, by their SHA-256.
    private static let copies = Mutex<[String: String]>([:])

    private func copyPath(_ image: ELFImage) throws(PluginError) -> String {
        guard !image.usesOrigin else {
            throw PluginError(
                .unsupported,
                path,
                "it looks for libraries beside itself ($ORIGIN), which a pinned copy cannot",
                hint: "link them in, or install them in a folder of the system"
            )
        }
        let result: Result<String, PluginError> = Self.copies.withLock { copies in
            if let copy = copies[sha256] { return .success(copy) }
            let title = String(decoding: name.utf8.prefix(200), as: UTF8.self)
            // The text and the buffer are used only during the call.
            let descriptor = unsafe bytes.withUnsafeBytes { buffer -> Int32 in
                guard let start = buffer.baseAddress else { return -1 }
                return unsafe cplugin_sealed_copy(title, start, buffer.count)
            }
            guard descriptor >= 0 else {
                let failure = OpenFile.Failure(code: 0 - descriptor)
                let message = "no sealed copy can be made: \(failure.message)"
                return .failure(PluginError(.unsupported, path, message))
            }
            let copy = "/proc/self/fd/\(descriptor)"
            copies[sha256] = copy
            return .success(copy)
        }
        return try result.get()
    }
}
#endif
