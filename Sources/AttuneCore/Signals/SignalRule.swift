/// Notices something in a customer's timeline. A pure function of it: late, edited or erased messages give other signals, and
/// the pipeline forwards the difference.
public protocol SignalRule: Sendable {
    /// Snake case, part of the event's type: `churn_risk`.
    var name: String { get }
    /// Signals in the order of their causes; none is an ordinary answer.
    /// - Parameter moments: the timeline with the state after each message, in timeline order.
    func evaluate(_ moments: [SignalMoment]) -> [Signal]
}

/// A message of the timeline and the customer's state after it.
public struct SignalMoment: Hashable, Sendable {
    public var entry: TimelineEntry
    public var state: CustomerState

    public init(entry: TimelineEntry, state: CustomerState) {
        self.entry = entry
        self.state = state
    }
}
