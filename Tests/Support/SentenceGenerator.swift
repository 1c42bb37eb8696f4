/// Makes sentences of a grammar, the same ones for the same seed.
package struct SentenceGenerator {
    /// A sentence: its tokens, and the text with what the generator put between them.
    package struct Sentence {
        package var tokens: [String]
        package var text: String
    }

    private let grammar: EBNFGrammar
    /// For each rule the depth of its shallowest sentence.
    private var minimumDepths: [String: Int] = [:]
    private var reserved: [String] = []
    package var random: SeededRandom

    package init(_ grammar: EBNFGrammar, seed: UInt64) {
        self.grammar = grammar
        random = SeededRandom(seed: seed)
        // Each round finds the rules that need one level more than the ones before.
        for depth in 1...grammar.rules.count {
            for rule in grammar.rules where minimumDepths[rule.name] == nil {
                if let needed = minimumDepth(of: rule.term), needed < depth {
                    minimumDepths[rule.name] = depth
                }
            }
        }
        if case .choice(let words)? = grammar["RESERVED"]?.term {
            reserved = words.compactMap { if case .literal(let word) = $0 { word } else { nil } }
        }
    }

    /// A sentence of a rule, about as deep as is asked for.
    package mutating func sentence(of rule: String, depth: Int) -> Sentence {
        var tokens: [String] = []
        expand(.reference(rule), depth, into: &tokens)
        return Sentence(tokens: tokens, text: join(tokens))
    }

    /// Writes tokens as a text, with what may stand between them.
    package mutating func join(_ tokens: [String]) -> String {
        var text = ""
        for (place, token) in tokens.enumerated() {
            if place > 0 { text += separator(tokens[place - 1], token) }
            text += token
        }
        return text
    }

    private mutating func separator(_ left: String, _ right: String) -> String {
        // `?.` is one symbol only between its neighbours.
        if left == "?." || right == "?." { return "" }
        let tight: Set<String> = ["(", ")", "[", "]", "{", "}", ",", ";"]
        if tight.contains(left) || tight.contains(right), random.chance(1, in: 2) { return "" }
        guard random.chance(1, in: 12) else { return " " }
        // A slash before `/*` or a digit before `#` cannot harm: a space comes first.
        var space = " "
        lexical(.reference("SPACE"), 3, into: &space)
        return space
    }

    // MARK: Expansion

    private mutating func expand(
        _ term: EBNFGrammar.Term,
        _ depth: Int,
        into tokens: inout [String]
    ) {
        switch term {
        case .literal(let text): tokens.append(text)
        case .reference(let name):
            if EBNFGrammar.isLexical(name) {
                tokens.append(token(name))
            } else if let rule = grammar[name] {
                expand(rule.term, depth - 1, into: &tokens)
            }
        case .sequence(let terms):
            for term in terms { expand(term, depth, into: &tokens) }
        case .choice(let terms):
            expand(choose(terms, depth), depth, into: &tokens)
        case .optional(let term):
            if depth > 0, random.chance(1, in: 4) { expand(term, depth, into: &tokens) }
        case .repetition(let term):
            while depth > 0, random.chance(1, in: 4) { expand(term, depth, into: &tokens) }
        case .range, .exception:
            var text = ""
            lexical(term, 3, into: &text)
            tokens.append(text)
        }
    }

    private mutating func token(_ name: String) -> String {
        // By chance alone a word would hardly ever be a reserved one.
        if name == "WORD", random.chance(1, in: 8), let word = random.element(of: reserved) {
            return word
        }
        while true {
            var text = ""
            lexical(.reference(name), 6, into: &text)
            if name != "NAME" || !reserved.contains(text) { return text }
        }
    }

    private mutating func lexical(
        _ term: EBNFGrammar.Term,
        _ depth: Int,
        into text: inout String
    ) {
        switch term {
        case .literal(let characters): text += characters
        case .reference(let name):
            if let rule = grammar[name] { lexical(rule.term, depth - 1, into: &text) }
        case .range(let low, let high):
            // Mostly from the beginning of the range: the end of Unicode is hardly assigned.
            let top = random.chance(1, in: 4) ? high : min(high, low + 0x300)
            let value = low + UInt32(random.below(Int(top - low) + 1))
            text.unicodeScalars.append(Unicode.Scalar(value) ?? "x")
        case .sequence(let terms):
            for term in terms { lexical(term, depth, into: &text) }
        case .choice(let terms):
            lexical(choose(terms, depth), depth, into: &text)
        case .optional(let term):
            if random.chance(1, in: 3) { lexical(term, depth, into: &text) }
        case .repetition(let term):
            while random.chance(1, in: 2) { lexical(term, depth, into: &text) }
        case .exception(let term, _):
            // `token` refuses what is excepted.
            lexical(term, depth, into: &text)
        }
    }

    /// One of the alternatives: any, or the shallowest once the depth is used up.
    private mutating func choose(
        _ terms: [EBNFGrammar.Term],
        _ depth: Int
    ) -> EBNFGrammar.Term {
        let fitting = terms.filter { (minimumDepth(of: $0) ?? .max) <= max(depth, 0) }
        if let term = random.element(of: fitting) { return term }
        let shallowest = terms.min {
            (minimumDepth(of: $0) ?? .max) < (minimumDepth(of: $1) ?? .max)
        }
        return shallowest ?? .sequence([])
    }

    private func minimumDepth(of term: EBNFGrammar.Term) -> Int? {
        switch term {
        case .literal, .range, .optional, .repetition: return 0
        case .reference(let name): return minimumDepths[name]
        case .exception(let term, _): return minimumDepth(of: term)
        case .choice(let terms): return terms.compactMap { minimumDepth(of: $0) }.min()
        case .sequence(let terms):
            var depth = 0
            for term in terms {
                guard let needed = minimumDepth(of: term) else { return nil }
                depth = max(depth, needed)
            }
            return depth
        }
    }
}

/// A random number generator that gives the same numbers for the same seed (SplitMix64).
package struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, but not including, the bound, which is at least 1.
    package mutating func below(_ bound: Int) -> Int {
        Int(next() % UInt64(max(bound, 1)))
    }

    package mutating func chance(_ wins: Int, in draws: Int) -> Bool {
        below(draws) < wins
    }

    package mutating func element<Element>(of list: [Element]) -> Element? {
        list.isEmpty ? nil : list[below(list.count)]
    }
}
