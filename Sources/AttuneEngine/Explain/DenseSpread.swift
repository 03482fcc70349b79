/// Spreads what a lexicon feature contributed over the hits and marks that the feature was computed from.
struct DenseSpread {
    private let text: HeadExplanation.TextReading
    private let hits: [LexicalReading.Hit]
    /// Of the valence hits, by their tokens.
    private let steps: [Range<Int>: [LexicalReading.Step]]

    init(text: HeadExplanation.TextReading) {
        self.text = text
        let hits = Array(text.reading.valence)
        self.hits = hits
        steps = Dictionary(grouping: text.reading.steps) { hits[Int($0.hit)].tokens }
    }

    /// Adds parts that sum to `amount`.
    func add(_ feature: DenseFeature, _ amount: Double, _ parts: inout [ReceiptPart]) {
        switch feature {
        case .positiveSum: share(hits.filter { $0.value > 0 }, feature, amount, &parts)
        case .negativeSum: share(hits.filter { $0.value < 0 }, feature, amount, &parts)
        case .strongestPositive: share(hits.max { $0.value < $1.value }.map { [$0] } ?? [], feature, amount, &parts)
        case .strongestNegative: share(hits.min { $0.value < $1.value }.map { [$0] } ?? [], feature, amount, &parts)
        case .compound, .hitShare, .conflict: share(hits, feature, amount, &parts)
        case .lastHit: share(hits.last.map { [$0] } ?? [], feature, amount, &parts)
        case .lastSentence: share(lastSentence(), feature, amount, &parts)
        case .positiveEmoji: share(hits.filter { isFace($0) && $0.value > 0 }, feature, amount, &parts)
        case .negativeEmoji: share(hits.filter { isFace($0) && $0.value < 0 }, feature, amount, &parts)
        case .toxicity: share(labelled(.toxicity, ""), feature, amount, &parts)
        case .urgency: share(labelled(.urgency, ""), feature, amount, &parts)
        case .effort: share(labelled(.effort, ""), feature, amount, &parts)
        case .anger, .frustration, .disappointment, .sadness, .fear, .confusion, .disgust, .surprise, .joy, .gratitude, .satisfaction, .relief:
            share(labelled(.emotion, "\(feature)"), feature, amount, &parts)
        case .negatedPraise: share(negated(1).filter { $0.base > 0 }, feature, amount, &parts)
        case .negatedComplaint: share(negated(1).filter { $0.base < 0 }, feature, amount, &parts)
        case .undoneNegation: share(negated(2), feature, amount, &parts)
        case .noHit, .negations, .bareNegation, .length: whole(feature, amount, &parts)
        case .exclamations: mark(feature, amount, &parts) { isMark($0, UInt8(ascii: "!")) }
        case .questions: mark(feature, amount, &parts) { isMark($0, UInt8(ascii: "?")) }
        case .capitals: mark(feature, amount, &parts) { $0.shape.contains(.allCaps) }
        case .elongations: mark(feature, amount, &parts) { $0.shape.contains(.elongated) }
        case .mentions: mark(feature, amount, &parts) { $0.kind == .mention }
        case .urls: mark(feature, amount, &parts) { $0.kind == .url }
        case .hashtags: mark(feature, amount, &parts) { $0.kind == .hashtag }
        }
    }

    /// Spreads an amount over hits by their value, and each hit's over its entry and the rules that changed it.
    private func share(_ hits: [LexicalReading.Hit], _ feature: DenseFeature, _ amount: Double, _ parts: inout [ReceiptPart]) {
        // Hits of both signs are weighed by size: by signed value the shares of a balanced text would grow without bound.
        let total = hits.reduce(0.0) { $0 + abs(Double($1.value)) }
        guard total > 1e-6 else { return whole(feature, amount, &parts) }
        let signed = hits.reduce(0.0) { $0 + Double($1.value) }
        let isSum = (feature == .compound || feature == .lastSentence) && abs(signed) > 1e-3
        for hit in hits {
            let weight = isSum ? Double(hit.value) / signed : abs(Double(hit.value)) / total
            add(hit, amount * weight, &parts)
        }
    }

    private func add(_ hit: LexicalReading.Hit, _ amount: Double, _ parts: inout [ReceiptPart]) {
        let entry = text.lexicon.entries[Int(hit.entry)]
        let name = "lexicon:\(entry.language)/\(entry.kind.rawValue)"
        let value = Double(hit.value)
        let steps = steps(of: hit, entry.kind)
        guard value != 0, !steps.isEmpty else {
            parts.append(.init(source: .lexicon, name: name, span: hit.span, value: amount))
            return
        }
        var rest = amount
        for step in steps {
            let part = amount * Double(step.delta) / value
            rest -= part
            parts.append(.init(source: .modifier, name: step.rule.rawValue, span: step.span, value: part))
        }
        parts.append(.init(source: .lexicon, name: name, span: hit.span, value: rest))
    }

    /// The rules that changed a valence hit; other hits they leave alone.
    private func steps(of hit: LexicalReading.Hit, _ kind: LexiconEntry.Kind) -> [LexicalReading.Step] {
        kind == .valence || kind == .idiom ? steps[hit.tokens] ?? [] : []
    }

    private func whole(_ feature: DenseFeature, _ amount: Double, _ parts: inout [ReceiptPart]) {
        let span = text.tokens.tokens.first.map { first in text.tokens.tokens.last.map { first.span.union($0.span) } ?? first.span }
        parts.append(
            .init(source: feature == .negations || feature == .bareNegation ? .modifier : .emphasis, name: "\(feature)", span: span, value: amount))
    }

    private func mark(_ feature: DenseFeature, _ amount: Double, _ parts: inout [ReceiptPart], where matches: (Token) -> Bool) {
        let tokens = text.tokens.tokens.filter(matches)
        let total = tokens.reduce(0) { $0 + Double($1.repeats) }
        guard total > 0 else { return whole(feature, amount, &parts) }
        for token in tokens {
            parts.append(.init(source: .emphasis, name: "\(feature)", span: token.span, value: amount * Double(token.repeats) / total))
        }
    }

    private func isMark(_ token: Token, _ byte: UInt8) -> Bool { token.kind == .punctuation && text.tokens.form(token).first == byte }

    private func isFace(_ hit: LexicalReading.Hit) -> Bool {
        let kind = text.tokens.tokens[hit.tokens.lowerBound].kind
        return kind == .emoji || kind == .emoticon
    }

    private func negated(_ times: Int8) -> [LexicalReading.Hit] {
        text.reading.valence.indices.filter { text.reading.notes.hits[$0].negations == times }.map { text.reading.valence[$0] }
    }

    private func lastSentence() -> [LexicalReading.Hit] {
        let last = Int32(text.reading.notes.sentences.count - 1)
        return hits.filter { text.reading.notes.sentenceAt[$0.tokens.lowerBound] == last }
    }

    private func labelled(_ kind: LexiconEntry.Kind, _ label: String) -> [LexicalReading.Hit] {
        text.reading.labelled.filter { hit in
            let entry = text.lexicon.entries[Int(hit.entry)]
            return hit.value != 0 && entry.kind == kind && entry.label == label
        }
    }
}
