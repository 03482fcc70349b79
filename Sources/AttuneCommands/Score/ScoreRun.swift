import AttuneConnectors
import AttuneCore
import AttuneEngine
import Dispatch

/// Scores whole inputs: blocks of lines on several cores, written in the order of the input.
struct ScoreRun {
    let scorer: RecordScorer
    let jobs: Int
    let strict: Bool

    /// Receipts take some twenty times the bytes of a result: their blocks are smaller, so that no thread holds much.
    private var blockSize: Int { scorer.explain ? LineBlocks.blockSize / 16 : LineBlocks.blockSize }

    /// Returns the number of records that could not be read.
    func score(_ place: InputPlace, format: String, configuration: ConnectorConfiguration) throws -> Int {
        let input = try ConnectorInput(place, connectorName: format == "auto" ? nil : format, option: "--format")
        guard let lines = lineFormat(input.connector.name, head: input.head, configuration) else { return try scoreMessages(input, configuration) }
        let name = input.name
        // Of what the user calls text, a NUL is one bad byte.
        if input.head.contains(0), format == "auto" {
            throw CommandFailure("\(name) is not text (it holds NUL bytes): export it as UTF-8 text, JSONL or CSV")
        }
        return try scoreLines(LineBlocks(input.file, blockSize: blockSize), lines, name: name)
    }

    /// Two bytes a letter, which the connector's decoder makes one of: by the mark, or by the zeros of the first two letters.
    private static func isUTF16(_ head: [UInt8]) -> Bool {
        let zeros = head.prefix(4).map { $0 == 0 }
        return head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF])
            || zeros == [false, true, false, true] || zeros == [true, false, true, false]
    }

    /// The two line formats have a short way of their own, unless the configuration asks for the connector's eyes.
    private func lineFormat(_ connector: String, head: [UInt8], _ configuration: ConnectorConfiguration) -> BlockScorer.Format? {
        if Self.isUTF16(head) { return nil }
        if connector == "text" { return .text }
        let first = head.first { $0 > 32 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }
        let isLines = connector == "jsonl" && first == UInt8(ascii: "{") && !isWrappedDocument(head)
        let namesAgents = !configuration.agentNames.isEmpty || !configuration.agentDomains.isEmpty || !configuration.agentRoleNames.isEmpty
        return isLines && configuration.mapping == nil && !namesAgents ? .jsonl : nil
    }

    /// One JSON document over several lines, or `{"messages":[…`: not a record a line.
    private func isWrappedDocument(_ head: [UInt8]) -> Bool {
        let line = head.prefix { $0 != 10 }
        guard line.count < head.count || head.count < ConnectorRegistry.headLength else { return false }
        guard let record = try? JSONParser.parse(line) else {
            return line.allSatisfy { $0 <= 32 || $0 == UInt8(ascii: "{") } || JSONText.hasTrailingComma(Array(line))
        }
        return ["items", "data", "messages", "results", "reviews"].contains { if case .array = record[$0] { true } else { false } }
            && record["text"] == nil
    }

    private func scoreLines(_ lines: LineBlocks, _ format: BlockScorer.Format, name: String) throws -> Int {
        let blocks = OrderedBlocks(lines)
        let results = ScoreResults(name: name, strict: strict, size: lines.size)
        defer { results.finish() }

        @Sendable func work() {
            var scorer = BlockScorer(scorer, format: format, strict: strict)
            var block = LineBlock()
            while let number = blocks.next(into: &block) {
                scorer.score(block)
                blocks.inTurn(number) { try results.write(scorer, of: block) }
            }
        }

        if jobs == 1 { work() } else { DispatchQueue.concurrentPerform(iterations: jobs) { _ in work() } }
        try blocks.finish()
        return results.rejected
    }

    /// The way for formats that are more than a record a line: through the connector's decoder.
    private func scoreMessages(_ input: ConnectorInput, _ configuration: ConnectorConfiguration) throws -> Int {
        let name = input.name
        var scoring = RecordScoring(scorer)
        var number = 0
        var rejected = 0
        try input.forEachOperation(configuration) { operation, _ in
            switch operation {
            case .message(let message), .edit(let message):
                number += 1
                score(message, number, &scoring)
                if scoring.out.count > LineBlocks.blockSize {
                    try StandardOutput.write(scoring.out.bytes)
                    scoring.out.removeAll()
                }
            case .rejected(let rejection):
                rejected += 1
                try ScoreResults.report(rejection.reason, InputErrors.place(name, rejection), strict: strict)
            default: break
            }
        }
        try StandardOutput.write(scoring.out.bytes)
        return rejected
    }

    private func score(_ message: Message, _ number: Int, _ scoring: inout RecordScoring) {
        var kept: [JSONValue.Member] = [
            .init("conversationID", .string(message.conversationID)), .init("role", .string(message.author.role.rawValue)),
        ]
        // The time of arrival is none of the record's: it would be another one in the next run.
        if message.timeBasis != .received { kept.append(.init("sentAt", .string(RFC3339.format(message.sentAt)))) }
        kept.append(.init("channel", .string(message.channel.rawValue)))
        if let rating = message.rating { kept.append(.init("rating", .decimal(rating.value))) }
        scoring.score(
            message.text, number: number, id: .string(message.nativeID ?? message.id), role: message.author.role,
            isPrivate: message.visibility == .private, language: message.language, kept)
    }
}
