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
        let logits = scores.map { row in row.indices.map { fits[$0].slope * row[$0] + fits[$0].offset } }
        var threshold = [Float](repeating: 0, count: labels.count)
        var rejection: LinearHeads.Rejection?
        if let reject = options.reject, let lane = index[reject] {
            let fitted = fitRejection(lane, labels, logits, truth)
            threshold[lane] = fitted.handicap
            rejection = .init(label: reject, minimumProbability: fitted.minimum)
        } else if labels.count <= Self.fewLabels {
            threshold = evenHandicaps(labels, logits, truth)
        }
        let (best, confidence) = answers(logits, threshold)
        let predicted = best.indices.map { row -> [String] in
            if let rejection, confidence[row] < Double(rejection.minimumProbability) { return [rejection.label] }
            return [labels[best[row]]]
        }
        let correct = best.indices.map { truth[$0].contains(labels[best[$0]]) }
        return Candidate(
            cost: cost, heads: heads, calibration: fits, threshold: threshold, rejection: rejection,
            metrics: Metrics(truth: truth, predicted: predicted),
            calibrationError: Calibration.expectedError(confidence: confidence, isCorrect: correct),
            reliability: Calibration.reliability(confidence: confidence, isCorrect: correct))
    }

    /// The best label of every row once the thresholds are taken off, and its probability.
    private func answers(_ logits: [[Double]], _ threshold: [Float]) -> (best: [Int], confidence: [Double]) {
        var best: [Int] = []
        var confidence: [Double] = []
        for row in logits {
            let top = row.indices.max { row[$0] - Double(threshold[$0]) < row[$1] - Double(threshold[$1]) } ?? 0
            var p = row
            DeterministicMath.softmax(&p)
            best.append(top)
            confidence.append(p[top])
        }
        return (best, confidence)
    }

    /// What each label has to be ahead of the others to be answered: the handicaps with the best macro-F1, one label after the other. They stay
    /// small, for held-out rows may be few.
    private func evenHandicaps(_ labels: [String], _ logits: [[Double]], _ truth: [[String]]) -> [Float] {
        var chosen = [Float](repeating: 0, count: labels.count)
        let agreement = { (threshold: [Float]) in
            Metrics(truth: truth, predicted: answers(logits, threshold).best.map { [labels[$0]] }).macroF1
        }
        var best = agreement(chosen)
        for lane in labels.indices {
            for step in -5...5 where step != 0 {
                var tried = chosen
                tried[lane] = Float(step) / 10
                let value = agreement(tried)
                if value > best { (best, chosen) = (value, tried) }
            }
        }
        return chosen
    }

    /// What the reject label has to be ahead of the others to be answered, and the probability below which it is answered anyway: those with
    /// the best mean of accuracy in scope and recall out of it.
    private func fitRejection(_ lane: Int, _ labels: [String], _ logits: [[Double]], _ truth: [[String]]) -> (handicap: Float, minimum: Float) {
        let isOutside = truth.map { $0.contains(labels[lane]) }
        let outside = isOutside.count { $0 }
        var chosen = (handicap: Float(0), minimum: Float(0), value: -1.0)
        for handicap in stride(from: Float(0), through: 4, by: 0.25) {
            var threshold = [Float](repeating: 0, count: labels.count)
            threshold[lane] = handicap
            let (best, confidence) = answers(logits, threshold)
            let isRight = best.indices.map { truth[$0].contains(labels[best[$0]]) }
            for step in 0..<50 {
                let minimum = Float(step) / 50
                var (right, found) = (0, 0)
                for row in best.indices {
                    let isRejected = best[row] == lane || confidence[row] < Double(minimum)
                    if isOutside[row] { found += isRejected ? 1 : 0 } else { right += !isRejected && isRight[row] ? 1 : 0 }
                }
                // In scope counts twenty times, as often as most desks hear from customers for one who asks for something else.
                let value = 20 * Double(right) / Double(max(truth.count - outside, 1)) + Double(found) / Double(max(outside, 1))
                if value > chosen.value { chosen = (handicap, minimum, value) }
            }
        }
        return (chosen.handicap, chosen.minimum)
    }
}
