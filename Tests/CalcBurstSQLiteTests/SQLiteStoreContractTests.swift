#if Server
import CalcBurstService
import CalcBurstTesting
import Testing

@testable import CalcBurstSQLite

@Suite struct SQLiteStoreContractTests {
    @Test("the SQLite store keeps the contract", arguments: StoreContract.all)
    func contract(_ check: StoreContract) async throws {
        let folder = try TemporaryFolder()
        let store = SQLiteStore(path: folder.file("calculations.db"))
        #expect(await check.complaints(about: store) == [])
        await store.close()
    }

    @Test("the memory store keeps the contract", arguments: StoreContract.all)
    func model(_ check: StoreContract) async {
        #expect(await check.complaints(about: MemoryStore()) == [])
    }
}
#endif
