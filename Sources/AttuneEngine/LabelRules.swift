import CKernels

/// From log-odds and lexicon hits to the labels of an analysis.
struct LabelRules {
    let thresholds: HeadThresholds.View
    let compact: UnsafePointer<CompactEntry>
    let valence: UnsafeBufferPointer<LexicalReading.Hit>
    let labelled: UnsafeBufferPointer<LexicalReading.Hit>
    let dense: UnsafePointer<Float>
    /// Log-odds of the group `main`.
    let main: UnsafePointer<Double>
    /// Log-odds of the group `intents`; nil without a model, and for a text that nobody understands.
    let intents: UnsafePointer<Double>?
    /// Memory for what phrases add to each intent.
    let lexicon: UnsafeMutablePointer<Double>
    /// The exponentials that every text needs, see `exponentiate`.
    let exponentials: UnsafeMutablePointer<Double>

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
    /// What a phrase of weight 1 adds to an intent's log-odds.
    private static let lexiconWeight = 5.0
    /// The same of a greeting, which stands before whatever the message is about.
    private static let greetingWeight = 2.5
    /// The n-gram head's objection counts no more than this: a clear phrase is heard in a text that the head has never seen the like of.
    static let lowestOdds = -2.5
    /// Below these odds no intent is named, however unlikely the others are.
    private static let lowestNamed = -2.2
    /// The same for urgency: most messages can wait.
    static let lowestUrgency = -3.0
    /// What a lexicon hit of weight 1 adds to the log-odds of urgency.
    static let urgencyWeight = 5.0

    /// Computes the exponentials that every text needs, all at once: of the sentiment's three exponents, of urgency and toxicity for their
    /// sigmoids, and of positive for the displeasure. The other rules want them.
    @inline(__always)
    func exponentiate(_ kernels: UnsafePointer<attune_kernels>) {
        let sentiment = SentimentDecision.exponents(negative: main[PackLabels.negative], positive: main[PackLabels.positive])
        (exponentials[0], exponentials[1], exponentials[2]) = sentiment
        (exponentials[3], exponentials[4], exponentials[5]) = (-urgencyOdds(), -main[PackLabels.toxicity], main[PackLabels.positive])
        kernels.pointee.exponentials(exponentials, Self.exponentialCount)
    }

    /// A multiple of what the kernel takes at once; the last two are nothing.
    static let exponentialCount = 8

    func sentiment(isUnderstood: Bool, into result: inout CompactAnalysis) -> ValenceLink {
        let (low, high) = (main[PackLabels.negative], main[PackLabels.positive])
        let isUnderstood = isUnderstood && saysSomething
        let raw = (high - thresholds.main[PackLabels.positive]) - (low - thresholds.main[PackLabels.negative])
        var factor = 1 / (raw * raw + ValenceLink.width).squareRoot()
        let decision = SentimentDecision(
            negative: low, positive: high, negativeThreshold: thresholds.main[PackLabels.negative],
            positiveThreshold: thresholds.main[PackLabels.positive], weights: (exponentials[0], exponentials[1], exponentials[2]))
        (result.negative, result.neutral, result.positive) = (decision.negative, decision.neutral, decision.positive)
        (result.label, result.confidence) = (decision.label, decision.confidence)
        if !isUnderstood {
            factor *= Self.notUnderstood
            let rest = (1 - Self.notUnderstood) / 3
            result.negative = result.negative * Self.notUnderstood + rest
            result.neutral = result.neutral * Self.notUnderstood + rest
            result.positive = result.positive * Self.notUnderstood + rest
            (result.label, result.confidence) = (.neutral, result.neutral)
        }
        // The receipt counts in millionths, so the valence is one of them.
        result.valence = Double(Millionths.of(raw * factor)) / 1e6
        if isUnderstood, let share = mixedShare(), abs(result.valence) < Self.mixedValence {
            result.label = .mixed
            result.confidence = min(0.95, (result.negative + result.positive) * (0.5 + Double(share) / 2))
        }
        return ValenceLink(factor: factor, raw: raw)
    }

    /// Marks and gibberish claim nothing: there must be words that somebody may understand, or something that a lexicon knows.
    private var saysSomething: Bool { intents != nil || !thresholds.hasIntents || !valence.isEmpty || !labelled.isEmpty }

