#if Command && Plugins
import CalcBurstFunctions
import CalcBurstPlugins
import CalcBurstSource

/// `plugin new`: writes the files of a template into a new folder.
struct PluginBeginning {
    private let name: String
    private let language: String
    private let console: Console

    init(_ name: String, language: String, _ console: Console) {
        self.name = name
        self.language = language
        self.console = console
    }

    func write() throws(Failure) {
        guard PluginTemplate.takes(name: name) else {
            throw .usage("a plugin's name is a word in lower case, such as shop, not '\(name)'")
        }
        guard let template = PluginTemplate(rawValue: language) else {
            let languages = PluginTemplate.allCases.map(\.rawValue)
            let guess = Suggestion.best(for: language, among: languages, limit: 1).first
            throw .usage(
                "there is no template for '\(language)'",
                help: guess.map { "did you mean '\($0)'?" }
                    ?? "the languages are \(languages.joined(separator: ", "))"
            )
        }
        try makeFolder(name)
        for (path, text) in template.files(name: name) {
            let parts = path.split(separator: "/").dropLast()
            for count in parts.indices {
                try makeFolder(
                    ([name] + parts[...count].map(String.init)).joined(separator: "/"),
                    again: true
                )
            }
            try create("\(name)/\(path)", text)
            try console.output.writeLine("\(name)/\(path)")
        }
        if let build = template.build(name: name) {
            try console.output.writeLine("Build it with: cd \(name) && \(build)")
        }
        try console.output.flush()
    }

    private func makeFolder(_ path: String, again: Bool = false) throws(Failure) {
        do throws(System.Failure) {
            try System.makeFolder(path, isOkIfThere: again)
        } catch {
            throw Failure(.cannotCreate, "cannot make the folder '\(path)': \(error.message)")
        }
    }

    private func create(_ path: String, _ text: String) throws(Failure) {
        do throws(System.Failure) {
            try System.createFile(path, Array(text.utf8))
        } catch {
            throw Failure(.cannotCreate, "cannot write '\(path)': \(error.message)")
        }
    }
}
#endif
