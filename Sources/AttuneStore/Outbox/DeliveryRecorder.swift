import AttuneCore
import GRDB

/// Writes down what became of deliveries. One is made for the outcomes of one `Sink.write`.
struct DeliveryRecorder {
    private let database: Database
    private var sink: SinkRow
    private let now: Timestamp
    private let schedule: RetrySchedule
    /// Customers of whom an event failed in these outcomes. A sink stops there and answers `retry` for the rest unattempted.
    private var stopped = Set<CustomerID>()

    init(database: Database, sink: SinkRow, now: Timestamp, schedule: RetrySchedule) {
        self.database = database
        self.sink = sink
        self.now = now
        self.schedule = schedule
    }

    mutating func record(_ event: OutboxEvent, _ outcome: DeliveryOutcome) throws {
        // What has ended stays so: an outcome may be recorded twice after a crash.
        guard let attempts = try waitingAttempts(event) else { return }
        switch outcome {
        case .delivered:
            try deliver(event, attempts: attempts + 1)
        case .deadLetter(let reason):
            try bury(event, attempts: attempts + 1, reason: reason)
        case .disable(let reason):
            stopped.insert(event.subject)
            try disable(reason)
        case .retry(let reason, let after):
            guard stopped.insert(event.subject).inserted else { return }
            try retry(event, attempts: attempts + 1, reason: reason, after: after)
        }
    }

    /// Attempts made before; nil when the delivery does not wait any more, or never did.
    private func waitingAttempts(_ event: OutboxEvent) throws -> Int? {
        try database.prepared("SELECT attempts FROM deliveries WHERE sink = ? AND sequence = ? AND next_attempt_at IS NOT NULL")
            .first(.integer(sink.number), .integer(event.sequence)) { $0.int(0) }
    }

    private mutating func deliver(_ event: OutboxEvent, attempts: Int) throws {
        try database.prepared(
            """
            UPDATE deliveries SET attempts = ?, delivered_at = ?, next_attempt_at = NULL, reason = NULL WHERE sink = ? AND sequence = ?
            """
        ).run(.integer(attempts), .time(now), .integer(sink.number), .integer(event.sequence))
        sink.failingSince = nil
        try database.prepared("UPDATE sinks SET delivered = delivered + 1, failing_since = NULL WHERE n = ?").run(.integer(sink.number))
    }

    private func bury(_ event: OutboxEvent, attempts: Int, reason: String) throws {
        try database.prepared("UPDATE deliveries SET attempts = ?, dead_at = ?, next_attempt_at = NULL, reason = ? WHERE sink = ? AND sequence = ?")
            .run(.integer(attempts), .time(now), .text(reason), .integer(sink.number), .integer(event.sequence))
    }

    private mutating func retry(_ event: OutboxEvent, attempts: Int, reason: String, after: Duration?) throws {
        try noteFailure(reason)
        let jitter = Self.jitter(event.id, sink: sink.name, attempts: attempts)
        guard let delay = schedule.delay(afterAttempts: attempts, jitter: jitter, retryAfter: after) else {
            try bury(event, attempts: attempts, reason: reason)
            return
        }
        try database.prepared("UPDATE deliveries SET attempts = ?, reason = ? WHERE sink = ? AND sequence = ?")
            .run(.integer(attempts), .text(reason), .integer(sink.number), .integer(event.sequence))
        try database.prepared(
            """
            UPDATE deliveries SET next_attempt_at = max(next_attempt_at, ?)
            WHERE sink = ? AND subject = ? AND sequence >= ? AND next_attempt_at IS NOT NULL
            """
        ).run(.time(now.advanced(by: delay)), .integer(sink.number), .text(event.subject.rawValue), .integer(event.sequence))
    }

    private mutating func noteFailure(_ reason: String) throws {
        guard let since = sink.failingSince else {
            sink.failingSince = now
            try database.prepared("UPDATE sinks SET failing_since = ? WHERE n = ?").run(.time(now), .integer(sink.number))
            return
        }
        if now.since(since) >= SQLiteStore.failureLimit { try disable("no delivery succeeded for 5 days, last: \(reason)") }
    }

    private func disable(_ reason: String) throws {
        try database.prepared("UPDATE sinks SET disabled_at = ?, disabled_reason = ? WHERE n = ? AND disabled_at IS NULL")
            .run(.time(now), .text(reason), .integer(sink.number))
    }

    /// 0…1, spread evenly over events, sinks and attempts, and the same for the same ones: a crash changes no plan.
    private static func jitter(_ event: String, sink: String, attempts: Int) -> Double {
        let digest = SHA256.digest(Array("jitter\u{1F}\(event)\u{1F}\(sink)\u{1F}\(attempts)".utf8))
        return (Double(digest[0]) * 256 + Double(digest[1])) / 65_535
    }
}
