/// Trains the group `intents`: 22 intents and `out-of-scope`, each a yes/no question, over a table of its own.
struct PackIntentTrainer: Sendable {
    let reader: TextReader
    let options: PackTrainerOptions

    func train(_ rows: PackRows, _ scores: inout [PackScore]) async -> LinearHeads? {
        let train = rows.trainRows[.intent] ?? []
        let dev = rows.devRows[.intent] ?? []
        guard !train.isEmpty else { return nil }
        let configuration = PackLabels.intentConfiguration
        let featurizer = Featurizer(reader: reader, configuration: configuration)
        let vectors = await featurizer.examples(train.map(\.example))
        let devVectors = await featurizer.examples(dev.map(\.example))
        let all = train.indices.map { Int32($0) }
        let squares = vectors.squaredInverseFrequencies(rowCount: configuration.rowCount, of: all)
        let tasks = PackLabels.intents.map { label in
            let chosen = all.filter { rows.judges(train[Int($0)].line, label) }
            var task = HeadTask(
                label: label, chosen: chosen, isPositive: chosen.map { train[Int($0)].labels.contains(label) },
                weights: chosen.map { train[Int($0)].example.weight })
            task.balance(power: 0.5)
            return task
        }
        var learner = DualCoordinateDescent()
        learner.cost = options.intentCost
        learner.epochs = options.epochs
        learner.seed = options.seed
        let learned = await learner.train(tasks, on: vectors, squares: squares)
        var calibration: [LinearHeads.Calibrated] = []
        var threshold: [Float] = []
        for (index, label) in PackLabels.intents.enumerated() {
            let judged = dev.indices.filter { rows.judges(dev[$0].line, label) }
            let column = judged.map { Double(devVectors.score($0, learned[index])) }
            let truth = judged.map { dev[$0].labels.contains(label) }
            let known = truth.contains(true)
            // An intent that no set teaches is left to the lexicon: its head says no with the odds of one in a hundred.
            let taught = tasks[index].isPositive.contains(true)
            let fallback = LinearHeads.Calibrated(slope: taught ? 3 : 0, offset: taught ? -1 : -4.6)
            let fit = known ? Calibration.platt(scores: column, isPositive: truth) : fallback
            calibration.append(fit)
            let cut = known ? Calibration.bestThreshold(logOdds: column.map { fit.slope * $0 + fit.offset }, isPositive: truth) : 0
            threshold.append(Float(max(cut, -1)))
        }
        let heads = LinearHeads.quantized(
            name: PackLabels.intentGroup, labels: PackLabels.intents, link: .independent, configuration: configuration, heads: learned,
            calibration: calibration, threshold: threshold)
        scores += PackMeasure(heads: heads, rows: rows).scores(.intent, devVectors, dev)
        return heads
    }
}
