import AttuneCore
import Foundation
import GRDB

/// The store in one SQLite file: `Store` for the pipeline, `Outbox` for the dispatcher, `queries` for analysts.
///
/// One process writes at a time, which a lock beside the file sees to; any number may read meanwhile, each query on a
/// snapshot of its own. A transaction that has returned is on the disk (write-ahead log, `synchronous=FULL`): killed at any
/// instant, the store has every such transaction whole and nothing of any other. Callers group what they write: one
/// transaction a batch.
public final class SQLiteStore: Store {
    public let path: String
    public let identifierHashKey: [UInt8]
    /// The CloudEvents `source` of the events appended here: a URI-reference that names this installation.
    public let eventSource: String
    let reader: any DatabaseReader
    private let pool: DatabasePool?
    private let lock: StoreLock?

    /// Opens a store, and brings one of an earlier version up to date unless it is opened for reading only.
    /// - Parameters:
    ///   - create: makes the file when there is none (or an empty one); its directory must exist.
    ///   - readOnly: takes no lock and changes nothing; every transaction throws.
    /// - Throws: `StoreError`, and the file is as it was.
    public static func open(path: String, create: Bool = false, readOnly: Bool = false, eventSource: String = "/attune") throws -> SQLiteStore {
        try StoreError.wrapping(path: path) {
            readOnly
                ? try openForReading(path: path, eventSource: eventSource)
                : try openForWriting(path: path, create: create, eventSource: eventSource)
        }
    }

    private init(path: String, eventSource: String, reader: any DatabaseReader, pool: DatabasePool?, lock: StoreLock?) throws {
        self.path = path
        self.eventSource = eventSource
        self.reader = reader
        self.pool = pool
        self.lock = lock
        let key = try reader.read { database in
            try database.prepared("SELECT value FROM meta WHERE name = 'identifier_hash_key'").first { $0.bytes(0) }
        }
        guard let key, key.count == 32 else { throw StoreError.corrupt("\(path): the key of the identifier hashes is missing") }
        identifierHashKey = key
    }

    deinit { try? close() }

    /// Moves the log into the file, closes it and lets others write. Afterwards every call throws; closing twice does nothing.
    public func close() throws {
        // Readers first: the last connection to close tidies the log away, which a reader can't do.
        pool?.releaseMemory()
        try reader.close()
        lock?.release()
    }

    public func transaction<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result {
        try write { database in
            let transaction = SQLiteTransaction(database, eventSource: eventSource)
            let result = try body(transaction)
            try transaction.finish()
            return result
        }
    }

    public func checkWritable() throws {
        try write { database in
            try database.prepared("INSERT OR REPLACE INTO meta (name, value) VALUES ('probe', zeroblob(?))").run(.integer(Self.probeBytes))
            try database.prepared("DELETE FROM meta WHERE name = 'probe'").run()
        }
    }

    /// About what a batch of some hundred messages writes: a few bytes would find room on pages that exist already.
    private static let probeBytes: Int64 = 262_144

    /// One write transaction.
    func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
        guard let pool else { throw StoreError.openedReadOnly(path: path) }
        return try StoreError.wrapping(path: path) { try pool.write(body) }
    }

    /// What SQLite does not do within a transaction.
    func writeOutsideTransaction<Result>(_ body: (Database) throws -> Result) throws -> Result {
        guard let pool else { throw StoreError.openedReadOnly(path: path) }
        return try StoreError.wrapping(path: path) { try pool.writeWithoutTransaction(body) }
    }

    /// One snapshot, read by a connection that waits for no writer.
    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try StoreError.wrapping(path: path) { try reader.read(body) }
    }
}

extension SQLiteStore {
    private static func openForReading(path: String, eventSource: String) throws -> SQLiteStore {
        switch try StoreFile(path: path).inspect() {
        case .missing: throw StoreError.notFound(path: path)
        case .empty: throw StoreError.notAStore(path: path, what: "this file is empty")
        case .other: throw StoreError.notAStore(path: path, what: "this is not a SQLite database")
        case .database: break
        }
        let reader = try Connections.openForReading(path: path)
        try reader.read { database in
            let isBlank = try Connections.isBlank(database, path: path)
            let found = try Connections.version(database)
            if isBlank || found < Schema.version { throw StoreError.olderVersion(path: path, found: found, known: Schema.version) }
        }
        return try SQLiteStore(path: path, eventSource: eventSource, reader: reader, pool: nil, lock: nil)
    }

    private static func openForWriting(path: String, create: Bool, eventSource: String) throws -> SQLiteStore {
        let file = StoreFile(path: path)
        // Looked at before the lock, so that nothing is left beside a file that is not ours …
        _ = try isBlank(file, create: create)
        try file.checkWritable()
        let lock = try StoreLock(storePath: path)
        // … and again behind it: another process may have made the store meanwhile.
        if try isBlank(file, create: create) {
            try file.create()
            try Connections.initialise(path: path)
        }
        let pool = try Connections.openForWriting(path: path)
        return try SQLiteStore(path: path, eventSource: eventSource, reader: pool, pool: pool, lock: lock)
    }

    /// Whether a store is still to be made here; throws where that was not asked for or something else is in the way.
    private static func isBlank(_ file: StoreFile, create: Bool) throws -> Bool {
        switch try file.inspect() {
        case .missing:
            if !create { throw StoreError.notFound(path: file.path) }
            return true
        case .empty:
            if !create { throw StoreError.notAStore(path: file.path, what: "this file is empty") }
            return true
        case .other:
            throw StoreError.notAStore(path: file.path, what: "this is not a SQLite database")
        case .database:
            let queue = try DatabaseQueue(path: file.path, configuration: Connections.configuration(readOnly: true))
            let isBlank = try queue.read { try Connections.isBlank($0, path: file.path) }
            if isBlank, !create { throw StoreError.notAStore(path: file.path, what: "this SQLite database is empty") }
            return isBlank
        }
    }
}
