import AttuneCore
import GRDB

/// The outbox as the dispatcher sees it.
///
/// A delivery waits while it has a `next_attempt_at`. Among a customer's waiting deliveries to one sink that time never falls
/// with the sequence: a failure moves the later ones along, a new event starts behind the earlier ones. So what is due needs no
/// look at what stands before it, and comes from the front of one index however much waits.
extension SQLiteStore: Outbox {
    /// A sink that has failed for so long, without one success, is disabled.
    public static let failureLimit = Duration.seconds(5 * 86_400)

    public func register(sink: String, fromBeginning: Bool) throws {
        try write { database in
            if try database.sink(sink) != nil { return }
            let last = try database.prepared("SELECT max(sequence) FROM outbox").first { $0.integer(0) } ?? 0
            try database.prepared("INSERT INTO sinks (name, position) VALUES (?, ?)").run(.text(sink), .integer(fromBeginning ? 0 : last))
            guard fromBeginning else { return }
            try database.prepared(
                "INSERT INTO deliveries (sink, sequence, subject, attempts, next_attempt_at) SELECT ?, sequence, subject, 0, 0 FROM outbox"
            ).run(.integer(database.lastInsertedRowID))
        }
    }

    public func due(for sink: String, now: Timestamp, limit: Int) throws -> [OutboxEvent] {
        try read { database in
            guard let sink = try database.sink(sink), !sink.isDisabled else { return [] }
            let events = try database.prepared(
                """
                SELECT sequence, id, type, outbox.subject, body, attempts FROM deliveries JOIN outbox USING (sequence)
                WHERE sink = ? AND next_attempt_at <= ? ORDER BY next_attempt_at, sequence LIMIT ?
                """
            ).all(.integer(sink.number), .time(now), .integer(max(limit, 0))) { row in
                OutboxEvent(
                    sequence: row.integer(0), id: row.text(1), type: row.text(2), subject: CustomerID(rawValue: row.text(3)),
                    body: row.bytes(4), attempts: row.int(5))
            }
            return events.sorted { $0.sequence < $1.sequence }
        }
    }

    public func nextDue(for sink: String) throws -> Timestamp? {
        try read { database in
            guard let sink = try database.sink(sink), !sink.isDisabled else { return nil }
            return try database.prepared(
                "SELECT next_attempt_at FROM deliveries WHERE sink = ? AND next_attempt_at IS NOT NULL ORDER BY next_attempt_at LIMIT 1"
            ).first(.integer(sink.number)) { $0.time(0) }
        }
    }

    public func record(
        _ outcomes: [(event: OutboxEvent, outcome: DeliveryOutcome)], for sink: String, now: Timestamp, schedule: RetrySchedule
    ) throws {
        try write { database in
            guard let known = try database.sink(sink) else { throw StoreError.unknownSink(sink) }
            var recorder = DeliveryRecorder(database: database, sink: known, now: now, schedule: schedule)
            for (event, outcome) in outcomes { try recorder.record(event, outcome) }
        }
    }
}

/// A row of `sinks`, as far as deliveries need it.
struct SinkRow {
    var number: Int64
    var name: String
    var isDisabled: Bool
    var failingSince: Timestamp?
}

extension Database {
    func sink(_ name: String) throws -> SinkRow? {
        try prepared("SELECT n, disabled_at IS NOT NULL, failing_since FROM sinks WHERE name = ?").first(.text(name)) { row in
            SinkRow(number: row.integer(0), name: name, isDisabled: row.bool(1), failingSince: row.optionalTime(2))
        }
    }
}
