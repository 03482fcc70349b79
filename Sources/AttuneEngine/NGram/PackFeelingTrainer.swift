/// Trains the group `feelings`: a yes/no question for every label of the recipe's `feeling` lines.
struct PackFeelingTrainer: Sendable {
    let reader: TextReader
    let options: PackTrainerOptions

    /// Nil when no set teaches it.
    func train(_ rows: PackRows) async -> LinearHeads? {
        let train = rows.trainRows[.feeling] ?? []
        guard !train.isEmpty else { return nil }
        let configuration = PackLabels.feelingConfiguration
        let vectors = await Featurizer(reader: reader, configuration: configuration).examples(train.map(\.example))
        let all = train.indices.map { Int32($0) }
        let labels = Set(train.flatMap(\.labels)).sorted()
        let tasks = labels.map { label in
            var task = HeadTask(
                label: label, chosen: all, isPositive: train.map { $0.labels.contains(label) }, weights: train.map(\.example.weight))
            task.balance(power: 0.5)
            return task
        }
        let squares = vectors.squaredInverseFrequencies(rowCount: configuration.rowCount, of: all)
        let heads = await options.learner(cost: options.emotionCost).train(tasks, on: vectors, squares: squares)
        return LinearHeads.quantized(
            name: PackLabels.feelingGroup, labels: labels, link: .independent, configuration: configuration, heads: heads,
            calibration: labels.map { _ in .identity }, threshold: labels.map { _ in 0 })
    }
}
