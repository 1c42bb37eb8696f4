/// The file of stored calculations that is used when none is named.
enum DataFile {
    /// `calcburst/calcburst.sqlite` in the folder for data of the user.
    ///
    /// The XDG specification says that a path in `XDG_DATA_HOME` that is not absolute counts as none.
    static func standard() throws(Failure) -> String {
        for (variable, below) in [("XDG_DATA_HOME", ""), ("HOME", "/.local/share")] {
            if let folder = System.environment(variable), folder.hasPrefix("/") {
                return folder + below + "/calcburst/calcburst.sqlite"
            }
        }
        throw .usage(
            "there is no folder for data: neither XDG_DATA_HOME nor HOME is set",
            help: "name a file: --database FILE"
        )
    }

    /// Makes the folders above a file that are not there, for this user only.
    static func makeFolders(above path: String) throws(Failure) {
        let folder = Self.folder(of: path)
        do throws(System.Failure) {
            try System.makeFolders(folder)
        } catch {
            throw Failure(
                .noInput,
                "cannot make the folder '\(folder)': \(error.message)",
                help: "name another file: --database FILE"
            )
        }
    }

    /// The folder that holds a file.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
