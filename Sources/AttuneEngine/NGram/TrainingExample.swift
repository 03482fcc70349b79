/// A labelled text to learn from or to measure on.
public struct TrainingExample: Hashable, Sendable {
    /// UTF-8, as received.
    public var text: [UInt8]
    /// One label, or several (or none) for multi-label data.
    public var labels: [String]
    /// How much it counts; 1 is normal.
    public var weight: Float
    /// BCP 47 where it is known; nil lets the engine find out.
    public var language: String?

    public init(text: [UInt8], labels: [String], weight: Float = 1, language: String? = nil) {
        self.text = text
        self.labels = labels
        self.weight = weight
        self.language = language
    }

    public init(_ text: String, _ labels: [String], weight: Float = 1) {
        self.init(text: Array(text.utf8), labels: labels, weight: weight)
    }
}

/// Turns texts into sparse vectors, on as many tasks as the texts are worth.
struct Featurizer: Sendable {
    let reader: TextReader
    let configuration: FeatureConfiguration
    private static let chunk = 4096

    func examples(_ texts: [TrainingExample]) async -> SparseExamples {
        let width = configuration.dense ? DenseFeature.allCases.count : 0
        let starts = Array(stride(from: 0, to: texts.count, by: Self.chunk))
        let parts = await withTaskGroup(of: (Int, SparseExamples).self, returning: [SparseExamples?].self) { group in
            for (index, start) in starts.enumerated() {
                group.addTask { (index, self.part(texts[start..<min(start + Self.chunk, texts.count)], width)) }
            }
            var parts = [SparseExamples?](repeating: nil, count: starts.count)
            for await (index, part) in group { parts[index] = part }
            return parts
        }
        var all = SparseExamples(denseWidth: width)
        for case .some(let part) in parts { all.append(part) }
        return all
    }

    /// The pairs of the texts' outlines.
    func outlines(_ texts: [TrainingExample]) -> SparseExamples {
        var scratch = TextReader.Scratch()
        var rows: [UInt32] = []
        var examples = SparseExamples(denseWidth: 0)
        for example in texts {
            example.text.withUnsafeBufferPointer { _ = reader.read($0, languageHint: example.language, scratch: &scratch) }
            OutlinePairs.rows(scratch.reading.outline, into: &rows)
            examples.append(rows, dense: Column())
        }
        return examples
    }

    private func part(_ texts: ArraySlice<TrainingExample>, _ width: Int) -> SparseExamples {
        let hasher = FeatureHasher(configuration: configuration)
        var scratch = TextReader.Scratch()
        var features = FeatureBuffer()
        var examples = SparseExamples(denseWidth: width)
        for example in texts {
            example.text.withUnsafeBufferPointer { _ = reader.read($0, languageHint: example.language, scratch: &scratch) }
            hasher.hash(scratch.tokens, scratch.reading, into: &features)
            examples.append(features.rows, dense: scratch.reading.dense)
        }
        return examples
    }
}
