import ArgumentParser
import AttuneCore
import AttuneStore

struct CustomerSimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Try other identity rules on the store's history: which customers they would merge and split. Changes nothing.",
        discussion: """
            The file is JSON: {"rules": [{"kind": "email", "limit": 5, "window": "annually"}, …], "blocked": {"email": ["info@shop.example"]}, \
            "genericThreshold": 1}. Rules stand in order of priority, a kind that is not listed joins nobody, "unique": true means a limit of 1, \
            window is ever, annually or weekly. The standard rules: userID unique, then email, phone, externalID, handle, deviceID and cookie \
            with a limit of 5 each.
            """
    )

    @Argument(help: "JSON file with the changed rules.")
    var rules: String

    @OptionGroup var store: StoreOption
    @OptionGroup var output: AnswerOptions

    func run() throws {
        let policy = try IdentityRules.read(rules)
        let all = try store.open(create: false, readOnly: true).queries.identityEvidence(policy: policy)
        let simulation = Simulation(all, policy: policy)
        let merges = simulation.merges.map { merge -> [JSONValue] in
            ["merge", .array(merge.customers.map { .string($0.rawValue) }), .array([.int(merge.messages)])]
        }
        let splits = simulation.splits.map { split -> [JSONValue] in
            ["split", .array([.string(split.customer.rawValue)]), .array(split.parts.map { .int($0) })]
        }
        try output.print(
            Answer(sections: [
                .init(name: "changes", columns: [.init("change"), .init("customers"), .init("messages")], rows: merges + splits),
                .init(
                    name: "customers", columns: [.init("before", .right), .init("after", .right)],
                    rows: [[.int(simulation.customersBefore), .int(simulation.customersAfter)]]),
            ]))
    }
}