    /// The weaker side's share of the stronger one when both are strong, else nil.
    private func mixedShare() -> Float? {
        var (best, worst, positive, negative): (Float, Float, Float, Float) = (0, 0, 0, 0)
        for hit in valence {
            best = max(best, hit.value)
            worst = max(worst, -hit.value)
            positive += max(hit.value, 0)
            negative += max(-hit.value, 0)
        }
        guard best >= Self.mixedStrength, worst >= Self.mixedStrength else { return nil }
        let share = min(positive, negative) / max(positive, negative)
        return share >= Self.mixedShare ? share : nil
    }

    func emotions(into result: inout CompactAnalysis) {
        result.emotionCount = 0
        guard saysSomething else { return }
        for index in 0..<CompactAnalysis.emotionLabels {
            let odds = main[PackLabels.emotions + index]
            guard odds > thresholds.main[PackLabels.emotions + index] else { continue }
            let score = DeterministicMath.sigmoid(odds)
            result.emotions.insert(.init(label: index, value: score, intensity: intensity(score)), &result.emotionCount)
        }
    }

    /// 1…5 from how sure the head is, and up to one more for shouting.
    private func intensity(_ score: Double) -> Int {
        var shape = Double(dense[DenseFeature.exclamations.rawValue])
        shape += Double(dense[DenseFeature.capitals.rawValue])
        shape += Double(dense[DenseFeature.elongations.rawValue])
        return max(1, min(5, Int(1 + score * 4 + min(shape, 1))))
    }

    @inline(__always)
    static func weight(of intent: Int) -> Double { intent == PackLabels.greeting ? greetingWeight : lexiconWeight }

    /// Σ of the lexicon hits of every intent, each hit of one counting less than the one before, into `lexicon`.
    /// - Returns: a bit for every intent that has any; the others' sums are left over.
    func addLexiconOdds() -> UInt32 {
        var ranks = InlineArray<24, UInt8>(repeating: 0)
        var named: UInt32 = 0
        for hit in labelled where hit.value != 0 {
            let entry = compact[Int(hit.entry)]
            guard entry.layer == .intent else { continue }
            let label = Int(entry.label)
            if named >> UInt32(label) & 1 == 0 { lexicon[label] = 0 }
            named |= 1 << UInt32(label)
            // Behind the 200th hit of one intent nothing changes a label.
            if ranks[label] < 200 { ranks[label] += 1 }
            lexicon[label] += Self.weight(of: label) * Double(hit.value) / Double(ranks[label])
        }
        return named
    }

    /// Head and phrases together, in log-odds.
    @inline(__always)
    func intentOdds(_ index: Int, lexicon: Double) -> Double {
        (intents.map { max($0[index], Self.lowestOdds) } ?? Self.lowestOdds) + lexicon
    }

    /// Log-odds that the writer is displeased: of negative against neutral and positive together.
    private var displeasure: Double {
        main[PackLabels.negative] - DeterministicMath.log(1 + exponentials[5])
    }

    /// Log-odds that somebody displeased complains rather than asks or wants something in particular: half as sure as the displeasure.
    var displeasedOdds: Double { Self.displeasedOdds(displeasure) }
    private static func displeasedOdds(_ displeasure: Double) -> Double { displeasedSlope * displeasure + displeasedOffset }
    private static let displeasedSlope = 0.5
    private static let displeasedOffset = -0.6

    /// Whether displeasure alone makes a complaint.
    var isDispleased: Bool { intents != nil && main[PackLabels.negative] > 0 && displeasure > 0 }

    /// Whether head and phrases name an intent.
    @inline(__always)
    func names(_ index: Int, phrases: Double) -> Bool {
        intentOdds(index, lexicon: phrases) > thresholds.intents[index]
            && (phrases > 0 || (intents?[index] ?? -.infinity) > (intents?[PackLabels.outOfScope] ?? 0))
    }

