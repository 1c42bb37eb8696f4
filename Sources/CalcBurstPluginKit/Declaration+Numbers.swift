// The shapes of functions of numbers, one method each.

// MARK: Functions that cannot fail

extension Declaration {
    public func call(
        _ a: Number,
        gives: Number.Type,
        function: @convention(c) (Double) -> Double,
        rows: Rows? = nil
    ) -> Operation {
        unsafe operation([a], "f64", function, rows)
    }

    public func call(
        _ a: Number,
        _ b: Number,
        gives: Number.Type,
        function: @convention(c) (Double, Double) -> Double,
        rows: Rows? = nil
    ) -> Operation {
        unsafe operation([a, b], "f64", function, rows)
    }

    public func call(
        _ a: Number,
        _ b: Number,
        _ c: Number,
        gives: Number.Type,
        function: @convention(c) (Double, Double, Double) -> Double,
        rows: Rows? = nil
    ) -> Operation {
        unsafe operation([a, b, c], "f64", function, rows)
    }

    public func call(
        _ a: Number,
        _ b: Number,
        _ c: Number,
        _ d: Number,
        gives: Number.Type,
        function: @convention(c) (Double, Double, Double, Double) -> Double,
        rows: Rows? = nil
    ) -> Operation {
        unsafe operation([a, b, c, d], "f64", function, rows)
    }

    public func call(
        _ a: Integer,
        gives: Integer.Type,
        function: @convention(c) (Int64) -> Int64,
        rows: Rows? = nil
    ) -> Operation {
        unsafe operation([a], "i64", function, rows)
    }

    public func call(
        _ a: Integer,
        _ b: Integer,
        gives: Integer.Type,
        function: @convention(c) (Int64, Int64) -> Int64,
        rows: Rows? = nil
    ) -> Operation {
        unsafe operation([a, b], "i64", function, rows)
    }

    public func call(
        _ a: Integer,
        gives: Truth.Type,
        function: @convention(c) (Int64) -> Bool,
        rows: Rows? = nil
    ) -> Operation {
        unsafe operation([a], "bool", function, rows)
    }
}

// MARK: Functions that may fail

extension Declaration {
    public func attempt(
        _ a: Number,
        gives: Number.Type,
        function: @convention(c) (Call, Double, Answer<Double>) -> Status,
        rows: Rows? = nil
    ) -> Operation {
        unsafe operation([a], "f64 !", function, rows)
    }

    public func attempt(
        _ a: Number,
        _ b: Number,
        gives: Number.Type,
        function: @convention(c) (Call, Double, Double, Answer<Double>) -> Status,
        rows: Rows? = nil
    ) -> Operation {
        unsafe operation([a, b], "f64 !", function, rows)
    }

    public func attempt(
        _ a: Number,
        _ b: Number,
        _ c: Number,
        gives: Number.Type,
        function: @convention(c) (Call, Double, Double, Double, Answer<Double>) -> Status,
        rows: Rows? = nil
    ) -> Operation {
        unsafe operation([a, b, c], "f64 !", function, rows)
    }

    public func attempt(
        _ a: Number,
        _ b: Number,
        _ c: Number,
        _ d: Number,
        gives: Number.Type,
        function: @convention(c) (Call, Double, Double, Double, Double, Answer<Double>) -> Status,
        rows: Rows? = nil
    ) -> Operation {
        unsafe operation([a, b, c, d], "f64 !", function, rows)
    }

    public func attempt(
        _ a: Integer,
        gives: Integer.Type,
        function: @convention(c) (Call, Int64, Answer<Int64>) -> Status,
        rows: Rows? = nil
    ) -> Operation {
        unsafe operation([a], "i64 !", function, rows)
    }

    public func attempt(
        _ a: Integer,
        _ b: Integer,
        gives: Integer.Type,
        function: @convention(c) (Call, Int64, Int64, Answer<Int64>) -> Status,
        rows: Rows? = nil
    ) -> Operation {
        unsafe operation([a, b], "i64 !", function, rows)
    }

    public func attempt(
        _ a: Integer,
        _ b: Integer,
        _ c: Integer,
        gives: Integer.Type,
        function: @convention(c) (Call, Int64, Int64, Int64, Answer<Int64>) -> Status,
        rows: Rows? = nil
    ) -> Operation {
        unsafe operation([a, b, c], "i64 !", function, rows)
    }

    public func attempt(
        _ a: Numbers,
        gives: Number.Type,
        function: @convention(c) (Call, Doubles, Int, Answer<Double>) -> Status
    ) -> Operation {
        unsafe operation([a], "f64 !", function)
    }

    public func attempt(
        _ a: Number,
        _ b: Numbers,
        gives: Number.Type,
        function: @convention(c) (Call, Double, Doubles, Int, Answer<Double>) -> Status
    ) -> Operation {
        unsafe operation([a, b], "f64 !", function)
    }

    public func attempt(
        _ a: Numbers,
        _ b: Number,
        gives: Number.Type,
        function: @convention(c) (Call, Doubles, Int, Double, Answer<Double>) -> Status
    ) -> Operation {
        unsafe operation([a, b], "f64 !", function)
    }

    public func attempt(
        _ a: Numbers,
        _ b: Numbers,
        gives: Number.Type,
        function: @convention(c) (Call, Doubles, Int, Doubles, Int, Answer<Double>) -> Status
    ) -> Operation {
        unsafe operation([a, b], "f64 !", function)
    }

    public func attempt(
        _ a: Numbers,
        gives: Numbers.Type,
        function: @convention(c) (Call, Doubles, Int) -> Status
    ) -> Operation {
        unsafe operation([a], "[f64] !", function)
    }

    public func attempt(
        _ a: Numbers,
        _ b: Number,
        gives: Numbers.Type,
        function: @convention(c) (Call, Doubles, Int, Double) -> Status
    ) -> Operation {
        unsafe operation([a, b], "[f64] !", function)
    }
}
