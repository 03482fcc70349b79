import ArgumentParser
import AttuneCore
import AttuneEngine
import Foundation

struct TrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Learn heads of your own (intents, topics, sentiment) from labelled JSON Lines.",
        discussion: "Rows are {\"text\": …, \"label\": \"x\"} or a list of labels with --multi-label. The same data and seed give the same file."
    )

    @Option(parsing: .upToNextOption, help: "Labelled files; `.gz` is read as it is.")
    var data: [String]

    @Option(help: "Held-out rows to choose and calibrate on. Without: of few rows each fifth of --data in turn, of many every tenth text.")
    var dev: String?

    @Option(help: "Where to write the model.")
    var output: String

    @Flag(help: "A row may have several labels, or none.")
    var multiLabel = false

    @Option(help: "Label of the rows that are none of the others; the model learns when to answer it.")
    var reject: String?

    @Option(help: "Seed of the order in which rows are learned.")
    var seed: UInt64 = 1

    func run() async throws {
        var options = TrainerOptions()
        options.multiLabel = multiLabel
        options.reject = reject
        options.seed = seed
        let pack = try PackLoader.pack(try Installation.find())
        let examples = try data.flatMap { try LabelledFile.read($0, oneLabel: !multiLabel) }
        let held = try dev.map { try LabelledFile.read($0, oneLabel: !multiLabel) } ?? []
        let model: TrainedModel
        do throws(TrainerError) {
            model = try await Trainer(pack: pack, options: options).train(examples: examples, dev: held)
        } catch {
            throw CommandFailure("\(data.joined(separator: ", ")): \(error)")
        }
        let bytes = model.file(card: "trained on \(examples.count) rows").serialized()
        try PackLoader.write(bytes, to: output)
        try StandardOutput.line(JSONWriter.string(MetricsJSON.training(model, rows: examples.count, output: output, bytes: bytes.count)))
    }
}
