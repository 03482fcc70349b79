import AttuneConnectors
import AttuneCore
import AttuneEngine

/// Scores whole inputs: blocks of lines on several cores, written in the order of the input.
struct ScoreRun {
    let scorer: RecordScorer
    let jobs: Int
    let strict: Bool

    /// Returns the number of records that could not be read.
    func score(_ path: String, format: String, configuration: ConnectorConfiguration) async throws -> Int {
        let input = try ConnectorInput(path: path, connectorName: format == "auto" ? nil : format)
        guard let lines = lineFormat(input.connector.name, head: input.head, configuration) else { return try scoreMessages(input, configuration) }
        let name = input.name
        if input.head.contains(0) { throw CommandFailure("\(name) is not text (it holds NUL bytes): export it as UTF-8 text, JSONL or CSV") }
        return try await scoreLines(LineBlocks(input.file), lines, name: name)
    }

    /// The two line formats have a short way of their own, unless a mapping asks for the connector's eyes.
    private func lineFormat(_ connector: String, head: [UInt8], _ configuration: ConnectorConfiguration) -> BlockScorer.Format? {
        if connector == "text" { return .text }
        let first = head.first { $0 > 32 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }
        let isLines = connector == "jsonl" && first == UInt8(ascii: "{") && !isWrappedDocument(head)
        return isLines && configuration.mapping == nil ? .jsonl : nil
    }

    /// One JSON document over several lines, or `{"messages":[…`: not a record a line.
    private func isWrappedDocument(_ head: [UInt8]) -> Bool {
        let line = head.prefix { $0 != 10 }
        guard line.count < head.count || head.count < ConnectorRegistry.headLength else { return false }
        guard let record = try? JSONParser.parse(line) else { return line.allSatisfy { $0 <= 32 || $0 == UInt8(ascii: "{") } }
        return ["items", "data", "messages", "results"].contains { if case .array = record[$0] { true } else { false } } && record["text"] == nil
    }

    private func scoreLines(_ lines: consuming LineBlocks, _ format: BlockScorer.Format, name: String) async throws -> Int {
        var lines = lines
        let blocks = BlockScorer(scorer: scorer, format: format)
        let progress = ProgressBar("scoring", total: lines.size)
        defer { progress.finish() }
        var records = 0
        var rejected = 0
        // At most `jobs` blocks are in work: memory stays the same whatever the input's size.
        var pending: [Task<BlockScorer.Result, Never>] = []
        var isAtEnd = false
        while !isAtEnd || !pending.isEmpty {
            while !isAtEnd, pending.count < jobs {
                if let block = try lines.next() { pending.append(Task { blocks.score(block) }) } else { isAtEnd = true }
            }
            guard !pending.isEmpty else { break }
            let result = await pending.removeFirst().value
            try StandardOutput.write(result.bytes)
            for problem in result.problems { try report(problem.reason, "\(name):\(problem.line)") }
            records += result.records
            rejected += result.problems.count
            progress.update(done: lines.consumed, records: records)
        }
        return rejected
    }

    /// The way for formats that are more than a record a line: through the connector's decoder.
    private func scoreMessages(_ input: ConnectorInput, _ configuration: ConnectorConfiguration) throws -> Int {
        let name = input.name
        var scratch = AnalyzerScratch()
        var out = [UInt8]()
        var number = 0
        var rejected = 0
        try input.forEachOperation(configuration) { operation, _ in
            switch operation {
            case .message(let message), .edit(let message):
                number += 1
                append(message, number, &scratch, &out)
                if out.count > 1 << 20 {
                    try StandardOutput.write(out)
                    out.removeAll(keepingCapacity: true)
                }
            case .rejected(let rejection):
                rejected += 1
                try report(rejection.reason, InputErrors.place(name, rejection))
            default: break
            }
        }
        try StandardOutput.write(out)
        return rejected
    }

    private func append(_ message: Message, _ number: Int, _ scratch: inout AnalyzerScratch, _ out: inout [UInt8]) {
        var frame = RecordScorer.Frame(id: .string(message.nativeID ?? message.id), number: number)
        frame.role = message.author.role
        frame.language = message.language
        frame.kept = [
            .init("conversationID", .string(message.conversationID)), .init("role", .string(message.author.role.rawValue)),
            .init("sentAt", .string(RFC3339.format(message.sentAt))), .init("channel", .string(message.channel.rawValue)),
        ]
        if let rating = message.rating { frame.kept.append(.init("rating", .decimal(rating.value))) }
        var text = message.text
        text.withUTF8 { scorer.append($0, frame, scratch: &scratch, to: &out) }
    }

    private func report(_ reason: String, _ place: String) throws {
        if strict { throw CommandFailure("\(place): \(reason)") }
        StandardError.write("attune: \(place): \(reason)\n")
    }
}
