import AttuneCore
import GRDB

/// What analysts ask. Every query runs on a snapshot of its own, waits for no writer, and is the only way message text leaves.
/// One file a query beside this one.
public struct StoreQueries: Sendable {
    private let store: SQLiteStore

    init(_ store: SQLiteStore) { self.store = store }

    func read<Result>(_ body: (Database) throws -> Result) throws -> Result { try store.read(body) }

    /// Rows that one answer may hold, whatever is asked for: what a terminal or a page can show, in memory at once.
    public static let rowLimit = 10_000

    static func rows(_ limit: Int) -> Value { .integer(min(max(limit, 0), rowLimit)) }
}

extension SQLiteStore {
    public var queries: StoreQueries { StoreQueries(self) }
}