    /// Who is displeased more likely than not says that something was bad, in whatever words: the sentiment heads know many more of
    /// them than the intents' table has rows.
    @inline(__always)
    private func complain(into result: inout CompactAnalysis) {
        guard intents != nil, main[PackLabels.negative] > 0 else { return }
        let displeasure = displeasure
        guard displeasure > 0 else { return }
        for index in 0..<result.intentCount where Int(result.intents[index].label) == PackLabels.complaint { return }
        insert(PackLabels.complaint, Self.displeasedOdds(displeasure), .displeasure, into: &result)
    }

    @inline(__always)
    private func insert(_ intent: Int, _ odds: Double, _ way: IntentConfidence.Way, into result: inout CompactAnalysis) {
        result.intents.insert(.init(label: intent, value: thresholds.confidence.pointee.probability(way, odds)), &result.intentCount)
    }

    /// How an intent that the analysis names was found. Writes `lexicon` anew.
    func way(of intent: Int) -> IntentConfidence.Way {
        guard intent != PackLabels.outOfScope else { return .outside }
        let named = addLexiconOdds()
        let phrases = named >> UInt32(intent) & 1 == 1 ? lexicon[intent] : 0
        guard names(intent, phrases: phrases) else {
            return intent == PackLabels.complaint && isDispleased ? .displeasure : .likeliest
        }
        return phrases > 0 ? .phrase : .head
    }

    /// The log-odds that speak for a named intent, before they are held against what was right. Writes `lexicon` anew.
    func odds(of intent: Int, _ way: IntentConfidence.Way) -> Double {
        let named = addLexiconOdds()
        let phrases = { (index: Int) in named >> UInt32(index) & 1 == 1 ? lexicon[index] : 0 }
        switch way {
        case .displeasure: return displeasedOdds
        case .head, .phrase, .likeliest: return intentOdds(intent, lexicon: phrases(intent))
        case .outside:
            let best = (0..<PackLabels.outOfScope).map { intentOdds($0, lexicon: phrases($0)) }.max() ?? -.infinity
            return outsideOdds(best)
        }
    }

    /// Log-odds that a text is out of scope whose likeliest intent has the odds `best`.
    @inline(__always)
    private func outsideOdds(_ best: Double) -> Double { min(intents?[PackLabels.outOfScope] ?? .infinity, -best) }

    func intents(into result: inout CompactAnalysis) {
        let outside = PackLabels.outOfScope
        let outsideOdds = intents?[outside] ?? 0
        let named = labelled.isEmpty ? 0 : addLexiconOdds()
        result.intentCount = 0
        var best = (index: 0, odds: -Double.infinity)
        if named == 0, let intents {
            // Without phrases few heads say yes: they are found first.
            let ranking = attune_rank(intents, thresholds.intents, outside, Self.lowestOdds, outsideOdds)
            best = (ranking.best, ranking.largest)
            var certain = ranking.above
            while certain != 0 {
                let index = certain.trailingZeroBitCount
                certain &= certain &- 1
                let odds = max(intents[index], Self.lowestOdds)
                insert(index, odds, .head, into: &result)
            }
            return finish(best, into: &result)
        }
        for index in 0..<outside {
            let phrases = named >> UInt32(index) & 1 == 1 ? lexicon[index] : 0
            let odds = intentOdds(index, lexicon: phrases)
            if odds > best.odds { best = (index, odds) }
            guard names(index, phrases: phrases) else { continue }
            insert(index, odds, phrases > 0 ? .phrase : .head, into: &result)
        }
        finish(best, into: &result)
    }

    /// When no intent is named: the likeliest one with the little confidence that it has, or out of scope when that is likelier.
    @inline(__always)
    private func finish(_ best: (index: Int, odds: Double), into result: inout CompactAnalysis) {
        complain(into: &result)
        guard result.intentCount == 0 else { return }
        let outside = intents?[PackLabels.outOfScope] ?? .infinity
        let isOutside = best.odds <= max(outside, Self.lowestNamed)
        if isOutside {
            insert(PackLabels.outOfScope, outsideOdds(best.odds), .outside, into: &result)
        } else {
            insert(best.index, best.odds, .likeliest, into: &result)
        }
    }

