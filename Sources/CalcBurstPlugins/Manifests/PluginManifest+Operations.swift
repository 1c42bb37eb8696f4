#if Plugins
import CalcBurstFunctions

extension PluginManifest {
    static let operationKeys: Set<String> = [
        "op", "sig", "c", "symbol", "doc", "examples", "flags", "require", "errors", "cost",
    ]

    /// The most nanoseconds that an operation can say it takes.
    private static let mostCost = 1_000_000_000

    /// Reads an operation.
    func binding(
        _ object: ManifestObject,
        defaults: PluginOperation.Marks
    ) throws(PluginError) -> Binding {
        let name = try object.requiredText("op")
        guard PluginName.isOperation(name) else {
            throw object.refused("two lower-case words with a dot between are expected", "op")
        }
        let signatureText = try object.requiredText("sig")
        let signature = try object.reading("sig") { () throws(PluginError) in
            try PluginSignature(signatureText)
        }
        var (symbol, call) = try lowered(object, signature)
        try readErrors(object, signature, &call)
        var requirements: [Requirement] = []
        for (index, text) in try object.texts("require", atMost: 16).enumerated() {
            try requirements.append(
                object.reading("require/\(index)") { () throws(PluginError) in
                    try Requirement(text, signature)
                }
            )
        }
        if !requirements.isEmpty, !signature.mayFail {
            throw object.refused("with 'require' the operation may fail: '!' is expected", "sig")
        }
        var examples: [PluginExample] = []
        for (index, text) in try object.texts("examples", atMost: 64).enumerated() {
            try examples.append(
                object.reading("examples/\(index)") { () throws(PluginError) in
                    try PluginExample(text)
                }
            )
        }
        guard !examples.isEmpty else {
            throw object.refused("at least one is expected", "examples")
        }
        return Binding(
            name: name,
            signature: signature,
            summary: try object.requiredText("doc"),
            examples: examples,
            marks: object.record["flags"] == nil ? defaults : try Self.marks(object),
            cost: try object.whole("cost", 0...Self.mostCost) ?? 0,
            symbol: symbol,
            call: call,
            requirements: requirements
        )
    }

    /// The function and how it is called: by `c`, or by `symbol` in the natural way.
    private func lowered(
        _ object: ManifestObject,
        _ signature: PluginSignature
    ) throws(PluginError) -> (String, BindingShape) {
        if let text = try object.text("c") {
            guard object.record["symbol"] == nil else {
                throw object.refused("'c' names the function already", "symbol")
            }
            return try object.reading("c") { () throws(PluginError) in
                let call = try CallNotation(text)
                var lowering = BindingLowering(signature, structures)
                return (call.symbol, try lowering.lower(call))
            }
        }
        let symbol = try object.requiredText("symbol")
        guard NameText.isWord(symbol) else {
            throw object.refused("the name of a function is expected", "symbol")
        }
        let call = try object.reading("sig") { () throws(PluginError) in
            try BindingShape(natural: signature)
        }
        return (symbol, call)
    }

    /// How the function fails must be said once, and the signature must say that it may.
    private func readErrors(
        _ object: ManifestObject,
        _ signature: PluginSignature,
        _ call: inout BindingShape
    ) throws(PluginError) {
        let isStatus =
            switch call.shape.outcome {
            case .status: true
            case .always, .call, .errorNumber: false
            }
        switch try object.text("errors") {
        case nil, "nan": break
        case "status":
            guard isStatus else { throw object.refused("the call gives no status", "errors") }
        case "errno":
            guard case .always = call.shape.outcome else {
                throw object.refused("the call gives a status", "errors")
            }
            call.shape.outcome = .errorNumber
        default: throw object.refused("one of status, errno and nan is expected", "errors")
        }
        if !signature.result.isScalar, !signature.mayFail {
            let type = signature.result.rawValue
            throw object.refused("a result of \(type) may fail: '!' is expected behind it", "sig")
        }
        switch call.shape.outcome {
        case .always, .call: return
        case .status, .errorNumber:
            if !signature.mayFail {
                throw object.refused("the operation may fail: '!' is expected behind it", "sig")
            }
        }
    }

    /// Reads `flags`.
    static func marks(_ object: ManifestObject) throws(PluginError) -> PluginOperation.Marks {
        let all: [String: PluginOperation.Marks] = [
            "pure": .pure, "stable": .stable, "concurrent": .concurrent,
            "nan-through": .nanThrough, "deterministic": .deterministic, "may-block": .mayBlock,
        ]
        var marks: PluginOperation.Marks = []
        for text in try object.texts("flags", atMost: 16) {
            guard let mark = all[text] else {
                let names = all.keys.sorted().joined(separator: " ")
                throw object.refused("one of \(names) is expected", "flags")
            }
            marks.insert(mark)
        }
        if marks.contains(.mayBlock), !marks.contains(.concurrent) {
            throw object.refused("what may block must be concurrent", "flags")
        }
        return marks
    }
}

/// How the names of plugins, operations and files are spelled.
package enum PluginName {
    /// A lower-case word, such as stands before an operation's dot.
    package static func isPrefix(_ name: String) -> Bool {
        guard let first = name.utf8.first, name.utf8.count <= 64 else { return false }
        let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first)
        return isLetter
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    /// Two lower-case words with a dot between.
    package static func isOperation(_ name: String) -> Bool {
        let words = name.split(separator: ".", omittingEmptySubsequences: false)
        return words.count == 2 && words.allSatisfy { isPrefix(String($0)) }
    }

    /// A file's name without a folder.
    package static func isFile(_ name: String) -> Bool {
        isSafe(name, slash: false)
    }

    /// A header's name as it stands behind `#include`, which leads into no folder above.
    package static func isHeader(_ name: String) -> Bool {
        isSafe(name, slash: true) && name.split(separator: "/").allSatisfy { $0 != ".." }
    }

    private static func isSafe(_ name: String, slash: Bool) -> Bool {
        guard let first = name.utf8.first, name.utf8.count <= 255, !name.hasPrefix(".") else {
            return false
        }
        return first != UInt8(ascii: "/")
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "-"), UInt8(ascii: "+"):
                    true
                case UInt8(ascii: "/"): slash
                default: false
                }
            }
    }
}
#endif
