import ArgumentParser
import AttuneCore
import AttuneStore
import Foundation

struct AtRiskCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "at-risk", abstract: "The customers who need somebody's attention most, with the message that shows it.")

    @OptionGroup var store: StoreOption
    @OptionGroup var output: AnswerOptions

    @Option(help: "Customers to show, 1 to 10000.")
    var limit = 20

    mutating func validate() throws {
        if !(1...10_000).contains(limit) { throw ValidationError("--limit takes a number from 1 to 10000, not \(limit)") }
    }

    func run() throws {
        let now = Timestamp(seconds: Int64(Date().timeIntervalSince1970)) ?? Timestamp(nanoseconds: 0)
        let customers = try store.open(create: false, readOnly: true).queries.customersAtRisk(limit: limit, now: now)
        let rows = customers.map { customer in
            [
                .string(customer.id.rawValue), customer.displayName.map(JSONValue.string) ?? .null, .int(customer.state.attention),
                .decimal(customer.state.valence, decimals: 3), .array(customer.signals.map { .string($0.signal.rule) }),
                customer.quote.map { .string($0.channel.rawValue) } ?? .null, customer.quote.map { .string(RFC3339.format($0.sentAt)) } ?? .null,
                customer.quote.map { .string($0.text) } ?? .null,
            ] as [JSONValue]
        }
        let columns: [Answer.Column] = [
            .init("customer"), .init("name"), .init("attention", .right), .init("valence", .right), .init("signals"), .init("channel"),
            .init("sentAt"),
            .init("text"),
        ]
        try output.print(Answer(sections: [.init(name: "customers at risk", columns: columns, rows: rows)]))
    }
}
