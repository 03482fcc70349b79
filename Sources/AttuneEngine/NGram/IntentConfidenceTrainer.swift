/// Fits `IntentConfidence` on customers' messages that nothing was learned from: of each the first intent, right or not.
struct IntentConfidenceTrainer {
    let lexicon: Lexicon
    /// Heads whose answers are judged.
    let groups: [LinearHeads]
    /// Which intent comes first depends on the fits, so they are made again with the order that they make.
    private static let rounds = 3
    /// A way that was taken less often is left as it is.
    private static let fewest = 40

    func fit(_ rows: PackRows) -> IntentConfidence {
        let messages = (rows.calibrationRows[.intent] ?? []).filter { rows.recipe.lines[$0.line].set.hasPrefix("customers/") }
        var confidence = IntentConfidence()
        for _ in 0..<Self.rounds { confidence = next(messages, confidence) }
        return confidence
    }

    private func next(_ messages: [PackRows.Row], _ last: IntentConfidence) -> IntentConfidence {
        let analyzer = Analyzer(pack: Pack(lexicon: lexicon, model: ModelFile(groups: groups + [last.heads], card: "")))
        var odds = [[Double]](repeating: [], count: IntentConfidence.Way.allCases.count)
        var isRight = [[Bool]](repeating: [], count: odds.count)
        var scratch = AnalyzerScratch()
        for row in messages {
            row.example.text.withUnsafeBufferPointer { analyzer.score($0, scratch: &scratch) }
            guard !scratch.tokens.tokens.isEmpty else { continue }
            let label = Int(scratch.result.intents[0].label)
            let rules = analyzer.labelRules(&scratch)
            let way = rules.way(of: label)
            odds[way.rawValue].append(rules.odds(of: label, way))
            isRight[way.rawValue].append(row.labels.contains(PackLabels.intents[label]))
        }
        var result = last
        for way in IntentConfidence.Way.allCases where odds[way.rawValue].count >= Self.fewest {
            result.set(way, Calibration.platt(scores: odds[way.rawValue], isPositive: isRight[way.rawValue]))
        }
        return result
    }
}
