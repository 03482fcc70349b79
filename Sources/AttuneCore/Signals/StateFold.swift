import AttuneEngine

/// Folds a timeline into states, one after each message. The same timeline gives the same bits.
public struct StateFold: Sendable {
    private let parameters: StateParameters
    private var last: Timestamp?
    private var count = 0
    private var weight = 0.0
    private var sum = 0.0
    private var squares = 0.0
    private var fastWeight = 0.0
    private var fastSum = 0.0
    private var emotionWeight = 0.0
    private var arousal = 0.0
    private var emotions = [Double](repeating: 0, count: Emotion.allCases.count)
    private var alarm = 0.0

    public init(parameters: StateParameters) { self.parameters = parameters }

    /// Intents that ask for attention whatever the tone, with their share of it.
    private static let alarming: [String: Double] = [
        "legal-threat": 1, "switch-to-competitor": 0.9, "cancel": 0.8, "escalate-to-human": 0.7, "complaint": 0.4, "privacy-request": 0.4,
    ]

    /// - Parameter entry: not before the last one (`TimelineEntry.precedes`).
    public mutating func add(_ entry: TimelineEntry) -> CustomerState {
        if let last { fade(entry.sentAt.since(last)) }
        last = entry.sentAt
        count += 1
        // A label the engine is unsure of moves the state less.
        let w = max(0.1, entry.confidence)
        weight += w
        sum += w * entry.valence
        squares += w * entry.valence * entry.valence
        fastWeight += w
        fastSum += w * entry.valence
        emotionWeight += 1
        arousal += max(abs(entry.valence), entry.emotions.first.map { Double($0.intensity) / 5 * $0.score } ?? 0)
        for score in entry.emotions { if let i = Emotion.allCases.firstIndex(of: score.emotion) { emotions[i] += score.score } }
        for intent in entry.intents { alarm = max(alarm, (Self.alarming[intent.label] ?? 0) * intent.confidence) }
        return state(asOf: entry.sentAt)
    }

    private mutating func fade(_ elapsed: Duration) {
        let slow = Decay.factor(elapsed: elapsed, halfLife: parameters.valenceHalfLife)
        let fast = Decay.factor(elapsed: elapsed, halfLife: parameters.trendHalfLife)
        let feeling = Decay.factor(elapsed: elapsed, halfLife: parameters.emotionHalfLife)
        weight *= slow
        sum *= slow
        squares *= slow
        alarm *= slow
        fastWeight *= fast
        fastSum *= fast
        emotionWeight *= feeling
        arousal *= feeling
        for i in emotions.indices { emotions[i] *= feeling }
    }

    private func state(asOf: Timestamp) -> CustomerState {
        let valence = sum / (weight + parameters.priorWeight)
        let mean = sum / weight
        let total = emotions.reduce(0, +)
        var mix: [Emotion: Double] = [:]
        if total > 0 { for (i, emotion) in Emotion.allCases.enumerated() where emotions[i] / total >= 0.01 { mix[emotion] = emotions[i] / total } }
        let strength = min(1, arousal / (emotionWeight + parameters.priorWeight))
        return CustomerState(
            asOf: asOf, messageCount: count, valence: valence, arousal: strength, emotions: mix,
            trend: fastSum / (fastWeight + parameters.priorWeight) - valence,
            volatility: max(0, squares / weight - mean * mean).squareRoot(), attention: attention(valence: valence, arousal: strength, mix: mix))
    }

    /// Half for how negative the state is, a fifth for hot negative feeling, the rest for what they threaten to do.
    private func attention(valence: Double, arousal: Double, mix: [Emotion: Double]) -> Int {
        let heated: Double = [.anger, .frustration, .disgust, .disappointment, .fear, .sadness].reduce(0) { $0 + (mix[$1] ?? 0) }
        let points = 50 * min(1, max(0, -valence) / 0.6) + 20 * min(1, heated * arousal) + 30 * min(1, alarm)
        return Int(min(100, points).rounded())
    }
}
