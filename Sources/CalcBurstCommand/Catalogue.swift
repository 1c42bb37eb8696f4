import CalcBurst
import CalcBurstFunctions
import CalcBurstSource

/// What the command tells about functions.
struct Catalogue {
    let library: FunctionLibrary

    /// The functions of a name or a pattern with `*` and `?`; nil if there is none.
    func functions(matching pattern: String?) -> [Function]? {
        guard let pattern else { return library.functions }
        if let function = library[pattern] { return [function] }
        guard pattern.contains(where: { $0 == "*" || $0 == "?" }) else { return nil }
        let found = library.functions.filter { Self.matches($0.name, pattern) }
        return found.isEmpty ? nil : found
    }

    func suggestions(for name: String) -> [String] {
        Suggestion.best(for: name, among: library.names)
    }

    /// A line for each function, under the headings of their groups.
    func list(_ functions: [Function], heading: (String) -> String) -> String {
        let width = functions.map(\.name.utf8.count).max() ?? 0
        var lines: [String] = []
        var group: Function.Group?
        for function in functions {
            if function.group != group {
                if group != nil { lines.append("") }
                lines.append(heading(function.group.rawValue))
                group = function.group
            }
            let gap = String(repeating: " ", count: width - function.name.utf8.count + 2)
            lines.append("  \(function.name)\(gap)\(function.summary)")
        }
        return lines.joined(separator: "\n")
    }

    /// The names alone, group by group, in lines of at most so many columns.
    func names(width: Int, heading: (String) -> String) -> String {
        var lines: [String] = []
        for group in Function.Group.allCases {
            let names = library.functions.filter { $0.group == group }.map(\.name)
            guard !names.isEmpty else { continue }
            lines.append(heading(group.rawValue))
            var line = " "
            for name in names {
                if line.utf8.count + 1 + name.utf8.count > width {
                    lines.append(line)
                    line = " "
                }
                line += " " + name
            }
            lines.append(line)
        }
        return lines.joined(separator: "\n")
    }

    /// Everything about one function.
    func page(_ function: Function, heading: (String) -> String) -> String {
        var lines = [heading(function.name), function.summary, ""]
        for overload in function.overloads {
            var marks: [String] = []
            if overload.marks.contains(.lifted) { marks.append("element by element over lists") }
            if overload.marks.contains(.lazy) { marks.append("operands only if needed") }
            if overload.marks.contains(.impure) { marks.append("not pure") }
            let note = marks.isEmpty ? "" : "    # \(marks.joined(separator: ", "))"
            lines.append("  \(function.name)\(overload.signatureText)\(note)")
        }
        if !function.examples.isEmpty {
            lines.append("")
            let width = function.examples.map(\.call.unicodeScalars.count).max() ?? 0
            for example in function.examples {
                let gap = width - example.call.unicodeScalars.count
                lines.append(
                    "  \(example.call)\(String(repeating: " ", count: gap))  = \(example.result)"
                )
            }
        }
        return lines.joined(separator: "\n")
    }

    /// Whether a name fits a pattern: `*` stands for anything, `?` for one character.
    ///
    /// The last `*` is all that ever needs to be tried again, so the work is the product of the
    /// lengths at most.
    static func matches(_ name: String, _ pattern: String) -> Bool {
        let name = Array(name.utf8)
        let pattern = Array(pattern.utf8)
        var position = 0
        var place = 0
        var star: (place: Int, position: Int)?
        while position < name.count {
            if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
                star = (place, position)
                place += 1
            } else if place < pattern.count,
                pattern[place] == UInt8(ascii: "?") || pattern[place] == name[position]
            {
                place += 1
                position += 1
            } else if let last = star {
                star = (last.place, last.position + 1)
                place = last.place + 1
                position = last.position + 1
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
