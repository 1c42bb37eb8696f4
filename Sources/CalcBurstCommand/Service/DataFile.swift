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
}
