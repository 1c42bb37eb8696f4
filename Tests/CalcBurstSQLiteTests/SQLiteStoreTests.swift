#if Server
import CalcBurstFunctions
import CalcBurstService
import CalcBurstTesting
import Foundation
import GRDB
import Testing

@testable import CalcBurstSQLite

@Suite struct SQLiteStoreTests {
    let folder: TemporaryFolder
    var path: String { folder.file("calculations.db") }

    init() throws { folder = try TemporaryFolder() }

    /// A store that neither waits for a lock nor before it opens the file again.
    func store(largestFile: Int? = nil, isReadOnly: Bool = false) -> SQLiteStore {
        var options = OpenOptions()
        options.busyTimeout = .zero
        options.retryInterval = .zero
        options.largestFile = largestFile
        options.isReadOnly = isReadOnly
        return SQLiteStore(path: path, options)
    }

    /// Another program that has the file open.
    func other() throws -> DatabaseQueue { try DatabaseQueue(path: path) }

    func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    // MARK: - The file

    @Test func theFileAndItsFoldersAreTheOwnersAlone() async throws {
        let path = folder.file("a/b/calculations.db")
        let store = SQLiteStore(path: path)
        #expect(await store.insert(StoreContract.sum("a")) == "stored")
        #expect(try mode(path) == 0o600)
        #expect(try mode(path + "-wal") == 0o600)
        #expect(try mode(folder.file("a/b")) == 0o700)
        #expect(try mode(folder.file("a")) == 0o700)
        await store.close()
    }

