import CalcBurstFunctions
import CalcBurstSource

/// The words of the checker: one function for each kind of mistake.
extension Diagnostic {
    // MARK: Names

    static func unknownName(
        _ name: String,
        isFunction: Bool,
        among names: [String],
        at range: SourceRange
    ) -> Diagnostic {
        let suggestions = Suggestion.best(for: name, among: names)
        return Diagnostic(
            .unknownName,
            "there is no variable named '\(name)'",
            at: range,
            hint: isFunction ? "'\(name)' is a function: write \(name)(…)" : nil,
            suggestions: isFunction ? [] : suggestions
        )
    }

    static func unknownFunction(
        _ name: String,
        isVariable: Bool,
        among names: [String],
        at range: SourceRange
    ) -> Diagnostic {
        Diagnostic(
            .unknownName,
            "there is no function named '\(name)'",
            at: range,
            hint: isVariable ? "'\(name)' is a variable: to multiply, write \(name) * (…)" : nil,
            suggestions: isVariable ? [] : Suggestion.best(for: name, among: names)
        )
    }

    static func recursiveFunction(_ name: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .recursiveFunction,
            "'\(name)' calls itself or a function that stands after it",
            at: range,
            hint: "a function may call only functions that stand before it, so that every "
                + "calculation ends"
        )
    }

    static func duplicateName(_ name: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(.duplicateName, "the name '\(name)' is already taken", at: range)
    }

    static func shadowedConstant(_ name: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .shadowedConstant,
            "'\(name)' hides the constant of that name",
            at: range,
            severity: .warning
        )
    }

    static func unknownField(
        _ name: String,
        of type: ValueType,
        among names: [String],
        at range: SourceRange
    ) -> Diagnostic {
        Diagnostic(
            .unknownField,
            "there is no field '\(name)' in \(type.brief)",
            at: range,
            hint: "?.\(NameText.quoted(name)) gives null for a field that is not there",
            suggestions: Suggestion.best(for: name, among: names)
        )
    }

    static func noFields(_ name: String, _ type: ValueType, at range: SourceRange) -> Diagnostic {
        Diagnostic(.typeMismatch, "\(type.withArticle) has no field '\(name)'", at: range)
    }

    static func elementOutsideBody(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .unknownName,
            "there is no element here",
            at: range,
            hint: "`it` and `.field` stand in the body of map, filter, sum, any and their like"
        )
    }

    static func bodyOutsideCall(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .typeMismatch,
            "this function takes no body",
            at: range,
            hint: "`name -> …` is the second operand of map, filter, sum, any and their like"
        )
    }

    // MARK: Types

    static func operatorMisfit(
        _ function: String,
        _ types: [ValueType],
        _ ranges: [SourceRange],
        _ signatures: [String],
        at place: SourceRange
    ) -> Diagnostic {
        let operands = types.map(\.brief)
        let message =
            switch operands.count {
            case 1: "\(function) does not take \(types[0].withArticle)"
            default: "\(function) does not take \(operands.joined(separator: " and "))"
            }
        return Diagnostic(
            .typeMismatch,
            message,
            at: place,
            labels: zip(ranges, operands).prefix(2).map { Label($0, $1) },
            hint: conversionHint(types) ?? signatures.first.map { "it is \($0)" }
        )
    }

    private static func conversionHint(_ types: [ValueType]) -> String? {
        guard types.count == 2, types.contains(.string), types.contains(.number) else { return nil }
        return "number(…) reads a number from a text, string(…) writes one"
    }

    static func misfit(
        _ function: String,
        _ position: Int,
        _ types: [ValueType],
        _ signatures: [String],
        at range: SourceRange
    ) -> Diagnostic {
        let type = position < types.count ? types[position].withArticle : "these operands"
        return Diagnostic(
            .typeMismatch,
            "\(function) does not take \(type) as operand \(position + 1)",
            at: range,
            hint: signatures.isEmpty ? nil : "it is " + signatures.joined(separator: " or ")
        )
    }

    static func conditionMisfit(_ type: ValueType, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .typeMismatch,
            "a condition is true or false, and this is \(type.withArticle)",
            at: range,
            hint: type == .number ? "compare it: … != 0" : nil
        )
    }

    static func indexMisfit(
        _ base: ValueType,
        _ position: ValueType,
        at range: SourceRange
    ) -> Diagnostic {
        switch base {
        case .list:
            Diagnostic(
                .typeMismatch,
                "a list takes a number or a list of true and false in [ ], not "
                    + position.withArticle,
                at: range
            )
        case .record:
            Diagnostic(
                .typeMismatch,
                "a record takes a text as it stands in [ ], not \(position.withArticle)",
                at: range
            )
        case .never, .null, .bool, .number, .string, .optional, .mixed:
            Diagnostic(
                .typeMismatch,
                "\(base.withArticle) has no elements",
                at: range,
                hint: base == .string ? "substr(text, start, count) takes a part of a text" : nil
            )
        }
    }

    static func notAList(
        _ type: ValueType,
        for name: String,
        at range: SourceRange
    ) -> Diagnostic {
        Diagnostic(
            .typeMismatch,
            "\(name) with a body works on a list, and this is \(type.withArticle)",
            at: range
        )
    }

    static func nullValue(
        _ type: ValueType,
        for name: String,
        at range: SourceRange
    ) -> Diagnostic {
        Diagnostic(
            .nullValue,
            type == .null ? "\(name) does not take null" : "this may be null: it is \(type.brief)",
            at: range,
            hint: type == .null
                ? nil : "say what to take instead: … ?? 0, or drop nulls: compact(…)"
        )
    }

    static func nullField(_ name: String, _ type: ValueType, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .nullValue,
            "what '\(name)' is taken from may be null: it is \(type.brief)",
            at: range,
            hint: "?.\(NameText.quoted(name)) gives null for null"
        )
    }

    static func mixedElements(
        _ element: ValueType,
        _ other: ValueType,
        at range: SourceRange,
        first: SourceRange
    ) -> Diagnostic {
        Diagnostic(
            .mixedTypes,
            "the elements of a list have one type, and this is \(other.brief)",
            at: range,
            labels: [Label(first, element.brief)]
        )
    }

    static func mixedData(_ name: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .mixedTypes,
            "the elements of a list in '\(name)' have no type in common",
            at: range
        )
    }

    static func branchMisfit(
        _ then: ValueType,
        _ otherwise: ValueType,
        at range: SourceRange,
        first: SourceRange
    ) -> Diagnostic {
        Diagnostic(
            .mixedTypes,
            "both answers have one type, and these are \(then.brief) and \(otherwise.brief)",
            at: range,
            labels: [Label(first, then.brief)]
        )
    }

    static func redundantCoalesce(_ type: ValueType, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .redundantCoalesce,
            "the value before ?? is never null: it is \(type.brief)",
            at: range,
            severity: .warning
        )
    }

    // MARK: Counts, numerals, limits

    static func wrongCount(
        of name: String,
        given: Int,
        wanted: String,
        signatures: [String],
        at range: SourceRange
    ) -> Diagnostic {
        let isLogarithm = name == "log" && given == 1
        let noun = wanted == "1" ? "operand" : "operands"
        return Diagnostic(
            .wrongArgumentCount,
            "\(name) takes \(wanted) \(noun), \(given) \(given == 1 ? "was" : "were") given",
            at: range,
            hint: isLogarithm
                ? "ln(x), log10(x) and log2(x) take one operand; log(x, base) takes two"
                : "it is " + signatures.joined(separator: " or ")
        )
    }

    static func switchWithoutDefault(_ count: Int, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .wrongArgumentCount,
            "switch takes a value, pairs of a case and its answer, and an answer for the rest",
            at: range,
            hint: count % 2 == 1 ? "the last answer, for all other values, is missing" : nil
        )
    }

    static func numeral(
        _ problem: NumeralProblem,
        _ text: String,
        at range: SourceRange
    ) -> Diagnostic {
        let shown = text.utf8.count > 40 ? String(text.prefix(40)) + "…" : text
        return switch problem {
        case .inexactInteger:
            Diagnostic(
                .inexactInteger,
                "\(shown) has more digits than a number holds",
                at: range,
                hint: "whole numbers are exact up to 2^53 = 9007199254740992; to round, write "
                    + "\(shown).0"
            )
        case .outOfRange:
            Diagnostic(
                .invalidLiteral,
                "\(shown) is too large for a number",
                at: range,
                hint: "the largest is about 1.8e308"
            )
        case .notANumeral:
            Diagnostic(.invalidLiteral, "\(shown) is not a number", at: range)
        }
    }

    static func tooManyNodes(_ limit: Int, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .limitExceeded,
            "the expression is too large once its functions are put in",
            at: range,
            limit: LimitFact(name: "nodes", maximum: limit)
        )
    }

    static func tooDeep(_ limit: Int, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .limitExceeded,
            "lists and records are inside each other more than \(limit) deep",
            at: range,
            limit: LimitFact(name: "data-depth", maximum: limit)
        )
    }

    static func tooManyNames(_ limit: Int, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .limitExceeded,
            "more than \(limit) names are declared",
            at: range,
            limit: LimitFact(name: "names", maximum: limit)
        )
    }
}

extension ValueType {
    /// The type as printed, cut where a record has many fields.
    var brief: String {
        let text = description
        return text.utf8.count > 60 ? String(text.prefix(57)) + "…" : text
    }

    var withArticle: String {
        switch self {
        case .never: "a value of an empty list"
        case .null: "null"
        case .bool: "a bool"
        case .number: "a number"
        case .string: "a string"
        case .list: "a list: \(brief)"
        case .record: "a record: \(brief)"
        case .optional: brief
        case .mixed: "mixed data"
        }
    }
}
