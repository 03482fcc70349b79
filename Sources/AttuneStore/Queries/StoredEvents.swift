import AttuneCore
import GRDB

/// An event of the outbox and what became of it.
public struct StoredEvent: Hashable, Sendable {
    public var sequence: Int64
    public var id: String
    public var type: String
    public var subject: CustomerID
    /// When its cause happened.
    public var time: Timestamp
    /// The CloudEvent in structured JSON, as sinks get it.
    public var body: [UInt8]
    /// By sink.
    public var deliveries: [Delivery]

    public struct Delivery: Hashable, Sendable {
        public enum Status: String, Sendable { case waiting, delivered, dead }
        public var sink: String
        public var status: Status
        public var attempts: Int
        /// When it was delivered or given up, or falls due; nil when it is due at once.
        public var at: Timestamp?
        /// Of the last failure.
        public var reason: String?
    }
}

extension StoreQueries {
    /// Events in order, at most `limit`, behind the sequence number `after`.
    public func events(limit: Int, after: Int64 = 0) throws -> [StoredEvent] {
        try read { database in
            var events = try database.prepared(
                "SELECT sequence, id, type, subject, at, body FROM outbox WHERE sequence > ? ORDER BY sequence LIMIT ?"
            ).all(.integer(after), Self.rows(limit), read: StoredEvent.init)
            for i in events.indices { events[i].deliveries = try database.deliveries(of: events[i].sequence) }
            return events
        }
    }

    /// The last events, the latest first.
    public func latestEvents(limit: Int) throws -> [StoredEvent] {
        try read { database in
            var events = try database.prepared("SELECT sequence, id, type, subject, at, body FROM outbox ORDER BY sequence DESC LIMIT ?")
                .all(Self.rows(limit), read: StoredEvent.init)
            for i in events.indices { events[i].deliveries = try database.deliveries(of: events[i].sequence) }
            return events
        }
    }
}

extension StoredEvent {
    fileprivate init(_ row: Columns) {
        self.init(
            sequence: row.integer(0), id: row.text(1), type: row.text(2), subject: CustomerID(rawValue: row.text(3)), time: row.time(4),
            body: row.bytes(5), deliveries: [])
    }
}

extension Database {
    fileprivate func deliveries(of sequence: Int64) throws -> [StoredEvent.Delivery] {
        try prepared(
            """
            SELECT name, attempts, next_attempt_at, delivered_at, dead_at, reason FROM sinks
            JOIN deliveries ON deliveries.sink = sinks.n AND sequence = ? ORDER BY name
            """
        ).all(.integer(sequence)) { row in
            let (status, at): (StoredEvent.Delivery.Status, Timestamp?) =
                if let dead = row.optionalTime(4) { (.dead, dead) } else if let delivered = row.optionalTime(3) { (.delivered, delivered) } else {
                    (.waiting, row.integer(2) == 0 ? nil : row.time(2))
                }
            return StoredEvent.Delivery(sink: row.text(0), status: status, attempts: row.int(1), at: at, reason: row.optionalText(5))
        }
    }
}
