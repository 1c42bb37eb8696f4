#if Plugins
/// What `calcburst plugin new` writes: a plugin that compiles as it stands, in one of six languages.
///
/// In the texts `NAME` stands for the plugin's name, which is also the prefix of its operations.
package enum PluginTemplate: String, CaseIterable, Sendable {
    case c
    case cpp
    case swift
    case rust
    case zig
    /// A manifest that binds functions of a library that is there already.
    case binding

    /// Whether a plugin may be called so: it becomes a prefix, a file, and a package.
    package static func takes(name: String) -> Bool {
        let reserved = [
            "let", "fn", "if", "true", "false", "null", "it", "in", "not", "and", "or", "as",
        ]
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard let first = name.utf8.first, letters.contains(first), name.utf8.count <= 32 else {
            return false
        }
        let isWord = name.utf8.allSatisfy { byte in
            letters.contains(byte) || digits.contains(byte) || byte == UInt8(ascii: "_")
        }
        return isWord && !reserved.contains(name)
    }

    /// The files of a new plugin, for a name that `takes` it; paths are inside its folder.
    package func files(name: String) -> [(path: String, text: String)] {
        templates.map { path, text in
            (path.replacing("NAME", with: name), text.replacing("NAME", with: name))
        }
    }

    /// The command that builds the plugin, run in its folder; nil where there is nothing to build.
    package func build(name: String) -> String? {
        let command: String? =
            switch self {
            case .c: "cc -std=c11 -O2 -fPIC -shared -o NAME.so NAME.c"
            case .cpp: "c++ -std=c++17 -O2 -fPIC -shared -fvisibility=hidden -o NAME.so NAME.cpp"
            case .swift: "swift build -c release -Xswiftc -static-stdlib"
            case .rust:
                "rustc --edition 2021 --crate-type cdylib -C opt-level=2 -C panic=abort"
                    + " -o NAME.so NAME.rs"
            case .zig: "zig build-lib -dynamic -O ReleaseSafe -femit-bin=NAME.so NAME.zig"
            case .binding: nil
            }
        return command?.replacing("NAME", with: name)
    }

    /// What is loaded, inside the plugin's folder.
    package func product(name: String) -> String {
        switch self {
        case .c, .cpp, .rust, .zig: "\(name).so"
        case .swift: ".build/release/lib\(name).so"
        case .binding: "\(name).calcburst.json"
        }
    }

    private var templates: [(path: String, text: String)] {
        switch self {
        case .c: [("NAME.c", Self.cText), ("calcburst_plugin.h", Self.headerText)]
        case .cpp: [("NAME.cpp", Self.cppText), ("calcburst_plugin.h", Self.headerText)]
        case .swift:
            [
                ("Package.swift", Self.manifestText),
                ("Sources/Plugin/Plugin.swift", Self.swiftText),
                ("Sources/CCalcBurstPlugin/module.modulemap", Self.moduleMapText),
                ("Sources/CCalcBurstPlugin/calcburst_plugin.h", Self.headerText),
            ]
        case .rust: [("NAME.rs", Self.rustText)]
        case .zig: [("NAME.zig", Self.zigText)]
        case .binding: [("NAME.calcburst.json", Self.bindingText)]
        }
    }
}
#endif
