import AttuneCore
import AttuneEngine

/// Scores the lines of one block.
struct BlockScorer: Sendable {
    enum Format: Sendable { case text, jsonl }

    let scorer: RecordScorer
    let format: Format

    struct Result: Sendable {
        var bytes: [UInt8] = []
        var records = 0
        /// Records that could not be read: line and reason.
        var problems: [(line: Int, reason: String)] = []
    }

    func score(_ block: LineBlocks.Block) -> Result {
        var result = Result()
        result.bytes.reserveCapacity(block.bytes.count * 4)
        var scratch = AnalyzerScratch()
        block.bytes.withUnsafeBufferPointer { buffer in
            var start = 0
            var line = block.firstLine
            while start < buffer.count {
                var end = start
                while end < buffer.count, buffer[end] != 10 { end += 1 }
                var last = end
                if last > start, buffer[last - 1] == 13 { last -= 1 }
                score(UnsafeBufferPointer(rebasing: buffer[start..<last]), line, &scratch, &result)
                start = end + 1
                line += 1
            }
        }
        for line in block.oversized {
            result.problems.append((line, "longer than \(LineBlocks.lineLimit >> 20) MiB: split the record"))
        }
        return result
    }

    private func score(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Int, _ scratch: inout AnalyzerScratch, _ result: inout Result) {
        switch format {
        case .text:
            // A byte order mark belongs to the file, not to its first message.
            let isMarked = line == 1 && bytes.starts(with: [0xEF, 0xBB, 0xBF])
            let text = isMarked ? UnsafeBufferPointer(rebasing: bytes[3...]) : bytes
            scorer.append(text, .init(number: line), scratch: &scratch, to: &result.bytes)
            result.records += 1
        case .jsonl: scoreJSON(bytes, line, &scratch, &result)
        }
    }

    private func scoreJSON(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Int, _ scratch: inout AnalyzerScratch, _ result: inout Result) {
        let isMarked = line == 1 && bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let bytes = isMarked ? UnsafeBufferPointer(rebasing: bytes[3...]) : bytes
        if bytes.allSatisfy({ $0 == 32 || $0 == 9 }) { return }
        do throws(JSONParser.Failure) {
            let record = try JSONParser.parse(bytes)
            guard var text = record["text"]?.string else {
                result.problems.append((line, "the record has no string \"text\""))
                return
            }
            var frame = RecordScorer.Frame(number: line)
            frame.id = record["id"].flatMap { $0.scalarText == nil ? nil : $0 }
            frame.role = record["role"]?.string.flatMap(Role.init)
            frame.language = record["language"]?.string
            frame.kept = record.members.filter { Self.kept.contains($0.key) && !$0.value.isNull }
            text.withUTF8 { scorer.append($0, frame, scratch: &scratch, to: &result.bytes) }
            result.records += 1
        } catch {
            result.problems.append((line, "not valid JSON: \(error.description)"))
        }
    }

    /// Members that a result repeats, so that it can be joined and grouped without the input.
    private static let kept: Set<String> = ["conversationID", "role", "sentAt", "channel", "rating"]
}
