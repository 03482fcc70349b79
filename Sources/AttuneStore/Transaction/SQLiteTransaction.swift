import AttuneCore
import GRDB

/// One write transaction. Each part of `StoreTransaction` has a file of its own beside this one.
final class SQLiteTransaction: StoreTransaction {
    let database: Database
    let eventSource: String
    /// Counts are gathered here and written once at the end: a batch touches few of them, many times.
    var counts = Counts()
    /// Row numbers of evidence that this transaction met; 0 for evidence that is not on file.
    var evidenceNumbers: [EvidenceID: Int64] = [:]
    /// Identifiers that nobody shows any more, with their clear values (empty where there was none); nil where nothing is erased.
    var forgotten: [IdentifierKey: String]?
    /// Whether any customer was ever absorbed; nil until somebody asks.
    private var hasRedirects: Bool?
    /// Statements that this transaction met, by the place of their text: what runs for every message must not be looked for by all of it.
    private var statements: [UnsafePointer<UInt8>: Prepared] = [:]

    init(_ database: Database, eventSource: String) {
        self.database = database
        self.eventSource = eventSource
    }

    /// A statement of this transaction's connection.
    func prepared(_ sql: StaticString) throws -> Prepared {
        if let known = statements[sql.utf8Start] { return known }
        let statement = try database.prepared(sql.description)
        statements[sql.utf8Start] = statement
        return statement
    }

    func redirectsExist() throws -> Bool {
        if let known = hasRedirects { return known }
        let found = try prepared("SELECT 1 FROM customer_redirects LIMIT 1").first { _ in true } ?? false
        hasRedirects = found
        return found
    }

    func noteRedirect() { hasRedirects = true }

    /// Writes what was gathered. The last thing before the commit.
    func finish() throws {
        if let forgotten { try eraseTraces(of: forgotten) }
        try counts.write(to: database)
    }

    func flushMessages() throws {
        try counts.write(to: database)
        counts = Counts()
        // FTS5 writes the words that it gathered before a savepoint.
        try database.execute(sql: "SAVEPOINT messages; RELEASE messages")
    }
}
