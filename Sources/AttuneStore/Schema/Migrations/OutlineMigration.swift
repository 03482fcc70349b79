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
                """)
    }
}
