import ArgumentParser
import AttuneCore
import AttuneStore

struct CustomerWhyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why",
        abstract: "Why two are one customer, or are not: identifiers, rules, weights, and the messages behind them.",
        discussion: """
            A and B are customer ids (also of merged customers), message ids, or identifiers. The weights are found anew from all evidence, \
            and their sum is the score.
            """
    )

    @Argument(help: "A customer, message or identifier.")
    var a: String

    @Argument(help: "Another one.")
    var b: String

    @OptionGroup var store: StoreOption
    @OptionGroup var output: AnswerOptions

    func run() throws {
        let queries = try store.open(create: false, readOnly: true).queries
        let (first, second) = try (
            CustomerReference.message(a, in: queries, path: store.resolvedPath), CustomerReference.message(b, in: queries, path: store.resolvedPath)
        )
        let graph = EvidenceGraph(policy: .standard)
        guard let explanation = try queries.explanation(first, second, graph: graph) else {
            throw CommandFailure("the messages behind \"\(a)\" and \"\(b)\" are not on file any more")
        }
        try output.print(try WhyAnswer(queries).answer(explanation, first, second))
    }
}

/// An explanation as tables.
struct WhyAnswer {
    private let queries: StoreQueries

    init(_ queries: StoreQueries) { self.queries = queries }

    func answer(_ explanation: Explanation, _ first: String, _ second: String) throws -> Answer {
        var sections = [
            Answer.Section(
                name: "steps", columns: [.init("from"), .init("to"), .init("rule"), .init("identifier"), .init("bits", .right)],
                rows: try explanation.steps.map { try row($0) }),
            Answer.Section(
                name: "verdict", columns: [.init("one customer"), .init("from"), .init("to")],
                rows: [[.bool(explanation.isOneCustomer), .string(first), .string(second)]]),
        ]
        if !explanation.barriers.isEmpty {
            sections.append(
                .init(
                    name: "barriers", columns: [.init("kind"), .init("value"), .init("reason")],
                    rows: try explanation.barriers.map { item in
                        [.string(item.key.kind.rawValue), try queries.value(of: item.key).map(JSONValue.string) ?? .null, .string(item.reason)]
                    }))
        }
        if let score = explanation.score ?? explanation.steps.lazy.compactMap(Self.score).first { sections.append(Self.weights(score)) }
        return Answer(sections: sections)
    }

    private static func score(_ step: Explanation.Step) -> Explanation.Score? {
        if case .score(let score) = step.reason { score } else { nil }
    }

    private func row(_ step: Explanation.Step) throws -> [JSONValue] {
        let (rule, identifier, bits): (String, JSONValue, JSONValue) =
            switch step.reason {
            case .identifier(let key, let rule):
                (
                    "\(key.kind.rawValue), at most \(rule.limit == .max ? "any number" : "\(rule.limit)") a customer",
                    try queries.value(of: key).map(JSONValue.string) ?? .null, .null
                )
            case .sameClaim: ("the same identifiers and name", .null, .null)
            case .decision: ("decided by hand", .null, .null)
            case .alias: ("a name seen only on the other's identifiers", .null, .null)
            case .completedNumber: ("one number, written with and without its country", .null, .null)
            case .score(let score): ("alike in name and attributes", .null, .decimal(score.total, decimals: 3))
            }
        return [.string(step.from), .string(step.to), .string(rule), identifier, bits]
    }

    /// The parts as printed need not add up to the last digit; `sum` is that of the parts themselves.
    private static func weights(_ score: Explanation.Score) -> Answer.Section {
        let parts = score.parts.map { [JSONValue.string($0.name), $0.level.map(JSONValue.string) ?? .null, .decimal($0.bits, decimals: 6)] }
        return .init(
            name: "weights", columns: [.init("attribute"), .init("level"), .init("bits", .right)],
            rows: parts + [
                ["sum", .null, .decimal(score.derived, decimals: 6)], ["score", .null, .decimal(score.total, decimals: 6)],
                ["probability", .null, .decimal(score.probability, decimals: 6)],
            ])
    }
}
