/// What a rule noticed about a customer.
public struct Signal: Hashable, Sendable {
    /// Derived from the rule and the message that caused it, so replay gives the same id.
    public var id: String
    /// The rule's name, e.g. `churn_risk`.
    public var rule: String
    public var at: Timestamp
    public var expiresAt: Timestamp?
    /// The message that caused it.
    public var causeMessageID: String
    /// All messages that speak for it, the cause last.
    public var evidenceMessageIDs: [String]
    /// The rule's measure at the cause, on the rule's own scale.
    public var value: Double
    /// Why, in one sentence without message text.
    public var reason: String

    public init(
        rule: String, at: Timestamp, expiresAt: Timestamp? = nil, causeMessageID: String, evidenceMessageIDs: [String], value: Double, reason: String
    ) {
        id = "sig_" + SHA256.hex(Array("signal\u{1F}\(rule)\u{1F}\(causeMessageID)".utf8)).prefix(20)
        self.rule = rule
        self.at = at
        self.expiresAt = expiresAt
        self.causeMessageID = causeMessageID
        self.evidenceMessageIDs = evidenceMessageIDs
        self.value = value
        self.reason = reason
    }
}
