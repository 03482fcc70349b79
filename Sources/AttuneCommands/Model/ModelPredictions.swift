import AttuneEngine

/// What a trained model answers for texts.
struct ModelPredictions {
    let reader: TextReader
    let heads: LinearHeads

    init(reader: TextReader, model: ModelFile) throws {
        guard let heads = model.groups.first else { throw CommandFailure("the model holds no heads: train it again") }
        self.reader = reader
        self.heads = heads
    }

    func predict(_ examples: [TrainingExample]) -> [[String]] {
        let hasher = FeatureHasher(configuration: heads.configuration)
        var scratch = TextReader.Scratch()
        var features = FeatureBuffer()
        var scores = HeadScratch()
        return examples.map { example in
            example.text.withUnsafeBufferPointer { _ = reader.read($0, languageHint: example.language, scratch: &scratch) }
            hasher.hash(scratch.tokens, scratch.reading, into: &features)
            heads.score(features, dense: scratch.reading.dense, scratch: &scores)
            return heads.decide(scores.logOdds)
        }
    }
}
