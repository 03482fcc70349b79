extension LinearHeads {
    /// The group `main` without a model: the lexicon features with weights set by hand, so that the engine answers before anything was
    /// trained. No n-grams, and a confidence that nobody measured.
    static let lexiconOnly: LinearHeads = {
        let width = DenseFeature.allCases.count
        var dense = [Float](repeating: 0, count: PackLabels.main.count * width)
        func set(_ head: Int, _ feature: DenseFeature, _ weight: Float) { dense[head * width + feature.rawValue] = weight }
        set(PackLabels.negative, .compound, -5)
        set(PackLabels.negative, .strongestNegative, 1.5)
        set(PackLabels.positive, .compound, 5)
        set(PackLabels.positive, .strongestPositive, 1.5)
        for index in Emotion.allCases.indices {
            if let feature = DenseFeature(rawValue: DenseFeature.anger.rawValue + index) { set(PackLabels.emotions + index, feature, 6) }
        }
        set(PackLabels.toxicity, .toxicity, 6)
        let bias: [Float] = [-1, -1] + .init(repeating: -2.5, count: Emotion.allCases.count) + [-3, -3]
        return LinearHeads(
            name: PackLabels.mainGroup, labels: PackLabels.main, link: .independent,
            configuration: .init(tableBits: 1, wordOrder: 0, maximumCharacters: 0, symbols: false),
            lanes: lanes(for: PackLabels.main.count), table: nil, storage: nil, scale: .init(repeating: 0, count: bias.count), bias: bias,
            threshold: .init(repeating: 0, count: bias.count), dense: dense, reject: nil)
    }()
}
