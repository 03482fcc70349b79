import ArgumentParser
import AttuneStore

struct QueryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query",
        abstract: "Ask a store what customers say.",
        subcommands: [OverviewCommand.self, AtRiskCommand.self]
    )
}

struct OverviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "overview", abstract: "Messages, customers and sentiment by channel and language; signals, events, what was rejected.")

    @OptionGroup var store: StoreOption
    @OptionGroup var output: AnswerOptions

    func run() throws {
        let overview = try store.open(create: false, readOnly: true).queries.overview()
        try output.print(OverviewAnswer.answer(overview))
    }
}
