/// Heads that were learned before, as features of the heads that are learned now: what a pack knows about feelings helps with a few
/// thousand rows of one's own.
///
/// A head's answer is linear in the text's features, and so is a head over such answers: `collapsed` writes it as one head over the
/// n-grams, and nothing is left of the others when a text is scored.
struct AuxiliaryHeads: Sendable {
    /// A head, and what makes its answers vary like those of the others: what they are multiplied with, and their mean before.
    private struct Lane: Sendable {
        var group: Int
        var lane: Int
        var factor: Float = 1
        var mean: Float = 0
    }

    private let groups: [LinearHeads]
    private var lanes: [Lane] = []
    /// Dense features of an example before it is widened.
    private let width: Int
    /// Heads that people train anew more than others. A head that was learned from the very rows at hand looks better than it is; so does
    /// every head of a group of which half or more are to be learned again.
    private static let retrained = ["urgency", "toxicity", "negative", "positive"]

    /// - Parameters:
    ///   - groups: those over the same n-grams as the heads to be learned, in a table as large or smaller, are used.
    ///   - labels: of the heads to be learned.
    ///   - examples: hashed for the heads to be learned; the spread of the answers is taken from these.
    ///   - spread: what the answers vary by beside features of −1…1. The larger, the more the new heads lean on the old ones.
    init?(_ groups: [LinearHeads], for configuration: FeatureConfiguration, labels: [String], examples: SparseExamples, spread: Float) {
        guard configuration.dense, examples.count > 1 else { return nil }
        self.groups = groups.filter { group in
            group.configuration.isNarrower(than: configuration) && group.configuration.dense && group.table != nil
                && 2 * group.labels.count(where: labels.contains) < group.labels.count
        }
        guard !self.groups.isEmpty else { return nil }
        width = examples.denseWidth
        for (index, group) in self.groups.enumerated() {
            // In the table that all share, the lanes of heads with one of their own are 0.
            for (lane, label) in group.labels.enumerated() where group.isShared(lane) && !Self.retrained.contains(label) {
                lanes.append(Lane(group: index, lane: lane))
            }
        }
        let answers = answers(examples)
        for index in lanes.indices {
            var (sum, squares) = (0.0, 0.0)
            for example in 0..<examples.count {
                let answer = Double(answers[example * lanes.count + index])
                sum += answer
                squares += answer * answer
            }
            let mean = sum / Double(examples.count)
            let deviation = max(squares / Double(examples.count) - mean * mean, 1e-6).squareRoot()
            lanes[index].mean = Float(mean)
            lanes[index].factor = spread / Float(deviation)
        }
    }

    /// The examples with the lanes' answers behind their dense features.
    func widened(_ examples: SparseExamples) -> SparseExamples {
        var columns = answers(examples)
        for index in columns.indices {
            let lane = lanes[index % lanes.count]
            columns[index] = (columns[index] - lane.mean) * lane.factor
        }
        return examples.widened(by: columns, width: lanes.count)
    }

    /// A head over widened examples as one over plain ones.
    func collapsed(_ head: HeadWeights) -> HeadWeights {
        var result = HeadWeights(rows: head.rows, dense: Array(head.dense.prefix(width)), bias: head.bias)
        for (index, lane) in lanes.enumerated() {
            let heads = groups[lane.group]
            let weight = head.dense[width + index] * lane.factor
            guard weight != 0, let table = heads.table else { continue }
            let step = weight * heads.scale[lane.lane]
            let mask = heads.configuration.rowCount - 1
            for row in result.rows.indices { result.rows[row] += step * Float(table[(row & mask) * heads.lanes + lane.lane]) }
            for feature in 0..<width { result.dense[feature] += weight * heads.dense[lane.lane * width + feature] }
            result.bias += weight * (heads.bias[lane.lane] - lane.mean)
        }
        return result
    }

    /// Log-odds of every example's lanes, example after example.
    private func answers(_ examples: SparseExamples) -> [Float] {
        var answers: [Float] = []
        answers.reserveCapacity(examples.count * lanes.count)
        var sums = groups.map { [Int32](repeating: 0, count: $0.lanes) }
        for example in 0..<examples.count {
            for group in groups.indices { add(examples, example, groups[group], &sums[group]) }
            for lane in lanes {
                let heads = groups[lane.group]
                var answer = heads.bias[lane.lane] + heads.scale[lane.lane] * Float(sums[lane.group][lane.lane]) * examples.norms[example]
                for feature in 0..<width { answer += heads.dense[lane.lane * width + feature] * examples.dense[example * width + feature] }
                answers.append(answer)
            }
        }
        return answers
    }

    /// Replaces the sums by those of an example's rows, whose low bits are the rows of a smaller table.
    private func add(_ examples: SparseExamples, _ example: Int, _ heads: LinearHeads, _ sums: inout [Int32]) {
        for lane in sums.indices { sums[lane] = 0 }
        guard let table = heads.table else { return }
        let mask = heads.configuration.rowCount - 1
        for at in examples.starts[example]..<examples.starts[example + 1] {
            let count = Int32(examples.counts[at])
            let row = (Int(examples.rows[at]) & mask) * heads.lanes
            for lane in sums.indices { sums[lane] &+= count &* Int32(table[row + lane]) }
        }
    }
}
