import AttuneCore

/// How a sink stands.
public struct SinkStatus: Hashable, Sendable {
    public var name: String
    /// Outbox sequence at its registration: it gets what came behind it (0: everything).
    public var position: Int64
    /// Events that wait, those held back behind a failed one included.
    public var waiting: Int
    public var delivered: Int
    /// Events given up: dead letters.
    public var dead: Int
    /// First failure since the last success; nil when the last attempt succeeded.
    public var failingSince: Timestamp?
    public var disabledAt: Timestamp?
    public var disabledReason: String?
}

/// An event that a sink will not get any more unless it is replayed.
public struct DeadLetter: Hashable, Sendable {
    public var sink: String
    public var sequence: Int64
    public var eventID: String
    public var type: String
    public var subject: CustomerID
    public var attempts: Int
    public var at: Timestamp
    /// Holds no message text.
    public var reason: String
}
