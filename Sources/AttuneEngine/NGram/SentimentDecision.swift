/// Turns the two sentiment log-odds (relative to neutral) into probabilities, a label and its confidence.
struct SentimentDecision: Sendable {
    /// Probabilities of negative, neutral, positive; they sum to 1.
    let negative: Double
    let neutral: Double
    let positive: Double
    /// `negative`, `neutral` or `positive`.
    let label: Sentiment.Label
    /// Probability of the label.
    let confidence: Double

    /// - Parameters:
    ///   - negativeThreshold, positiveThreshold: of the group `main`; they even out how often the labels are given.
    init(negative low: Double, positive high: Double, negativeThreshold: Double, positiveThreshold: Double) {
        let exponents = Self.exponents(negative: low, positive: high)
        self.init(
            negative: low, positive: high, negativeThreshold: negativeThreshold, positiveThreshold: positiveThreshold,
            weights: (DeterministicMath.exp(exponents.0), DeterministicMath.exp(exponents.1), DeterministicMath.exp(exponents.2)))
    }

    /// What negative, neutral and positive weigh is e to the power of these.
    @inline(__always)
    static func exponents(negative low: Double, positive high: Double) -> (Double, Double, Double) {
        let top = max(low, 0, high)
        return (low - top, -top, high - top)
    }

    /// - Parameter weights: of negative, neutral and positive.
    @inline(__always)
    init(
        negative low: Double, positive high: Double, negativeThreshold: Double, positiveThreshold: Double, weights: (Double, Double, Double)
    ) {
        let total = weights.0 + weights.1 + weights.2
        negative = weights.0 / total
        neutral = weights.1 / total
        positive = weights.2 / total
        let (lowOdds, highOdds) = (low - negativeThreshold, high - positiveThreshold)
        if lowOdds > 0, lowOdds >= highOdds {
            (label, confidence) = (.negative, negative)
        } else if highOdds > 0 {
            (label, confidence) = (.positive, positive)
        } else {
            (label, confidence) = (.neutral, neutral)
        }
    }

    /// - Parameter heads: the group `main`.
    init(negative low: Double, positive high: Double, heads: LinearHeads) {
        self.init(
            negative: low, positive: high, negativeThreshold: Double(heads.threshold[PackLabels.negative]),
            positiveThreshold: Double(heads.threshold[PackLabels.positive]))
    }
}
