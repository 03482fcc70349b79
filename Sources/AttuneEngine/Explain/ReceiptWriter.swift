/// Writes the receipt of an analysis: an account for every score it gives.
struct ReceiptWriter {
    let labels: LabelRules
    let link: LabelRules.ValenceLink
    private let lexicon: Lexicon
    private let heads: LinearHeads
    private let main: HeadExplanation
    private let intents: HeadExplanation?

    init(analyzer: Analyzer, labels: LabelRules, scratch: AnalyzerScratch, link: LabelRules.ValenceLink) {
        self.labels = labels
        self.link = link
        lexicon = analyzer.pack.lexicon
        heads = analyzer.tables.main
        let text = HeadExplanation.TextReading(tokens: scratch.tokens, reading: scratch.reading, lexicon: lexicon)
        var features = FeatureBuffer()
        analyzer.tables.hasher.hash(scratch.tokens, scratch.reading, origins: true, into: &features)
        main = HeadExplanation(heads: heads, features: features, text: text, outline: analyzer.outline?.heads)
        intents = analyzer.tables.intents.map { heads in
            var narrowed = FeatureBuffer()
            narrowed.narrow(features, rowCount: heads.configuration.rowCount)
            return HeadExplanation(heads: heads, features: narrowed, text: text)
        }
    }

    func receipt(_ analysis: Analysis) -> Receipt {
        var accounts = [valence()]
        for (index, emotion) in Emotion.allCases.enumerated() where analysis.emotions.contains(where: { $0.emotion == emotion }) {
            let head = PackLabels.emotions + index
            accounts.append(.init(head: "emotion.\(emotion.rawValue)", unit: .logOdds, parts: main.parts(head: head), total: labels.main[head]))
        }
        for score in analysis.intents {
            if let index = PackLabels.intents.firstIndex(of: score.label), score.label != Analysis.outOfScope { accounts.append(intent(index)) }
        }
        for score in analysis.topics {
            accounts.append(points("topic.\(score.label)", labels.hits(.topic, label: LexiconEntry.Kind.topic.labels.firstIndex(of: score.label))))
        }
        accounts.append(urgency())
        accounts.append(
            .init(head: "toxicity", unit: .logOdds, parts: main.parts(head: PackLabels.toxicity), total: labels.main[PackLabels.toxicity]))
        if analysis.effort != nil { accounts.append(effort()) }
        return Receipt(accounts: accounts)
    }

    /// Both sides counted from where their label changes, one minus the other.
    private func valence() -> Receipt.Account {
        var parts = main.parts(head: PackLabels.positive, factor: link.factor) + main.parts(head: PackLabels.negative, factor: -link.factor)
        let shift = Double(heads.threshold[PackLabels.negative]) - Double(heads.threshold[PackLabels.positive])
        parts.append(.init(source: .baseline, name: "baseline", span: nil, value: shift * link.factor))
        return .init(head: "sentiment.valence", unit: .valence, parts: parts, total: link.raw * link.factor)
    }

    /// What speaks for an intent, in the measure that its confidence is told in.
    private func intent(_ index: Int) -> Receipt.Account {
        let way = labels.way(of: index)
        let confidence = labels.thresholds.confidence.pointee
        let (slope, odds) = (confidence.slope(way), labels.odds(of: index, way))
        var parts = way == .displeasure ? displeasure(slope, odds) : evidence(index, slope)
        parts.append(.init(source: .baseline, name: "baseline", span: nil, value: confidence.offset(way)))
        return .init(head: "intent.\(PackLabels.intents[index])", unit: .logOdds, parts: parts, total: confidence.logOdds(way, odds))
    }

    private func evidence(_ index: Int, _ factor: Double) -> [ReceiptPart] {
        var parts: [ReceiptPart] = []
        if let intents, let odds = labels.intents?[index], odds >= LabelRules.lowestOdds {
            parts = intents.parts(head: index, factor: factor)
        } else {
            parts.append(.init(source: .baseline, name: "baseline", span: nil, value: LabelRules.lowestOdds * factor))
        }
        for (rank, hit) in labels.hits(.intent, label: index).enumerated() {
            parts.append(part(hit, LabelRules.weight(of: index) * Double(hit.value) / Double(rank + 1) * factor))
        }
        return parts
    }

    /// The complaint that nothing but the feeling tells of. How much speaks for praise counts as a whole: it is not linear in the words.
    private func displeasure(_ factor: Double, _ odds: Double) -> [ReceiptPart] {
        let rest = odds - labels.main[PackLabels.negative]
        return main.parts(head: PackLabels.negative, factor: factor)
            + [.init(source: .baseline, name: "baseline", span: nil, value: rest * factor)]
    }

    private func urgency() -> Receipt.Account {
        var parts: [ReceiptPart] = []
        if labels.main[PackLabels.urgency] >= LabelRules.lowestUrgency {
            parts = main.parts(head: PackLabels.urgency)
        } else {
            parts.append(.init(source: .baseline, name: "baseline", span: nil, value: LabelRules.lowestUrgency))
        }
        for hit in labels.hits(.urgency) { parts.append(part(hit, LabelRules.urgencyWeight * Double(hit.value))) }
        return .init(head: "urgency", unit: .logOdds, parts: parts, total: labels.urgencyOdds())
    }

    private func effort() -> Receipt.Account {
        let hits = labels.hits(.effort)
        var account = points("effort", hits)
        let told = Millionths.of(hits.isEmpty ? 0 : labels.effort())
        if account.millionths != told {
            account.contributions.append(.init(source: .baseline, name: "limit", span: nil, millionths: told - account.millionths))
            account.millionths = told
        }
        return account
    }

    /// Hits that simply add up.
    private func points(_ head: String, _ hits: [LexicalReading.Hit]) -> Receipt.Account {
        .init(head: head, unit: .points, parts: hits.map { part($0, Double($0.value)) }, total: hits.reduce(0) { $0 + Double($1.value) })
    }

    private func part(_ hit: LexicalReading.Hit, _ value: Double) -> ReceiptPart {
        let entry = lexicon.entries[Int(hit.entry)]
        return .init(source: .lexicon, name: "lexicon:\(entry.language)/\(entry.kind.rawValue)", span: hit.span, value: value)
    }
}
