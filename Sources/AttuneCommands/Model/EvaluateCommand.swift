import ArgumentParser
import AttuneCore
import AttuneEngine

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure the shipped heads, or a model of your own, on labelled JSON Lines; prints JSON.",
        discussion: "A label \"mixed\" that the data does not have is counted as the more likely of positive and negative."
    )

    @Option(help: "Labelled file; `.gz` is read as it is.")
    var data: String

    @Option(help: "Which shipped heads: sentiment, emotion, intent, topic, language, toxicity.")
    var task: EvaluationTask?

    @Option(help: "A model that `attune train` wrote.")
    var model: String?

    @Option(help: "Count only these labels, separated by commas.")
    var labels: String?

    mutating func validate() throws {
        if (task == nil) == (model == nil) { throw ValidationError("give either --task or --model") }
    }

    func run() throws {
        let pack = try PackLoader.pack(try Installation.find())
        let examples = try LabelledFile.read(data)
        let counted = labels?.split(separator: ",").map(String.init) ?? []
        let known = Set(examples.flatMap(\.labels)).union(counted)
        let predicted: [[String]]
        if let model {
            predicted = try ModelPredictions(
                reader: TextReader(lexicon: pack.lexicon, identifier: pack.languageIdentifier), model: PackLoader.model(model)
            ).predict(examples)
        } else {
            let analyzer = Analyzer(pack: pack)
            var scratch = AnalyzerScratch()
            predicted = examples.map { example in
                let analysis = example.text.withUnsafeBufferPointer {
                    analyzer.analyze($0, explain: false, languageHint: example.language, scratch: &scratch)
                }
                return (task ?? .sentiment).labels(of: analysis, known: known)
            }
        }
        let metrics = Metrics(truth: examples.map(\.labels), predicted: predicted, restrictedTo: counted)
        try StandardOutput.line(JSONWriter.string(.object(MetricsJSON.value(metrics))))
    }
}

enum EvaluationTask: String, ExpressibleByArgument, CaseIterable {
    case sentiment, emotion, intent, topic, language, toxicity

    /// What the analysis answers in the words of the task.
    /// - Parameter known: labels that occur in the data.
    func labels(of analysis: Analysis, known: Set<String>) -> [String] {
        switch self {
        case .sentiment:
            if analysis.sentiment.label == .mixed, !known.contains("mixed") {
                return [analysis.sentiment.positive > analysis.sentiment.negative ? "positive" : "negative"]
            }
            return [analysis.sentiment.label.rawValue]
        case .emotion:
            let found = analysis.emotions.map(\.emotion.rawValue).filter { known.contains($0) }
            return found.isEmpty && known.contains("neutral") ? ["neutral"] : found
        case .intent: return analysis.intents.prefix(1).map(\.label)
        case .topic: return analysis.topics.map(\.label)
        case .language: return [analysis.language?.code ?? "unknown"]
        case .toxicity: return [analysis.toxicity >= 0.5 ? "offensive" : "non-offensive"]
        }
    }
}
