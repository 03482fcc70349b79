import AttuneCore
import GRDB

/// What people do with sinks: look, enable, read dead letters, send again.
extension SQLiteStore {
    /// Every registered sink, by name.
    public func sinks() throws -> [SinkStatus] { try read { try $0.sinkStatuses() } }

    /// Lets a disabled sink have its events again; what waits is due at once, and earlier failures don't count against it.
    public func enable(sink: String, now: Timestamp) throws {
        try write { database in
            guard let known = try database.sink(sink) else { throw StoreError.unknownSink(sink) }
            try database.prepared("UPDATE sinks SET disabled_at = NULL, disabled_reason = NULL, failing_since = NULL WHERE n = ?")
                .run(.integer(known.number))
            try database.prepared("UPDATE deliveries SET attempts = 0, next_attempt_at = ? WHERE sink = ? AND next_attempt_at IS NOT NULL")
                .run(.time(now), .integer(known.number))
        }
    }

    /// Events given up for a sink (or all sinks), the latest first.
    public func deadLetters(sink: String? = nil, limit: Int) throws -> [DeadLetter] {
        try read { database in
            try database.prepared(
                """
                SELECT sink, sequence, event_id, type, subject, attempts, dead_at, reason FROM dead_letters
                WHERE ?1 IS NULL OR sink = ?1 ORDER BY dead_at DESC, sequence DESC LIMIT ?2
                """
            ).all(.text(sink), .integer(max(limit, 0))) { row in
                DeadLetter(
                    sink: row.text(0), sequence: row.integer(1), eventID: row.text(2), type: row.text(3),
                    subject: CustomerID(rawValue: row.text(4)), attempts: row.int(5), at: row.time(6), reason: row.text(7))
            }
        }
    }

    /// Which events are to be sent again.
    public enum ReplayRange: Hashable, Sendable {
        case sequences(ClosedRange<Int64>)
        /// By the time of the event's cause.
        case times(ClosedRange<Timestamp>)
    }

    /// Makes events of a range wait for a sink again, delivered and dead ones too, with fresh attempts. They go out in order, but
    /// of course behind what was delivered since. Returns how many there are.
    public func replay(_ range: ReplayRange, to sink: String) throws -> Int {
        try write { database in
            guard let known = try database.sink(sink) else { throw StoreError.unknownSink(sink) }
            let (condition, low, high): (String, Int64, Int64) =
                switch range {
                case .sequences(let range): ("sequence", range.lowerBound, range.upperBound)
                case .times(let range): ("at", range.lowerBound.nanoseconds, range.upperBound.nanoseconds)
                }
            let delivered = try database.prepared(
                """
                SELECT count(*) FROM deliveries JOIN outbox USING (sequence)
                WHERE sink = ? AND delivered_at IS NOT NULL AND \(condition) BETWEEN ? AND ?
                """
            ).first(.integer(known.number), .integer(low), .integer(high)) { $0.int(0) }
            let count = try database.prepared(
                """
                INSERT INTO deliveries (sink, sequence, subject, attempts, next_attempt_at)
                SELECT ?, sequence, subject, 0, 0 FROM outbox WHERE \(condition) BETWEEN ? AND ?
                ON CONFLICT DO UPDATE SET attempts = 0, next_attempt_at = coalesce(next_attempt_at, 0), delivered_at = NULL, dead_at = NULL,
                    reason = NULL
                """
            ).run(.integer(known.number), .integer(low), .integer(high))
            try database.prepared("UPDATE sinks SET delivered = delivered - ? WHERE n = ?").run(.integer(delivered ?? 0), .integer(known.number))
            try database.restoreOrder(sink: known.number)
            return count
        }
    }
}

extension Database {
    /// No waiting delivery is due before an earlier one of the same customer.
    fileprivate func restoreOrder(sink: Int64) throws {
        try prepared(
            """
            UPDATE deliveries SET next_attempt_at = ordered.at
            FROM (SELECT sequence AS number, max(next_attempt_at) OVER (PARTITION BY subject ORDER BY sequence) AS at
                  FROM deliveries WHERE sink = ?1 AND next_attempt_at IS NOT NULL) AS ordered
            WHERE sink = ?1 AND sequence = ordered.number AND next_attempt_at < ordered.at
            """
        ).run(.integer(sink))
    }

    func sinkStatuses() throws -> [SinkStatus] {
        try prepared(
            """
            SELECT name, position, delivered, failing_since, disabled_at, disabled_reason,
                (SELECT count(*) FROM deliveries WHERE sink = sinks.n AND next_attempt_at IS NOT NULL),
                (SELECT count(*) FROM deliveries WHERE sink = sinks.n AND dead_at IS NOT NULL)
            FROM sinks ORDER BY name
            """
        ).all { row in
            SinkStatus(
                name: row.text(0), position: row.integer(1), waiting: row.int(6), delivered: row.int(2), dead: row.int(7),
                failingSince: row.optionalTime(3), disabledAt: row.optionalTime(4), disabledReason: row.optionalText(5))
        }
    }
}
