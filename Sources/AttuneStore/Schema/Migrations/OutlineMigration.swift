import AttuneCore
import GRDB

/// Store version 3: what a customer shows beside them, keys beside the evidence; the messages that events name.
enum OutlineMigration {
    static func apply(_ database: Database) throws {
        try database.execute(
            sql: """
                ALTER TABLE customers ADD COLUMN outline TEXT;
                ALTER TABLE evidence ADD COLUMN keys TEXT;
                UPDATE evidence SET keys = (
                    SELECT group_concat(kind || char(31) || hash, char(30))
                    FROM (SELECT kind, hash FROM evidence_keys WHERE evidence = evidence.n ORDER BY kind, hash))
                WHERE first_seen_at IS NOT NULL;
                DROP INDEX evidence_keys_by_evidence;
                DELETE FROM identifiers WHERE kind = 'participant';

                CREATE TABLE event_messages (
                    message TEXT NOT NULL,
                    sequence INTEGER NOT NULL,
                    PRIMARY KEY (message, sequence)
                ) STRICT, WITHOUT ROWID;
                """)
        let add = try database.prepared("INSERT OR IGNORE INTO event_messages (message, sequence) VALUES (?, ?)")
        try database.prepared("SELECT sequence, body FROM outbox").each { row in
            guard let data = try? JSONParser.parse(row.bytes(1))["data"] else { return true }
            for message in OutboxMessages.named(in: data) { try add.run(.text(message), .integer(row.integer(0))) }
            return true
        }
    }
}
