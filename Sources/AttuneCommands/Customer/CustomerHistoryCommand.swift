import ArgumentParser
import AttuneCore
import AttuneStore

struct CustomerHistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "What the ledger says of a customer: created, merged, split, decided, erased.")

    @Argument(help: "Customer id, or an identifier's value.")
    var customer: String

    @OptionGroup var store: StoreOption
    @OptionGroup var output: AnswerOptions

    func run() throws {
        let queries = try store.open(create: false, readOnly: true).queries
        // Of an id that is on no file any more the ledger still knows what became of it.
        let exact = CustomerID(rawValue: customer)
        var entries = try queries.history(of: exact)
        if entries.isEmpty {
            entries = try queries.history(of: try CustomerReference.customer(customer, in: queries, path: store.resolvedPath))
        }
        let rows = entries.map { entry in
            [
                .int(Int(entry.number)), .string(RFC3339.format(entry.at)), .string(entry.change), .string(entry.customer.rawValue),
                .array(entry.others.map { .string($0.rawValue) }), (entry.identifier?.key.kind.rawValue).map(JSONValue.string) ?? .null,
                entry.identifier?.value.map(JSONValue.string) ?? .null,
            ] as [JSONValue]
        }
        let columns: [Answer.Column] = [
            .init("entry", .right), .init("at"), .init("change"), .init("customer"), .init("others"), .init("kind"), .init("identifier"),
        ]
        try output.print(Answer(sections: [.init(name: "history", columns: columns, rows: rows)]))
    }
}
