import AttuneEngine

/// A customer says that they may leave: they consider to cancel or to go to a competitor. Only explicit statements count; a bad
/// mood alone is `SentimentEscalated`. Expires after half a year.
public struct ChurnRisk: SignalRule {
    public let name = "churn_risk"
    /// Intents that say so, and how sure the engine must be.
    public var intents: Set<String> = ["cancel", "switch-to-competitor"]
    public var minimumConfidence = 0.5
    public var coolDown: Duration = .seconds(7 * 86_400)
    public var expiry: Duration = .seconds(182 * 86_400)

    public init() {}

    public func evaluate(_ moments: [SignalMoment]) -> [Signal] {
        var signals = [Signal]()
        for moment in moments {
            guard let intent = moment.entry.intents.first(where: { intents.contains($0.label) && $0.confidence >= minimumConfidence }),
                // "I cancelled with them and came to you, love it" is no risk.
                moment.entry.label != .positive
            else { continue }
            if let last = signals.last, moment.entry.sentAt.since(last.at) < coolDown { continue }
            signals.append(
                Signal(
                    rule: name, at: moment.entry.sentAt, expiresAt: moment.entry.sentAt.advanced(by: expiry), causeMessageID: moment.entry.messageID,
                    evidenceMessageIDs: [moment.entry.messageID], value: intent.confidence, reason: "the message states the intent \(intent.label)"))
        }
        return signals
    }
}
