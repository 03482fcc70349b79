import Foundation
import GRDB

/// How connections to a store are set up: the limits, and what they rest on.
enum Connections {
    /// Customers come in any order, so a batch changes a few bytes on many pages: small pages make a short log.
    static let pageSize = 4_096
    /// Page cache of the writer in KiB: what a batch changes stays in memory, and the inner pages of the indexes.
    static let writerCache = 65_536
    /// Page cache of each reader in KiB.
    static let readerCache = 8_192
    /// Pages in the write-ahead log before they are moved into the file: 64 MiB. A page that many batches change is moved once;
    /// after a crash the log is read in a fraction of a second.
    static let checkpointPages = 16_384
    /// The log file is cut down to this after a transaction that made it larger, in bytes.
    static let logLimit = 134_217_728
    /// How long to wait for somebody else's lock (a backup, the sqlite3 shell), in seconds.
    static let busyTimeout = 5.0
    /// Analysts' queries that run at the same time; the others wait.
    static let readers = 4

    static func configuration(readOnly: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = readOnly
        configuration.busyMode = .timeout(busyTimeout)
        configuration.maximumReaderCount = readers
        configuration.foreignKeysEnabled = true
        configuration.label = "attune.store"
        configuration.prepareDatabase { database in
            if database.configuration.readonly {
                try database.execute(sql: "PRAGMA cache_size = -\(readerCache)")
            } else {
                try database.execute(
                    sql: """
                        PRAGMA cache_size = -\(writerCache);
                        PRAGMA temp_store = MEMORY;
                        PRAGMA wal_autocheckpoint = \(checkpointPages);
                        PRAGMA journal_size_limit = \(logLimit);
                        PRAGMA secure_delete = ON;
                        """)
            }
        }
        return configuration
    }

    /// The one writer with its readers. The file exists and is ours.
    static func openForWriting(path: String) throws -> DatabasePool {
        let pool = try DatabasePool(path: path, configuration: configuration(readOnly: false))
        if try pool.read(version) < Schema.version { try Schema.migrator.migrate(pool) }
        // Not in `prepareDatabase`: GRDB sets NORMAL after that, and then a power failure could undo an acknowledged commit.
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        return pool
    }

    /// Readers only. Where SQLite may not make its side files (a read-only medium) and there is no log to read, the file is
    /// taken as unchanging.
    static func openForReading(path: String) throws -> any DatabaseReader {
        do {
            let pool = try DatabasePool(path: path, configuration: configuration(readOnly: true))
            _ = try pool.read(version)
            return pool
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CANTOPEN || error.resultCode == .SQLITE_READONLY {
            let log = try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
            guard (log ?? 0) == 0 else { throw error }
            return try openUnchanging(path: path)
        }
    }

    static func openUnchanging(path: String) throws -> any DatabaseReader {
        let place = URL(fileURLWithPath: path).absoluteString + "?immutable=1"
        return try DatabaseQueue(path: place, configuration: configuration(readOnly: true))
    }

    /// Makes an empty file a store without tables. The page size must be known before anything is written.
    static func initialise(path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA page_size = \(pageSize); PRAGMA application_id = \(Schema.applicationID)")
        }
        try queue.close()
    }

    static func version(_ database: Database) throws -> Int {
        try database.prepared("PRAGMA user_version").first { $0.int(0) } ?? 0
    }

    /// Refuses what is not ours or too new; true for a database without anything in it.
    static func isBlank(_ database: Database, path: String) throws -> Bool {
        let application = try database.prepared("PRAGMA application_id").first { $0.integer(0) }
        if application != Int64(Schema.applicationID) {
            let isEmpty = try database.prepared("SELECT 1 FROM sqlite_master LIMIT 1").first { _ in true } == nil
            if isEmpty, application == 0 { return true }
            throw StoreError.notAStore(path: path, what: "this SQLite database belongs to another program")
        }
        let found = try version(database)
        if found > Schema.version { throw StoreError.newerVersion(path: path, found: found, known: Schema.version) }
        return false
    }
}
