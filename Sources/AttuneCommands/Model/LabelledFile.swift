import AttuneCore
import AttuneEngine

/// Labelled texts: JSON Lines `{"text": …, "label": "x" | ["x","y"]}`, also compressed.
enum LabelledFile {
    /// Rows that cannot be read are reported on standard error with their line, and left out.
    /// - Parameter oneLabel: whether rows of several labels, or of none, are among those.
    static func read(_ path: String, oneLabel: Bool = false) throws -> [TrainingExample] {
        var lines = LineBlocks(try InputFile(path: path))
        var examples = [TrainingExample]()
        var rejected = 0
        var block = LineBlock()
        while try lines.next(into: &block) {
            block.forEachLine { line, number in
                if line.allSatisfy({ $0 == 32 || $0 == 13 || $0 == 9 }) { return true }
                do throws(Rejection) { examples.append(try example(line, oneLabel: oneLabel)) } catch {
                    rejected += 1
                    if rejected <= 10 { StandardError.write("attune: \(path):\(number): \(error.reason)\n") }
                }
                return true
            }
        }
        if rejected > 10 { StandardError.write("attune: \(path): \(rejected) rows could not be read and were left out\n") }
        if examples.isEmpty { throw CommandFailure("\(path) holds no labelled rows: expected lines like {\"text\": \"…\", \"label\": \"…\"}") }
        return examples
    }

    private static func example(_ line: UnsafeBufferPointer<UInt8>, oneLabel: Bool) throws(Rejection) -> TrainingExample {
        let record: JSONValue
        do throws(JSONParser.Failure) { record = try JSONParser.parse(line) } catch { throw Rejection(reason: "not valid JSON: \(error)") }
        guard let text = record["text"]?.string else { throw Rejection(reason: "the row has no string \"text\"") }
        let labels: [String]
        switch record["label"] {
        case .array(let items):
            labels = items.compactMap(\.scalarText)
            if labels.count < items.count { throw Rejection(reason: "\"label\" holds something that is no label") }
        case .some(let value):
            guard let label = value.scalarText else { throw Rejection(reason: "\"label\" is neither a text nor a list of texts") }
            labels = [label]
        case nil: throw Rejection(reason: "the row has no \"label\"")
        }
        if oneLabel, labels.count != 1 {
            throw Rejection(reason: "the row has \(labels.count == 0 ? "no label" : "\(labels.count) labels"): train with --multi-label")
        }
        return TrainingExample(text: Array(text.utf8), labels: labels, language: record["language"]?.string)
    }
}
