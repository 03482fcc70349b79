extension Trainer {
    /// Heads learned at one cost, with what was fitted and measured on the held-out rows.
    struct Candidate: Sendable {
        var cost: Float
        var heads: [HeadWeights]
        var calibration: [LinearHeads.Calibrated]
        var threshold: [Float]
        var rejection: LinearHeads.Rejection?
        var metrics: Metrics
        var calibrationError: Double
        var reliability: [Calibration.Bin]
    }

    /// Calibrates heads on held-out rows and measures them there.
    func evaluate(
        _ heads: [HeadWeights], _ labels: [String], _ cost: Float, _ vectors: SparseExamples, _ rows: [Int32], _ examples: [TrainingExample]
    ) -> Candidate {
        let scores = rows.map { row in heads.map { Double(vectors.score(Int(row), $0)) } }
        let truth = rows.map { examples[Int($0)].labels }
        return options.multiLabel
            ? independent(heads, labels, cost, scores, truth) : exclusive(heads, labels, cost, scores, truth)
    }

    private func independent(
        _ heads: [HeadWeights], _ labels: [String], _ cost: Float, _ scores: [[Double]], _ truth: [[String]]
    ) -> Candidate {
        var calibration: [LinearHeads.Calibrated] = []
        var threshold: [Float] = []
        var predicted = [[String]](repeating: [], count: scores.count)
        var confidence: [Double] = []
        var correct: [Bool] = []
        for (index, label) in labels.enumerated() {
            let column = scores.map { $0[index] }
            let isPositive = truth.map { $0.contains(label) }
            let fit = Calibration.platt(scores: column, isPositive: isPositive)
            let logOdds = column.map { fit.slope * $0 + fit.offset }
            let cut = Calibration.bestThreshold(logOdds: logOdds, isPositive: isPositive)
            calibration.append(fit)
            threshold.append(Float(cut))
            for row in logOdds.indices where logOdds[row] > cut { predicted[row].append(label) }
            confidence.append(contentsOf: logOdds.map(DeterministicMath.sigmoid))
            correct.append(contentsOf: isPositive)
        }
        return Candidate(
            cost: cost, heads: heads, calibration: calibration, threshold: threshold, rejection: nil,
            metrics: Metrics(truth: truth, predicted: predicted),
            calibrationError: Calibration.expectedError(confidence: confidence, isCorrect: correct),
            reliability: Calibration.reliability(confidence: confidence, isCorrect: correct))
    }

    private func exclusive(
        _ heads: [HeadWeights], _ labels: [String], _ cost: Float, _ scores: [[Double]], _ truth: [[String]]
    ) -> Candidate {
        let index = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
        let known = scores.indices.filter { truth[$0].first.flatMap { index[$0] } != nil }
        let calibration = Calibration.softmax(
            scores: known.map { scores[$0] }, truth: known.map { truth[$0].first.flatMap { index[$0] } ?? 0 }, offsets: false)
        let fits = calibration.isEmpty ? labels.map { _ in LinearHeads.Calibrated.identity } : calibration
        var best: [Int] = []
        var confidence: [Double] = []
        for row in scores {
            var p = row.indices.map { fits[$0].slope * row[$0] + fits[$0].offset }
            DeterministicMath.softmax(&p)
            let top = p.indices.max { p[$0] < p[$1] } ?? 0
            best.append(top)
            confidence.append(p[top])
        }
        let rejection = options.reject.map { fitRejection($0, best.map { labels[$0] }, confidence, truth) }
        let predicted = best.indices.map { row -> [String] in
            if let rejection, confidence[row] < Double(rejection.minimumProbability) { return [rejection.label] }
            return [labels[best[row]]]
        }
        let correct = best.indices.map { truth[$0].contains(labels[best[$0]]) }
        return Candidate(
            cost: cost, heads: heads, calibration: fits, threshold: .init(repeating: 0, count: labels.count), rejection: rejection,
            metrics: Metrics(truth: truth, predicted: predicted),
            calibrationError: Calibration.expectedError(confidence: confidence, isCorrect: correct),
            reliability: Calibration.reliability(confidence: confidence, isCorrect: correct))
    }

    /// The probability below which the reject label is answered: the one with the best mean of accuracy in scope and recall out of it.
    private func fitRejection(_ label: String, _ best: [String], _ confidence: [Double], _ truth: [[String]]) -> LinearHeads.Rejection {
        let inScope = truth.count { !$0.contains(label) }
        let outside = truth.count - inScope
        var chosen = (threshold: Float(0), value: -1.0)
        for step in 0..<100 {
            let threshold = Float(step) / 100
            var (right, found) = (0, 0)
            for row in best.indices {
                let answer = confidence[row] < Double(threshold) ? label : best[row]
                if truth[row].contains(label) { found += answer == label ? 1 : 0 } else { right += truth[row].contains(answer) ? 1 : 0 }
            }
            // In scope counts twice: a customer sent away is worse than an off-topic text let in.
            let value = 2 * Double(right) / Double(max(inScope, 1)) + Double(found) / Double(max(outside, 1))
            if value > chosen.value { chosen = (threshold, value) }
        }
        return .init(label: label, minimumProbability: chosen.threshold)
    }
}
