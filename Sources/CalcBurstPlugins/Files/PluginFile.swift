#if Plugins
import CPluginSystem

/// A file of a plugin that may be trusted: in an allowed folder, and only its owner can change it.
///
/// The folders from the allowed one down are opened one in the other without following links, and
/// everything is asked of what was opened. So nobody can put another file in the place of the one
/// that was looked at. The content is read once, not mapped: a file that shrinks ends no process.
/// Above the allowed folder nothing is asked: the host chose it.
package final class PluginFile: Sendable {
    /// What is looked at besides the policy; tests have their own.
    package struct Rules: Sendable {
        /// The most bytes of a file.
        package var size = 512 << 20
        /// The user whose files are taken besides root's.
        package var user = cplugin_user()

        package init() {}
    }

    /// Where it is, without links.
    package let path: String
    /// The allowed folder in which it stands, without links.
    package let folder: String
    package let bytes: [UInt8]
    package let sha256: String
    /// Whether a copy is loaded that nobody can change, in the place of the file.
    let loadsCopy: Bool
    let facts: FileFacts
    private let file: OpenFile

    /// The last part of the path.
    package var name: String { FilePath.name(of: path) }

    /// Takes a file from the policy's folders.
    package convenience init(
        path: String,
        policy: PluginPolicy,
        rules: Rules = Rules()
    ) throws(PluginError) {
        let loadsCopy: Bool
        switch policy.trust {
        case .none: throw Self.off(path)
        case .directories: loadsCopy = false
        case .pinned: loadsCopy = true
        }
        try self.init(path, in: policy.folders, loadsCopy: loadsCopy, rules: rules)
    }

    /// Takes a library of the system, such as the mathematical one, for a manifest.
    ///
    /// It is loaded by its path under every policy: of a library that the process has already, a copy
    /// would be a second one, with a state of its own.
    package convenience init(
        systemLibrary path: String,
        policy: PluginPolicy,
        folders: [String] = SystemLibraries.folders,
        rules: Rules = Rules()
    ) throws(PluginError) {
        if case .none = policy.trust { throw Self.off(path) }
        try self.init(path, in: folders, loadsCopy: false, rules: rules)
    }

    /// Takes a file from its own folder, as a lock file is.
    convenience init(alone path: String, rules: Rules) throws(PluginError) {
        if let refusal = FilePath.refusal(of: path) {
            throw PluginError(.invalidPath, path, refusal)
        }
        try self.init(
            path,
            in: [FilePath.folder(of: try Self.realPath(path, for: path)) ?? "/"],
            loadsCopy: false,
            rules: rules
        )
    }

    private init(
        _ path: String,
        in folders: [String],
        loadsCopy: Bool,
        rules: Rules
    ) throws(PluginError) {
        if let refusal = FilePath.refusal(of: path) {
            throw PluginError(.invalidPath, path, refusal)
        }
        let real = try Self.realPath(path, for: path)
        let (folder, parts) = try Self.place(of: real, in: folders, for: path)
        let (file, above) = try Self.open(parts, in: folder, for: path)
        do {
            let facts = try file.facts()
            try Self.check(facts, of: path, rules)
            for (name, folder) in above.reversed() {
                try Self.checkOwner(try folder.facts(), of: path, at: "its folder \(name)", rules)
            }
            guard facts.size <= rules.size else {
                let message = "the file has \(facts.size) bytes; at most \(rules.size) are allowed"
                throw PluginError(.tooLarge, path, message)
            }
            let bytes = try file.read(Int(clamping: facts.size))
            guard bytes.count == facts.size, try file.facts() == facts else {
                throw PluginError(.changed, path, "the file changed while it was read")
            }
            self.path = real
            self.folder = folder
            self.bytes = bytes
            sha256 = Digest.sha256(bytes)
            self.loadsCopy = loadsCopy
            self.facts = facts
            self.file = file
        } catch let error as PluginError {
            throw error
        } catch let failure as OpenFile.Failure {
            throw PluginError(.notFound, path, "the file cannot be read: \(failure.message)")
        } catch {
            throw PluginError(.notFound, path, "the file cannot be read")
        }
    }

    private static func off(_ path: String) -> PluginError {
        PluginError(.off, path, "no plugins are loaded here", hint: "the host's policy decides")
    }
}

// MARK: The steps

extension PluginFile {
    private static func realPath(
        _ path: String,
        for asked: String
    ) throws(PluginError) -> String {
        do {
            return try OpenFile.realPath(path)
        } catch {
            throw PluginError(.notFound, asked, error.message)
        }
    }

    /// The innermost allowed folder around a file, and the names that lead from it to the file.
    private static func place(
        of real: String,
        in folders: [String],
        for asked: String
    ) throws(PluginError) -> (folder: String, parts: [String]) {
        var best: (folder: String, parts: [String])?
        for folder in folders {
            if let refusal = FilePath.refusal(of: folder) {
                throw PluginError(
                    .invalidPath,
                    asked,
                    "of the allowed folder '\(folder)' \(refusal)"
                )
            }
            // A folder that is not there holds nothing.
            guard let root = try? OpenFile.realPath(folder),
                let parts = FilePath.parts(of: real, below: root)
            else { continue }
            if parts.count < best?.parts.count ?? .max { best = (root, parts) }
        }
        guard let best else {
            let isLink = real != asked
            throw PluginError(
                .outsideFolders,
                asked,
                isLink ? "it leads to \(real)" : "it is in no folder that plugins are taken from",
                hint: folders.isEmpty
                    ? "no folder is allowed" : "allowed: \(folders.joined(separator: ", "))"
            )
        }
        return best
    }

    /// Goes down to the file and opens it; gives the folders on the way too, the allowed one first.
    private static func open(
        _ parts: [String],
        in folder: String,
        for asked: String
    ) throws(PluginError) -> (file: OpenFile, above: [(name: String, folder: OpenFile)]) {
        do {
            var current = try OpenFile.folder(folder)
            var name = folder
            var above = [(name: name, folder: current)]
            for part in parts.dropLast() {
                current = try OpenFile.folder(part, in: current)
                name += name.utf8.last == UInt8(ascii: "/") ? part : "/\(part)"
                above.append((name, current))
            }
            return (try OpenFile.file(parts.last ?? "", in: current), above)
        } catch {
            // A socket or a device without a driver; a link would be new since the path was read.
            if error.isNoFile {
                throw PluginError(.notAFile, asked, "it is not a regular file")
            }
            throw PluginError(.notFound, asked, "it cannot be opened: \(error.message)")
        }
    }

    private static func check(
        _ facts: FileFacts,
        of path: String,
        _ rules: Rules
    ) throws(PluginError) {
        guard facts.isFile else {
            let message = facts.isFolder ? "it is a folder" : "it is not a regular file"
            throw PluginError(.notAFile, path, message)
        }
        try checkOwner(facts, of: path, at: "it", rules)
    }

    private static func checkOwner(
        _ facts: FileFacts,
        of path: String,
        at subject: String,
        _ rules: Rules
    ) throws(PluginError) {
        guard facts.isOwned(by: rules.user) else {
            throw PluginError(
                .untrustedOwner,
                path,
                "\(subject) belongs to user \(facts.owner)",
                hint: "it has to belong to root or to user \(rules.user)"
            )
        }
        guard !facts.isOpenToOthers else {
            throw PluginError(
                .untrustedMode,
                path,
                "\(subject) may be written by others: mode \(String(facts.permissions, radix: 8))",
                hint: "chmod go-w"
            )
        }
    }
}
#endif
