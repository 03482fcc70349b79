/// Learns a group of heads from labelled texts: what `attune train` does.
///
/// One head per label against the rest. Which n-grams count and how strong regularisation is are chosen on rows that were not learned from,
/// confidence is fitted on them, and then the weights are learned again from all rows. Same examples, options and lexicons give the same bytes.
public struct Trainer: Sendable {
    public let reader: TextReader
    public var options: TrainerOptions
    /// Heads of the pack, whose answers become features where the new heads look at the same n-grams; nil does without.
    public let known: LinearHeads?
    /// The same for finer feelings.
    private let feelings: LinearHeads?

    /// - Parameter pack: its lexicons, and its heads as features.
    public init(pack: Pack, options: TrainerOptions = .init()) {
        let reader = TextReader(lexicon: pack.lexicon, identifier: pack.languageIdentifier)
        let model = pack.model
        self.init(reader: reader, known: model?.group(PackLabels.mainGroup), feelings: model?.group(PackLabels.feelingGroup), options: options)
    }

    public init(reader: TextReader, known: LinearHeads? = nil, feelings: LinearHeads? = nil, options: TrainerOptions = .init()) {
        self.reader = reader
        self.known = known
        self.feelings = feelings
        self.options = options
    }

    /// - Parameters:
    ///   - examples: what to learn from; rows without text count too (their label is learned as the answer to nothing).
    ///   - dev: held-out rows to choose and calibrate on. Few examples are also held out in turns, a fifth at a time; of many, without `dev`,
    ///     every tenth distinct text.
    /// - Throws: `TrainerError` when there are fewer than two labels or too many.
    public func train(examples: [TrainingExample], dev: [TrainingExample] = []) async throws(TrainerError) -> TrainedModel {
        let labels = Set(examples.flatMap(\.labels)).sorted()
        guard labels.count >= (options.multiLabel ? 1 : 2) else { throw .tooFewLabels(labels.count) }
        guard labels.count <= TrainerOptions.mostLabels else { throw .tooManyLabels(labels.count) }
        if let reject = options.reject, !labels.contains(reject) { throw .unknownReject(reject) }
        let isCheap = examples.count * labels.count <= Self.mostForTurns
        let folds = isCheap ? Self.folds(examples, count: 5) : dev.isEmpty ? Array(Self.folds(examples, count: 10).prefix(1)) : []
        var best: Choice?
        for plan in TrainingPlan.plans(options, labels: labels.count, known: known, isCheap: isCheap) {
            let view = await TrainingView(
                plan, labels: labels, options: options, reader: reader, known: [known, feelings].compactMap { $0 }, examples: examples, dev: dev)
            for cost in plan.costs {
                let choice = await choice(view, cost, folds, dev)
                if best.map({ choice.macroF1 > $0.macroF1 }) ?? true { best = choice }
            }
        }
        guard let best else { throw .tooFewLabels(0) }
        var heads = best.heads
        if heads == nil { heads = await best.view.learn(Self.all(examples), cost: best.cost) }
        return trained(best, best.view.collapsed(heads ?? []), dev.isEmpty ? (isCheap ? .turns : .tenth) : .dev)
    }

    /// Rows times labels up to which every row is held out once: with few, a tenth of them would tell little.
    private static let mostForTurns = 400_000

    /// A plan and a strength, and what was fitted for them.
    private struct Choice: Sendable {
        var view: TrainingView
        var cost: Float
        /// Learned from all rows; nil when that is still to be done.
        var heads: [HeadWeights]?
        var fit: HeadFit
        /// Of all held-out rows: what the choice is made by.
        var macroF1: Double
        /// What the report tells of: the rows of `--dev`, or those held out of the examples.
        var told: HeldAnswers
    }

    private func choice(_ view: TrainingView, _ cost: Float, _ folds: [[Int32]], _ dev: [TrainingExample]) async -> Choice {
        var held = HeldAnswers()
        for fold in folds {
            let out = Set(fold)
            let kept = Self.all(view.examples).filter { !out.contains($0) }
            held = held + view.answers(await view.learn(kept.isEmpty ? fold : kept, cost: cost), rows: fold)
        }
        var heads: [HeadWeights]?
        var told = held
        if !dev.isEmpty {
            let learned = await view.learn(Self.all(view.examples), cost: cost)
            told = view.devAnswers(learned, dev)
            held = held + told
            heads = learned
        }
        let fit = HeadFit(held, labels: view.labels, options: options)
        return Choice(view: view, cost: cost, heads: heads, fit: fit, macroF1: fit.metrics(held).macroF1, told: told)
    }

    private func trained(_ choice: Choice, _ weights: [HeadWeights], _ held: TrainedModel.HeldOut) -> TrainedModel {
        let (fit, labels) = (choice.fit, choice.view.labels)
        let heads = LinearHeads.quantized(
            name: options.name, labels: labels, link: options.multiLabel ? .independent : .exclusive, configuration: choice.view.plan.configuration,
            heads: weights, calibration: fit.calibration, threshold: fit.threshold, reject: fit.rejection)
        let told = fit.confidences(choice.told)
        return TrainedModel(
            heads: heads, cost: choice.cost, heldOut: held, dev: fit.metrics(choice.told),
            expectedCalibrationError: Calibration.expectedError(confidence: told.confidence, isCorrect: told.isCorrect),
            reliability: Calibration.reliability(confidence: told.confidence, isCorrect: told.isCorrect))
    }

    private static func all(_ examples: [TrainingExample]) -> [Int32] { examples.indices.map { Int32($0) } }

    /// Rows to hold out in turns, by a hash of their texts: equal texts fall on the same side and the order of rows does not matter.
    /// Never empty: where all texts are one, they are held out and learned from.
    static func folds(_ examples: [TrainingExample], count: Int) -> [[Int32]] {
        var folds = [[Int32]](repeating: [], count: count)
        for (index, example) in examples.enumerated() {
            let hash = example.text.withUnsafeBufferPointer { StableHash.hash($0, seed: 7) }
            folds[Int(hash % UInt64(count))].append(Int32(index))
        }
        return folds.filter { !$0.isEmpty }
    }
}
