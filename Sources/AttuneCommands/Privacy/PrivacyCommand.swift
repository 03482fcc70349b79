import ArgumentParser
import AttuneCore
import AttuneStore

struct PrivacyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "privacy", abstract: "What people may ask of those who keep their data.", subcommands: [PrivacyEraseCommand.self])
}

struct PrivacyEraseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Erase customers or single messages: no byte of them stays in the store's files, and who was joined through them parts.",
        discussion: """
            Of an erased message only its id stays, so that the next import does not bring it back. Conversations in which no other customer wrote \
            go whole, with the agents' answers.
            """
    )

    @Argument(help: "Customers by id or identifier.")
    var customers: [String] = []

    @Option(name: .customLong("message"), help: "A message's id; may be given several times.")
    var messages: [String] = []

    @Option(help: "File with a message id a line; `-` is standard input.")
    var messagesFrom: String?

    @OptionGroup var store: StoreOption
    @OptionGroup var output: AnswerOptions

    mutating func validate() throws {
        if customers.isEmpty, messages.isEmpty, messagesFrom == nil {
            throw ValidationError("name a customer, or messages with --message or --messages-from")
        }
    }

    func run() throws {
        let database = try store.open(create: false)
        var ids = messages
        if let messagesFrom { ids += try Self.lines(messagesFrom) }
        for reference in customers {
            ids += try database.queries.messages(of: try CustomerReference.customer(reference, in: database.queries, path: store.resolvedPath))
        }
        let report = try Pipeline().erase(messages: ids, from: database, at: CustomerReference.now())
        let unknown = Set(ids).count - report.erased
        if unknown > 0 { StandardError.write("attune: \(unknown) of the messages are not on file\n") }
        StandardError.write("attune: \(report.erased) messages erased\n")
        try output.print(ChangesAnswer.answer(report.changes))
    }

    private static func lines(_ path: String) throws -> [String] {
        var lines = LineBlocks(try InputFile(path: path))
        var block = LineBlock()
        var ids = [String]()
        while try lines.next(into: &block) {
            block.forEachLine { line, _ in
                let id = String(decoding: line, as: UTF8.self).trimmedBlanks
                if !id.isEmpty { ids.append(id) }
                return true
            }
        }
        return ids
    }
}

extension String {
    fileprivate var trimmedBlanks: String {
        String(self.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
