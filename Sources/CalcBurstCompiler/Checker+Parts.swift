import CalcBurstFunctions
import CalcBurstSource
import CalcBurstSyntax

/// Taking parts of lists and records: fields, elements, slices, masks.
extension Checker {
    mutating func field(
        of base: Operand,
        _ name: String,
        at place: SourceRange,
        optional: Bool
    ) -> Operand {
        guard let base else { return nil }
        var levels = 0
        var element = type(base)
        while case .list(let inner) = element {
            element = inner
            levels += 1
        }
        var result: ValueType
        switch (element, optional) {
        case (.never, _):
            result = .never
        case (.null, true):
            result = .null
        case (.record(let record), _):
            if let type = record[name] {
                result = type
            } else if optional {
                result = .null
            } else {
                let names = record.fields.map(\.name)
                report(.unknownField(name, of: element, among: names, at: place))
                return nil
            }
        case (.optional(.record(let record)), true):
            result = (record[name] ?? .null).optional
        case (.optional(.record), false), (.null, false):
            report(.nullField(name, type(base), at: expression[base].range))
            return nil
        case (.mixed, _):
            report(.mixedData(name, at: place))
            return nil
        case (.bool, _), (.number, _), (.string, _), (.list, _), (.optional, _):
            report(.noFields(name, type(base), at: place))
            return nil
        }
        for _ in 0..<levels { result = .list(result) }
        return add(.field(name, levels: levels), result, at: place, cost: 1, [base])
    }

    mutating func index(_ values: [Operand], _ id: Syntax.ID) -> Operand {
        guard let base = values[0], let position = values[1] else { return nil }
        let places = ranges(id)
        switch (type(base), type(position)) {
        case (.never, .number), (.never, .never):
            return add(.index, .never, at: places[1], cost: 1, [base, position])
        case (.list(let element), .number), (.list(let element), .never):
            return add(.index, element, at: places[1], cost: 1, [base, position])
        case (.list, .list(.bool)), (.list, .list(.never)):
            return add(.filter, type(base), at: places[1], cost: 1, [base, position])
        case (.record, .string):
            guard case .constant(.string(let name)) = expression[position].kind else {
                report(.indexMisfit(type(base), type(position), at: places[1]))
                return nil
            }
            return field(of: base, name, at: places[1], optional: false)
        case (.mixed, _):
            report(.mixedData(source[places[0]], at: places[0]))
            return nil
        case (let type, _) where type.admitsNull:
            report(.nullValue(type, for: "[ ]", at: places[0]))
            return nil
        case (.list, let type) where type.admitsNull || type.withoutNull == .list(.bool):
            report(.nullValue(type, for: "[ ]", at: places[1]))
            return nil
        case (.list, _), (.record, _):
            report(.indexMisfit(type(base), type(position), at: places[1]))
            return nil
        case (.never, _), (.null, _), (.bool, _), (.number, _), (.string, _), (.optional, _):
            report(.indexMisfit(type(base), type(position), at: places[0]))
            return nil
        }
    }

    mutating func slice(
        _ values: [Operand],
        _ hasStart: Bool,
        _ hasEnd: Bool,
        _ id: Syntax.ID
    ) -> Operand {
        let whole = values.compactMap { $0 }
        guard whole.count == values.count else { return nil }
        let places = ranges(id)
        guard type(whole[0]).isList else {
            if type(whole[0]).admitsNull {
                report(.nullValue(type(whole[0]), for: "[ ]", at: places[0]))
            } else {
                report(.indexMisfit(type(whole[0]), .number, at: places[0]))
            }
            return nil
        }
        for (bound, range) in zip(whole, places).dropFirst()
        where type(bound) != .number && type(bound) != .never {
            if type(bound).admitsNull {
                report(.nullValue(type(bound), for: "[ ]", at: range))
            } else {
                report(.indexMisfit(type(whole[0]), type(bound), at: range))
            }
            return nil
        }
        var children = [whole[0]]
        for (bound, range) in zip(whole, places).dropFirst() {
            guard let position = add(.position, .number, at: range, [bound]) else { return nil }
            children.append(position)
        }
        return add(
            .slice(hasStart: hasStart, hasEnd: hasEnd),
            type(whole[0]),
            at: tree[id].token,
            cost: 1,
            children
        )
    }
}
