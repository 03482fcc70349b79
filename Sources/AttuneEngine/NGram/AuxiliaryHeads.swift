/// Heads that were learned before, as features of the heads that are learned now: what a pack knows about feelings helps with a few
/// thousand rows of one's own.
///
/// A head's answer is linear in the text's features, and so is a head over such answers: `collapsed` writes it as one head over the
/// n-grams, and nothing is left of the others when a text is scored.
struct AuxiliaryHeads: Sendable {
    private let heads: LinearHeads
    private let lanes: [Int]
    /// What a lane's answer is multiplied with, and its mean before: all lanes then vary alike.
    private var factors: [Float] = []
    private var means: [Float] = []
    /// Spread of a lane's answers beside features of −1…1. The larger, the more the new heads lean on the old ones.
    private static let spread: Float = 0.3
    /// Heads that people train anew more than others. A head that was learned from the very rows at hand looks better than it is.
    private static let retrained = ["urgency", "toxicity"]

    /// - Parameters:
    ///   - heads: over the same n-grams as the heads to be learned.
    ///   - examples: hashed for them; the spread of the answers is taken from these.
    init?(_ heads: LinearHeads, for configuration: FeatureConfiguration, examples: SparseExamples) {
        guard heads.configuration == configuration, configuration.dense, heads.table != nil, examples.count > 1 else { return nil }
        self.heads = heads
        lanes = heads.labels.indices.filter { !Self.retrained.contains(heads.labels[$0]) }
        let answers = answers(examples)
        for lane in lanes.indices {
            var (sum, squares) = (0.0, 0.0)
            for example in 0..<examples.count {
                let answer = Double(answers[example * lanes.count + lane])
                sum += answer
                squares += answer * answer
            }
            let mean = sum / Double(examples.count)
            let deviation = max(squares / Double(examples.count) - mean * mean, 1e-6).squareRoot()
            means.append(Float(mean))
            factors.append(Self.spread / Float(deviation))
        }
    }

    /// The examples with the lanes' answers behind their dense features.
    func widened(_ examples: SparseExamples) -> SparseExamples {
        var columns = answers(examples)
        for index in columns.indices {
            let lane = index % lanes.count
            columns[index] = (columns[index] - means[lane]) * factors[lane]
        }
        return examples.widened(by: columns, width: lanes.count)
    }

    /// A head over widened examples as one over plain ones.
    func collapsed(_ head: HeadWeights) -> HeadWeights {
        let width = heads.denseCount
        var result = HeadWeights(rows: head.rows, dense: Array(head.dense.prefix(width)), bias: head.bias)
        for (index, lane) in lanes.enumerated() {
            let weight = head.dense[width + index] * factors[index]
            guard weight != 0, let table = heads.table else { continue }
            let step = weight * heads.scale[lane]
            for row in result.rows.indices { result.rows[row] += step * Float(table[row * heads.lanes + lane]) }
            for feature in 0..<width { result.dense[feature] += weight * heads.dense[lane * width + feature] }
            result.bias += weight * (heads.bias[lane] - means[index])
        }
        return result
    }

    /// Log-odds of every example's lanes, example after example.
    private func answers(_ examples: SparseExamples) -> [Float] {
        let width = heads.denseCount
        var answers: [Float] = []
        answers.reserveCapacity(examples.count * lanes.count)
        var sums = [Int32](repeating: 0, count: heads.lanes)
        for example in 0..<examples.count {
            for lane in sums.indices { sums[lane] = 0 }
            for at in examples.starts[example]..<examples.starts[example + 1] {
                let count = Int32(examples.counts[at])
                let row = Int(examples.rows[at]) * heads.lanes
                if let table = heads.table { for lane in sums.indices { sums[lane] &+= count &* Int32(table[row + lane]) } }
            }
            for lane in lanes {
                var answer = heads.bias[lane] + heads.scale[lane] * Float(sums[lane]) * examples.norms[example]
                for feature in 0..<width { answer += heads.dense[lane * width + feature] * examples.dense[example * width + feature] }
                answers.append(answer)
            }
        }
        return answers
    }
}
