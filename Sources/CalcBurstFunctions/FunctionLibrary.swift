/// The functions that a text may call, by name.
///
/// A library is a value: add to a copy, and other engines do not see it.
public struct FunctionLibrary: Sendable {
    private var byName: [String: Function] = [:]

    public init() {}

    /// The functions of the language.
    public static let standard = FunctionLibrary(functions: standardFunctions)

    /// A library of functions of this package, all of which a test has seen to be right.
    package init(functions: [Function]) {
        for function in functions { byName[function.name] = function }
    }

    /// Why a function cannot be added.
    public enum Refusal: Error, Hashable, Sendable {
        /// Not lower-case words with underscores, after an optional prefix and dot, or a word of
        /// the language.
        case invalidName(String)
        case invalidSignature(String)
        /// The language has a function of that name.
        case nameTaken(String)
    }

    /// Adds a function; one of the same name that a host added before is replaced.
    public mutating func add(_ function: Function) throws(Refusal) {
        let words = function.name.split(separator: ".", omittingEmptySubsequences: false)
        for word in words where !NameText.isWord(String(word)) {
            throw .invalidName(function.name)
        }
        if words.count == 1, NameText.reservedWords.contains(function.name) {
            throw .invalidName(function.name)
        }
        if Self.standard.byName[function.name] != nil { throw .nameTaken(function.name) }
        for overload in function.overloads where overload.signature == nil {
            throw .invalidSignature(overload.signatureText)
        }
        byName[function.name] = function
    }

    /// The function of a name.
    public subscript(name: String) -> Function? { byName[name] }

    /// All functions, by group and then by name.
    public var functions: [Function] {
        let order = Function.Group.allCases
        return byName.values.sorted { left, right in
            let a = order.firstIndex(of: left.group) ?? order.count
            let b = order.firstIndex(of: right.group) ?? order.count
            return a == b ? left.name < right.name : a < b
        }
    }

    /// All names, sorted.
    public var names: [String] { byName.keys.sorted() }
}
