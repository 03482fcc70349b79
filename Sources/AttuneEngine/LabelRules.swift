/// From log-odds and lexicon hits to the labels of an `Analysis`.
struct LabelRules {
    let analyzer: Analyzer
    let reading: LexicalReading
    /// Log-odds of the group `main`.
    let main: [Double]
    /// Log-odds of the group `intents`; empty without a model.
    let intents: [Double]

    /// From log-odds of positive against negative to valence: x / √(x² + 9), monotone, 0.7 at three to one in log-odds.
    struct ValenceLink {
        /// Valence per unit of log-odds for this text; every contribution is multiplied by it.
        var factor: Double
        /// positive − negative, both counted from where the label changes.
        var raw: Double
        static let width = 9.0
    }

    /// What is left of the valence of a text in no known language and without a known word.
    private static let notUnderstood = 0.25
    /// Both sides at least this strong after the rules (−4…4), and the weaker at least this share of the stronger: mixed.
    private static let mixedStrength: Float = 1.2
    private static let mixedShare: Float = 0.45
    private static let mixedValence = 0.6

    func sentiment(isUnderstood: Bool) -> (answer: Sentiment, link: ValenceLink) {
        let (low, high) = (main[PackLabels.negative], main[PackLabels.positive])
        let raw = (high - threshold(PackLabels.positive)) - (low - threshold(PackLabels.negative))
        var factor = 1 / (raw * raw + ValenceLink.width).squareRoot()
        let decision = SentimentDecision(negative: low, positive: high, heads: analyzer.main)
        var (negative, neutral, positive) = (decision.negative, decision.neutral, decision.positive)
        var label = Sentiment.Label(rawValue: decision.label) ?? .neutral
        var confidence = decision.confidence
        if !isUnderstood {
            factor *= Self.notUnderstood
            let rest = (1 - Self.notUnderstood) / 3
            negative = negative * Self.notUnderstood + rest
            neutral = neutral * Self.notUnderstood + rest
            positive = positive * Self.notUnderstood + rest
            (label, confidence) = (.neutral, neutral)
        }
        // The receipt counts in millionths, so the valence is one of them.
        let valence = Double(Millionths.of(raw * factor)) / 1e6
        if isUnderstood, let share = mixedShare(), abs(valence) < Self.mixedValence {
            label = .mixed
            confidence = min(0.95, (negative + positive) * (0.5 + Double(share) / 2))
        }
        let answer = Sentiment(
            label: label, valence: valence, confidence: confidence, negative: negative, neutral: neutral, positive: positive)
        return (answer, ValenceLink(factor: factor, raw: raw))
    }

    private func threshold(_ head: Int) -> Double { Double(analyzer.main.threshold[head]) }

    /// The weaker side's share of the stronger one when both are strong, else nil.
    private func mixedShare() -> Float? {
        var (best, worst, positive, negative): (Float, Float, Float, Float) = (0, 0, 0, 0)
        for hit in reading.valence {
            best = max(best, hit.value)
            worst = max(worst, -hit.value)
            positive += max(hit.value, 0)
            negative += max(-hit.value, 0)
        }
        guard best >= Self.mixedStrength, worst >= Self.mixedStrength else { return nil }
        let share = min(positive, negative) / max(positive, negative)
        return share >= Self.mixedShare ? share : nil
    }

    func emotions() -> [EmotionScore] {
        var result: [EmotionScore] = []
        for (index, emotion) in Emotion.allCases.enumerated() {
            let head = PackLabels.emotions + index
            guard main[head] > threshold(head) else { continue }
            let score = DeterministicMath.sigmoid(main[head])
            result.append(EmotionScore(emotion: emotion, score: score, intensity: intensity(score)))
        }
        return result.sorted { $0.score > $1.score }
    }

    /// 1…5 from how sure the head is, and up to one more for shouting.
    private func intensity(_ score: Double) -> Int {
        let shape = [DenseFeature.exclamations, .capitals, .elongations].reduce(0.0) { $0 + Double(reading.dense[$1.rawValue]) }
        return max(1, min(5, Int(1 + score * 4 + min(shape, 1))))
    }

