#if Server
import CalcBurstFunctions
import CalcBurstService
import CalcBurstTesting
import Foundation
import GRDB
import Testing

@testable import CalcBurstSQLite

/// What goes wrong while the file is open, and what is right again afterwards.
extension SQLiteStoreTests {
    // MARK: - Locks and room

    @Test func aLockOfSomebodyElseIsAnAnswerAndThenNone() async throws {
        let store = store()
        #expect(await store.insert(StoreContract.sum("a")) == "stored")
        let other = try other()
        try await other.writeWithoutTransaction { database in
            try database.execute(sql: "BEGIN IMMEDIATE")
            try database.execute(sql: "DELETE FROM calculations")
            // GRDB ends the program over a transaction that is left open, so the store works here.
            let done = DispatchSemaphore(value: 0)
            Task {
                #expect(await store.insert(StoreContract.sum("b")) == "busy")
                #expect(await store.check() == "busy")
                #expect(await store.find("a") == "found a")
                done.signal()
            }
            done.wait()
            try database.execute(sql: "ROLLBACK")
        }
        #expect(await store.check() == "ready")
        #expect(await store.insert(StoreContract.sum("b")) == "stored")
        await store.close()
    }

    @Test func aFullFileRefusesAndStillReads() async throws {
        let store = store(largestFile: 200_000)
        let operands = [Double](repeating: 1.0 / 3, count: 500)
        var kept: [String] = []
        var answer = "stored"
        for number in 0..<1000 where answer == "stored" {
            let id = String(1000 + number)
            answer = await store.insert(StoreContract.sum(id, operands))
            if answer == "stored" { kept.append(id) }
        }
        #expect(answer == "full")
        #expect(kept.count > 3)
        #expect(await store.insert(StoreContract.sum("more", operands)) == "full")
        #expect(await store.list() == kept)
        await store.close()
        // With more room the same file goes on.
        let larger = self.store(largestFile: 400_000)
        #expect(await larger.insert(StoreContract.sum("more", operands)) == "stored")
        #expect(await larger.list() == kept + ["more"])
        await larger.close()
    }

    // MARK: - Damage

    @Test(
        arguments: [
            "id = 'other'", "time = time + 1", "operation = 'multiply'", "operation = NULL",
            "operands = '[1,3]'", "operands = '[1,2] '",
            "operands = x'5B315D'",
            "expression = ''", "variables = '{}'", "result = '4'", "result = 4", "type = 'text'",
            "execution_time_ms = 1", "execution_time_ms = 'x'", "expires = expires + 1",
            "checksum = checksum + 1", "checksum = 'x'",
        ]
    )
    func aChangedRowIsNotServed(_ change: String) async throws {
        let store = store()
        #expect(await store.insert(StoreContract.sum("a", [1, 2])) == "stored")
        #expect(await store.insert(StoreContract.sum("b", at: 9)) == "stored")
        try await other().write { database in
            try database.execute(sql: "UPDATE calculations SET \(change) WHERE id = 'a'")
        }
        let id = change.hasPrefix("id") ? "other" : "a"
        #expect(await store.find(id) == "corrupt")
        #expect(await store.list() == ["corrupt"])
        #expect(await store.insert(StoreContract.sum(id, [1, 2])) == "corrupt")
        // The others are as good as before.
        #expect(await store.find("b") == "found b")
        #expect(await store.insert(StoreContract.sum("c")) == "stored")
        await store.close()
    }

    @Test func aDamagedPageClosesTheFileUntilItIsReplaced() async throws {
        let first = store()
        for number in 0..<200 {
            #expect(await first.insert(StoreContract.sum("id-\(number)")) == "stored")
        }
        await first.close()
        let good = try folder.bytes("calculations.db")
        // Every page but the first loses the head that says what it is.
        var bad = good
        for page in stride(from: 4096, to: bad.count, by: 4096) { bad[page] ^= 0xFF }
        try folder.write(bad, to: "calculations.db")
        let second = store()
        #expect(await second.find("id-7") == "corrupt")
        #expect(await second.insert(StoreContract.sum("new")) == "corrupt")
        #expect(await second.check() == "corrupt")
        #expect(try folder.bytes("calculations.db") == bad)
        try folder.write(good, to: "calculations.db")
        #expect(await second.find("id-7") == "found id-7")
        #expect(await second.insert(StoreContract.sum("new")) == "stored")
        #expect(await second.check() == "ready")
        await second.close()
    }

    @Test func anIDThatChangedOnTheDiskIsFoundAtOpening() async throws {
        let first = store()
        #expect(await first.insert(StoreContract.sum("identity-17")) == "stored")
        await first.close()
        let text = Data("identity-17".utf8)
        var bytes = Data(try folder.bytes("calculations.db"))
        let place = try #require(bytes.range(of: text))
        bytes[place.upperBound - 1] ^= 1
        try folder.write(Array(bytes), to: "calculations.db")
        let second = store()
        #expect(await second.find("identity-17") == "corrupt")
        await second.close()
    }

    // MARK: - A file that goes away

