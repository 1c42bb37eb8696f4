#if Plugins
import CalcBurstFunctions
import CalcBurstJSON
import CalcBurstSource

extension PluginManifest {
    /// Reads a manifest; `file` is named when it is refused.
    package init(_ text: [UInt8], file: String) throws(PluginError) {
        do throws(PluginError) {
            try self.init(text)
        } catch {
            throw PluginError(error.code, file, error.message, hint: error.hint)
        }
    }

    private init(_ text: [UInt8]) throws(PluginError) {
        var limits = JSONLimits()
        limits.length = Self.longest
        limits.values = 200_000
        limits.keys = 100_000
        limits.depth = 8
        let value: Value
        do throws(JSONError) {
            value = try JSON.read(text, limits: limits)
        } catch {
            let place = error.pointer.isEmpty ? "/" : error.pointer
            throw PluginError(
                .invalidManifest,
                "",
                "\(place): \(error.message), at byte \(error.range.start + 1)",
                hint: error.hint
            )
        }
        let root = try ManifestObject(value, at: "", keys: Self.keys)
        guard try root.whole("calcburst", 1...1) == 1 else {
            throw root.refused("it is missing; this is the version of the notation, 1", "calcburst")
        }
        name = try root.requiredText("name")
        guard PluginName.isPrefix(name) else {
            throw root.refused("a lower-case word is expected", "name")
        }
        version = try root.requiredText("version")
        license = try root.requiredText("license")
        homepage = try root.text("homepage") ?? ""
        library = try Self.library(root)
        structures = try Self.structures(root)
        initialCalls = try Self.initialCalls(root)
        status = try Self.status(root)
        bindings = []
        let defaults = try root.object("defaults", keys: ["flags"])
        let marks = try defaults.map { defaults throws(PluginError) in try Self.marks(defaults) }
        guard let list = try root.list("ops", atMost: Self.mostOperations), !list.isEmpty else {
            throw root.refused("at least one operation is expected", "ops")
        }
        var taken = Set<String>()
        for (index, element) in list.enumerated() {
            let object = try ManifestObject(element, at: "/ops/\(index)", keys: Self.operationKeys)
            let binding = try binding(object, defaults: marks ?? [])
            // Of two with one name the operands must tell which is meant.
            let types = binding.signature.parameters.map { parameter in
                parameter.type.inLanguage + (parameter.isVariadic ? "..." : "")
            }
            guard taken.insert("\(binding.name)(\(types.joined(separator: ",")))").inserted else {
                throw object.refused("an operation before it is called so too", "op")
            }
            bindings.append(binding)
        }
    }

    private static let keys: Set<String> = [
        "calcburst", "name", "version", "license", "homepage", "library", "types", "init",
        "status", "defaults", "ops",
    ]

    private static func library(_ root: ManifestObject) throws(PluginError) -> Library {
        let keys: Set<String> = ["linux", "macos", "file", "headers"]
        guard let object = try root.object("library", keys: keys) else {
            throw root.refused("it is missing", "library")
        }
        var library = Library()
        library.linux = try object.texts("linux", atMost: 16)
        library.macos = try object.texts("macos", atMost: 16)
        library.file = try object.text("file")
        library.headers = try object.texts("headers", atMost: 64)
        for name in library.linux where !PluginName.isFile(name) {
            throw object.refused("'\(ManifestObject.escaped(name))' is no bare file name", "linux")
        }
        for name in library.macos where !PluginName.isFile(name) && !isOfSystem(name) {
            throw object.refused("'\(ManifestObject.escaped(name))' is no bare file name", "macos")
        }
        if let file = library.file, !PluginName.isFile(file) {
            throw object.refused("a bare file name is expected", "file")
        }
        for header in library.headers where !PluginName.isHeader(header) {
            throw object.refused("'\(ManifestObject.escaped(header))' is no header", "headers")
        }
        let isEmpty = library.linux.isEmpty && library.macos.isEmpty
        guard isEmpty == (library.file != nil) else {
            throw root.refused("either 'file', or 'linux' and 'macos', are expected", "library")
        }
        return library
    }

    /// The one library of macOS that is no file on disk and is known by its path.
    private static func isOfSystem(_ name: String) -> Bool {
        name == "/usr/lib/libSystem.B.dylib"
    }

    private static func structures(_ root: ManifestObject) throws(PluginError) -> [CStructure] {
        guard let value = root.record["types"] else { return [] }
        guard case .record(let record) = value, record.count <= 256 else {
            throw root.refused("an object with at most 256 types is expected", "types")
        }
        let object = try ManifestObject(value, at: "/types", keys: Set(record.names))
        var structures: [CStructure] = []
        for name in record.names {
            guard NameText.isWord(name), CType(rawValue: name) == nil,
                !["void", "status", "c128", "out"].contains(name), name.utf8.count <= 128
            else { throw object.refused("this cannot name a type", name) }
            let text = try object.requiredText(name)
            try structures.append(
                object.reading(name) { () throws(PluginError) in
                    try CStructure(name: name, text)
                }
            )
        }
        return structures
    }

    private static func initialCalls(_ root: ManifestObject) throws(PluginError) -> [InitialCall] {
        var calls: [InitialCall] = []
        for (index, text) in try root.texts("init", atMost: 16).enumerated() {
            let call = try root.reading("init/\(index)") { () throws(PluginError) in
                try CallNotation(text)
            }
            var result = ForeignType.nothing
            var isAllowed = call.arguments.isEmpty
            if case .value(let value) = call.result {
                let type = CType(rawValue: value.type)
                isAllowed = isAllowed && type != nil && value.field == nil && value.free == nil
                result = .scalar(type ?? .i32)
            }
            guard isAllowed, call.result != .status else {
                throw root.refused(
                    "a C type and a function without arguments are expected",
                    "init/\(index)",
                    isPath: true
                )
            }
            calls.append(
                InitialCall(
                    symbol: call.symbol,
                    result: result,
                    resultInC: result.fields.first?.inC ?? "void"
                )
            )
        }
        return calls
    }

    private static func status(_ root: ManifestObject) throws(PluginError) -> StatusBlock? {
        let keys: Set<String> = ["ok", "message", "overflow", "underflow"]
        guard let object = try root.object("status", keys: keys) else { return nil }
        func codes(_ key: String) throws(PluginError) -> Set<Int32> {
            var codes = Set<Int32>()
            for element in try object.list(key, atMost: 64) ?? .empty {
                guard case .number(let number) = element, let code = Int32(exactly: number) else {
                    throw object.refused("whole numbers are expected", key)
                }
                codes.insert(code)
            }
            return codes
        }
        var block = StatusBlock()
        let range = Int(Int32.min)...Int(Int32.max)
        block.rules.ok = Int32(truncatingIfNeeded: try object.whole("ok", range) ?? 0)
        block.rules.overflow = try codes("overflow")
        block.rules.underflow = try codes("underflow")
        block.message = try object.text("message")
        if let message = block.message, !NameText.isWord(message) {
            throw object.refused("the name of a function is expected", "message")
        }
        return block
    }
}
#endif
