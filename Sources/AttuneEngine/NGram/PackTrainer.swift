/// Trains the shipped pack's model from a recipe and rows already read: language head first, then sentiment, emotions, toxicity and
/// urgency over one table, then intents over another.
public struct PackTrainer: Sendable {
    public let lexicon: Lexicon
    public let recipe: PackRecipe
    public var options = PackTrainerOptions()

    /// A set and its split.
    public struct Source: Hashable, Sendable {
        public var set: String
        public var split: String
        public init(set: String, split: String) {
            self.set = set
            self.split = split
        }
    }

    public init(lexicon: Lexicon, recipe: PackRecipe) {
        self.lexicon = lexicon
        self.recipe = recipe
    }

    /// What training made.
    public struct Result: Sendable {
        public var file: ModelFile
        /// One line per measured head and set.
        public var scores: [PackScore]
        /// Rows learned from, by group and set, after duplicates of dev rows were dropped.
        public var rows: [(group: PackRecipe.Group, set: String, rows: Int)]
    }

    /// - Parameters:
    ///   - sources: rows of every set and split that the recipe names; a missing one is left out.
    ///   - report: called with a line of progress.
    public func train(_ sources: [Source: [TrainingExample]], report: @Sendable (String) -> Void = { _ in }) async -> Result {
        let rows = PackRows(recipe: recipe, sources: sources)
        var groups: [LinearHeads] = []
        report("language: \(rows.train(.language).count) rows")
        let languages = await trainLanguages(rows)
        if let languages { groups.append(languages) }
        let reader = TextReader(lexicon: lexicon, identifier: languages.map { LanguageIdentifier(heads: $0) }, limit: options.longestText)
        var scores: [PackScore] = []
        report("main: reading")
        let main = PackMainTrainer(reader: reader, options: options)
        let sentiment = await main.train(rows, &scores, report: report)
        groups += [sentiment.main, sentiment.outline]
        report("intents: \(rows.train(.intent).count) rows")
        let intents = PackIntentTrainer(reader: reader, options: options)
        if let heads = await intents.train(rows, &scores) {
            groups.append(heads)
            groups.append(IntentConfidenceTrainer(lexicon: lexicon, groups: groups).fit(rows).heads)
        }
        report("feelings: \(rows.train(.feeling).count) rows")
        if let heads = await PackFeelingTrainer(reader: reader, options: options).train(rows) { groups.append(heads) }
        return Result(file: ModelFile(groups: groups, card: card(rows)), scores: scores, rows: rows.counts())
    }

    private func trainLanguages(_ rows: PackRows) async -> LinearHeads? {
        var chosen = rows.train(.language).filter { $0.labels.count == 1 }
        guard !chosen.isEmpty else { return nil }
        var gibberish = GibberishGenerator(seed: options.seed)
        for _ in 0..<options.gibberishRows { chosen.append(TrainingExample(gibberish.text(), [LanguageIdentifier.gibberish])) }
        // A language whose script decides alone needs no lane; its rows would teach nothing.
        chosen = chosen.filter { !LanguageIdentifier.decidedByScript.contains($0.labels[0]) }
        let empty = Lexicon.read([]).0
        let reader = TextReader(lexicon: empty, identifier: nil, limit: options.longestText)
        let vectors = await Featurizer(reader: reader, configuration: LanguageIdentifier.configuration()).examples(chosen)
        var trainer = LanguageTrainer()
        trainer.seed = options.seed
        return trainer.train(vectors, codes: chosen.map { $0.labels[0] }, weights: chosen.map(\.weight))
    }

    private func card(_ rows: PackRows) -> String {
        rows.counts().map { "\($0.group.rawValue)\t\($0.set)\t\($0.rows)" }.joined(separator: "\n")
    }
}

/// Choices of the pack's training that the recipe does not make.
public struct PackTrainerOptions: Sendable {
    public var seed: UInt64 = 1
    public var sentimentCost: Float = 0.05
    public var emotionCost: Float = 0.3
    public var toxicityCost: Float = 0.2
    public var intentCost: Float = 0.15
    public var denseScale: Float = 1
    /// How much more freely sentiment learns from words and pairs than from characters.
    public var wordFactor: Float = 4
    /// How much sentiment learns from outlines beside n-grams: mean squared length.
    public var outlineShare: Float = 0.1
    /// Texts that a pair of an outline must be in: what is rarer is chance.
    public var fewestOutlines: Int32 = 20
    public var balance = 1.0
    public var emotionBalance = 0.5
    public var epochs = 25
    public var gibberishRows = 6000
    /// Bytes of a text that are learned from: the end of a long review says little more.
    public var longestText = 1500

    public init() {}

    /// - Parameter cost: inverse strength of regularisation.
    func learner(cost: Float) -> DualCoordinateDescent {
        var learner = DualCoordinateDescent()
        learner.cost = cost
        learner.epochs = epochs
        learner.denseScale = denseScale
        learner.seed = seed
        return learner
    }
}

/// How a head did on a set's dev rows, in bytes as shipped.
public struct PackScore: Hashable, Sendable {
    public var group: String
    public var set: String
    public var metrics: Metrics
    /// Expected calibration error; the calibration was fitted on these rows among the others of the group.
    public var calibrationError: Double
}
