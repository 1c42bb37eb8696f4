public import CalcBurstFunctions
public import CalcBurstService

/// What every store must do, as named checks that run on any of them.
///
/// A check gets a store of its own, which is empty, and gives what is wrong with it.
public struct StoreContract: Sendable, CustomStringConvertible {
    public let claim: String
    private let body: @Sendable (Probe) async -> Void

    public var description: String { claim }

    init(_ claim: String, _ body: @escaping @Sendable (Probe) async -> Void) {
        self.claim = claim
        self.body = body
    }

    /// Complaints; none if the store does what the claim says.
    public func complaints(about store: any CalculationStore) async -> [String] {
        let probe = Probe(store)
        await body(probe)
        return probe.complaints
    }

    public static let all = insertions + queries + values

    // MARK: - Material

    /// A day in 2026, in milliseconds.
    public static let day: Int64 = 1_768_435_200_000
    public static let now = Timestamp(milliseconds: day)

    /// A calculation of a sum; the time is an offset from the day.
    public static func sum(
        _ id: String,
        _ operands: [Double] = [1, 2],
        at offset: Int64 = 0,
        operation: String = "add"
    ) -> Calculation {
        Calculation(
            id: id,
            request: .operation(operation, operands),
            result: .number(operands.reduce(0, +)),
            resultType: "number",
            time: Timestamp(milliseconds: day + offset),
            milliseconds: 0.125
        )
    }

    /// A calculation of an expression with variables.
    public static func expression(
        _ id: String,
        _ text: String,
        variables: Record = .empty,
        result: Value,
        at offset: Int64 = 0
    ) -> Calculation {
        Calculation(
            id: id,
            request: .expression(text, variables),
            result: result,
            resultType: "number",
            time: Timestamp(milliseconds: day + offset),
            milliseconds: 0.1 + 0.2
        )
    }

    // MARK: - Insertions

    private static let insertions = [
        StoreContract("an insertion is found, another id is not") { probe in
            await probe.expect("insert", [.stored], insert: [sum("a")])
            await probe.expect("find", sum("a"), id: "a")
            await probe.expect("find another", nil, id: "b")
            await probe.expect("find with other letters", nil, id: "A")
        },
        StoreContract("a taken id gives what is kept and changes nothing") { probe in
            await probe.expect("first", [.stored], insert: [sum("a", [1, 2])])
            await probe.expect(
                "second",
                [.taken(sum("a", [1, 2]))],
                insert: [sum("a", [3, 4], at: 5)]
            )
            await probe.expect("find", sum("a", [1, 2]), id: "a")
        },
        StoreContract("an id twice in one insertion is kept once, the first") { probe in
            await probe.expect(
                "insert",
                [.stored, .stored, .taken(sum("a", [1])), .taken(sum("b", [2]))],
                insert: [sum("a", [1]), sum("b", [2]), sum("a", [3]), sum("b", [4])]
            )
            await probe.expect("find", sum("a", [1]), id: "a")
        },
        StoreContract("an insertion of nothing is nothing") { probe in
            await probe.expect("insert", [], insert: [])
        },
        StoreContract("an expired id is free again and its row replaced") { probe in
            let last = Timestamp(milliseconds: day + Calculation.lifetime - 1)
            let expired = Timestamp(milliseconds: day + Calculation.lifetime)
            let new = sum("a", [5], at: Calculation.lifetime)
            await probe.expect("first", [.stored], insert: [sum("a", [1])])
            await probe.expect("too early", [.taken(sum("a", [1]))], insert: [new], now: last)
            await probe.expect("again", [.stored], insert: [new], now: expired)
            await probe.expect("find", new, id: "a", now: expired)
            await probe.expect(
                "list",
                ["a"],
                list: .everything,
                now: expired
            )
        },
        StoreContract("an expired calculation is never shown") { probe in
            let last = Timestamp(milliseconds: day + Calculation.lifetime - 1)
            let expired = Timestamp(milliseconds: day + Calculation.lifetime)
            await probe.expect("insert", [.stored, .stored], insert: [sum("a"), sum("b", at: 1)])
            await probe.expect("find before", sum("a"), id: "a", now: last)
            await probe.expect("find", nil, id: "a", now: expired)
            await probe.expect("find a later one", sum("b", at: 1), id: "b", now: expired)
            await probe.expect("list", ["b"], list: .everything, now: expired)
        },
        StoreContract("thirty-two insertions at once under one id keep one") { probe in
            let store = probe.store
            let outcomes = await withTaskGroup(of: (Int, StoreOutcome).self) { tasks in
                for number in 0..<32 {
                    tasks.addTask {
                        (
                            number,
                            await store.perform(.insert([sum("a", [Double(number)])], now: now))
                        )
                    }
                }
                var all: [(Int, StoreOutcome)] = []
                for await outcome in tasks { all.append(outcome) }
                return all
            }
            var stored: [Int] = []
            var taken: [Calculation] = []
            for case (let number, .inserted(let insertions)) in outcomes {
                for insertion in insertions {
                    switch insertion {
                    case .stored: stored.append(number)
                    case .taken(let calculation): taken.append(calculation)
                    case .failed(let error): probe.complain("\(error)")
                    }
                }
            }
            guard let winner = stored.first, stored.count == 1 else {
                return probe.complain("\(stored.count) of 32 were stored")
            }
            let kept = sum("a", [Double(winner)])
            if taken.count != 31 { probe.complain("\(taken.count) of 31 found it taken") }
            if taken.contains(where: { $0 != kept }) { probe.complain("they see different ones") }
            await probe.expect("find", kept, id: "a")
        },
        StoreContract("insertions at once under many ids keep all") { probe in
            let store = probe.store
            await withTaskGroup(of: Void.self) { tasks in
                for number in 0..<64 {
                    tasks.addTask {
                        let new = (0..<5).map { sum("\(number)-\($0)", [Double(number)]) }
                        let outcome = await store.perform(.insert(new, now: now))
                        probe.compare("insert", outcome, .inserted(new.map { _ in .stored }))
                    }
                }
            }
            for number in 0..<64 {
                await probe.expect("find", sum("\(number)-3", [Double(number)]), id: "\(number)-3")
            }
        },
        StoreContract("a store that works is ready") { probe in
            probe.compare("check", await probe.store.perform(.check), .ready)
            await probe.expect("insert", [.stored], insert: [sum("a")])
            probe.compare("check", await probe.store.perform(.check), .ready)
        },
    ]
}
