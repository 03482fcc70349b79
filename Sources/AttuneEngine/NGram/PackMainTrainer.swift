/// Trains the group `main`: sentiment, 12 emotions, urgency and toxicity over one table; and `outline`, what the order of things adds to sentiment.
struct PackMainTrainer: Sendable {
    let reader: TextReader
    let options: PackTrainerOptions
    private static let polarity = ["negative", "neutral", "positive"]
    private static let groups: [PackRecipe.Group] = [.sentiment, .emotion, .toxicity, .urgency]

    /// A head with its calibration and threshold.
    private struct Fitted: Sendable {
        var head: HeadWeights
        var calibration: LinearHeads.Calibrated
        var threshold: Float
    }

    func train(_ rows: PackRows, _ scores: inout [PackScore], report: @Sendable (String) -> Void) async -> (main: LinearHeads, outline: LinearHeads) {
        var fitted: [String: Fitted] = [:]
        var measured: [(group: PackRecipe.Group, vectors: SparseExamples, outlines: SparseExamples?, rows: [PackRows.Row])] = []
        for group in Self.groups {
            var train = rows.trainRows[group] ?? []
            if group == .sentiment { train += JoinedTexts(seed: options.seed).rows(train) }
            let fitting = rows.calibrationRows[group] ?? []
            let dev = rows.devRows[group] ?? []
            guard !train.isEmpty else { continue }
            report("\(group.rawValue): \(train.count) rows")
            let featurizer = Featurizer(
                reader: reader, configuration: group == .sentiment ? PackLabels.sentimentConfiguration : PackLabels.sharedConfiguration)
            let vectors = await featurizer.examples(train.map(\.example))
            let fittingVectors = await featurizer.examples(fitting.map(\.example))
            if group == .sentiment {
                for (label, head) in await sentiment(vectors, train, fittingVectors, fitting, rows) { fitted[label] = head }
            } else {
                for (label, head) in await yesNo(group, vectors, train, fittingVectors, fitting, rows) { fitted[label] = head }
            }
            let texts = dev.map(\.example)
            measured.append((group, await featurizer.examples(texts), group == .sentiment ? featurizer.outlines(texts) : nil, dev))
        }
        let empty = HeadWeights(rows: [], dense: .init(repeating: 0, count: DenseFeature.allCases.count), bias: -3)
        let all = PackLabels.main.map { fitted[$0] ?? Fitted(head: empty, calibration: .identity, threshold: 0) }
        let heads = LinearHeads.quantized(
            name: PackLabels.mainGroup, labels: PackLabels.main, link: .independent, configuration: PackLabels.mainConfiguration,
            heads: all.map(\.head), calibration: all.map(\.calibration), threshold: all.map(\.threshold))
        let outline = Self.outline(PackLabels.main.indices.prefix(2).map { all[$0] })
        for part in measured {
            scores += PackMeasure(heads: heads, outline: outline, rows: rows).scores(
                part.group, part.vectors, part.rows, outlines: part.outlines)
        }
        return (heads, outline)
    }

    /// What the sentiment heads learned of outlines, as a group. The rest of their answer stays where it is.
    private static func outline(_ sentiment: [Fitted]) -> LinearHeads {
        LinearHeads.quantized(
            name: PackLabels.outlineGroup, labels: OutlineHeads.labels, link: .independent, configuration: OutlinePairs.configuration,
            heads: sentiment.map { HeadWeights(rows: $0.head.further, dense: [], bias: 0) },
            calibration: sentiment.map { .init(slope: $0.calibration.slope, offset: 0) }, threshold: sentiment.map { _ in 0 })
    }

