import AttuneCore
import AttuneEngine

/// A text that got another answer than its label says.
struct EvaluationMistake {
    var example: TrainingExample
    var predicted: [String]
    /// Probability of the answer that was wrong, or of what was missed not being there.
    var confidence: Double
    /// Why; nil when nothing can be told.
    var account: Receipt.Account?

    /// The first label that was answered and is wrong, and the first that is right and was not answered.
    var wrong: String? { predicted.first { !example.labels.contains($0) } }
    var missed: String? { example.labels.first { !predicted.contains($0) } }

    /// The mistakes of a model that it was surest of, at most `limit`.
    static func worst(_ predictions: [ModelPredictions.Prediction], _ examples: [TrainingExample], of model: ModelPredictions, limit: Int) -> [Self] {
        let lane = Dictionary(model.heads.labels.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let mistakes = zip(predictions, examples).compactMap { prediction, example -> Self? in
            var mistake = Self(example: example, predicted: prediction.labels, confidence: 0)
            guard mistake.wrong != nil || mistake.missed != nil else { return nil }
            let probability = { (label: String?) in label.flatMap { lane[$0] }.map { prediction.probabilities[$0] } }
            mistake.confidence = probability(mistake.wrong) ?? probability(mistake.missed).map { 1 - $0 } ?? 1
            return mistake
        }
        // Equally sure ones in the order of the file.
        let order = mistakes.indices.sorted { (-mistakes[$0].confidence, $0) < (-mistakes[$1].confidence, $1) }
        return order.prefix(limit).map { index in
            var mistake = mistakes[index]
            mistake.account = model.account(of: mistake)
            return mistake
        }
    }

    /// Contributions that a mistake is told with.
    private static let mostParts = 8

    /// Its largest contributions and the words that made them.
    var parts: [(text: String, name: String, value: Double)] {
        let contributions = account?.contributions ?? []
        let order = contributions.indices.sorted { (contributions[$1].millionths.magnitude, $0) < (contributions[$0].millionths.magnitude, $1) }
        return order.prefix(Self.mostParts).map { index in
            let part = contributions[index]
            let words = part.span.map { span -> String in
                let start = min(max(0, Int(span.start)), example.text.count)
                return String(decoding: example.text[start..<min(max(start, Int(span.end)), example.text.count)], as: UTF8.self)
            }
            return (words ?? "", part.name, Double(part.millionths) / 1e6)
        }
    }

    var json: JSONValue {
        .object([
            .init("text", .string(String(decoding: example.text, as: UTF8.self))), .init("truth", .array(example.labels.map { .string($0) })),
            .init("predicted", .array(predicted.map { .string($0) })), .init("confidence", .decimal(confidence, decimals: 4)),
            .init("explains", .string(account?.head ?? "")),
            .init(
                "because",
                .array(
                    parts.map {
                        .object([
                            .init("words", .string($0.text)), .init("kind", .string($0.name)), .init("logOdds", .decimal($0.value, decimals: 3)),
                        ])
                    })),
        ])
    }
}
