import AttuneCore
import GRDB

/// Store version 6: who shows an identifier is found by half of its hash, as a number. A fourth of the bytes, and what hardly ever is another
/// identifier's is told apart by the claim.
enum KeyIndexMigration {
    static func apply(_ database: Database) throws {
        try database.execute(
            sql: """
                DROP TABLE evidence_keys;
                CREATE TABLE evidence_keys (
                    hash INTEGER NOT NULL,
                    evidence INTEGER NOT NULL,
                    PRIMARY KEY (hash, evidence)
                ) STRICT, WITHOUT ROWID;
                """)
        var rows = [(hash: Int64, evidence: Int64)]()
        try database.prepared("SELECT n, shown FROM claims WHERE shown IS NOT NULL").each { row in
            try row.withBytes(1) { shown in
                try KeyCoding.forEach(shown) { rows.append((Int64(bitPattern: $0.hash.high), row.integer(0))) }
            }
            return true
        }
        let add = try database.prepared("INSERT OR IGNORE INTO evidence_keys (hash, evidence) VALUES (?, ?)")
        for row in rows.sorted(by: { $0 < $1 }) { try add.run(.integer(row.hash), .integer(row.evidence)) }
    }
}
