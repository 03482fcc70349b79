import AttuneEngine

/// A customer's emotional state as of their last message. A pure function of the timeline: recomputing gives the same bits.
public struct CustomerState: Hashable, Sendable {
    public var asOf: Timestamp
    public var messageCount: Int
    /// −1…1, exponentially decayed.
    public var valence: Double
    /// 0…1: strength of feeling whatever its sign, decayed.
    public var arousal: Double
    /// Share of each emotion in the decayed mix; sums to 1, or empty.
    public var emotions: [Emotion: Double]
    /// Change of the decayed valence over the last messages; above 0 improves.
    public var trend: Double
    /// Standard deviation of the valence, decayed.
    public var volatility: Double
    /// 0…100, with breaks at 40, 60 and 80.
    public var attention: Int

    public init(
        asOf: Timestamp, messageCount: Int, valence: Double, arousal: Double, emotions: [Emotion: Double], trend: Double, volatility: Double,
        attention: Int
    ) {
        self.asOf = asOf
        self.messageCount = messageCount
        self.valence = valence
        self.arousal = arousal
        self.emotions = emotions
        self.trend = trend
        self.volatility = volatility
        self.attention = attention
    }
}
