import AttuneCore
import GRDB

/// `evidence_keys`: who shows an identifier.
///
/// While files are loaded nobody asks, and every batch would change nearly all of its pages: the claims from `unkeyed` on, a number in `meta`, are
/// put in at once, by the look at everything or by whoever asks before it.
extension SQLiteTransaction {
    /// Who shows an identifier, by the number the table has for it.
    typealias Shown = (hash: Int64, number: Int64)

    /// Notes who shows identifiers, in the order of the table: neighbours lie on one page.
    func show(_ shown: [Shown]) throws {
        let shown = shown.sorted { $0.hash == $1.hash ? $0.number < $1.number : $0.hash < $1.hash }
        try RowWriter("INSERT OR IGNORE INTO evidence_keys (hash, evidence)", columns: 2, in: database).write(shown.count) { place, row in
            row.integer(shown[place].hash)
            row.integer(shown[place].number)
        }
    }

    /// Leaves the identifiers of claims from this number on to `LateKeys`.
    func postponeKeys(from number: Int64) throws {
        try prepared("INSERT OR IGNORE INTO meta (name, value) VALUES ('unkeyed', CAST(? AS BLOB))").run(.text(String(number)))
    }

    /// The first claim whose identifiers were left to `LateKeys`; nil where there is none.
    func firstWithoutKeys() throws -> Int64? {
        try prepared("SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'unkeyed'").first { $0.integer(0) }
    }

    /// Puts in what was left out.
    func putKeys() throws {
        var late = try LateKeys(self)
        guard late.first < .max else { return }
        try prepared("SELECT n, shown FROM claims WHERE n >= ? AND shown IS NOT NULL").each(.integer(late.first)) { row in
            let number = row.integer(0)
            try KeyCoding.forEach(row.bytesInPlace(1)) { late.note($0, number) }
            try late.putMany()
            return true
        }
        try late.putRest()
    }

    /// Numbers of the evidence that shows one of these, and of some whose hashes begin alike.
    func carriers(of keys: [IdentifierKey]) throws -> Set<Int64> {
        if !database.configuration.readonly { try putKeys() }
        let query = try prepared("SELECT evidence FROM evidence_keys WHERE hash = ?")
        var numbers = Set<Int64>()
        for key in keys { numbers.formUnion(try query.all(.start(of: key)) { $0.integer(0) }) }
        guard let first = try firstWithoutKeys() else { return numbers }
        // A reader may not put them in.
        let wanted = Set(keys)
        try prepared("SELECT n, shown FROM claims WHERE n >= ? AND shown IS NOT NULL").each(.integer(first)) { row in
            let number = row.integer(0)
            try KeyCoding.forEach(row.bytesInPlace(1)) { if wanted.contains($0) { numbers.insert(number) } }
            return true
        }
        return numbers
    }
}

/// Puts in the identifiers that were left out, as somebody walks over all evidence.
struct LateKeys {
    /// The first claim whose identifiers were left out; the greatest number where there is none.
    let first: Int64
    private let transaction: SQLiteTransaction
    private var shown: [SQLiteTransaction.Shown] = []

    /// Identifiers that are sorted and written at once: 16 MiB.
    private static let limit = 1 << 20

    init(_ transaction: SQLiteTransaction) throws {
        self.transaction = transaction
        first = try transaction.firstWithoutKeys() ?? .max
    }

    mutating func note(_ key: IdentifierKey, _ number: Int64) {
        if number >= first { shown.append((Int64(bitPattern: key.hash.high), number)) }
    }

    /// Writes what was noted once that is much.
    mutating func putMany() throws {
        guard shown.count >= Self.limit else { return }
        try transaction.show(shown)
        shown.removeAll(keepingCapacity: true)
    }

    /// All evidence was seen.
    mutating func putRest() throws {
        guard first < .max else { return }
        try transaction.show(shown)
        shown = []
        try transaction.prepared("DELETE FROM meta WHERE name = 'unkeyed'").run()
    }
}
