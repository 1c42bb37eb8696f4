#if Plugins
/// Lets a C compiler hold the bindings of a manifest against the library's own headers.
///
/// A wrong signature cannot be seen when the library is called: the call gives some number. The
/// check is a C file with one line a binding, which points at the function with the type that the
/// manifest says; it is compiled and never run.
package struct HeaderCheck: Sendable {
    /// The C file.
    package let text: String
    /// What is checked on each line of it, counted from 1.
    private let subjects: [Int: String]

    /// One complaint of the compiler.
    package struct Finding: Hashable, Sendable {
        /// The operation, the type or the `init` call that it is about; nil for a missing header
        /// and the like.
        package var subject: String?
        /// What the compiler says.
        package var message: String

        package init(subject: String?, message: String) {
            self.subject = subject
            self.message = message
        }
    }

    /// How to compile: the arguments behind the compiler's name.
    package static func arguments(file: String, includeFolders: [String] = []) -> [String] {
        [
            "-std=c11", "-fsyntax-only", "-Wall", "-Wno-unused",
            "-Werror=incompatible-pointer-types", "-Werror=implicit-function-declaration",
            "-Werror=int-conversion", "-fno-builtin",
        ] + includeFolders.map { "-I\($0)" } + ["-x", "c", file]
    }

    package init(_ manifest: PluginManifest) {
        var lines = CheckLines()
        lines.add("// Compiled, never run: the types of the bindings of '\(manifest.name)'.")
        // What the C library has beside the standard counts as well.
        lines.add("#define _GNU_SOURCE")
        for header in manifest.library.headers { lines.add("#include <\(header)>") }
        lines.add("#include <stddef.h>")
        for structure in manifest.structures {
            lines.subject = "type \(structure.name)"
            let type = structure.foreign
            let size = "sizeof(\(structure.name)) == \(type.size)"
            lines.add("_Static_assert(\(size), \"another size\");")
            if structure.isComplex { continue }
            for (index, (field, offset)) in zip(structure.fields, type.offsets).enumerated() {
                let place = "offsetof(\(structure.name), \(field.name)) == \(offset)"
                lines.add("_Static_assert(\(place), \"another place\");")
                let function = "cb_field_\(structure.name)_\(index)(\(structure.name) *it)"
                lines.add("\(field.type.inC) *\(function) { return &it->\(field.name); }")
            }
        }
        for (index, call) in manifest.initialCalls.enumerated() {
            lines.subject = "init \(call.symbol)"
            let body =
                switch call.result {
                case .nothing: "\(call.symbol)();"
                case .scalar, .structure: "\(call.resultInC) it = \(call.symbol)(); (void)it;"
                }
            lines.add("void cb_init_\(index)(void) { \(body) }")
        }
        if let message = manifest.status?.message {
            lines.subject = "status \(message)"
            lines.add("const char *(*cb_message)(int) = &\(message);")
        }
        for (index, binding) in manifest.bindings.enumerated() {
            lines.subject = binding.name
            let arguments = binding.call.argumentsInC
            let types = arguments.isEmpty ? "void" : arguments.joined(separator: ", ")
            let pointer = "\(binding.call.resultInC) (*cb_check_\(index))(\(types))"
            lines.add("\(pointer) = &\(binding.symbol);")
            if let free = binding.call.freeSymbol {
                lines.add("void (*cb_free_\(index))(void *) = &\(free);")
            }
        }
        text = lines.text
        subjects = lines.subjects
    }

    /// The complaints in what the compiler wrote: `file:line:column: error: words`.
    package func findings(in output: String) -> [Finding] {
        var findings: [Finding] = []
        for line in output.split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false)
            guard let mark = Self.marks.first(where: { line.contains($0) }),
                let words = line.firstRange(of: mark)?.upperBound
            else { continue }
            let message = String(line[words...])
            // A line of a header is none of ours.
            let isOurs = parts.count > 1 && !parts[0].hasSuffix(".h")
            let subject = isOurs ? Int(parts[1]).flatMap { subjects[$0] } : nil
            let finding = Finding(subject: subject, message: message)
            if !findings.contains(finding) { findings.append(finding) }
        }
        return findings
    }

    private static let marks = [": fatal error: ", ": error: ", ": warning: "]
}

/// The lines of a check file, and what each is about.
private struct CheckLines {
    private var lines: [String] = []
    private(set) var subjects: [Int: String] = [:]
    var subject: String?

    mutating func add(_ line: String) {
        lines.append(line)
        if let subject { subjects[lines.count] = subject }
    }

    var text: String { lines.joined(separator: "\n") + "\n" }
}
#endif
