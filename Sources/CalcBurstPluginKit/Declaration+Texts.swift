// The shapes of functions of texts, one method each.

extension Declaration {
    public func attempt(
        _ a: Text,
        gives: Number.Type,
        function: @convention(c) (Call, Bytes, Int, Answer<Double>) -> Status
    ) -> Operation {
        unsafe operation([a], "f64 !", function)
    }

    public func attempt(
        _ a: Text,
        gives: Integer.Type,
        function: @convention(c) (Call, Bytes, Int, Answer<Int64>) -> Status
    ) -> Operation {
        unsafe operation([a], "i64 !", function)
    }

    public func attempt(
        _ a: Text,
        gives: Truth.Type,
        function: @convention(c) (Call, Bytes, Int, Answer<Bool>) -> Status
    ) -> Operation {
        unsafe operation([a], "bool !", function)
    }

    public func attempt(
        _ a: Text,
        gives: Text.Type,
        function: @convention(c) (Call, Bytes, Int) -> Status
    ) -> Operation {
        unsafe operation([a], "str !", function)
    }

    public func attempt(
        _ a: Text,
        _ b: Text,
        gives: Number.Type,
        function: @convention(c) (Call, Bytes, Int, Bytes, Int, Answer<Double>) -> Status
    ) -> Operation {
        unsafe operation([a, b], "f64 !", function)
    }

    public func attempt(
        _ a: Text,
        _ b: Text,
        gives: Integer.Type,
        function: @convention(c) (Call, Bytes, Int, Bytes, Int, Answer<Int64>) -> Status
    ) -> Operation {
        unsafe operation([a, b], "i64 !", function)
    }

    public func attempt(
        _ a: Text,
        _ b: Text,
        gives: Truth.Type,
        function: @convention(c) (Call, Bytes, Int, Bytes, Int, Answer<Bool>) -> Status
    ) -> Operation {
        unsafe operation([a, b], "bool !", function)
    }

    public func attempt(
        _ a: Text,
        _ b: Text,
        gives: Text.Type,
        function: @convention(c) (Call, Bytes, Int, Bytes, Int) -> Status
    ) -> Operation {
        unsafe operation([a, b], "str !", function)
    }

    public func attempt(
        _ a: Text,
        _ b: Integer,
        gives: Text.Type,
        function: @convention(c) (Call, Bytes, Int, Int64) -> Status
    ) -> Operation {
        unsafe operation([a, b], "str !", function)
    }
}
