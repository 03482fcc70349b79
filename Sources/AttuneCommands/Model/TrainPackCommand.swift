import ArgumentParser
import AttuneEngine
import Foundation

struct TrainPackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train-pack",
        abstract: "Train the heads of the pack from the sets that a recipe names, and write the pack.",
        discussion:
            "Reads SET/SPLIT.jsonl.gz below --data for every line of the recipe, and Corpora/customers for lines like customers/en:intents; a missing set is an error. For maintainers of a pack."
    )

    @Option(help: "Folder with the data sets.")
    var data: String

    @Option(help: "The recipe; recipe.tsv of the pack by default.")
    var recipe: String?

    @Option(help: "Where to write the pack.")
    var output: String

    /// `SET/SPLIT.jsonl.gz` of the folder of sets, or, for `customers/en:intents`, a column of `customers/en/SPLIT.tsv` of our own.
    private func read(_ source: PackTrainer.Source, corpora: URL?) throws -> [TrainingExample] {
        let parts = source.set.split(separator: ":").map(String.init)
        guard parts.count == 2 else { return try LabelledFile.read("\(data)/\(source.set)/\(source.split).jsonl.gz") }
        guard let corpora else { throw CommandFailure("the recipe names \(source.set), but this installation has no Corpora: train in a checkout") }
        return try CustomerMessages(path: "\(corpora.path)/\(parts[0])/\(source.split).tsv").examples(parts[1])
    }

    func run() async throws {
        let installation = try Installation.find()
        let recipePath = recipe ?? installation.lexicons.appendingPathComponent("recipe.tsv").path
        guard let tsv = FileManager.default.contents(atPath: recipePath) else { throw CommandFailure("cannot read the recipe \(recipePath)") }
        let recipe: PackRecipe
        do throws(PackRecipeError) { recipe = try PackRecipe(tsv: Array(tsv)) } catch { throw CommandFailure("\(error)") }
        var sources: [PackTrainer.Source: [TrainingExample]] = [:]
        for line in recipe.lines {
            let source = PackTrainer.Source(set: line.set, split: line.source)
            if sources[source] == nil { sources[source] = try read(source, corpora: installation.corpora) }
        }
        // From the TSVs, not from a pack that may be older than they are.
        let lexicon = try LexiconBuild.lexicon([installation.lexicons])
        let result = await PackTrainer(lexicon: lexicon, recipe: recipe).train(sources) { StandardError.write($0 + "\n") }
        try PackLoader.write(Pack(lexicon: lexicon, model: result.file).serialized(), to: output)
        var table = TextTable([
            "heads": .left, "set": .left, "n": .right, "accuracy": .right, "macro F1": .right, "macro recall": .right, "ECE": .right,
        ])
        for score in result.scores {
            let metrics = score.metrics
            let values = [metrics.accuracy, metrics.macroF1, metrics.macroRecall, score.calibrationError].map { String(format: "%.4f", $0) }
            table.add(score.group, score.set, String(metrics.n), values[0], values[1], values[2], values[3])
        }
        for line in table.lines(.standardOutput()) { try StandardOutput.line(line) }
    }
}