    @Test func aRemovedFileIsMadeAgainBeforeAnythingIsAcknowledged() async throws {
        let store = store()
        #expect(await store.insert(StoreContract.sum("a")) == "stored")
        for name in ["", "-wal", "-shm"] { try FileManager.default.removeItem(atPath: path + name) }
        #expect(await store.insert(StoreContract.sum("b")) == "stored")
        #expect(await store.list() == ["b"])
        await store.close()
        let second = self.store()
        #expect(await second.list() == ["b"])
        await second.close()
    }

    @Test func aRemovedLogLosesNothingThatIsAcknowledgedAfterwards() async throws {
        let store = store()
        #expect(await store.insert(StoreContract.sum("a")) == "stored")
        try FileManager.default.removeItem(atPath: path + "-wal")
        #expect(await store.insert(StoreContract.sum("b")) == "stored")
        #expect(await store.find("b") == "found b")
        await store.close()
        let second = self.store()
        #expect(await second.find("b") == "found b")
        await second.close()
    }

    @Test func aReplacedFileIsTheOneThatIsUsed() async throws {
        let path = folder.file("other.db")
        let source = SQLiteStore(path: path)
        #expect(await source.insert(StoreContract.sum("from-there")) == "stored")
        await source.close()
        let store = store()
        #expect(await store.insert(StoreContract.sum("a")) == "stored")
        try FileManager.default.removeItem(atPath: self.path)
        try FileManager.default.moveItem(atPath: path, toPath: self.path)
        #expect(await store.find("from-there") == "found from-there")
        #expect(await store.insert(StoreContract.sum("b")) == "stored")
        await store.close()
        let second = self.store()
        #expect(await second.list() == ["b", "from-there"])
        // The log of the file that is gone would have spoilt this one; it is not thrown away either.
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.contains { $0.hasPrefix("calculations.db-wal-replaced-") })
        await second.close()
    }

    // MARK: - Age and size

    @Test func expiredRowsAreDeletedNowAndThen() async throws {
        let first = store()
        let old = (0..<1500).map { StoreContract.sum("old-\($0)", at: Int64($0)) }
        _ = await first.perform(.insert(old, now: StoreContract.now))
        #expect(await first.insert(StoreContract.sum("young", at: 2000)) == "stored")
        await first.close()
        let second = store()
        let later = Timestamp(milliseconds: StoreContract.day + Calculation.lifetime + 1700)
        let outcome = await second.perform(
            .insert([StoreContract.sum("new", at: 2001)], now: later)
        )
        #expect(SQLiteStore.word(outcome) == "stored")
        // Closing waits for the deletion, which nobody else does.
        await second.close()
        let count = try await other().read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM calculations")
        }
        #expect(count == 502)
    }

    @Test func aPageOfLargeRowsEndsEarlyAndLosesNone() async throws {
        let store = store()
        let text = String(repeating: "x", count: 1 << 20)
        for number in 0..<9 {
            let large = StoreContract.expression("\(10 + number)", "x", result: .string(text))
            #expect(await store.insert(large) == "stored")
        }
        var ids: [String] = []
        var query = CalculationQuery.everything
        var pages = 0
        while case .page(let page) = await store.perform(.list(query, now: StoreContract.now)) {
            pages += 1
            ids += page.calculations.map(\.id)
            guard page.hasMore, let last = page.calculations.last else { break }
            query.after = .init(time: last.time, id: last.id)
        }
        #expect(pages == 3)
        #expect(ids == (10..<19).map(String.init))
        await store.close()
    }

    @Test func aValueTooDeepToBeReadBackIsRefused() async throws {
        let store = store()
        let deepest = (0..<128).reduce(Value.null) { inner, _ in .list(List([inner])) }
        let deeper = Value.list(List([deepest]))
        #expect(await store.insert(StoreContract.expression("a", "v", result: deepest)) == "stored")
        #expect(await store.find("a") == "found a")
        let refused = StoreContract.expression("b", "v", result: deeper)
        #expect(await store.insert(refused) == "unavailable")
        let mixed = await store.perform(
            .insert([refused, StoreContract.sum("c"), refused], now: StoreContract.now)
        )
        #expect(SQLiteStore.word(mixed) == "unavailable stored unavailable")
        await store.close()
    }

    // MARK: - Parts

    @Test(
        arguments: [
            // The published vectors of FNV-1a.
            ("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c),
            ("foobar", 0x8594_4171_f739_67e8),
        ] as [(String, UInt64)]
    )
    func theChecksumIsFNV(_ text: String, _ value: UInt64) {
        var checksum = Checksum()
        for byte in text.utf8 { checksum.add(byte) }
        #expect(checksum.value == value)
    }

    @Test func everyQueryUsesAnIndexAndSortsNothing() async throws {
        let store = store()
        #expect(await store.check() == "ready")
        let plans = try await other().read { database in
            try [
                Schema.find, Schema.listUp, Schema.listDown, Schema.listOperationUp,
                Schema.listOperationDown, Schema.deleteExpired,
            ].flatMap { sql in
                let statement = try database.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)
                statement.setUncheckedArguments([])
                return try Row.fetchAll(statement).map { row -> String in row["detail"] }
            }
        }
        #expect(plans.count >= 6)
        for plan in plans {
            #expect(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "\(plans)")
        }
        await store.close()
    }
}
#endif
