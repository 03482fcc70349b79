import GRDB

/// Store version 4: customers whose messages changed while files were loaded; identifiers by their hashes, of which any two are told apart
/// by the first column.
enum LoadingMigration {
    static func apply(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE postponed_customers (id TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;

                ALTER TABLE evidence_keys RENAME TO evidence_keys_by_kind;
                CREATE TABLE evidence_keys (
                    hash TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    evidence INTEGER NOT NULL,
                    PRIMARY KEY (hash, kind, evidence)
                ) STRICT, WITHOUT ROWID;
                INSERT INTO evidence_keys (hash, kind, evidence)
                SELECT hash, kind, evidence FROM evidence_keys_by_kind ORDER BY hash, kind, evidence;
                DROP TABLE evidence_keys_by_kind;

                DROP INDEX identifiers_by_value;
                ALTER TABLE identifiers RENAME TO identifiers_by_kind;
                CREATE TABLE identifiers (
                    hash TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    value TEXT NOT NULL,
                    PRIMARY KEY (hash, kind)
                ) STRICT, WITHOUT ROWID;
                INSERT INTO identifiers (hash, kind, value) SELECT hash, kind, value FROM identifiers_by_kind ORDER BY hash, kind;
                DROP TABLE identifiers_by_kind;
                CREATE INDEX identifiers_by_value ON identifiers (value COLLATE NOCASE);
                """)
    }
}
