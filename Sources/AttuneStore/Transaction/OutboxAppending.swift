import AttuneCore
import GRDB

/// The messages that an event tells of: with them it is erased.
enum OutboxMessages {
    static func named(in data: JSONValue) -> [String] { ([data["messageID"]] + (data["evidence"]?.items ?? [])).compactMap { $0?.string } }
}

/// The outbox's entrance, and the checkpoints.
extension SQLiteTransaction {
    func append(_ events: [Event]) throws -> Int {
        let known = try prepared("SELECT 1 FROM outbox WHERE id = ?")
        let add = try prepared("INSERT INTO outbox (id, type, subject, at, body) VALUES (?, ?, ?, ?, ?)")
        // A new event waits at least as long as the customer's earlier ones: they go first.
        let wait = try prepared(
            """
            INSERT INTO deliveries (sink, sequence, subject, attempts, next_attempt_at)
            SELECT n, ?1, ?2, 0, coalesce(
                (SELECT max(next_attempt_at) FROM deliveries
                 WHERE deliveries.sink = sinks.n AND subject = ?2 AND next_attempt_at IS NOT NULL), 0)
            FROM sinks
            """)
        let hasSinks = try prepared("SELECT 1 FROM sinks LIMIT 1").first { _ in true } ?? false
        let name = try prepared("INSERT OR IGNORE INTO event_messages (message, sequence) VALUES (?, ?)")
        var added = 0
        for event in events where try known.first(.text(event.id), read: { _ in true }) == nil {
            try add.run(
                .text(event.id), .text(event.type), .text(event.subject.rawValue), .time(event.time),
                .blob(JSONWriter.bytes(event.cloudEvent(source: eventSource))))
            let sequence = database.lastInsertedRowID
            if hasSinks { try wait.run(.integer(sequence), .text(event.subject.rawValue)) }
            for message in OutboxMessages.named(in: event.data) { try name.run(.text(message), .integer(sequence)) }
            added += 1
        }
        return added
    }

    func checkpoint(of source: String) throws -> Checkpoint? {
        try prepared("SELECT position, fingerprint FROM checkpoints WHERE source = ?").first(.text(source)) { row in
            Checkpoint(source: source, position: row.integer(0), fingerprint: row.text(1))
        }
    }

    func save(_ checkpoint: Checkpoint) throws {
        try prepared("INSERT OR REPLACE INTO checkpoints (source, position, fingerprint) VALUES (?, ?, ?)")
            .run(.text(checkpoint.source), .integer(checkpoint.position), .text(checkpoint.fingerprint))
    }
}
