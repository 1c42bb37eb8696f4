/// Guesses which name was meant by one that is not there.
package enum Suggestion {
    /// Names longer than this are not compared.
    private static let longestName = 64
    /// Only so many names are looked at, so that the work is bounded.
    private static let mostCandidates = 2_000

    /// The names that may have been meant, best first.
    ///
    /// First come names that differ only in case, then what other languages call by this name, then
    /// names a few slips away, nearest first; only if there are none, names that hold this one or
    /// that it holds. What is equally good is ordered by its bytes.
    package static func best(
        for name: String,
        among candidates: [String],
        limit: Int = 3
    ) -> [String] {
        guard limit > 0, !name.isEmpty, name.utf8.count <= longestName else { return [] }
        let wanted = lowercased(name)
        var names: [[UInt8]: [String]] = [:]
        var compared: [(text: String, bytes: [UInt8])] = []
        for candidate in candidates.prefix(mostCandidates) {
            guard candidate.utf8.count <= longestName, !candidate.utf8.elementsEqual(name.utf8)
            else { continue }
            let bytes = lowercased(candidate)
            let known = names[bytes] ?? []
            guard !known.contains(where: { $0.utf8.elementsEqual(candidate.utf8) }) else {
                continue
            }
            names[bytes] = known + [candidate]
            compared.append((candidate, bytes))
        }

        var found: [String] = []
        func add(_ more: [String]) {
            for text in more where !found.contains(where: { $0.utf8.elementsEqual(text.utf8) }) {
                found.append(text)
            }
        }
        if wanted.count >= 2 { add(sorted(names[wanted] ?? [])) }
        for alias in aliases(of: wanted) { add(sorted(names[alias] ?? [])) }
        if wanted.count >= 3 {
            let most = min(3, max(1, wanted.count / 3))
            var distances = EditDistance(from: wanted)
            let near = compared.compactMap { candidate in
                distances.to(candidate.bytes, atMost: most).map { ($0, candidate.text) }
            }
            add(sorted(near))
            if found.isEmpty {
                let parts = compared.filter { candidate in
                    candidate.bytes.count >= 3
                        && (contains(candidate.bytes, wanted) || contains(wanted, candidate.bytes))
                }
                add(sorted(parts.map { (abs($0.bytes.count - wanted.count), $0.text) }))
            }
        }
        return Array(found.prefix(limit))
    }

    private static func sorted(_ names: [String]) -> [String] {
        names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private static func sorted(_ names: [(rank: Int, text: String)]) -> [String] {
        names.sorted { left, right in
            left.rank != right.rank
                ? left.rank < right.rank
                : left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
        }.map(\.text)
    }

    private static func lowercased(_ text: String) -> [UInt8] {
        text.utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    }

    private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        guard part.count <= text.count else { return false }
        return (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
    }

    // MARK: - Other names of the same thing

    /// What the language calls a thing that another one calls by this name, best first.
    ///
    /// For `math.max` also `max`, and what `max` stands for.
    private static func aliases(of name: [UInt8]) -> [[UInt8]] {
        var texts = [String(decoding: name, as: UTF8.self)]
        if let dot = name.lastIndex(of: UInt8(ascii: ".")) {
            texts.append(String(decoding: name[(dot + 1)...], as: UTF8.self))
        }
        return texts.dropFirst().map { Array($0.utf8) }
            + texts.flatMap { aliasTable[$0] ?? [] }.map { Array($0.utf8) }
    }

    private static let aliasTable: [String: [String]] = [
        // Operators by name.
        "minus": ["subtract"], "sub": ["subtract"], "times": ["multiply"],
        "mul": ["multiply"], "mult": ["multiply"], "mod": ["modulo"], "fmod": ["rem", "modulo"],
        "remainder": ["rem", "modulo"], "pow": ["power"], "expt": ["power"], "quotient": ["div"],
        "idiv": ["div"], "intdiv": ["div"], "negate": ["neg"],
        // Roots and logarithms.
        "sqr": ["power", "sqrt"], "square": ["power"], "squareroot": ["sqrt"],
        "square_root": ["sqrt"], "cube_root": ["cbrt"], "nthroot": ["root"], "nth_root": ["root"],
        "loge": ["ln"], "lg": ["log10"], "ld": ["log2"], "lb": ["log2"], "logn": ["log"],
        "logarithm": ["ln"], "factorial": ["fact"], "nchoosek": ["choose"], "ncr": ["choose"],
        "comb": ["choose"], "combin": ["choose"], "binomial": ["choose"], "binom": ["choose"],
        // Rounding.
        "ceiling": ["ceil"], "roundup": ["ceil"], "rounddown": ["floor"], "truncate": ["trunc"],
        "fix": ["trunc"], "mround": ["quantize"], "fraction": ["frac"],
        // Arithmetic and trigonometry.
        "absolute": ["abs"], "fabs": ["abs"], "sgn": ["sign"], "signum": ["sign"],
        "maximum": ["max"], "minimum": ["min"], "limit": ["clamp"], "constrain": ["clamp"],
        "degrees": ["deg"], "radians": ["rad"], "arcsin": ["asin"], "arccos": ["acos"],
        "arctan": ["atan"], "arctan2": ["atan2"], "tg": ["tan"], "arctg": ["atan"],
        "π": ["pi"], "τ": ["tau"],
        // Reductions and statistics.
        "avg": ["mean"], "average": ["mean"], "total": ["sum"], "sumif": ["sum"],
        "countif": ["count"], "counta": ["count", "len"], "prod": ["product"], "std": ["stdev"],
        "stddev": ["stdev"], "sd": ["stdev"], "stdev.s": ["stdev"], "stdev.p": ["stdevp"],
        "variance": ["var"], "var.s": ["var"], "var.p": ["varp"], "covariance": ["cov"],
        "correl": ["corr"], "correlation": ["corr"], "weighted_mean": ["wmean"],
        "geo_mean": ["geomean"], "some": ["any"], "every": ["all"],
        "reduce": ["sum", "product"], "foldl": ["sum", "product"],
        // Lists.
        "length": ["len"], "size": ["len"], "strlen": ["len"], "head": ["first"], "tail": ["drop"],
        "where": ["filter"], "select": ["map", "filter"], "distinct": ["unique"],
        "uniq": ["unique"], "order_by": ["sort_by"], "sortby": ["sort_by"], "orderby": ["sort_by"],
        "maxby": ["max_by"], "minby": ["min_by"], "concatenate": ["concat"], "append": ["concat"],
        "push": ["concat"], "indexof": ["index_of"], "findindex": ["index_of"],
        "match": ["index_of"], "lookup": ["find"], "vlookup": ["find"], "seq": ["range"],
        "sequence": ["range"], "arange": ["range"], "iota": ["range"], "accumulate": ["cumsum"],
        "running_sum": ["cumsum"], "shift": ["lag"], "inner": ["dot"],
        "sumproduct": ["dot", "sum"], "flat": ["flatten"], "reversed": ["reverse"],
        "sorted": ["sort"], "interpolate": ["interp"],
        // Texts and conversion.
        "str": ["string"], "tostring": ["string"], "to_string": ["string"], "text": ["string"],
        "num": ["number"], "tonumber": ["number"], "to_number": ["number"], "float": ["number"],
        "double": ["number"], "decimal": ["number"], "val": ["number"], "value": ["number"],
        "parsefloat": ["number"], "parseint": ["number", "int"], "toupper": ["upper"],
        "to_upper": ["upper"], "ucase": ["upper"], "uppercase": ["upper"], "tolower": ["lower"],
        "to_lower": ["lower"], "lcase": ["lower"], "lowercase": ["lower"], "strip": ["trim"],
        "substring": ["substr"], "mid": ["substr"], "left": ["substr"], "right": ["substr"],
        "startswith": ["starts_with"], "endswith": ["ends_with"], "substitute": ["replace"],
        "lpad": ["pad_left"], "rpad": ["pad_right"], "padstart": ["pad_left"],
        "padend": ["pad_right"], "regex": ["like"], "matches": ["like"], "explode": ["split"],
        "implode": ["join"], "typeof": ["type_of"], "type": ["type_of"], "stringify": ["json"],
        // Choice.
        "iff": ["if"], "iif": ["if"], "ifelse": ["if"], "cond": ["if", "switch"],
        "ifs": ["switch"], "case": ["switch"], "nvl": ["coalesce"], "ifnull": ["coalesce"],
        "isnull": ["coalesce"], "iferror": ["try"], "default": ["coalesce"],
    ]
}

/// How many slips lie between one name and others.
///
/// A slip is one byte more, less or other, or two neighbours exchanged.
private struct EditDistance {
    private let name: [UInt8]
    // The rows of the table for the candidate's byte before the last, the last, and this one.
    private var older: [Int]
    private var old: [Int]
    private var row: [Int]

    init(from name: [UInt8]) {
        self.name = name
        row = Array(0...name.count)
        old = row
        older = row
    }

    /// The distance; nil if it is above `most`.
    mutating func to(_ other: [UInt8], atMost most: Int) -> Int? {
        guard abs(other.count - name.count) <= most else { return nil }
        for column in row.indices { row[column] = column }
        for (line, byte) in other.enumerated() {
            swap(&older, &old)
            swap(&old, &row)
            row[0] = line + 1
            var least = row[0]
            for column in name.indices {
                let isSame = name[column] == byte
                var best = min(
                    old[column] + (isSame ? 0 : 1),
                    old[column + 1] + 1,
                    row[column] + 1
                )
                if line > 0, column > 0, name[column] == other[line - 1],
                    name[column - 1] == byte
                {
                    best = min(best, older[column - 1] + 1)
                }
                row[column + 1] = best
                least = min(least, best)
            }
            // An exchange may still reach back one line, and then it costs at least as much.
            if least > most, (old.min() ?? 0) > most { return nil }
        }
        let distance = row[name.count]
        return distance <= most ? distance : nil
    }
}
