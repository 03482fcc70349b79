/// Where events go. One file per system; the dispatcher calls it from the outbox.
///
/// `write` is called with events of one or more customers, those of a customer in order, never twice at once for the same
/// sink. It answers for each event, in the order given; it does not throw: an error is an outcome. An event after a failed
/// one of the same customer must not be delivered before it, so a sink stops at a customer's first failure and answers
/// `retry` for the rest of theirs. The same event may be written again after a crash: its id is the receiver's key.
public protocol Sink: Sendable {
    /// Name in the configuration; unique.
    var name: String { get }
    func write(_ events: [OutboxEvent]) async -> [DeliveryOutcome]
}

/// An event as the outbox keeps it: already encoded, so a retry sends the same bytes.
public struct OutboxEvent: Hashable, Sendable {
    /// Position in the outbox, ascending.
    public var sequence: Int64
    public var id: String
    public var type: String
    public var subject: CustomerID
    /// The CloudEvent in structured JSON.
    public var body: [UInt8]
    /// Attempts made before this one.
    public var attempts: Int

    public init(sequence: Int64, id: String, type: String, subject: CustomerID, body: [UInt8], attempts: Int) {
        self.sequence = sequence
        self.id = id
        self.type = type
        self.subject = subject
        self.body = body
        self.attempts = attempts
    }
}

/// What became of one delivery.
public enum DeliveryOutcome: Hashable, Sendable {
    case delivered
    /// Try again, not before `after` when the receiver said so. The reason holds no message text.
    case retry(reason: String, after: Duration?)
    /// The receiver is gone (410): no further event goes there until somebody enables it.
    case disable(reason: String)
    /// This event will never be taken (too large): it becomes a dead letter, the next ones go on.
    case deadLetter(reason: String)
}

/// Where the dispatcher takes events from. Implemented by the store.
public protocol Outbox: Sendable {
    /// The next events due for a sink, in order; events of a customer with an earlier one still waiting are held back.
    func due(for sink: String, now: Timestamp, limit: Int) throws -> [OutboxEvent]
    /// When the next event of a sink falls due; nil when nothing waits.
    func nextDue(for sink: String) throws -> Timestamp?
    func record(_ outcomes: [(event: OutboxEvent, outcome: DeliveryOutcome)], for sink: String, now: Timestamp, schedule: RetrySchedule) throws
    /// Makes a sink known, so that events from now on (or all, `fromBeginning`) wait for it. Does nothing for a known one.
    func register(sink: String, fromBeginning: Bool) throws
}

/// When a failed delivery is tried again (Standard Webhooks): at once, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h, each
/// ±20 %.
public struct RetrySchedule: Hashable, Sendable {
    public var delays: [Duration] = [
        .zero, .seconds(5), .seconds(300), .seconds(1_800), .seconds(7_200), .seconds(18_000), .seconds(36_000), .seconds(50_400),
        .seconds(72_000), .seconds(86_400),
    ]

    public init() {}

    /// Time from a failure until the next attempt; nil when the attempts are used up and the event becomes a dead letter.
    /// - Parameters:
    ///   - attempts: attempts made so far, at least 1.
    ///   - jitter: 0…1, from the caller's generator; .5 is no jitter.
    public func delay(afterAttempts attempts: Int, jitter: Double, retryAfter: Duration?) -> Duration? {
        guard attempts >= 1, attempts < delays.count else { return nil }
        let milliseconds = Double(delays[attempts].components.seconds) * 1_000 * (0.8 + 0.4 * min(max(jitter, 0), 1))
        let planned = Duration.milliseconds(Int64(milliseconds.rounded()))
        return max(planned, min(retryAfter ?? .zero, .seconds(86_400)))
    }
}
