import GRDB

/// Store version 1. `Schema` explains the tables.
enum InitialMigration {
    static func apply(_ database: Database) throws {
        for part in [messages, identity, signals, events, bookkeeping] { try database.execute(sql: part) }
        let key = (0..<32).map { _ in UInt8.random(in: .min ... .max) }
        try database.prepared("INSERT INTO meta (name, value) VALUES ('identifier_hash_key', ?)").run(.blob(key))
    }

    private static let messages = """
        CREATE TABLE evidence (
            n INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            customer_id TEXT,
            first_seen_at INTEGER,
            first_message_id TEXT,
            message_count INTEGER
        ) STRICT;
        CREATE INDEX evidence_by_customer ON evidence (customer_id) WHERE customer_id IS NOT NULL;

        CREATE TABLE messages (
            n INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            native_id TEXT,
            channel TEXT NOT NULL,
            source TEXT NOT NULL,
            conversation_id TEXT NOT NULL,
            role TEXT NOT NULL,
            display_name TEXT,
            sent_at INTEGER NOT NULL,
            time_basis TEXT NOT NULL,
            text TEXT,
            language TEXT,
            rating_value ANY,
            rating_min ANY,
            rating_max ANY,
            in_reply_to TEXT,
            visibility TEXT NOT NULL,
            edited INTEGER NOT NULL,
            attachments TEXT,
            evidence INTEGER REFERENCES evidence (n),
            content_hash TEXT NOT NULL,
            deleted INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX messages_by_evidence ON messages (evidence, sent_at) WHERE evidence IS NOT NULL;
        CREATE INDEX messages_by_time ON messages (sent_at);
        CREATE INDEX messages_deleted ON messages (n) WHERE deleted = 1;

        CREATE TABLE analyses (
            message INTEGER PRIMARY KEY REFERENCES messages (n),
            label TEXT NOT NULL,
            valence ANY NOT NULL,
            confidence ANY NOT NULL,
            negative ANY NOT NULL,
            neutral ANY NOT NULL,
            positive ANY NOT NULL,
            language TEXT,
            language_confidence ANY,
            urgency ANY NOT NULL,
            effort ANY,
            toxicity ANY NOT NULL,
            detail TEXT NOT NULL
        ) STRICT;

        CREATE VIRTUAL TABLE message_fts USING fts5 (
            text, content = 'messages', content_rowid = 'n', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
        );

        CREATE TABLE conversations (
            id TEXT NOT NULL,
            source TEXT NOT NULL,
            PRIMARY KEY (id, source)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE rollups (
            day INTEGER NOT NULL,
            channel TEXT NOT NULL,
            label TEXT NOT NULL,
            language TEXT NOT NULL,
            messages INTEGER NOT NULL,
            valence_millionths INTEGER NOT NULL,
            PRIMARY KEY (day, channel, label, language)
        ) STRICT, WITHOUT ROWID;
        """

    private static let identity = """
        CREATE TABLE evidence_keys (
            kind TEXT NOT NULL,
            hash TEXT NOT NULL,
            evidence INTEGER NOT NULL REFERENCES evidence (n),
            PRIMARY KEY (kind, hash, evidence)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX evidence_keys_by_evidence ON evidence_keys (evidence);

        CREATE TABLE identifiers (
            kind TEXT NOT NULL,
            hash TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (kind, hash)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX identifiers_by_value ON identifiers (value COLLATE NOCASE);

        CREATE TABLE customers (
            id TEXT NOT NULL PRIMARY KEY,
            first_seen_at INTEGER NOT NULL,
            display_name TEXT
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE customer_redirects (
            from_id TEXT NOT NULL PRIMARY KEY,
            to_id TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE ledger (
            n INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            change TEXT NOT NULL,
            customer_id TEXT NOT NULL,
            others TEXT NOT NULL,
            key_kind TEXT,
            key_hash TEXT
        ) STRICT;
        CREATE TRIGGER ledger_keeps_rows BEFORE DELETE ON ledger
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER ledger_keeps_values BEFORE UPDATE ON ledger
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        """

    private static let signals = """
        CREATE TABLE states (
            customer_id TEXT NOT NULL PRIMARY KEY,
            as_of INTEGER NOT NULL,
            message_count INTEGER NOT NULL,
            valence ANY NOT NULL,
            arousal ANY NOT NULL,
            emotions TEXT NOT NULL,
            trend ANY NOT NULL,
            volatility ANY NOT NULL,
            attention INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX states_by_attention ON states (attention) WHERE attention >= 40;

        CREATE TABLE signals (
            id TEXT NOT NULL PRIMARY KEY,
            customer_id TEXT NOT NULL,
            rule TEXT NOT NULL,
            at INTEGER NOT NULL,
            expires_at INTEGER,
            cause_message_id TEXT NOT NULL,
            evidence TEXT NOT NULL,
            value ANY NOT NULL,
            reason TEXT NOT NULL,
            retracted INTEGER NOT NULL,
            generation INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX signals_by_customer ON signals (customer_id);
        """

    private static let events = """
        CREATE TABLE outbox (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            type TEXT NOT NULL,
            subject TEXT NOT NULL,
            at INTEGER NOT NULL,
            body BLOB NOT NULL
        ) STRICT;
        CREATE INDEX outbox_by_time ON outbox (at);

        CREATE TABLE sinks (
            n INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            position INTEGER NOT NULL,
            delivered INTEGER NOT NULL DEFAULT 0,
            failing_since INTEGER,
            disabled_at INTEGER,
            disabled_reason TEXT
        ) STRICT;

        CREATE TABLE deliveries (
            sink INTEGER NOT NULL REFERENCES sinks (n),
            sequence INTEGER NOT NULL,
            subject TEXT NOT NULL,
            attempts INTEGER NOT NULL,
            next_attempt_at INTEGER,
            delivered_at INTEGER,
            dead_at INTEGER,
            reason TEXT,
            PRIMARY KEY (sink, sequence)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX deliveries_due ON deliveries (sink, next_attempt_at, sequence) WHERE next_attempt_at IS NOT NULL;
        CREATE INDEX deliveries_waiting ON deliveries (sink, subject, sequence) WHERE next_attempt_at IS NOT NULL;
        CREATE INDEX deliveries_dead ON deliveries (sink, sequence) WHERE dead_at IS NOT NULL;

        CREATE VIEW dead_letters AS
        SELECT sinks.name AS sink, sequence, outbox.id AS event_id, outbox.type AS type, outbox.subject AS subject, attempts, dead_at, reason
        FROM deliveries JOIN sinks ON sinks.n = deliveries.sink JOIN outbox USING (sequence)
        WHERE dead_at IS NOT NULL;
        """

    private static let bookkeeping = """
        CREATE TABLE rejections (
            n INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            position INTEGER NOT NULL,
            reason TEXT NOT NULL,
            line INTEGER NOT NULL,
            row INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX rejections_once ON rejections (source, position, line, row, reason) WHERE position >= 0;

        CREATE TABLE pending_changes (
            target TEXT NOT NULL PRIMARY KEY,
            message TEXT
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE consents (
            kind TEXT NOT NULL,
            hash TEXT NOT NULL,
            purpose TEXT NOT NULL,
            status TEXT NOT NULL,
            status_at INTEGER NOT NULL,
            revoked_at INTEGER,
            PRIMARY KEY (kind, hash, purpose)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE checkpoints (
            source TEXT NOT NULL PRIMARY KEY,
            position INTEGER NOT NULL,
            fingerprint TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE meta (
            name TEXT NOT NULL PRIMARY KEY,
            value BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
