#if Plugins
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The names in a folder.
enum FolderListing {
    /// At most 10,000 names, hidden ones left out; nil if the folder cannot be read.
    static func names(in folder: String) -> [String]? {
        guard let directory = unsafe opendir(folder) else { return nil }
        defer { _ = unsafe closedir(directory) }
        var names: [String] = []
        // The entry is valid until the next call, and its name is copied before.
        while names.count < 10_000, let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 1) {
                    unsafe String(validatingCString: $0)
                }
            }
            if let name, name.utf8.first != UInt8(ascii: ".") { names.append(name) }
        }
        return names
    }
}
#endif
