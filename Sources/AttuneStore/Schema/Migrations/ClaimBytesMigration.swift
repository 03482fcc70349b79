import AttuneCore
import GRDB

/// Store version 8: claims by the bytes of their hashes, not the digits, which each of them is found by: half of what the index and the links
/// took.
enum ClaimBytesMigration {
    static func apply(_ database: Database) throws {
        try database.execute(sql: before)
        let columns = "n, part, name, town, birth_date, first_seen_at, first_message_id, message_count, shown"
        let add = try database.prepared("INSERT INTO claims_by_bytes (\(columns), id, claim) SELECT \(columns), ?2, ?3 FROM claims WHERE n = ?1")
        try database.prepared("SELECT n, id FROM claims ORDER BY n").each { row in
            let id = try id(row.text(1))
            try add.run(.integer(row.integer(0)), .id(id), id.part == 0 ? .null : .hash(id.claim))
            return true
        }
        try database.execute(sql: behind)
        try moveLinks(database)
    }

    private static let before = """
        DROP VIEW evidence;
        CREATE TABLE claims_by_bytes (
            n INTEGER PRIMARY KEY,
            id BLOB NOT NULL UNIQUE,
            claim BLOB,
            part INTEGER NOT NULL DEFAULT 0,
            name TEXT,
            town TEXT,
            birth_date TEXT,
            first_seen_at INTEGER,
            first_message_id TEXT,
            message_count INTEGER,
            shown BLOB
        ) STRICT;
        """

    /// `messages.evidence` refers to the table by its name. Foreign keys are off while migrations run.
    private static let behind = """
        DROP TABLE claims;
        ALTER TABLE claims_by_bytes RENAME TO claims;
        CREATE INDEX claims_in_parts ON claims (claim) WHERE part > 0;
        CREATE VIEW evidence AS
        SELECT claims.n AS n, id, coalesce(claim, id) AS claim, part, name, town, birth_date, first_seen_at, first_message_id, message_count,
            customer_id, CASE WHEN home_id = 1 THEN customer_id ELSE home_id END AS home_id, coalesce(guarded, 0) AS guarded, shown
        FROM claims LEFT JOIN owners ON owners.evidence = claims.n;
        """

    /// The digits of the claim, and of a part a stroke and its number.
    private static func id(_ text: String) throws -> EvidenceID {
        let parts = text.split(separator: "/", maxSplits: 1)
        guard let claim = parts.first.flatMap({ KeyHash($0) }), let part = parts.count > 1 ? Int(parts[1]) : 0 else {
            throw StoreError.corrupt("the hash of a claim can't be read back")
        }
        return EvidenceID(claim: claim, part: part)
    }

    private static func moveLinks(_ database: Database) throws {
        try database.execute(
            sql: """
                ALTER TABLE identity_links RENAME TO identity_links_by_digits;
                DROP INDEX identity_links_by_second_claim;
                CREATE TABLE identity_links (
                    kind TEXT NOT NULL,
                    first TEXT NOT NULL,
                    second TEXT NOT NULL,
                    first_claim BLOB NOT NULL,
                    second_claim BLOB NOT NULL,
                    PRIMARY KEY (first_claim, second_claim, first, second, kind)
                ) STRICT, WITHOUT ROWID;
                """)
        let add = try database.prepared("INSERT INTO identity_links (kind, first, second, first_claim, second_claim) VALUES (?, ?, ?, ?, ?)")
        let query = "SELECT kind, first, second, first_claim, second_claim FROM identity_links_by_digits ORDER BY first_claim, second_claim"
        try database.prepared(query).each { row in
            let (first, second) = (try id(row.text(3)), try id(row.text(4)))
            try add.run(.text(row.text(0)), .text(row.text(1)), .text(row.text(2)), .hash(first.claim), .hash(second.claim))
            return true
        }
        try database.execute(
            sql: """
                DROP TABLE identity_links_by_digits;
                CREATE INDEX identity_links_by_second_claim ON identity_links (second_claim);
                """)
    }
}
