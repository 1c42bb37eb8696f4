import CalcBurstFunctions
import Testing

/// Values are written as JSON exactly, and for people readably.
struct ValueTextTests {
    private let nested: Value = [
        "a": [1, 0.1, -0.0, 1e16], "b": [true, false], "c": ["x", nil, ["d": [:], "e": []]],
    ]

    @Test("JSON is compact, its numbers the shortest, its names in their order")
    func json() {
        let text = #"{"a":[1,0.1,-0,1e+16],"b":[true,false],"c":["x",null,{"d":{},"e":[]}]}"#
        #expect(ValueText.json(nested) == text)
        #expect(ValueText.json(.null) == "null")
        #expect(ValueText.json(0.30000000000000004) == "0.30000000000000004")
    }

    @Test("what is appended leaves what is there")
    func appending() {
        var bytes = Array("x=".utf8)
        ValueText.json([1, 2], into: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "x=[1,2]")
    }

    @Test("JSON strings escape quotes, backslashes and control characters, and nothing else")
    func escapes() {
        let text = "\"\\/\u{8}\t\n\u{C}\r\u{0}\u{1}\u{F}\u{10}\u{1F}\u{7F}é\u{2028}😀"
        let written = #""\"\\/\b\t\n\f\r\u0000\u0001\u000f\u0010\u001f"# + "\u{7F}é\u{2028}😀\""
        #expect(ValueText.json(.string(text)) == written)
        #expect(ValueText.json(["a\"b": 1]) == #"{"a\"b":1}"#)
    }

    @Test("for people numbers have fifteen digits, or as many as asked, or all")
    func digits() {
        #expect(ValueText.display(.number(0.1 + 0.2)) == "0.3")
        #expect(ValueText.display(.number(1.0 / 3), digits: 4) == "0.3333")
        #expect(ValueText.display(.number(0.1 + 0.2), digits: nil) == "0.30000000000000004")
        #expect(ValueText.display([0.30000000000000004, 2]) == "[0.3, 2]")
    }

    @Test("for people a string is bare, but quoted inside a list or a record")
    func display() {
        #expect(ValueText.display("a \"b\"\n") == "a \"b\"\n")
        #expect(ValueText.display(["a \"b\""]) == #"["a \"b\""]"#)
        let text =
            #"{"a": [1, 0.1, -0, 1e+16], "b": [true, false], "c": ["x", null, {"d": {}, "e": []}]}"#
        #expect(ValueText.display(nested) == text)
    }
}
