import AttuneEngine

/// What a trained model answers for texts.
struct ModelPredictions {
    let reader: TextReader
    let heads: LinearHeads

    /// The answer for one text.
    struct Prediction {
        var labels: [String]
        /// Probability of each of the model's labels.
        var probabilities: [Double]
    }

    init(reader: TextReader, model: ModelFile) throws {
        guard let heads = model.groups.first else { throw CommandFailure("the model holds no heads: train it again") }
        self.reader = reader
        self.heads = heads
    }

    func predict(_ examples: [TrainingExample]) -> [[String]] { predictions(examples).map(\.labels) }

    func predictions(_ examples: [TrainingExample]) -> [Prediction] {
        let hasher = FeatureHasher(configuration: heads.configuration)
        var scratch = TextReader.Scratch()
        var features = FeatureBuffer()
        var scores = HeadScratch()
        return examples.map { example in
            example.text.withUnsafeBufferPointer { _ = reader.read($0, languageHint: example.language, scratch: &scratch) }
            hasher.hash(scratch.tokens, scratch.reading, into: &features)
            heads.score(features, dense: scratch.reading.dense, scratch: &scores)
            return Prediction(labels: heads.decide(scores.logOdds), probabilities: heads.probabilities(scores.logOdds))
        }
    }

    /// How sure the answers are and whether they are right: of the best label of each text, or of every label where several may be right.
    func reliability(_ predictions: [Prediction], _ examples: [TrainingExample]) -> (confidence: [Double], isCorrect: [Bool]) {
        var (confidence, isCorrect) = ([Double](), [Bool]())
        for (prediction, example) in zip(predictions, examples) {
            if heads.link == .independent {
                confidence += prediction.probabilities
                isCorrect += heads.labels.map(example.labels.contains)
            } else if let best = prediction.probabilities.indices.max(by: { prediction.probabilities[$0] < prediction.probabilities[$1] }) {
                confidence.append(prediction.probabilities[best])
                isCorrect.append(example.labels.contains(heads.labels[best]))
            }
        }
        return (confidence, isCorrect)
    }

    /// Why the text got a label that is not its own, rather than the one that is.
    func account(of mistake: EvaluationMistake) -> Receipt.Account? {
        var scratch = TextReader.Scratch()
        mistake.example.text.withUnsafeBufferPointer { _ = reader.read($0, languageHint: mistake.example.language, scratch: &scratch) }
        guard let wrong = mistake.wrong else {
            return mistake.missed.flatMap { heads.account(of: $0, over: nil, scratch, lexicon: reader.lexicon) }
        }
        return heads.account(of: wrong, over: heads.link == .exclusive ? mistake.missed : nil, scratch, lexicon: reader.lexicon)
    }
}
