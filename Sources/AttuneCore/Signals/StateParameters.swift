/// How fast feelings fade. Set in the configuration.
public struct StateParameters: Hashable, Sendable {
    /// Half-life of the valence: what was said a week ago counts half.
    public var valenceHalfLife: Duration = .seconds(7 * 86_400)
    /// Half-life of emotions and arousal, which fade sooner than the opinion.
    public var emotionHalfLife: Duration = .seconds(3 * 86_400)
    /// Half-life of the fast average that the trend compares with the slow one.
    public var trendHalfLife: Duration = .seconds(86_400)
    /// Weight of "we know nothing" in the average, in messages: one message alone moves the state to two thirds of its valence.
    public var priorWeight = 0.5
    /// Messages that the state is computed from: the last ones. Older ones have faded, and the cost stays bounded.
    public var timelineLimit = 2_000

    public init() {}
}
