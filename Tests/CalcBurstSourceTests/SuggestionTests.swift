import CalcBurstSource
import Testing

/// "Did you mean" finds the name that was meant, and nothing where nothing is near.
struct SuggestionTests {
    private let names = [
        "abs", "add", "ceil", "contains", "count", "floor", "if", "len", "ln", "log10", "log2",
        "map",
        "max", "mean", "min", "mode", "modulo", "multiply", "number", "pi", "power", "price",
        "quantity", "round", "rem", "sort_by", "sqrt", "string", "subtract", "sum", "trunc",
    ]

    @Test(
        "a slip is found: a letter more, less, other, or two exchanged",
        arguments: [
            ("sqt", ["sqrt"]), ("sqrrt", ["sqrt"]), ("sqet", ["sqrt"]), ("sqtr", ["sqrt"]),
            ("prcie", ["price"]), ("quantty", ["quantity"]), ("qauntitty", ["quantity"]),
            ("subtarct", ["subtract"]), ("addd", ["add"]), ("flor", ["floor"]),
            ("trnuc", ["trunc"]),
        ]
    )
    func slips(_ name: String, _ wanted: [String]) {
        #expect(Suggestion.best(for: name, among: names) == wanted)
    }

    @Test(
        "names that differ only in case come first",
        arguments: [("SUM", "sum"), ("Max", "max"), ("IF", "if"), ("PI", "pi"), ("LN", "ln")]
    )
    func cases(_ name: String, _ wanted: String) {
        #expect(Suggestion.best(for: name, among: names).first == wanted)
    }

    @Test(
        "what other languages call a thing is known",
        arguments: [
            ("mod", "modulo"), ("pow", "power"), ("avg", "mean"), ("average", "mean"),
            ("AVERAGE", "mean"), ("ceiling", "ceil"), ("length", "len"), ("size", "len"),
            ("str", "string"), ("num", "number"), ("Math.max", "max"), ("Math.pow", "power"),
            ("math.sqrt", "sqrt"), ("loge", "ln"), ("lg", "log10"),
            ("mult", "multiply"),
            ("π", "pi"), ("truncate", "trunc"), ("orderBy", "sort_by"),
        ]
    )
    func otherNames(_ name: String, _ wanted: String) {
        #expect(Suggestion.best(for: name, among: names).first == wanted)
    }

    @Test("an alias for a name that is not there is not suggested")
    func absentAlias() {
        #expect(Suggestion.best(for: "avg", among: ["price"]) == [])
    }

    @Test(
        "nothing near is nothing",
        arguments: ["zzz", "foobar", "x", "zq", "", "s", "su", "elephant", "mn"]
    )
    func nothingNear(_ name: String) {
        #expect(Suggestion.best(for: name, among: names) == [])
    }

    @Test("a third of the letters may be wrong, and never more than three")
    func distance() {
        #expect(Suggestion.best(for: "abcxyz", among: ["abcdef"]) == [])
        #expect(Suggestion.best(for: "abcdyz", among: ["abcdef"]) == ["abcdef"])
        let long = "abcdefghijklmnop"
        #expect(Suggestion.best(for: "abcdefghijklmXYZ", among: [long]) == [long])
        #expect(Suggestion.best(for: "abcdefghijklWXYZ", among: [long]) == [])
    }

    @Test("nearer names come first, equally near ones by the alphabet, and no more than asked for")
    func order() {
        let names = ["total_d", "total_c", "total_b", "total", "totals_x"]
        #expect(Suggestion.best(for: "total_a", among: names) == ["total_b", "total_c", "total_d"])
        #expect(Suggestion.best(for: "total_a", among: names, limit: 1) == ["total_b"])
        #expect(Suggestion.best(for: "totl", among: names, limit: 3) == ["total"])
        #expect(Suggestion.best(for: "totl", among: names, limit: 0) == [])
    }

    @Test("where no name is near, one that holds the word is offered")
    func substring() {
        #expect(Suggestion.best(for: "unit", among: ["unit_price", "qty"]) == ["unit_price"])
        #expect(Suggestion.best(for: "total_price", among: ["price", "qty"]) == ["price"])
    }

    @Test("a name is not suggested in its own place, nor twice")
    func itself() {
        #expect(Suggestion.best(for: "sum", among: ["sum"]) == [])
        #expect(Suggestion.best(for: "summ", among: ["sum", "sum", "sum"]) == ["sum"])
    }

    @Test("names of more than 64 bytes, and more than 2,000 names, are not looked at")
    func bounds() {
        let long = String(repeating: "x", count: 64)
        #expect(Suggestion.best(for: long + "y", among: [long]) == [])
        #expect(Suggestion.best(for: long, among: [long + "y"]) == [])
        #expect(Suggestion.best(for: String(long.dropLast()), among: [long]) == [long])
        let many = (0..<2_000).map { "name_\($0)" }
        #expect(Suggestion.best(for: "sqt", among: many + ["sqrt"]) == [])
        #expect(Suggestion.best(for: "sqt", among: Array(many.dropLast()) + ["sqrt"]) == ["sqrt"])
    }
}
