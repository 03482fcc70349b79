import AttuneEngine

/// A customer's mood has gone from bearable to bad: the decayed valence falls to `threshold` with a negative message.
///
/// Hysteresis: it is noticed again only after the mood was above `release`, and not within `coolDown`.
public struct SentimentEscalated: SignalRule {
    public let name = "sentiment_escalated"
    /// Decayed valence at or below which it is noticed, −1…1.
    public var threshold = -0.3
    /// Decayed valence above which the mood counts as bearable again.
    public var release = -0.1
    /// One bad message is a bad day; from the second on it is a development.
    public var minimumNegativeMessages = 2
    public var coolDown: Duration = .seconds(86_400)

    public init() {}

    public func evaluate(_ moments: [SignalMoment]) -> [Signal] {
        var signals = [Signal]()
        var isEscalated = false
        var negatives = [String]()
        for moment in moments {
            if moment.state.valence > release {
                isEscalated = false
                negatives.removeAll()
            }
            guard moment.entry.label == .negative else { continue }
            negatives.append(moment.entry.messageID)
            guard !isEscalated, moment.state.valence <= threshold, negatives.count >= minimumNegativeMessages else { continue }
            if let last = signals.last, moment.entry.sentAt.since(last.at) < coolDown { continue }
            isEscalated = true
            signals.append(
                Signal(
                    rule: name, at: moment.entry.sentAt, causeMessageID: moment.entry.messageID, evidenceMessageIDs: Array(negatives.suffix(10)),
                    value: moment.state.valence, reason: "\(negatives.count) negative messages brought the mood below \(threshold)"))
        }
        return signals
    }
}
