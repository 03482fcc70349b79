import ArgumentParser
import AttuneCore
import AttuneStore

struct CustomerSimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Try other identity rules on the store's history: which customers they would merge and split. Changes nothing.",
        discussion: """
            The file is JSON: {"rules": [{"kind": "email", "limit": 5, "window": "annually"}, …], "genericThreshold": 1}; rules stand in order of \
            priority, a kind that is not listed joins nobody, window is ever, annually or weekly.
            """
    )

    @Argument(help: "JSON file with the changed rules.")
    var rules: String

    @OptionGroup var store: StoreOption
    @OptionGroup var output: AnswerOptions

    func run() throws {
        let policy = try IdentityRules.read(rules)
        let all = try store.open(create: false, readOnly: true).queries.identityEvidence()
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

/// Identity rules of a file.
enum IdentityRules {
    static func read(_ path: String) throws -> IdentityPolicy {
        let json: JSONValue
        do { json = try JSONParser.parse(try ConfigurationFile.bytes(path)) } catch let failure as JSONParser.Failure {
            throw CommandFailure.usage("\(path) is not JSON: \(failure)")
        }
        guard json.isObject else {
            throw CommandFailure.usage("\(path): the rules must be an object, e.g. {\"rules\": [{\"kind\": \"email\", \"limit\": 5}]}")
        }
        var policy = IdentityPolicy.standard
        for member in json.members {
            switch member.key {
            case "rules": policy.rules = try member.value.items.enumerated().map { try rule($1, path: path, at: $0) }
            case "genericThreshold":
                guard let number = member.value.integer, (1...1000).contains(number) else {
                    throw CommandFailure.usage("\(path): \"genericThreshold\" must be a whole number from 1 to 1000")
                }
                policy.genericThreshold = Int(number)
            default: throw CommandFailure.usage("\(path): \"\(member.key)\" is not known: use rules, genericThreshold")
            }
        }
        return policy
    }

    private static func rule(_ value: JSONValue, path: String, at index: Int) throws -> IdentityPolicy.KindRule {
        let place = "\(path): rules[\(index)]"
        guard let kind = value["kind"]?.string, !kind.isEmpty else { throw CommandFailure.usage("\(place) needs a \"kind\", e.g. \"email\"") }
        var rule = IdentityPolicy.KindRule(Identifier.Kind(rawValue: kind))
        for member in value.members where member.key != "kind" {
            switch member.key {
            case "limit":
                guard let limit = member.value.integer, (1...1_000_000).contains(limit) else {
                    throw CommandFailure.usage("\(place): \"limit\" must be a whole number from 1 to 1000000")
                }
                rule.limit = Int(limit)
            case "window":
                guard let window = member.value.string.flatMap(IdentityPolicy.Window.init(rawValue:)) else {
                    throw CommandFailure.usage("\(place): \"window\" must be ever, annually or weekly")
                }
                rule.window = window
            default: throw CommandFailure.usage("\(place): \"\(member.key)\" is not known: use kind, limit, window")
            }
        }
        return rule
    }
}
