/// Measures the shipped (rounded) heads on dev rows, set by set.
struct PackMeasure: Sendable {
    let heads: LinearHeads
    /// What the order of things adds to the first heads; nil for groups that do not look at it.
    var outline: LinearHeads?
    let rows: PackRows

    /// - Parameter outlines: of the same texts, for sentiment.
    func scores(_ group: PackRecipe.Group, _ vectors: SparseExamples, _ dev: [PackRows.Row], outlines: SparseExamples? = nil) -> [PackScore] {
        var order: [String] = []
        var members: [String: [Int]] = [:]
        for (index, row) in dev.enumerated() {
            let name = rows.recipe.lines[row.line].set
            if members[name] == nil { order.append(name) }
            members[name, default: []].append(index)
        }
        return order.map { name in score(group, name, members[name] ?? [], vectors, outlines, dev) }
    }

    private func score(
        _ group: PackRecipe.Group, _ set: String, _ members: [Int], _ vectors: SparseExamples, _ outlines: SparseExamples?, _ dev: [PackRows.Row]
    ) -> PackScore {
        var truth: [[String]] = []
        var predicted: [[String]] = []
        var confidence: [Double] = []
        var correct: [Bool] = []
        for index in members {
            var logOdds = logOdds(index, vectors, heads)
            if let outline, let outlines { for (lane, odds) in self.logOdds(index, outlines, outline).enumerated() { logOdds[lane] += odds } }
            truth.append(dev[index].labels.isEmpty && group != .emotion ? ["none"] : dev[index].labels)
            switch group {
            case .sentiment:
                let answer = SentimentDecision(negative: logOdds[0], positive: logOdds[1], heads: heads)
                predicted.append([answer.label.rawValue])
                confidence.append(answer.confidence)
                correct.append(truth.last == predicted.last)
            case .intent:
                let best = logOdds.indices.max { logOdds[$0] < logOdds[$1] } ?? 0
                predicted.append([heads.labels[best]])
                confidence.append(DeterministicMath.sigmoid(logOdds[best]))
                // A message may want several things: the first answer is right when it is one of them.
                correct.append(dev[index].labels.contains(heads.labels[best]))
            default:
                let named = heads.labels.indices.filter { rows.judges(dev[index].line, heads.labels[$0]) }
                let yes = named.filter { logOdds[$0] > Double(heads.threshold[$0]) }.map { heads.labels[$0] }
                predicted.append(yes.isEmpty && group != .emotion ? ["none"] : yes)
                confidence.append(contentsOf: named.map { DeterministicMath.sigmoid(logOdds[$0]) })
                correct.append(contentsOf: named.map { dev[index].labels.contains(heads.labels[$0]) })
            }
        }
        return PackScore(
            group: group.rawValue, set: set, metrics: Metrics(truth: truth, predicted: predicted),
            calibrationError: Calibration.expectedError(confidence: confidence, isCorrect: correct))
    }

    private func logOdds(_ example: Int, _ vectors: SparseExamples, _ heads: LinearHeads) -> [Double] {
        var features: [UInt32] = []
        for at in vectors.starts[example]..<vectors.starts[example + 1] {
            for _ in 0..<vectors.counts[at] { features.append(vectors.rows[at]) }
        }
        var scratch = HeadScratch()
        heads.addRows(features, into: &scratch.sums)
        let width = vectors.denseWidth
        let dense = Column(vectors.dense[example * width..<(example + 1) * width])
        // The text may be longer than the counts tell (a count holds 255): its own norm is the right one.
        let norm = Double(vectors.norms[example])
        let count = norm > 0 ? Int((1 / (norm * norm)).rounded()) : 0
        heads.logOdds(sums: scratch.sums, featureCount: count, dense: dense, into: &scratch.logOdds)
        return scratch.logOdds
    }
}
