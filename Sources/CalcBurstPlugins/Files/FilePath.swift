#if Plugins
/// Paths as texts: their parts, without a look at the disk.
enum FilePath {
    /// One less than the system's room for a path with its NUL.
    static let longest = 4095
    static let longestName = 255

    /// Everything before the last slash; nil if there is none.
    static func folder(of path: String) -> String? {
        let bytes = path.utf8
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        return slash == bytes.startIndex ? "/" : String(path[..<slash])
    }

    /// What comes after the last slash.
    static func name(of path: String) -> String {
        let bytes = path.utf8
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return path }
        return String(path[bytes.index(after: slash)...])
    }

    static func parts(of path: String) -> [String] {
        path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
    }

    /// The parts that lead from a folder down to a path, both without links; nil if it is elsewhere.
    static func parts(of path: String, below folder: String) -> [String]? {
        let inner = parts(of: path)
        let outer = parts(of: folder)
        // Compared byte by byte: for the disk two spellings of an accent are two names.
        guard inner.count > outer.count,
            zip(inner, outer).allSatisfy({ $0.utf8.elementsEqual($1.utf8) })
        else { return nil }
        return Array(inner.dropFirst(outer.count))
    }

    /// Whether it is one name in a folder and nothing that leads out of it.
    static func isBareName(_ name: String) -> Bool {
        let bytes = name.utf8
        return !bytes.isEmpty && bytes.count <= longestName && name != "." && name != ".."
            && bytes.allSatisfy { $0 != UInt8(ascii: "/") && $0 >= 0x20 && $0 != 0x7F }
    }

    /// Why a path is not taken as it is written; nil if it is.
    static func refusal(of path: String) -> String? {
        if path.utf8.isEmpty { return "the path is empty" }
        if path.utf8.count > longest { return "the path has more than \(longest) bytes" }
        if path.utf8.contains(0) { return "there is a NUL in the path" }
        if path.utf8.first != UInt8(ascii: "/") { return "the path does not begin with '/'" }
        if parts(of: path).contains("..") { return "there is a '..' in the path" }
        return nil
    }
}
#endif
