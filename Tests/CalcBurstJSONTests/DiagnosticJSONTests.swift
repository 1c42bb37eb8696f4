import CalcBurstFunctions
import CalcBurstJSON
import CalcBurstSource
import Testing

/// Findings as JSON have the members of the error documents, and ranges in UTF-16 units.
struct DiagnosticJSONTests {
    @Test("a finding has its code, its words, its place and its snippet")
    func members() {
        let diagnostic = Diagnostic(
            .unknownName,
            "there is no function named 'sqt'",
            at: SourceRange(4, 7),
            suggestions: ["sqrt"]
        )
        let json =
            #"{"severity":"error","code":"unknown-name","message":"there is no function named 'sqt'","#
            + #""range":{"start":4,"end":7,"line":1,"column":5},"#
            + #""hint":"did you mean 'sqrt'?","suggestions":["sqrt"],"#
            + #""snippet":"2 + sqt(16)\n    ^^^"}"#
        #expect(write(diagnostic, "2 + sqt(16)") == json)
    }

    @Test("ranges count UTF-16 units, columns count characters, labels have places of their own")
    func positions() {
        // The emoji are four bytes, two units, and two columns of a terminal each.
        let source = "1\n'😀😀' + é* x"
        let diagnostic = Diagnostic(
            .typeMismatch,
            "no",
            at: SourceRange(17, 18),
            severity: .warning,
            labels: [.init(SourceRange(2, 12), "a string")],
            hint: "read it"
        )
        let wanted =
            #"{"severity":"warning","code":"type-mismatch","message":"no","#
            + #""range":{"start":12,"end":13,"line":2,"column":9},"#
            + #""hint":"read it","labels":[{"range":"#
            + #"{"start":2,"end":8,"line":2,"column":1},"text":"a string"}],"#
            + #""snippet":"'😀😀' + é* x\n          ^"}"#
        #expect(write(diagnostic, source) == wanted)
    }

    @Test("a limit has its name and number, and what was asked for where that is known")
    func limits() {
        let range = SourceRange(0, 0)
        var diagnostic = Diagnostic(
            .limitExceeded,
            "no",
            at: range,
            limit: .init(name: "nodes", maximum: 10, actual: 11)
        )
        #expect(
            write(diagnostic, "").contains(#""limit":{"name":"nodes","maximum":10,"actual":11}"#)
        )
        diagnostic.limit = .init(name: "fuel", maximum: 5)
        #expect(write(diagnostic, "").contains(#""limit":{"name":"fuel","maximum":5}"#))
    }

    @Test("all findings about a text make a list in their order")
    func list() {
        let errors = SourceErrors(
            source: Source("a b"),
            diagnostics: [
                Diagnostic(.unknownName, "first", at: SourceRange(0, 1)),
                Diagnostic(.syntaxError, "second", at: SourceRange(2, 3)),
            ]
        )
        guard case .list(let list) = DiagnosticJSON.value(of: errors) else {
            Issue.record("not a list")
            return
        }
        #expect(list.map { $0.fields["message"] } == ["first", "second"])
    }

    private func write(_ diagnostic: Diagnostic, _ source: String) -> String {
        JSON.write(DiagnosticJSON.value(of: diagnostic, source: Source(source)))
    }
}
