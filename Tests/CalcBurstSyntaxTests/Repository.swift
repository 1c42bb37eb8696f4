import CalcBurstSource
import CalcBurstSyntax
import Foundation

/// Where the files are that the tests hold the code against.
enum Repository {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func file(_ path: String) -> URL { root.appending(path: path) }

    static func text(_ path: String) throws -> String {
        try String(contentsOf: file(path), encoding: .utf8)
    }
}

extension SourceLimits {
    /// Every limit as high as it goes.
    static var ceilings: SourceLimits {
        var limits = SourceLimits()
        limits.sourceLength = 16 << 20
        limits.nesting = 250
        limits.nodes = 4_000_000
        limits.numeralLength = 1_000
        limits.nameLength = 65_535
        limits.operands = 10_000
        limits.literalLength = 4_000_000
        return limits
    }
}

extension Syntax.Kind {
    /// One node of every kind.
    static var samples: [Syntax.Kind] {
        [
            .number, .string, .bool(true), .null, .name, .element, .missing, .prefix(.not),
            .infix(.add), .chain([]), .conditional, .call, .field, .optionalField, .elementField,
            .index, .slice(hasStart: true, hasEnd: true), .body, .list, .record, .binding,
            .function, .program, .assignment, .definition, .selection, .item,
        ]
    }

    /// The kind without what it carries.
    var name: String {
        "\(self)".prefix { $0 != "(" }.description
    }
}
