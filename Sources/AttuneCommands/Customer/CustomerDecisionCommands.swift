import ArgumentParser
import AttuneCore
import AttuneStore

struct CustomerMergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: "Decide that two are one customer; `--undo` takes it back as if it had never been.")

    @OptionGroup var decision: DecisionOptions

    func run() throws { try decision.run(.must) }
}

struct CustomerSplitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "split", abstract: "Decide that two are not one customer, whatever they have in common; `--undo` takes it back.")

    @OptionGroup var decision: DecisionOptions

    func run() throws { try decision.run(.cannot) }
}

/// Two authors, and what is decided of them.
struct DecisionOptions: ParsableArguments {
    @Argument(help: "A customer's id, a message's id or an identifier.")
    var a: String

    @Argument(help: "Another one.")
    var b: String

    @Flag(help: "Take the decision back.")
    var undo = false

    @OptionGroup var store: StoreOption
    @OptionGroup var output: AnswerOptions

    func run(_ kind: IdentityLink.Kind) throws {
        let database = try store.open(create: false)
        let queries = database.queries
        let first = try CustomerReference.message(a, in: queries, path: store.resolvedPath)
        let second = try CustomerReference.message(b, in: queries, path: store.resolvedPath)
        let link = IdentityLink(kind, first, second)
        guard first != second else { throw CommandFailure("\"\(a)\" and \"\(b)\" are the same message \(first): name two different ones") }
        if undo, try !queries.decisions().contains(link) {
            let known = try queries.decisions().filter { $0.kind == kind }.prefix(10).map { "\($0.first) \($0.second)" }
            throw CommandFailure(
                "nothing of the kind was decided of \(first) and \(second); decided are: \(known.isEmpty ? "none" : known.joined(separator: "; "))")
        }
        let report = try Pipeline().decide(link, isUndone: undo, in: database, at: CustomerReference.now())
        try output.print(ChangesAnswer.answer(report.changes))
    }
}

/// Changes of customers as a table.
enum ChangesAnswer {
    static func answer(_ changes: [CustomerChange]) -> Answer {
        let rows = changes.map { change -> [JSONValue] in
            switch change {
            case .created(let id): ["created", .string(id.rawValue), .array([])]
            case .merged(let id, let others, _): ["merged", .string(id.rawValue), .array(others.map { .string($0.rawValue) })]
            case .split(let id, let others): ["split", .string(id.rawValue), .array(others.map { .string($0.rawValue) })]
            case .erased(let id): ["erased", .string(id.rawValue), .array([])]
            }
        }
        return Answer(sections: [.init(name: "changes", columns: [.init("change"), .init("customer"), .init("others")], rows: rows)])
    }
}
