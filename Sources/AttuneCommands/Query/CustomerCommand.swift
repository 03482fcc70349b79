import ArgumentParser
import AttuneCore
import AttuneStore

struct CustomerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "customer", abstract: "One customer: who they are, how they feel, what they wrote.", subcommands: [CustomerShowCommand.self])
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
        let matches = try CustomerReference.forms(customer).lazy.map { try queries.customers(matching: $0) }.first { !$0.isEmpty } ?? []
        guard let id = matches.first else {
            throw CommandFailure(
                "no customer \"\(customer)\" in \(store.resolvedPath): `attune query at-risk` lists some, identifiers are compared in full")
        }
        if matches.count > 1 {
            let ids = matches.prefix(10).map(\.rawValue).joined(separator: ", ")
            throw CommandFailure("\"\(customer)\" is shared by \(matches.count) customers: name one of \(ids)")
        }
        guard let profile = try queries.customer(id, messages: messages) else { throw CommandFailure("customer \(id.rawValue) is gone") }
        try output.print(CustomerAnswer.answer(profile))
    }
}

/// The forms under which an identifier typed by a person may be stored.
enum CustomerReference {
    static func forms(_ text: String) -> [String] {
        let normalizer = IdentifierNormalizer(policy: .standard)
        let kinds: [Identifier.Kind] = [.email, .phone, .handle]
        let normalized = kinds.compactMap { normalizer.normalize(Identifier(kind: $0, value: text, verified: true)) }
        return [text] + normalized.filter { $0 != text }
    }
}
