/// Fills `LexicalReading.dense`; every value stands in −1…1.
enum DenseFeatures {
    /// Half of a sum's way to 1.
    private static let half: Float = 4
    /// The same for what is negated: few hits of a text are.
    private static let halfNegated: Float = 2
    /// `compound` is sum / √(sum² + 15), as VADER normalises it (Hutto & Gilbert 2014).
    private static let normalisation: Float = 15

    static func fill(_ context: RuleContext, _ reading: inout LexicalReading) {
        reading.dense.append(0, times: DenseFeature.count)
        fillShape(context, &reading)
        fillValence(context, &reading)
        if !reading.notes.modifiers.isEmpty { fillNegation(&reading) }
        fillLabels(context, &reading)
    }

    private static func set(_ feature: DenseFeature, _ value: Float, _ reading: inout LexicalReading) {
        reading.dense[feature.rawValue] = max(-1, min(1, value))
    }

    private static func share(_ sum: Float) -> Float {
        sum / (sum + half)
    }

    static func compound(_ sum: Float) -> Float {
        sum / (sum * sum + normalisation).squareRoot()
    }

    private static func fillShape(_ context: RuleContext, _ reading: inout LexicalReading) {
        var negations: Float = 0
        for modifier in reading.notes.modifiers where !modifier.roles.isDisjoint(with: [.negator, .negatorAfter]) { negations += 1 }
        var exclamations: Float = 0, questions: Float = 0
        for end in reading.notes.ends {
            if context.isMark(Int(end), UInt8(ascii: "!")) { exclamations += Float(context.token(Int(end)).repeats) }
            if context.isMark(Int(end), UInt8(ascii: "?")) { questions += Float(context.token(Int(end)).repeats) }
        }
        let counts = reading.notes.counts
        set(.negations, negations / 4, &reading)
        set(.exclamations, exclamations / 4, &reading)
        set(.questions, questions / 4, &reading)
        set(.capitals, counts.words > 0 ? Float(counts.capitals) / Float(counts.words) : 0, &reading)
        set(.elongations, Float(counts.elongations) / 3, &reading)
        set(.length, naturalLog(1 + Float(context.count)) / 5, &reading)
        set(.mentions, Float(counts.mentions) / 3, &reading)
        set(.urls, Float(counts.urls) / 2, &reading)
        set(.hashtags, Float(counts.hashtags) / 4, &reading)
    }

    private static func fillValence(_ context: RuleContext, _ reading: inout LexicalReading) {
        var positive: Float = 0, negative: Float = 0, best: Float = 0, worst: Float = 0
        var gladEmoji: Float = 0, sadEmoji: Float = 0, lastSentence: Float = 0, covered: Float = 0
        let last = reading.notes.sentences.count - 1
        for hit in reading.valence {
            let value = hit.value
            positive += max(value, 0)
            negative += max(-value, 0)
            best = max(best, value)
            worst = min(worst, value)
            covered += Float(hit.tokens.count)
            if Int(reading.notes.sentenceAt[hit.tokens.lowerBound]) == last { lastSentence += value }
            let kind = context.token(hit.tokens.lowerBound).kind
            if kind == .emoji || kind == .emoticon {
                gladEmoji += max(value, 0)
                sadEmoji += max(-value, 0)
            }
        }
        set(.positiveSum, share(positive), &reading)
        set(.negativeSum, share(negative), &reading)
        set(.strongestPositive, best / 4, &reading)
        set(.strongestNegative, -worst / 4, &reading)
        set(.compound, compound(positive - negative), &reading)
        set(.lastHit, (reading.valence.last?.value ?? 0) / 4, &reading)
        set(.lastSentence, compound(lastSentence), &reading)
        set(.hitShare, covered / max(Float(reading.notes.counts.words), 1), &reading)
        set(.noHit, reading.valence.isEmpty ? 1 : 0, &reading)
        set(.positiveEmoji, share(gladEmoji), &reading)
        set(.negativeEmoji, share(sadEmoji), &reading)
        set(.conflict, share(min(positive, negative)), &reading)
    }

    private static func fillNegation(_ reading: inout LexicalReading) {
        guard reading.notes.modifiers.contains(where: { !$0.isHidden && !$0.roles.isDisjoint(with: [.negator, .negatorAfter]) }) else { return }
        guard !reading.valence.isEmpty else { return set(.bareNegation, 1, &reading) }
        var praise: Float = 0, complaint: Float = 0, undone: Float = 0
        for index in reading.valence.indices {
            let base = reading.valence[index].base
            switch reading.notes.hits[index].negations {
            case 1:
                praise += max(base, 0)
                complaint += max(-base, 0)
            case 2: undone += base
            default: break
            }
        }
        set(.negatedPraise, praise / (praise + halfNegated), &reading)
        set(.negatedComplaint, complaint / (complaint + halfNegated), &reading)
        set(.undoneNegation, undone / 4, &reading)
    }

    private static func fillLabels(_ context: RuleContext, _ reading: inout LexicalReading) {
        var toxicity: Float = 0, urgency: Float = 0, effort: Float = 0
        for hit in reading.labelled where hit.value != 0 {
            let entry = context.entry(hit.entry)
            switch entry.layer {
            case .toxicity: toxicity += hit.value
            case .urgency: urgency += hit.value
            case .effort: effort += hit.value
            case .emotion:
                let feature = DenseFeature.anger.rawValue + Int(entry.label)
                reading.dense[feature] = min(1, reading.dense[feature] + hit.value / 2)
            case .valence, .modifier, .intent, .topic, .sensitive, .structure: break
            }
        }
        set(.toxicity, toxicity / 2, &reading)
        set(.urgency, urgency / 2, &reading)
        set(.effort, effort / 5, &reading)
    }

    /// ln x for x ≥ 1, the same on every machine: atanh series on the mantissa, error below 1e-6.
    static func naturalLog(_ x: Float) -> Float {
        let mantissa = x.significand
        let t = (mantissa - 1) / (mantissa + 1)
        let t2 = t * t
        let series = t * (2 + t2 * (2 / 3 + t2 * (2 / 5 + t2 * (2 / 7 + t2 * (2 / 9)))))
        return Float(x.exponent) * 0.693_147_2 + series
    }
}
