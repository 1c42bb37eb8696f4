import CalcBurstFunctions
public import CalcBurstService

extension CalculationQuery {
    /// Everything there is, oldest first.
    public static let everything = CalculationQuery(
        from: Timestamp(milliseconds: .min),
        to: Timestamp(milliseconds: .max),
        isDescending: false,
        limit: 1000
    )

    fileprivate static func moments(_ from: Int64, _ to: Int64) -> CalculationQuery {
        CalculationQuery(
            from: Timestamp(milliseconds: StoreContract.day + from),
            to: Timestamp(milliseconds: StoreContract.day + to),
            isDescending: false
        )
    }
}

extension StoreContract {
    // MARK: - Lists

    static let queries = [
        StoreContract("a list stands in the order of time, then id") { probe in
            // In bytes, capitals come before small letters and digits before both.
            let all = [("b", 1), ("B", 1), ("a", 1), ("1", 1), ("z", 0), ("a~", 1), ("c", -3)]
            await probe.fill(all.map { sum($0, at: Int64($1)) })
            var query = CalculationQuery.everything
            await probe.expect("up", ["c", "z", "1", "B", "a", "a~", "b"], list: query)
            query.isDescending = true
            await probe.expect("down", ["b", "a~", "a", "B", "1", "z", "c"], list: query)
        },
        StoreContract("a list begins with its first moment and ends before its last") { probe in
            await probe.fill((0..<5).map { sum("\($0)", at: Int64($0)) })
            var query = CalculationQuery.moments(1, 3)
            await probe.expect("up", ["1", "2"], list: query)
            query.isDescending = true
            await probe.expect("down", ["2", "1"], list: query)
            await probe.expect("nothing", [], list: .moments(2, 2))
            await probe.expect("the wrong way round", [], list: .moments(3, 1))
        },
        StoreContract("a list may hold the calculations of one operation only") { probe in
            await probe.fill([
                sum("a", at: 1), sum("b", at: 1, operation: "multiply"), sum("c", at: 2),
                expression("d", "add", result: 1, at: 2), sum("e", at: 2, operation: "Add"),
            ])
            var query = CalculationQuery.everything
            query.operation = "add"
            await probe.expect("up", ["a", "c"], list: query)
            query.isDescending = true
            await probe.expect("down", ["c", "a"], list: query)
            query.operation = "subtract"
            await probe.expect("none", [], list: query)
            query.operation = nil
            await probe.expect("all", ["e", "d", "c", "b", "a"], list: query)
        },
        StoreContract("pages of every size hold everything once") { probe in
            // Many of one moment, so that a page ends among them.
            let all = (0..<40).map { sum("id-\(10 + $0)", at: Int64($0 / 15)) }
            await probe.fill(all)
            for isDescending in [false, true] {
                for operation in [nil, "add"] {
                    for limit in [1, 7, 15, 39, 40, 41] {
                        var query = CalculationQuery.everything
                        query.isDescending = isDescending
                        query.operation = operation
                        query.limit = limit
                        let ids = await probe.pages(query)
                        let expected = all.map(\.id)
                        probe.compare(
                            "\(limit) on a page",
                            ids,
                            isDescending ? expected.reversed() : expected
                        )
                    }
                }
            }
        },
        StoreContract("a page may begin behind one that is not there") { probe in
            await probe.fill([sum("a", at: 0), sum("c", at: 0), sum("d", at: 9)])
            var query = CalculationQuery.everything
            query.after = .init(time: now, id: "b")
            await probe.expect("up", ["c", "d"], list: query)
            query.isDescending = true
            await probe.expect("down", ["a"], list: query)
            query = .moments(0, 5)
            query.after = .init(time: Timestamp(milliseconds: day - 7), id: "b")
            await probe.expect("before the first moment", ["a", "c"], list: query)
            query.isDescending = true
            query.after = .init(time: Timestamp(milliseconds: day + 7), id: "b")
            await probe.expect("behind the last moment", ["c", "a"], list: query)
        },
        StoreContract("pages stay right while new calculations arrive") { probe in
            await probe.fill((0..<6).map { sum("old-\($0)", at: 10) })
            var query = CalculationQuery.everything
            query.isDescending = true
            query.limit = 2
            guard let first = await probe.page(query) else { return }
            probe.compare("first", first.calculations.map(\.id), ["old-5", "old-4"])
            // Newer ones belong to pages before, older ones to pages behind.
            await probe.fill([sum("new", at: 20), sum("old-9", at: 10), sum("old-10", at: 10)])
            query.after = .init(time: Timestamp(milliseconds: day + 10), id: "old-4")
            query.limit = 100
            await probe.expect(
                "second",
                ["old-3", "old-2", "old-10", "old-1", "old-0"],
                list: query
            )
        },
        StoreContract("a page says whether more follow") { probe in
            await probe.fill((0..<4).map { sum("\($0)", at: Int64($0)) })
            var query = CalculationQuery.everything
            for (limit, hasMore) in [(3, true), (4, false), (5, false)] {
                query.limit = limit
                if let page = await probe.page(query) {
                    probe.compare("\(limit)", page.hasMore, hasMore)
                }
            }
        },
    ]
}
