import AttuneCore
import GRDB

/// One write transaction. Each part of `StoreTransaction` has a file of its own beside this one.
final class SQLiteTransaction: StoreTransaction {
    let database: Database
    let eventSource: String
    /// Counts are gathered here and written once at the end: a batch touches few of them, many times.
    var counts = Counts()
    /// Row numbers of evidence that this transaction met.
    var evidenceNumbers: [String: Int64] = [:]

    init(_ database: Database, eventSource: String) {
        self.database = database
        self.eventSource = eventSource
    }

    /// Writes what was gathered. The last thing before the commit.
    func finish() throws { try counts.write(to: database) }
}
