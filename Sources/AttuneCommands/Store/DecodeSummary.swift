import AttuneConnectors
import AttuneCore

/// What is in a file, in numbers: `attune decode --summary`, and what the connectors' benchmark measures.
struct DecodeSummary {
    private var counts = Array(repeating: 0, count: Self.kinds.count)
    private let name: String
    private let connector: String
    private let seconds: Double
    private let byteCount: Int

    private static let kinds = ["message", "edit", "delete", "status", "attachment", "ignored", "rejected"]

    /// Decodes the whole input.
    init(_ input: ConnectorInput, _ configuration: ConnectorConfiguration) throws {
        (name, connector) = (input.name, input.connector.name)
        let clock = ContinuousClock()
        let start = clock.now
        var counts = self.counts
        try input.forEachOperation(configuration) { operation, _ in counts[Self.kind(operation)] += 1 }
        self.counts = counts
        seconds = (clock.now - start) / .seconds(1)
        byteCount = input.file.consumed
    }

    private static func kind(_ operation: Operation) -> Int {
        switch operation {
        case .message: 0
        case .edit: 1
        case .delete: 2
        case .status: 3
        case .attachment: 4
        case .ignored, .notice: 5
        case .rejected: 6
        }
    }

    var line: String {
        var members: [JSONValue.Member] = [
            .init("file", .string(name)), .init("connector", .string(connector)), .init("bytes", .int(byteCount)),
            .init("seconds", .decimal(seconds, decimals: 6)), .init("operations", .int(counts.reduce(0, +))),
        ]
        for (kind, count) in zip(Self.kinds, counts) where count > 0 { members.append(.init(kind, .int(count))) }
        return JSONWriter.string(.object(members))
    }
}
