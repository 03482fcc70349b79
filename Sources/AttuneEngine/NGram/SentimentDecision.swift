/// Turns the two sentiment log-odds (relative to neutral) into probabilities, a label and its confidence.
struct SentimentDecision: Sendable {
    /// Probabilities of negative, neutral, positive; they sum to 1.
    let negative: Double
    let neutral: Double
    let positive: Double
    /// `negative`, `neutral` or `positive`.
    let label: String
    /// Probability of the label.
    let confidence: Double

    /// - Parameter heads: the group `main`, whose thresholds even out how often the labels are given.
    init(negative low: Double, positive high: Double, heads: LinearHeads) {
        var p = [low, 0, high]
        DeterministicMath.softmax(&p)
        (negative, neutral, positive) = (p[0], p[1], p[2])
        let odds = [low - Double(heads.threshold[PackLabels.negative]), 0, high - Double(heads.threshold[PackLabels.positive])]
        if odds[0] > odds[1], odds[0] >= odds[2] {
            (label, confidence) = ("negative", p[0])
        } else if odds[2] > odds[1] {
            (label, confidence) = ("positive", p[2])
        } else {
            (label, confidence) = ("neutral", p[1])
        }
    }
}