    /// Σ of the lexicon hits of an intent, each hit counting less than the one before; 0 when there is none.
    func lexiconOdds(_ label: String) -> Double {
        hits(.intent, label).enumerated().reduce(0) { $0 + Self.lexiconWeight * Double($1.element.value) / Double($1.offset + 1) }
    }

    /// What a phrase of weight 1 adds to an intent's log-odds.
    static let lexiconWeight = 5.0
    /// The n-gram head's objection counts no more than this: a clear phrase is heard in a text that the head has never seen the like of.
    static let lowestOdds = -2.5
    /// The same for urgency: most messages can wait.
    static let lowestUrgency = -3.0

    /// Head and phrases together, in log-odds.
    func intentOdds(_ index: Int) -> Double {
        let head = index < intents.count ? max(intents[index], Self.lowestOdds) : Self.lowestOdds
        return head + lexiconOdds(PackLabels.intents[index])
    }

    func intentScores() -> [LabelScore] {
        let outside = PackLabels.intents.count - 1
        let outsideOdds = outside < intents.count ? intents[outside] : 0
        var result: [LabelScore] = []
        var highest = 0.0
        for index in 0..<outside {
            let odds = intentOdds(index)
            let fromPhrases = lexiconOdds(PackLabels.intents[index]) > 0
            highest = max(highest, DeterministicMath.sigmoid(odds))
            guard odds > intentThreshold(index), fromPhrases || index < intents.count && intents[index] > outsideOdds else { continue }
            result.append(LabelScore(label: PackLabels.intents[index], confidence: DeterministicMath.sigmoid(odds)))
        }
        if result.isEmpty { return [LabelScore(label: Analysis.outOfScope, confidence: 1 - min(highest, 0.5))] }
        return result.sorted { $0.confidence > $1.confidence }
    }

    private func intentThreshold(_ index: Int) -> Double {
        guard let heads = analyzer.intents, index < heads.threshold.count else { return 0 }
        return max(-0.5, min(0.5, Double(heads.threshold[index])))
    }

    func topics() -> [LabelScore] {
        var missing: [(label: String, probability: Double)] = []
        for hit in reading.labelled where hit.value > 0 {
            let entry = analyzer.pack.lexicon.entries[Int(hit.entry)]
            guard entry.kind == .topic else { continue }
            let factor = 1 - 0.9 * Double(hit.value)
            if let at = missing.firstIndex(where: { $0.label == entry.label }) {
                missing[at].probability *= factor
            } else {
                missing.append((entry.label, factor))
            }
        }
        return missing.map { LabelScore(label: $0.label, confidence: 1 - $0.probability) }.sorted { $0.confidence > $1.confidence }
    }

    /// What a lexicon hit of weight 1 adds to the log-odds of urgency.
    static let urgencyWeight = 5.0

    func urgencyOdds() -> Double {
        max(main[PackLabels.urgency], Self.lowestUrgency) + hits(.urgency, "").reduce(0) { $0 + Self.urgencyWeight * Double($1.value) }
    }

    func urgency() -> Double { DeterministicMath.sigmoid(urgencyOdds()) }

    func toxicity() -> Double { DeterministicMath.sigmoid(main[PackLabels.toxicity]) }

    func effort() -> Double? {
        let found = hits(.effort, "")
        guard !found.isEmpty else { return nil }
        return max(-5, min(5, found.reduce(0) { $0 + Double($1.value) }))
    }

    func sensitive() -> [String] {
        var result: [String] = []
        for hit in reading.labelled {
            let entry = analyzer.pack.lexicon.entries[Int(hit.entry)]
            if entry.kind == .sensitive, !result.contains(entry.label) { result.append(entry.label) }
        }
        return result
    }

    /// Hits of a kind and label that count.
    func hits(_ kind: LexiconEntry.Kind, _ label: String) -> [LexicalReading.Hit] {
        reading.labelled.filter { hit in
            let entry = analyzer.pack.lexicon.entries[Int(hit.entry)]
            return hit.value != 0 && entry.kind == kind && entry.label == label
        }
    }
}
