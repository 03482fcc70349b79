/// What is fitted on held-out rows so that heads answer well and their confidence means what it says.
struct HeadFit: Sendable {
    private(set) var calibration: [LinearHeads.Calibrated] = []
    /// Per label, in calibrated log-odds.
    private(set) var threshold: [Float] = []
    private(set) var rejection: LinearHeads.Rejection?
    private let labels: [String]
    private let isMultiLabel: Bool

    init(_ held: HeldAnswers, labels: [String], options: TrainerOptions) {
        self.labels = labels
        isMultiLabel = options.multiLabel
        if isMultiLabel { fitIndependent(held) } else { fitExclusive(held, reject: options.reject) }
    }

    /// Agreement with the truth.
    func metrics(_ held: HeldAnswers) -> Metrics { Metrics(truth: held.truth, predicted: decide(logits(held.scores))) }

    /// How sure the answers are: of every label of every row, or of each row's best label.
    func confidences(_ held: HeldAnswers) -> (confidence: [Double], isCorrect: [Bool]) {
        let logits = logits(held.scores)
        if isMultiLabel {
            return (
                logits.flatMap { $0.map(DeterministicMath.sigmoid) },
                held.truth.flatMap { truth in labels.map(truth.contains) }
            )
        }
        let (best, confidence) = answers(logits, threshold)
        return (confidence, best.indices.map { held.truth[$0].contains(labels[best[$0]]) })
    }

    private func logits(_ scores: [[Double]]) -> [[Double]] {
        scores.map { row in row.indices.map { calibration[$0].slope * row[$0] + calibration[$0].offset } }
    }

    private func decide(_ logits: [[Double]]) -> [[String]] {
        if isMultiLabel { return logits.map { row in labels.indices.filter { row[$0] > Double(threshold[$0]) }.map { labels[$0] } } }
        let (best, confidence) = answers(logits, threshold)
        return best.indices.map { row -> [String] in
            if let rejection, confidence[row] < Double(rejection.minimumProbability) { return [rejection.label] }
            return [labels[best[row]]]
        }
    }

    private mutating func fitIndependent(_ held: HeldAnswers) {
        for (index, label) in labels.enumerated() {
            let column = held.scores.map { $0[index] }
            let isPositive = held.truth.map { $0.contains(label) }
            let fit = Calibration.platt(scores: column, isPositive: isPositive)
            calibration.append(fit)
            threshold.append(Float(Calibration.bestThreshold(logOdds: column.map { fit.slope * $0 + fit.offset }, isPositive: isPositive)))
        }
    }

    private mutating func fitExclusive(_ held: HeldAnswers, reject: String?) {
        let index = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
        let known = held.scores.indices.filter { held.truth[$0].first.flatMap { index[$0] } != nil }
        let fits = Calibration.softmax(
            scores: known.map { held.scores[$0] }, truth: known.map { held.truth[$0].first.flatMap { index[$0] } ?? 0 }, offsets: false)
        calibration = fits.isEmpty ? labels.map { _ in .identity } : fits
        threshold = .init(repeating: 0, count: labels.count)
        let logits = logits(held.scores)
        if let reject, let lane = index[reject] {
            let fitted = fitRejection(lane, logits, held.truth)
            threshold[lane] = fitted.handicap
            rejection = .init(label: reject, minimumProbability: fitted.minimum)
        } else if labels.count <= TrainingPlan.fewLabels {
            threshold = evenHandicaps(logits, held.truth)
        }
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
    private func evenHandicaps(_ logits: [[Double]], _ truth: [[String]]) -> [Float] {
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
    /// the best sum of accuracy in scope, which counts most, and recall out of it.
    private func fitRejection(_ lane: Int, _ logits: [[Double]], _ truth: [[String]]) -> (handicap: Float, minimum: Float) {
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
