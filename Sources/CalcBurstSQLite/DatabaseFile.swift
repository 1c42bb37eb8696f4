#if Server
import CalcBurstService
import Foundation

/// The file on the disk: whether it is there, whose it is, and whether it is still the same.
struct DatabaseFile: Sendable {
    let path: String

    /// A path from the root, since SQLite reads `file:…` and `:memory:` in its own way.
    init(path: String) {
        self.path =
            path.hasPrefix("/")
            ? path : FileManager.default.currentDirectoryPath + "/" + path
    }

    var folder: String {
        let end = path.lastIndex(of: "/") ?? path.startIndex
        return end == path.startIndex ? "/" : String(path[..<end])
    }

    /// What the first bytes say, before SQLite touches anything.
    enum Head: Equatable {
        case missing
        /// Made but not yet written to.
        case empty
        case database(application: Int32, version: Int32)
    }

    /// The file and its log as the file system knows them.
    ///
    /// A file that was removed or replaced while it was open has another identity, and what is
    /// written to the old one is lost.
    struct Identity: Equatable, Sendable {
        struct Place: Equatable, Sendable {
            var device: UInt64
            var number: UInt64
        }

        var file: Place?
        var log: Place?
    }

    var identity: Identity { Identity(file: Self.place(path), log: Self.place(path + "-wal")) }

    private static func place(_ path: String) -> Identity.Place? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        return Identity.Place(
            device: UInt64(truncatingIfNeeded: status.st_dev),
            number: UInt64(truncatingIfNeeded: status.st_ino)
        )
    }

    /// The bytes of the file, without its log.
    var size: Int { Self.size(path) ?? 0 }
    var isThere: Bool { Self.size(path) != nil }
    /// Whether what was committed stands in the log and not yet in the file.
    var hasLog: Bool { (Self.size(path + "-wal") ?? 0) > 0 }

    private static func size(_ path: String) -> Int? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        return Int(clamping: status.st_size)
    }

    /// The file for SQLite as one that nobody changes; the log beside it is not looked at.
    var unchangingPath: String {
        let plain = path.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "%"), 0x80...:
                "%" + String(byte, radix: 16)
            default:
                String(UnicodeScalar(byte))
            }
        }
        return "file:" + plain.joined() + "?immutable=1"
    }

    /// Whether both the file and its folder, where the log stands, can be written.
    var isWritable: Bool { unsafe access(path, W_OK) == 0 && access(folder, W_OK) == 0 }

    /// Whether the file system has hardly a page left.
    var isOutOfRoom: Bool { room < 64 << 10 }

    /// The bytes that may still be written to the file system.
    var room: UInt64 {
        var status = statvfs()
        guard unsafe statvfs(folder, &status) == 0 else { return .max }
        let (bytes, isOver) = UInt64(status.f_bavail)
            .multipliedReportingOverflow(by: UInt64(status.f_frsize))
        return isOver ? .max : bytes
    }

    func head() throws(StoreError) -> Head {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            if errno == ENOENT { return .missing }
            throw Self.failure("the file cannot be reached")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw StoreError(.unavailable, "it is not a regular file")
        }
        if status.st_size == 0 { return .empty }
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw Self.failure("the file cannot be read") }
        defer { _ = close(file) }
        var bytes = [UInt8](repeating: 0, count: 100)
        let count = unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe pread(file, buffer.baseAddress, buffer.count, 0)
        }
        guard count >= 0 else { throw Self.failure("the file cannot be read") }
        guard count == bytes.count, bytes.starts(with: "SQLite format 3\0".utf8) else {
            throw StoreError(.corrupt, "the file is not a database")
        }
        func number(at offset: Int) -> Int32 {
            Int32(
                bitPattern: bytes[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            )
        }
        return .database(application: number(at: 68), version: number(at: 60))
    }

    /// Makes the file, empty and for its owner only, and the folders that are missing.
    func create() throws(StoreError) {
        try createFolder(folder)
        let file = unsafe open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        // Somebody else may have been faster.
        guard file >= 0 || errno == EEXIST else { throw Self.failure("the file cannot be made") }
        if file >= 0 { _ = close(file) }
        sync(folder: folder)
    }

    private func createFolder(_ folder: String) throws(StoreError) {
        var missing: [String] = []
        var next = folder
        while Self.size(next) == nil, let end = next.lastIndex(of: "/"), end > next.startIndex {
            missing.append(next)
            next = String(next[..<end])
        }
        for folder in missing.reversed() {
            guard unsafe mkdir(folder, 0o700) == 0 || errno == EEXIST else {
                throw Self.failure("the folder cannot be made")
            }
        }
        if !missing.isEmpty { sync(folder: next) }
    }

    /// Makes the names in a folder outlast a loss of power.
    private func sync(folder: String) {
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        _ = fsync(descriptor)
        _ = close(descriptor)
    }

    /// Renames the log of a file in whose place another one stands now.
    ///
    /// SQLite would take it for the log of the new file, and write its pages there.
    func setLogAside(of old: Identity) {
        let present = identity
        guard present.file != nil, present.file != old.file,
            let log = present.log, log == old.log
        else { return }
        let name = path + "-wal-replaced-\(Timestamp.now().milliseconds)"
        _ = unsafe rename(path + "-wal", name)
    }

    /// The last failure of the C library.
    private static func failure(_ what: String) -> StoreError {
        let number = errno
        let reason: StoreError.Reason =
            switch number {
            case EACCES, EPERM, EROFS: .readOnly
            case ENOSPC, EDQUOT: .full
            default: .unavailable
            }
        return StoreError(reason, "\(what) (errno \(number))")
    }
}
#endif