    @Test func whatWasKeptIsThereAfterwards() async throws {
        let first = store()
        #expect(await first.insert(StoreContract.sum("a", [1, 2])) == "stored")
        await first.close()
        // Closing puts everything into the one file.
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["calculations.db"]
        )
        let second = store()
        #expect(await second.find("a") == "found a")
        #expect(await second.insert(StoreContract.sum("a", [3])) == "taken a")
        await second.close()
    }

    @Test func aClosedStoreRefuses() async throws {
        let store = store()
        #expect(await store.insert(StoreContract.sum("a")) == "stored")
        await store.close()
        #expect(await store.insert(StoreContract.sum("b")) == "unavailable")
        #expect(await store.find("a") == "unavailable")
        await store.close()
    }

    @Test func aPersonCanReadTheTable() async throws {
        let store = store()
        #expect(await store.insert(StoreContract.sum("a", [-0.0, 2.5])) == "stored")
        let record = try #require(Record(names: ["x"], values: [1]))
        let expression = StoreContract.expression("b", "x + 1", variables: record, result: 2)
        #expect(await store.insert(expression) == "stored")
        try await other().read { database in
            let row = try #require(
                try Row.fetchOne(database, sql: "SELECT * FROM calculations WHERE id = 'a'")
            )
            #expect(row["operation"] == "add")
            #expect(row["operands"] == "[-0,2.5]")
            #expect(row["result"] == "2.5")
            #expect(row["time"] == StoreContract.day)
            #expect(row["execution_time_ms"] == 0.125)
            let text = try String.fetchOne(
                database,
                sql: "SELECT expression || ' | ' || variables FROM calculations WHERE id = 'b'"
            )
            #expect(text == #"x + 1 | {"x":1}"#)
        }
        await store.close()
    }

    // MARK: - Files that are not ours

    @Test func aNewerFileIsLeftAsItIs() async throws {
        let first = store()
        #expect(await first.insert(StoreContract.sum("a")) == "stored")
        await first.close()
        try await other().write { try $0.execute(sql: "PRAGMA user_version = 999") }
        let before = try folder.bytes("calculations.db")
        let second = store()
        #expect(await second.insert(StoreContract.sum("b")) == "newer-schema")
        #expect(await second.find("a") == "newer-schema")
        #expect(await second.check() == "newer-schema")
        await second.close()
        #expect(try folder.bytes("calculations.db") == before)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["calculations.db"]
        )
    }

    @Test func aNewerVersionInTheLogIsLeftAsItIs() async throws {
        let first = store()
        #expect(await first.insert(StoreContract.sum("a")) == "stored")
        // The other program goes on, so that its change stays in the log.
        let other = try other()
        try await other.write { try $0.execute(sql: "PRAGMA user_version = 2") }
        await first.close()
        let file = try folder.bytes("calculations.db")
        let second = store()
        #expect(await second.find("a") == "newer-schema")
        #expect(await second.insert(StoreContract.sum("b")) == "newer-schema")
        await second.close()
        #expect(try folder.bytes("calculations.db") == file)
        try other.close()
    }

    @Test(
        arguments: [
            "not a database", String(repeating: "not a database\n", count: 1000),
            "SQLite format 3\0", "SQLite format 3\0" + String(repeating: "x", count: 5000),
        ]
    )
    func aFileOfSomethingElseIsLeftAsItIs(_ text: String) async throws {
        try folder.write(Array(text.utf8), to: "calculations.db")
        let store = store()
        #expect(await store.insert(StoreContract.sum("a")) == "corrupt")
        #expect(await store.find("a") == "corrupt")
        #expect(await store.check() == "corrupt")
        await store.close()
        #expect(try folder.bytes("calculations.db") == Array(text.utf8))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["calculations.db"]
        )
    }

    @Test(
        arguments: [
            "CREATE TABLE songs (name TEXT)",
            "CREATE TABLE calculations (id TEXT PRIMARY KEY)",
            "PRAGMA application_id = 7; CREATE TABLE songs (name TEXT)",
            "PRAGMA application_id = 1130458178; PRAGMA user_version = 1; CREATE TABLE songs (name)",
            "PRAGMA user_version = 1; CREATE TABLE songs (name TEXT)",
        ]
    )
    func aDatabaseOfSomethingElseIsLeftAsItIs(_ sql: String) async throws {
        try await other().write { try $0.execute(sql: sql) }
        let before = try folder.bytes("calculations.db")
        let store = store()
        #expect(await store.insert(StoreContract.sum("a")) == "corrupt")
        #expect(await store.find("a") == "corrupt")
        await store.close()
        #expect(try folder.bytes("calculations.db") == before)
    }

    @Test func aTriggerIsRefusedAndAViewIsNot() async throws {
        let first = store()
        #expect(await first.insert(StoreContract.sum("a")) == "stored")
        await first.close()
        try await other().write {
            try $0.execute(sql: "CREATE VIEW sums AS SELECT id FROM calculations")
        }
        let second = store()
        #expect(await second.insert(StoreContract.sum("b")) == "stored")
        await second.close()
        try await other().write {
            try $0.execute(
                sql: """
                    CREATE TRIGGER t AFTER INSERT ON calculations
                    BEGIN DELETE FROM calculations WHERE id = 'a'; END
                    """
            )
        }
        let third = store()
        #expect(await third.insert(StoreContract.sum("c")) == "corrupt")
        await third.close()
    }

    @Test func anEmptyFileBecomesOurs() async throws {
        try folder.write([], to: "calculations.db")
        let store = store()
        #expect(await store.insert(StoreContract.sum("a")) == "stored")
        await store.close()
    }

    @Test func aFolderIsNotAFile() async throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        let store = store()
        #expect(await store.insert(StoreContract.sum("a")) == "unavailable")
        try FileManager.default.removeItem(atPath: path)
        #expect(await store.insert(StoreContract.sum("a")) == "stored")
        await store.close()
    }

    // MARK: - Reading only

    @Test func aStoreForReadingNeitherMakesNorWrites() async throws {
        let reader = store(isReadOnly: true)
        #expect(await reader.find("a") == "unavailable")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        let writer = store()
        #expect(await writer.insert(StoreContract.sum("a")) == "stored")
        #expect(await reader.find("a") == "found a")
        #expect(await reader.insert(StoreContract.sum("b")) == "read-only")
        #expect(await reader.check() == "ready")
        #expect(await writer.insert(StoreContract.sum("b")) == "stored")
        #expect(await reader.list() == ["a", "b"])
        await writer.close()
        #expect(await reader.list() == ["a", "b"])
        await reader.close()
    }
}
#endif
