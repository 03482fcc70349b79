/// Trains the group `intents`: 22 intents and `out-of-scope`, each a yes/no question, over a table of its own.
struct PackIntentTrainer: Sendable {
    let reader: TextReader
    let options: PackTrainerOptions
    var configuration = PackLabels.intentConfiguration

    func train(_ rows: PackRows, _ scores: inout [PackScore]) async -> LinearHeads? {
        let train = rows.trainRows[.intent] ?? []
        let fitting = rows.calibrationRows[.intent] ?? []
        let dev = rows.devRows[.intent] ?? []
        guard !train.isEmpty else { return nil }
        let featurizer = Featurizer(reader: reader, configuration: configuration)
        let vectors = await featurizer.examples(train.map(\.example))
        let fittingVectors = await featurizer.examples(fitting.map(\.example))
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
        let learned = await options.learner(cost: options.intentCost).train(tasks, on: vectors, squares: squares)
        let fits = Self.asFirst(tasks.indices.map { fit(tasks[$0], learned[$0], fittingVectors, fitting, rows) }, learned, fittingVectors, fitting)
        let heads = LinearHeads.quantized(
            name: PackLabels.intentGroup, labels: PackLabels.intents, link: .independent, configuration: configuration, heads: learned,
            calibration: fits.map(\.calibration), threshold: fits.map(\.threshold))
        scores += PackMeasure(heads: heads, rows: rows).scores(.intent, await featurizer.examples(dev.map(\.example)), dev)
        return heads
    }

    private typealias Fit = (calibration: LinearHeads.Calibrated, threshold: Float)

    /// The largest of many honest answers is too sure of itself: one more fit, the same for all intents, of how often the first one is right.
    private static func asFirst(_ fits: [Fit], _ heads: [HeadWeights], _ vectors: SparseExamples, _ dev: [PackRows.Row]) -> [Fit] {
        var scores: [Double] = []
        var isRight: [Bool] = []
        for (index, row) in dev.enumerated() {
            let odds = heads.indices.map { fits[$0].calibration.slope * Double(vectors.score(index, heads[$0])) + fits[$0].calibration.offset }
            guard let best = odds.indices.max(by: { odds[$0] < odds[$1] }) else { continue }
            // As often as its line weighs, like all that is fitted for what customers write.
            for _ in 0..<max(1, Int(row.example.weight.rounded())) {
                scores.append(odds[best])
                isRight.append(row.labels.contains(PackLabels.intents[best]))
            }
        }
        guard isRight.contains(true), isRight.contains(false) else { return fits }
        let first = Calibration.platt(scores: scores, isPositive: isRight)
        return fits.map { fit in
            let calibration = LinearHeads.Calibrated(
                slope: first.slope * fit.calibration.slope, offset: first.slope * fit.calibration.offset + first.offset)
            return (calibration, Float(first.slope * Double(fit.threshold) + first.offset))
        }
    }

    /// Calibration and threshold of one intent from the dev rows that answer it.
    private func fit(
        _ task: HeadTask, _ head: HeadWeights, _ vectors: SparseExamples, _ dev: [PackRows.Row], _ rows: PackRows
    ) -> (calibration: LinearHeads.Calibrated, threshold: Float) {
        let judged = dev.indices.filter { rows.judges(dev[$0].line, task.label) }
        let truth = judged.map { dev[$0].labels.contains(task.label) }
        guard truth.contains(true) else {
            // An intent that no set teaches is left to the lexicon: its head says no with the odds of one in a hundred.
            let taught = task.isPositive.contains(true)
            return (taught ? .init(slope: 3, offset: -1) : .init(slope: 0, offset: -4.6), 0)
        }
        let scores = judged.map { Double(vectors.score($0, head)) }
        let fit = Calibration.platt(scores: scores, isPositive: truth)
        let cut = Calibration.bestThreshold(logOdds: scores.map { fit.slope * $0 + fit.offset }, isPositive: truth)
        return (fit, Float(max(cut, -1)))
    }
}
