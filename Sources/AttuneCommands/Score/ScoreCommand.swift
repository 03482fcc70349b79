import ArgumentParser
import AttuneConnectors
import AttuneCore
import AttuneEngine
import Foundation

struct ScoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score",
        abstract: "Score messages: sentiment, emotions, intents, topics, urgency, effort, toxicity.",
        discussion: """
            One result per input record, in the order of the input. A record that cannot be read is reported on standard error with its \
            line and skipped. Messages of agents and bots are passed through unscored unless --agents is given, notes that only \
            the company reads always.
            """
    )

    @Argument(help: "Files to read, or folders with them; `-` or none is standard input. `.gz` is read as it is.")
    var files: [String] = []

    @Option(help: "auto, text (one message a line), jsonl, csv, or a connector's name (`attune connectors`).")
    var format = "auto"

    @Option(help: "jsonl, csv or table.")
    var output: ScoreOutput = .jsonl

    @Flag(help: "Add the receipt: the contributions that sum to every score.")
    var explain = false

    @Option(help: "Cores to use; all by default.")
    var jobs: Int?

    @Option(help: "JSON configuration of the connector (zone, agentNames, mapping, …).")
    var config: String?

    @Flag(help: "Score the messages of agents and bots too. Check that the law of your country allows it.")
    var agents = false

    @Flag(help: "Stop with exit code 1 at the first record that cannot be read.")
    var strict = false

    mutating func validate() throws {
        if explain, output != .jsonl { throw ValidationError("--explain needs --output jsonl: a table has no room for receipts") }
        if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs takes a number from 1 to 256, not \(jobs)") }
    }

    func run() throws {
        let installation = try Installation.find()
        let analyzer = try PackLoader.analyzer(installation)
        let kernels = try KernelChoice.read()
        let scorer = RecordScorer(analyzer: analyzer, explain: explain, includesAgents: agents, output: output, kernels: kernels)
        let run = ScoreRun(scorer: scorer, jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount, strict: strict)
        let configuration = try ConfigurationFile.connector(config)
        try StandardOutput.write(output.header)
        var rejected = 0
        let named = format == "auto" ? nil : format
        let places = try InputPlace.all(files.isEmpty ? ["-"] : files, connector: named, strict: strict)
        InputSurvey.make(of: places, connector: named, configuration)
        for place in places {
            rejected += try run.score(place, format: format, configuration: configuration)
        }
        if rejected > 0 {
            StandardError.write(
                "attune: \(rejected) record\(rejected == 1 ? "" : "s") could not be read and \(rejected == 1 ? "was" : "were") skipped\n")
        }
    }
}

enum ScoreOutput: String, ExpressibleByArgument, CaseIterable, Sendable {
    case jsonl, csv, table

    /// What stands above the results.
    var header: [UInt8] {
        switch self {
        case .jsonl: []
        case .csv: Array("id,language,label,valence,confidence,emotion,intent,topic,urgency,effort,toxicity\n".utf8)
        case .table: Array("     id  lang     label     valence   conf  emotion         intent\n".utf8)
        }
    }
}
