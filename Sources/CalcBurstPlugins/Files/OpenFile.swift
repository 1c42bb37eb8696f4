#if Plugins
import CPluginSystem

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What a file is, whose it is, and what changes when somebody writes to it or replaces it.
struct FileFacts: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64
    let size: Int64
    let modified: [Int64]
    let owner: UInt32
    let permissions: UInt32
    let isFile: Bool
    let isFolder: Bool

    init(_ facts: cplugin_facts) {
        device = facts.device
        inode = facts.inode
        size = facts.size
        modified = [facts.modified, facts.modified_rest, facts.touched, facts.touched_rest]
        owner = facts.owner
        permissions = facts.permissions
        isFile = facts.is_file
        isFolder = facts.is_folder
    }

    /// The facts of what stands at a path now; nil if there is nothing.
    static func at(_ path: String) -> FileFacts? {
        var facts = cplugin_facts()
        // Both pointers are used only during the call.
        guard unsafe cplugin_facts_at(path, &facts) == 0 else { return nil }
        return FileFacts(facts)
    }

    /// Whether the owner may change what the user runs: the user himself may, and root can anyway.
    func isOwned(by user: UInt32) -> Bool { owner == 0 || owner == user }

    /// Whether the group or everybody may write.
    var isOpenToOthers: Bool { permissions & 0o022 != 0 }
}

/// An open file or folder, closed when nobody has it any more.
final class OpenFile: Sendable {
    let descriptor: Int32

    private init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        cplugin_close(descriptor)
    }

    /// Why the system refused.
    struct Failure: Error {
        let code: Int32

        /// Whether there is something that cannot be read like a file: a link, a socket, a device.
        var isNoFile: Bool { code == ELOOP || code == ENXIO || code == ENODEV }

        /// The system's own words, such as `No such file or directory`.
        var message: String {
            var bytes = [CChar](repeating: 0, count: 128)
            // The C function writes within the array and ends the text with a NUL.
            unsafe bytes.withUnsafeMutableBufferPointer { buffer in
                guard let text = buffer.baseAddress else { return }
                unsafe cplugin_error_text(code, text, buffer.count)
            }
            let text = bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            return String(decoding: text, as: UTF8.self)
        }
    }

    /// Opens a folder of `parent`, or one by its path from the root; a link is refused.
    static func folder(_ name: String, in parent: OpenFile? = nil) throws(Failure) -> OpenFile {
        // The text is used only during the call.
        let found = unsafe cplugin_open_folder(parent?.descriptor ?? -1, name)
        guard found >= 0 else { throw Failure(code: 0 - found) }
        return OpenFile(found)
    }

    /// Opens a file of `parent` to read it, without waiting; a link is refused.
    static func file(_ name: String, in parent: OpenFile) throws(Failure) -> OpenFile {
        // The text is used only during the call.
        let found = unsafe cplugin_open_file(parent.descriptor, name)
        guard found >= 0 else { throw Failure(code: 0 - found) }
        return OpenFile(found)
    }

    func facts() throws(Failure) -> FileFacts {
        var facts = cplugin_facts()
        // The pointer is used only during the call.
        let result = unsafe cplugin_facts_of(descriptor, &facts)
        guard result == 0 else { throw Failure(code: 0 - result) }
        return FileFacts(facts)
    }

    /// The first bytes, as many as there are up to `count`.
    func read(_ count: Int) throws(Failure) -> [UInt8] {
        var result: Int64 = 0
        // The C function writes at most `count` bytes from the start and says how many.
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: max(count, 1)) { buffer, filled in
            guard let start = buffer.baseAddress else { return }
            result = unsafe cplugin_read_file(descriptor, start, max(count, 0))
            filled = Int(clamping: max(result, 0))
        }
        guard result >= 0 else { throw Failure(code: Int32(truncatingIfNeeded: 0 - result)) }
        return bytes
    }

    /// The path without links, `.` and `..`.
    static func realPath(_ path: String) throws(Failure) -> String {
        var bytes = [CChar](repeating: 0, count: Int(CPLUGIN_PATH_SIZE))
        // The C function writes within the array, whose size is the one it knows.
        let result = unsafe bytes.withUnsafeMutableBufferPointer { buffer -> Int32 in
            guard let text = buffer.baseAddress else { return -1 }
            return unsafe cplugin_real_path(path, text)
        }
        guard result >= 0 else { throw Failure(code: 0 - result) }
        let text = bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: text, as: UTF8.self)
    }
}
#endif
