import ArgumentParser
import AttuneCore
import AttuneEngine
import Foundation

struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure the shipped heads, or a model of your own, on labelled JSON Lines.",
        discussion: "A label \"mixed\" that the data does not have is counted as the more likely of positive and negative."
    )

    @Option(help: "Labelled file; `.gz` is read as it is.")
    var data: String?

    @Flag(help: "Print the whole table: our own held-out messages and, with --sets, public sets beside what others reach.")
    var suite = false

    @Option(help: "Folder with public sets, SET/dev.jsonl.gz, for --suite.")
    var sets: String?

    @Flag(help: "For --suite: leave out what takes minutes, the models that are trained on the way.")
    var withoutTraining = false

    @Option(help: "Which shipped heads: sentiment, emotion, intent, topic, language, toxicity.")
    var task: EvaluationTask?

    @Option(help: "A model that `attune train` wrote.")
    var model: String?

    @Option(help: "Count only these labels, separated by commas.")
    var labels: String?

    @Option(help: "With --model: also tell the so many mistakes that the model was surest of, and which words made them.")
    var errors: Int?

    @Option(
        help: ArgumentHelp(
            "json, or table for reading: labels, what is taken for what, reliability, mistakes. Without it json, and of --suite the table.",
            discussion: "With --suite json is an object a line."))
    var output: EvaluationFormat?

    mutating func validate() throws {
        if suite { return }
        if errors != nil, model == nil {
            throw ValidationError("--errors tells the mistakes of a --model: `attune explain` tells why of the shipped heads")
        }
        if let errors, errors < 1 { throw ValidationError("--errors wants a number of mistakes, 1 or more") }
        if data == nil { throw ValidationError("give --data with labelled rows, or --suite") }
        if (task == nil) == (model == nil) { throw ValidationError("give either --task or --model") }
    }

    func run() async throws {
        let installation = try Installation.find()
        let pack = try PackLoader.pack(installation)
        if suite { return try await table(pack, installation) }
        try measure(pack, data ?? "")
    }

    private func table(_ pack: Pack, _ installation: Installation) async throws {
        guard let corpora = installation.corpora else { throw CommandFailure("this installation has no Corpora: run --suite in a checkout") }
        let isTable = output != .json
        if isTable { try StandardOutput.line(EvaluationSuite.Line.header) }
        let suite = EvaluationSuite(measure: SuiteMeasure(analyzer: Analyzer(pack: pack), corpora: corpora), pack: pack, sets: sets) { line in
            try StandardOutput.line(isTable ? line.row : JSONWriter.string(line.json))
        }
        try await suite.run(training: !withoutTraining)
    }

    private func measure(_ pack: Pack, _ data: String) throws {
        let examples = try LabelledFile.read(data)
        let counted = try counted(in: examples, data)
        let report = try model.map { try measure(pack, model: $0, examples, counted) } ?? shipped(pack, examples, counted)
        switch output ?? .json {
        case .json: try StandardOutput.write(JSONWriter.printed(report.json) + [10])
        case .table: for line in report.lines(.standardOutput()) { try StandardOutput.line(line) }
        }
    }

    /// The labels of `--labels`; of one that no row has nothing could be counted.
    private func counted(in examples: [TrainingExample], _ data: String) throws -> [String] {
        let counted = labels?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } ?? []
        let known = Set(examples.flatMap(\.labels))
        for label in counted where !known.contains(label) {
            let named = known.sorted().prefix(20).joined(separator: ", ")
            throw CommandFailure.usage("--labels: no row of \(data) has the label \"\(label)\": it has \(named)\(known.count > 20 ? ", …" : "")")
        }
        return counted
    }

    private func measure(_ pack: Pack, model path: String, _ examples: [TrainingExample], _ counted: [String]) throws -> EvaluationReport {
        let reader = TextReader(lexicon: pack.lexicon, identifier: pack.languageIdentifier)
        let model = try ModelPredictions(reader: reader, model: PackLoader.model(path))
        let scored = counted.isEmpty ? examples : examples.filter { !Set($0.labels).isDisjoint(with: counted) }
        let predictions = model.predictions(scored)
        let reliability = model.reliability(predictions, scored)
        return EvaluationReport(
            metrics: Metrics(truth: scored.map(\.labels), predicted: predictions.map(\.labels), restrictedTo: counted),
            confidence: reliability.confidence, isCorrect: reliability.isCorrect,
            mistakes: errors.map { EvaluationMistake.worst(predictions, scored, of: model, limit: $0) } ?? [], tellsMistakes: errors != nil)
    }

    private func shipped(_ pack: Pack, _ examples: [TrainingExample], _ counted: [String]) -> EvaluationReport {
        let known = Set(examples.flatMap(\.labels)).union(counted)
        let analyzer = Analyzer(pack: pack)
        var scratch = AnalyzerScratch()
        let predicted = examples.map { example in
            let analysis = example.text.withUnsafeBufferPointer {
                analyzer.analyze($0, explain: false, languageHint: example.language, scratch: &scratch)
            }
            return (task ?? .sentiment).labels(of: analysis, known: known)
        }
        return EvaluationReport(metrics: Metrics(truth: examples.map(\.labels), predicted: predicted, restrictedTo: counted))
    }
}

enum EvaluationFormat: String, ExpressibleByArgument, CaseIterable {
    case json, table
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
