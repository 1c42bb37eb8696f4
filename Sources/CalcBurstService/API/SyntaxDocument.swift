import CalcBurstFunctions
import CalcBurstSource
import CalcBurstSyntax

/// A tree as a document: a flat list of nodes, children before parents, the last one the root.
///
/// Flat, since a sum of a thousand terms nests a thousand deep, which few readers of JSON take.
enum SyntaxDocument {
    static func nodes(_ tree: Syntax, _ source: Source) -> Value {
        let offsets = UTF16Offsets(source)
        return .array(
            tree.nodes.indices.map { index in
                let id = Syntax.ID(index)
                let range = tree[id].range
                let (kind, text) = SyntaxDump.words(for: id, in: tree, source)
                var members: [(name: String, value: Value)] = [("kind", .string(kind))]
                if !text.isEmpty { members.append(("text", .string(text))) }
                members.append(
                    ("range", [.count(offsets[range.start]), .count(offsets[range.end])])
                )
                let children = tree.children(of: id).map { Double($0) }
                if !children.isEmpty { members.append(("children", .list(List(children)))) }
                return .object(members)
            }
        )
    }
}

/// The UTF-16 offsets of all bytes of a text, worked out once.
private struct UTF16Offsets {
    /// Nil for a text in ASCII, where they are the offsets in bytes.
    private var offsets: [Int]?
    private let count: Int

    init(_ source: Source) {
        count = source.bytes.count
        guard source.bytes.contains(where: { $0 >= 0x80 }) else { return }
        var offsets: [Int] = []
        offsets.reserveCapacity(count + 1)
        var units = 0
        for byte in source.bytes {
            offsets.append(units)
            // A lead byte counts for its character: 4 bytes are a pair of surrogates.
            if byte & 0xC0 != 0x80 { units += byte >= 0xF0 ? 2 : 1 }
        }
        offsets.append(units)
        self.offsets = offsets
    }

    subscript(offset: Int) -> Int {
        let offset = min(max(offset, 0), count)
        guard let offsets else { return offset }
        return offsets[offset]
    }
}
