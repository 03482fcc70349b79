/// The rows of a training as a plan sees them.
struct TrainingView: Sendable {
    let plan: TrainingPlan
    let labels: [String]
    let options: TrainerOptions
    let examples: [TrainingExample]
    private let vectors: SparseExamples
    private let dev: SparseExamples
    /// The same without characters, where the plan tells them apart.
    private let words: SparseExamples?
    private let auxiliary: AuxiliaryHeads?

    /// - Parameter known: groups of heads whose answers become features where they look at the plan's n-grams.
    init(
        _ plan: TrainingPlan, labels: [String], options: TrainerOptions, reader: TextReader, known: [LinearHeads],
        examples: [TrainingExample], dev: [TrainingExample]
    ) async {
        self.plan = plan
        self.labels = labels
        self.options = options
        self.examples = examples
        let featurizer = Featurizer(reader: reader, configuration: plan.configuration)
        let (plain, plainDev) = (await featurizer.examples(examples), await featurizer.examples(dev))
        auxiliary = AuxiliaryHeads(known, for: plan.configuration, labels: labels, examples: plain, spread: options.knownScale)
        vectors = auxiliary?.widened(plain) ?? plain
        self.dev = auxiliary?.widened(plainDev) ?? plainDev
        var wordsOnly = plan.configuration
        wordsOnly.maximumCharacters = 0
        words = plan.wordFactor == 1 ? nil : await Featurizer(reader: reader, configuration: wordsOnly).examples(examples)
    }

    /// Learns a head a label from the chosen rows.
    func learn(_ chosen: [Int32], cost: Float) async -> [HeadWeights] {
        var squares = vectors.squaredInverseFrequencies(rowCount: plan.configuration.rowCount, of: chosen, power: plan.rarity)
        if let words { squares = vectors.favouring(words, by: plan.wordFactor, squares) }
        let weights = chosen.map { examples[Int($0)].weight }
        let tasks = labels.map { label in
            var task = HeadTask(
                label: label, chosen: chosen, isPositive: chosen.map { examples[Int($0)].labels.contains(label) }, weights: weights)
            task.balance(power: plan.balance)
            return task
        }
        var learner = DualCoordinateDescent()
        learner.cost = cost
        learner.epochs = options.epochs
        learner.denseScale = options.denseScale
        learner.seed = options.seed
        return await learner.train(tasks, on: plan.isUnit ? vectors.unit(squares) : vectors, squares: squares)
    }

    /// What heads answer for some of the rows.
    func answers(_ heads: [HeadWeights], rows: [Int32]) -> HeldAnswers {
        HeldAnswers(
            scores: rows.map { row in heads.map { Double(vectors.score(Int(row), $0)) } }, truth: rows.map { examples[Int($0)].labels })
    }

    /// What heads answer for the rows of `--dev`.
    func devAnswers(_ heads: [HeadWeights], _ truth: [TrainingExample]) -> HeldAnswers {
        HeldAnswers(scores: (0..<dev.count).map { row in heads.map { Double(dev.score(row, $0)) } }, truth: truth.map(\.labels))
    }

    /// Heads over the plan's n-grams alone.
    func collapsed(_ heads: [HeadWeights]) -> [HeadWeights] { heads.map { auxiliary?.collapsed($0) ?? $0 } }
}

/// Scores of texts that the heads were not learned from, a row a text and a column a label, and the right labels.
struct HeldAnswers: Sendable {
    var scores: [[Double]] = []
    var truth: [[String]] = []

    static func + (one: HeldAnswers, other: HeldAnswers) -> HeldAnswers {
        HeldAnswers(scores: one.scores + other.scores, truth: one.truth + other.truth)
    }
}
