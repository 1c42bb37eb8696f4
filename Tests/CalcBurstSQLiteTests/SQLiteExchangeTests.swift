#if Server
import CalcBurstService
import CalcBurstTesting
import Testing

@testable import CalcBurstSQLite

/// The exchanges of `Corpus/api` with a file on disk behind the API.
@Suite struct SQLiteExchangeTests {
    @Test(arguments: try ExchangeFile.all())
    func everyExchangeGivesItsAnswer(_ file: ExchangeFile) async throws {
        let folder = try TemporaryFolder()
        let store = SQLiteStore(path: folder.file("exchanges.db"))
        for difference in await ExchangeRun(store: store).differences(in: file) {
            Issue.record("\(difference)")
        }
        await store.close()
    }
}
#endif