    /// Three heads one against the rest; what is kept is each side minus neutral.
    private func sentiment(
        _ vectors: SparseExamples, _ train: [PackRows.Row], _ devVectors: SparseExamples, _ dev: [PackRows.Row], _ rows: PackRows
    ) async -> [(String, Fitted)] {
        let all = train.indices.map { Int32($0) }
        let configuration = PackLabels.sentimentConfiguration
        var wordsOnly = configuration
        wordsOnly.maximumCharacters = 0
        let words = await Featurizer(reader: reader, configuration: wordsOnly).examples(train.map(\.example))
        let squares = vectors.favouring(
            words, by: options.wordFactor,
            vectors.squaredInverseFrequencies(rowCount: configuration.rowCount, of: all))
        let tasks = Self.polarity.map { label in
            var task = HeadTask(
                label: label, chosen: all, isPositive: train.map { $0.labels == [label] }, weights: train.map(\.example.weight))
            task.balance(power: options.balance)
            return task
        }
        let outlines = Featurizer(reader: reader, configuration: configuration).outlines(train.map(\.example))
        let beside = FurtherFeatures(
            outlines, rowCount: OutlinePairs.configuration.rowCount, share: options.outlineShare, fewest: options.fewestOutlines)
        let origin = OriginColumns(train, rows.recipe)
        let wide = vectors.widened(by: origin.columns(), width: origin.width)
        let heads = await options.learner(cost: options.sentimentCost).train(tasks, on: wide, squares: squares, beside: beside)
            .map(origin.withoutOrigin)
        let negative = heads[0].minus(heads[1])
        let positive = heads[2].minus(heads[1])
        // A row counts as often as its line of the recipe weighs: confidence is to be right first of all on what customers write.
        let fitted = dev.indices.flatMap { [Int](repeating: $0, count: max(1, Int(dev[$0].example.weight.rounded()))) }
        let devOutlines = Featurizer(reader: reader, configuration: configuration).outlines(dev.map(\.example))
        let score = { (index: Int, head: HeadWeights) in Double(devVectors.score(index, head) + devOutlines.sum(index, head.further)) }
        let scores = fitted.map { [score($0, negative), 0, score($0, positive)] }
        let truth = fitted.map { index in Self.polarity.firstIndex { dev[index].labels == [$0] } ?? 1 }
        guard !scores.isEmpty else {
            return [("negative", negative), ("positive", positive)].map {
                ($0.0, Fitted(head: $0.1, calibration: .identity, threshold: 0))
            }
        }
        let fits = Calibration.softmax(scores: scores, truth: truth, offsets: true)
        let low = LinearHeads.Calibrated(slope: fits[0].slope, offset: fits[0].offset - fits[1].offset)
        let high = LinearHeads.Calibrated(slope: fits[2].slope, offset: fits[2].offset - fits[1].offset)
        // Deciding by the balanced scores, before the dev sets' shares come in, finds all three labels equally well.
        return [
            ("negative", Fitted(head: negative, calibration: low, threshold: Float(low.offset))),
            ("positive", Fitted(head: positive, calibration: high, threshold: Float(high.offset))),
        ]
    }

    /// Independent yes/no heads, each learned from the rows whose line judges it.
    private func yesNo(
        _ group: PackRecipe.Group, _ vectors: SparseExamples, _ train: [PackRows.Row], _ devVectors: SparseExamples, _ dev: [PackRows.Row],
        _ rows: PackRows
    ) async -> [(String, Fitted)] {
        let labels = group == .emotion ? Emotion.allCases.map(\.rawValue) : [group.rawValue]
        let all = train.indices.map { Int32($0) }
        let squares = vectors.squaredInverseFrequencies(rowCount: PackLabels.sharedConfiguration.rowCount, of: all)
        let tasks = labels.map { label in
            let chosen = all.filter { rows.judges(train[Int($0)].line, label) }
            var task = HeadTask(
                label: label, chosen: chosen, isPositive: chosen.map { train[Int($0)].labels.contains(label) },
                weights: chosen.map { train[Int($0)].example.weight })
            task.balance(power: group == .emotion ? options.emotionBalance : options.balance)
            return task
        }
        let cost = group == .emotion ? options.emotionCost : options.toxicityCost
        let heads = await options.learner(cost: cost).train(tasks, on: vectors, squares: squares)
        return zip(labels, heads).map { label, head in
            let judged = dev.indices.filter { rows.judges(dev[$0].line, label) }
            let scores = judged.map { Double(devVectors.score($0, head)) }
            let truth = judged.map { dev[$0].labels.contains(label) }
            let fit = Calibration.platt(scores: scores, isPositive: truth)
            let logOdds = scores.map { fit.slope * $0 + fit.offset }
            let cut = truth.contains(true) ? Calibration.bestThreshold(logOdds: logOdds, isPositive: truth) : 0
            return (label, Fitted(head: head, calibration: fit, threshold: Float(cut)))
        }
    }
}
