/// Finds the mistake of an unquoted `*`: the shell has put the names of files in its place.
enum ShellExpansion {
    /// What to tell the user; nil unless all the files here stand among the words in a row.
    static func help(for words: [String]) -> String? {
        guard words.count > 1, let files = System.visibleFiles(atMost: words.count),
            !files.isEmpty
        else { return nil }
        let names = Set(files)
        guard let first = words.firstIndex(where: names.contains) else { return nil }
        let end = first + files.count
        guard end <= words.count, Set(words[first..<end]) == names else { return nil }
        let shown = files.sorted().prefix(3).map { "'\($0)'" }.joined(separator: ", ")
        let typed = (words[..<first] + ["*"] + words[end...]).joined(separator: " ")
        let verb = files.count == 1 ? "is a file" : "are files"
        return "\(shown)\(files.count > 3 ? ", …" : "") \(verb) here: the shell expanded '*'. "
            + "Quote it: calcburst '\(typed)'"
    }
}