    /// Topics and sensitive subjects, in one walk over the hits.
    func subjects(into result: inout CompactAnalysis) {
        result.topicCount = 0
        result.sensitiveCount = 0
        guard !labelled.isEmpty else { return }
        var count = 0
        for hit in labelled {
            let entry = compact[Int(hit.entry)]
            if entry.layer == .topic, hit.value > 0 {
                var at = 0
                while at < count, result.topics[at].label != entry.label { at += 1 }
                if at == count {
                    result.topics[at] = .init(label: Int(entry.label), value: 1)
                    count += 1
                }
                // The probability that none of its hits means it.
                result.topics[at].value *= 1 - 0.9 * Double(hit.value)
            } else if entry.layer == .sensitive {
                var at = 0
                while at < result.sensitiveCount, result.sensitive[at] != entry.label { at += 1 }
                guard at == result.sensitiveCount else { continue }
                result.sensitive[at] = entry.label
                result.sensitiveCount += 1
            }
        }
        for index in 0..<count {
            let label = Int(result.topics[index].label)
            result.topics.insert(.init(label: label, value: 1 - result.topics[index].value), &result.topicCount)
        }
    }

    func urgencyOdds() -> Double {
        var odds = 0.0
        for hit in labelled where hit.value != 0 && compact[Int(hit.entry)].layer == .urgency {
            odds += Self.urgencyWeight * Double(hit.value)
        }
        return max(main[PackLabels.urgency], Self.lowestUrgency) + odds
    }

    func urgency() -> Double { 1 / (1 + exponentials[3]) }

    func toxicity() -> Double { 1 / (1 + exponentials[4]) }

    /// NaN when nothing speaks of it.
    func effort() -> Double {
        var effort = Double.nan
        for hit in labelled where hit.value != 0 && compact[Int(hit.entry)].layer == .effort {
            effort = (effort.isNaN ? 0 : effort) + Double(hit.value)
        }
        return effort.isNaN ? effort : max(-5, min(5, effort))
    }

    /// Hits of a layer and label that count.
    func hits(_ layer: CompactEntry.Layer, label: Int? = nil) -> [LexicalReading.Hit] {
        labelled.filter { hit in
            let entry = compact[Int(hit.entry)]
            return hit.value != 0 && entry.layer == layer && (label == nil || Int(entry.label) == label)
        }
    }
}

/// Where the heads' labels begin, as the rules count them.
///
/// `@unchecked Sendable`: the memory is written in `init` only.
final class HeadThresholds: @unchecked Sendable {
    /// The numbers without their owner, for the hot path: valid as long as it lives.
    struct View {
        /// Per head of the group `main`.
        let main: UnsafePointer<Double>
        /// Per intent, held between one in four and five in eight.
        let intents: UnsafePointer<Double>
        /// Whether there are heads for them.
        let hasIntents: Bool
        let confidence: UnsafePointer<IntentConfidence>
    }

    let view: View
    private let numbers: UnsafeMutablePointer<Double>
    private let confidence: UnsafeMutablePointer<IntentConfidence>

    init(main heads: LinearHeads, intents intentHeads: LinearHeads?, confidence fits: IntentConfidence) {
        let count = PackLabels.main.count + PackLabels.intents.count
        numbers = .allocate(capacity: count)
        numbers.initialize(repeating: 0, count: count)
        confidence = .allocate(capacity: 1)
        confidence.initialize(to: fits)
        let intents = numbers + PackLabels.main.count
        for (head, threshold) in zip(PackLabels.main.indices, heads.threshold) { numbers[head] = Double(threshold) }
        for (head, threshold) in zip(PackLabels.intents.indices, intentHeads?.threshold ?? []) {
            intents[head] = max(-1, min(0.5, Double(threshold)))
        }
        view = View(main: numbers, intents: intents, hasIntents: intentHeads != nil, confidence: confidence)
    }

    deinit {
        numbers.deallocate()
        confidence.deallocate()
    }
}

extension InlineArray where Element == CompactAnalysis.Score {
    /// Inserts a score behind those that are at least as large.
    @inline(__always)
    mutating func insert(_ score: CompactAnalysis.Score, _ count: inout Int) {
        var at = count
        while at > 0, self[at - 1].value < score.value {
            self[at] = self[at - 1]
            at -= 1
        }
        self[at] = score
        count += 1
    }
}
