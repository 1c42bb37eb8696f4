#if Plugins
import CPluginSystem

/// Where the system keeps its libraries: a manifest names one, and we find it.
///
/// The loader's own search obeys the environment, which cannot be undone for it. So it is handed a
/// path, and no name.
package enum SystemLibraries {
    /// The folders of Debian and of Fedora for this CPU; those that are not there are passed over.
    package static let folders: [String] = {
        #if os(Linux)
        #if arch(x86_64)
        let triple = "x86_64-linux-gnu"
        #else
        let triple = "aarch64-linux-gnu"
        #endif
        return [
            "/usr/lib/\(triple)", "/lib/\(triple)", "/usr/lib64", "/lib64", "/usr/lib", "/lib",
        ]
        #else
        return ["/usr/lib"]
        #endif
    }()

    /// The path of a library that is named as others need it, such as `libm.so.6`.
    package static func find(
        _ soname: String,
        in folders: [String] = folders
    ) throws(PluginError) -> String {
        guard FilePath.isBareName(soname) else {
            throw PluginError(
                .invalidPath,
                soname,
                "a library of the system is named without a folder",
                hint: "such as libm.so.6"
            )
        }
        for folder in folders {
            let path =
                folder.utf8.last == UInt8(ascii: "/") ? folder + soname : "\(folder)/\(soname)"
            // The text is used only during the call.
            if FilePath.refusal(of: path) == nil, unsafe cplugin_is_file(path) { return path }
        }
        throw PluginError(
            .notFound,
            soname,
            "no folder of the system has this library",
            hint: "looked in \(folders.joined(separator: ", "))"
        )
    }
}
#endif
