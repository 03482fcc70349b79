import ArgumentParser
import AttuneCore
import AttuneStore

struct CustomerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "customer", abstract: "One customer: who they are, how they feel, what they wrote, and why it is one.",
        subcommands: [
            CustomerShowCommand.self, CustomerWhyCommand.self, CustomerMergeCommand.self, CustomerSplitCommand.self, CustomerHistoryCommand.self,
            CustomerSimulateCommand.self,
        ])
}

struct CustomerShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Identifiers, state, signals and timeline of a customer.",
        discussion:
            "The customer is named by id (also the id of a customer that was merged into another) or by an e-mail address, phone number or handle."
    )

    @Argument(help: "Customer id, or an identifier's value.")
    var customer: String

    @OptionGroup var store: StoreOption
    @OptionGroup var output: AnswerOptions

    @Option(help: "Messages to show, the last ones.")
    var messages = 100

    func run() throws {
        let queries = try store.open(create: false, readOnly: true).queries
        let id = try CustomerReference.customer(customer, in: queries, path: store.resolvedPath)
        guard let profile = try queries.customer(id, messages: messages) else { throw CommandFailure("customer \(id.rawValue) is gone") }
        try output.print(CustomerAnswer.answer(profile))
    }
}
