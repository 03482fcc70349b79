import AttuneCore
import GRDB

/// Store version 2: evidence with the names it came with, links, identifiers that join nobody.
enum ClaimsMigration {
    static func apply(_ database: Database) throws {
        try database.execute(
            sql: """
                ALTER TABLE evidence ADD COLUMN claim TEXT;
                ALTER TABLE evidence ADD COLUMN part INTEGER NOT NULL DEFAULT 0;
                ALTER TABLE evidence ADD COLUMN name TEXT;
                ALTER TABLE evidence ADD COLUMN town TEXT;
                ALTER TABLE evidence ADD COLUMN birth_date TEXT;
                ALTER TABLE evidence ADD COLUMN home_id TEXT;
                ALTER TABLE evidence ADD COLUMN guarded INTEGER NOT NULL DEFAULT 0;
                CREATE INDEX evidence_parts ON evidence (claim) WHERE part > 0;

                CREATE TABLE generic_keys (
                    kind TEXT NOT NULL,
                    hash TEXT NOT NULL,
                    PRIMARY KEY (kind, hash)
                ) STRICT, WITHOUT ROWID;

                CREATE TABLE identity_links (
                    kind TEXT NOT NULL,
                    first TEXT NOT NULL,
                    second TEXT NOT NULL,
                    first_claim TEXT NOT NULL,
                    second_claim TEXT NOT NULL,
                    PRIMARY KEY (first, second, kind)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX identity_links_by_second ON identity_links (second);
                CREATE INDEX identity_links_by_first_claim ON identity_links (first_claim);
                CREATE INDEX identity_links_by_second_claim ON identity_links (second_claim);
                """)
        let key = try database.prepared("SELECT value FROM meta WHERE name = 'identifier_hash_key'").first { $0.bytes(0) } ?? []
        try database.prepared("INSERT INTO meta (name, value) SELECT 'unsettled', x'' WHERE EXISTS (SELECT 1 FROM evidence)").run()
        for number in try database.prepared("SELECT n FROM evidence").all(read: { $0.integer(0) }) { try divide(number, key, database) }
    }

    /// Evidence of version 1 knew no names: each name that came with it makes a claim of its own. All are looked at again when next
    /// something touches them.
    private static func divide(_ number: Int64, _ hashKey: [UInt8], _ database: Database) throws {
        let keys = try database.prepared("SELECT kind, hash FROM evidence_keys WHERE evidence = ? ORDER BY kind, hash").all(.integer(number)) { row in
            IdentifierKey(kind: Identifier.Kind(rawValue: row.text(0)), hash: try row.keyHash(1))
        }
        let customer = try database.prepared("SELECT customer_id FROM evidence WHERE n = ?").first(.integer(number)) { $0.optionalText(0) } ?? nil
        let names = try database.prepared("SELECT DISTINCT display_name FROM messages WHERE evidence = ? ORDER BY 1").all(.integer(number)) {
            $0.optionalText(0)
        }
        for (i, name) in names.enumerated() {
            let claim = Evidence.claim(keys, PersonalDetails(name: name), hash: HMAC(key: hashKey)).text
            var row = number
            if i > 0 {
                try database.prepared("INSERT INTO evidence (id) VALUES (?)").run(.text(claim))
                row = database.lastInsertedRowID
                for key in keys {
                    try database.prepared("INSERT INTO evidence_keys (kind, hash, evidence) VALUES (?, ?, ?)")
                        .run(.text(key.kind.rawValue), .text(key.hash.text), .integer(row))
                }
                try database.prepared("UPDATE messages SET evidence = ? WHERE evidence = ? AND display_name IS ?")
                    .run(.integer(row), .integer(number), .text(name))
            }
            let first = try database.prepared(
                "SELECT id, sent_at, count(*) OVER () FROM messages WHERE evidence = ? AND display_name IS ? ORDER BY sent_at, id LIMIT 1"
            )
            .first(.integer(row), .text(name)) { (id: $0.text(0), at: $0.time(1), count: $0.int(2)) }
            guard let first else { continue }
            try database.prepared(
                """
                UPDATE evidence SET id = ?1, claim = ?1, name = ?2, first_seen_at = ?3, first_message_id = ?4, message_count = ?5,
                    customer_id = ?6, home_id = ?6, guarded = 1
                WHERE n = ?7
                """
            ).run(.text(claim), .text(name), .time(first.at), .text(first.id), .integer(first.count), .text(customer), .integer(row))
        }
    }
}
