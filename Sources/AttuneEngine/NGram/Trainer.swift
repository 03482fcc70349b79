/// Learns a group of heads from labelled texts: what `attune train` does.
///
/// One head per label against the rest. The strength of regularisation is chosen on held-out rows, confidence is fitted on them, and then
/// the weights are learned again from all rows. Same examples, options and lexicons give the same bytes.
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
    ///   - dev: held-out rows; when empty, every tenth distinct text of `examples` is held out for choosing and calibrating.
    /// - Throws: `TrainerError` when there are fewer than two labels or too many.
    public func train(examples: [TrainingExample], dev: [TrainingExample] = []) async throws(TrainerError) -> TrainedModel {
        let labels = Set(examples.flatMap(\.labels)).sorted()
        guard labels.count >= (options.multiLabel ? 1 : 2) else { throw .tooFewLabels(labels.count) }
        guard labels.count <= TrainerOptions.mostLabels else { throw .tooManyLabels(labels.count) }
        if let reject = options.reject, !labels.contains(reject) { throw .unknownReject(reject) }
        let configuration = options.configuration ?? configuration(labels: labels.count)
        let featurizer = Featurizer(reader: reader, configuration: configuration)
        let plain = await featurizer.examples(examples)
        let auxiliary = AuxiliaryHeads([known, feelings].compactMap { $0 }, for: configuration, labels: labels, examples: plain)
        let vectors = auxiliary?.widened(plain) ?? plain
        let all = (0..<vectors.count).map { Int32($0) }
        let (kept, held) = dev.isEmpty ? Self.split(examples) : (all, [])
        var devVectors = vectors
        if !dev.isEmpty {
            devVectors = await featurizer.examples(dev)
            if let auxiliary { devVectors = auxiliary.widened(devVectors) }
        }
        let devRows = dev.isEmpty ? held : (0..<devVectors.count).map { Int32($0) }
        let devExamples = dev.isEmpty ? examples : dev
        var best: Candidate?
        for cost in options.costs.isEmpty ? costs(labels.count) : options.costs {
            let heads = await learn(vectors, examples, kept, labels, cost, configuration)
            let candidate = evaluate(heads, labels, cost, devVectors, devRows, devExamples)
            if best.map({ candidate.metrics.macroF1 > $0.metrics.macroF1 }) ?? true { best = candidate }
        }
        guard var chosen = best else { throw .tooFewLabels(0) }
        if dev.isEmpty { chosen.heads = await learn(vectors, examples, all, labels, chosen.cost, configuration) }
        let heads = LinearHeads.quantized(
            name: options.name, labels: labels, link: options.multiLabel ? .independent : .exclusive, configuration: configuration,
            heads: chosen.heads.map { auxiliary?.collapsed($0) ?? $0 }, calibration: chosen.calibration, threshold: chosen.threshold,
            reject: chosen.rejection)
        return TrainedModel(
            heads: heads, cost: chosen.cost, dev: chosen.metrics, expectedCalibrationError: chosen.calibrationError,
            reliability: chosen.reliability)
    }

    /// More labels than this look at three words in a row, and not at what the pack knows of feelings.
    private static let mostForPairs = 32

    /// Up to so many labels each matters by itself, however rare.
    static let fewLabels = 8

    /// Few labels have many rows each and like to be held back; seventy intents live from single words.
    private func costs(_ labels: Int) -> [Float] {
        if labels <= Self.fewLabels { return [0.1, 0.3, 1] }
        return options.multiLabel ? [0.3, 1] : [1, 2]
    }

    private func balance(_ labels: Int) -> Double { labels <= Self.fewLabels ? 1 : options.multiLabel ? 0.5 : 0 }

    /// The pack's n-grams, for only over the same ones do its heads help; its table, too, where that is no larger than the pack's.
    private func configuration(labels: Int) -> FeatureConfiguration {
        let own = Self.configuration(labels: labels)
        guard let known, known.table != nil, labels <= Self.mostForPairs else { return own }
        var configuration = known.configuration
        if LinearHeads.lanes(for: labels) > known.lanes { configuration.tableBits = min(configuration.tableBits, own.tableBits) }
        return configuration
    }

    /// A table small enough to stay in cache: about 2 MiB whatever the number of labels.
    static func configuration(labels: Int) -> FeatureConfiguration {
        var bits = 17
        while bits > 13, (1 << bits) * LinearHeads.lanes(for: labels) > 3 << 20 { bits -= 1 }
        // What tells seventy intents apart is often how three words follow each other.
        return FeatureConfiguration(tableBits: bits, wordOrder: labels > mostForPairs ? 3 : 2)
    }

    /// Every tenth text by its hash, so that equal texts fall on the same side and the order of rows does not matter.
    static func split(_ examples: [TrainingExample]) -> (kept: [Int32], held: [Int32]) {
        var kept: [Int32] = []
        var held: [Int32] = []
        for (index, example) in examples.enumerated() {
            let hash = example.text.withUnsafeBufferPointer { StableHash.hash($0, seed: 7) }
            if hash % 10 == 0 { held.append(Int32(index)) } else { kept.append(Int32(index)) }
        }
        return held.isEmpty || kept.isEmpty ? (kept + held, kept + held) : (kept, held)
    }

    private func learn(
        _ vectors: SparseExamples, _ examples: [TrainingExample], _ chosen: [Int32], _ labels: [String], _ cost: Float,
        _ configuration: FeatureConfiguration
    ) async -> [HeadWeights] {
        let squares = vectors.squaredInverseFrequencies(rowCount: configuration.rowCount, of: chosen)
        let weights = chosen.map { examples[Int($0)].weight }
        let tasks = labels.map { label in
            var task = HeadTask(
                label: label, chosen: chosen, isPositive: chosen.map { examples[Int($0)].labels.contains(label) }, weights: weights)
            task.balance(power: options.balance ?? balance(labels.count))
            return task
        }
        var learner = DualCoordinateDescent()
        learner.cost = cost
        learner.epochs = options.epochs
        learner.denseScale = options.denseScale
        learner.seed = options.seed
        return await learner.train(tasks, on: vectors, squares: squares)
    }
}
