#if Plugins
import CalcBurstFunctions

/// What holds for the operations of every plugin, whatever kind it is.
enum OperationRules {
    /// Throws if an operation, or all of them together, cannot be taken.
    static func check(_ operations: [PluginOperation], file: String) throws(PluginError) {
        var seen: Set<String> = []
        for operation in operations {
            func refusal(_ what: String) -> PluginError {
                PluginError(.invalidOperation, file, "operation '\(operation.name)': \(what)")
            }
            let words = operation.name.split(separator: ".", omittingEmptySubsequences: false)
            guard words.count >= 2, words.allSatisfy({ NameText.isWord(String($0)) }),
                operation.name == operation.name.lowercased(), operation.name.utf8.count <= 80
            else {
                throw refusal("a name is a prefix, a dot and a word, in lower case")
            }
            guard !operation.summary.isEmpty else { throw refusal("it has no sentence") }
            guard !operation.examples.isEmpty else {
                throw refusal("it has no example; one at least shows that it is right")
            }
            guard operation.marks.isSubset(of: .all) else {
                throw refusal("it has flags that are not known here")
            }
            let marks = operation.marks
            guard !marks.contains(.mayBlock) || marks.contains(.concurrent) else {
                throw refusal("what may block must be concurrent, for it is called unlocked")
            }
            let signature = operation.signature
            guard signature.mayFail || signature.result.isScalar else {
                throw refusal("a result of \(signature.result.rawValue) needs '!'")
            }
            let key = "\(operation.name) \(signature.parameters.map(\.type.inLanguage))"
            guard seen.insert(key).inserted else {
                throw refusal("it comes twice with the same operands")
            }
        }
    }
}
#endif
