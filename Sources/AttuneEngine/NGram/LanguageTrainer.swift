/// Learns the `languages` head: multinomial logistic regression over the languages of one script, by stochastic gradient descent.
struct LanguageTrainer: Sendable {
    var epochs = 6
    var rate: Float = 10
    var seed: UInt64 = 1
    /// A language's examples count together at most as much as this many: English and Hinglish have far more rows than the others.
    var mostWeight: Float = 2500
    /// The weights are the mean of those after the last so many passes: single examples then matter less (Polyak and Juditsky 1992).
    private static let averaged = 3
    /// Share of the examples kept back to fit the confidence.
    private static let heldOut = 20

    /// - Parameters:
    ///   - examples: hashed by `LanguageIdentifier.configuration()`.
    ///   - codes: the language of each.
    func train(_ examples: SparseExamples, codes: [String], weights: [Float]) -> LinearHeads {
        let labels = Set(codes).sorted()
        let lanes = LinearHeads.lanes(for: labels.count)
        let index = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
        let truth = codes.map { index[$0] ?? 0 }
        let weights = capped(weights, truth, labels.count)
        let systems = labels.map { WritingSystem.ofLanguage($0) }
        let masks = systems.map { system in labels.indices.map { systems[$0] == system } }
        let configuration = LanguageIdentifier.configuration()
        var table = [Float](repeating: 0, count: configuration.rowCount * lanes)
        var order = (0..<examples.count).filter { $0 % Self.heldOut != 0 }.map { Int32($0) }
        var generator = SplitMix64(seed: seed)
        var logits = [Float](repeating: 0, count: lanes)
        let steps = Float(epochs * order.count)
        var step: Float = 0
        var mean = [Float](repeating: 0, count: table.count)
        for epoch in 0..<epochs {
            generator.shuffle(&order)
            for position in order {
                let example = Int(position)
                step += 1
                let now = rate * (1 - step / steps) * weights[example]
                gradient(examples, example, table, lanes, masks[truth[example]], truth[example], &logits)
                apply(examples, example, &table, lanes, logits, now)
            }
            let share = 1 / Float(min(Self.averaged, epochs))
            if epoch >= epochs - Self.averaged { for at in mean.indices { mean[at] += share * table[at] } }
        }
        table = mean
        let heads = labels.indices.map { lane in
            HeadWeights(rows: (0..<configuration.rowCount).map { table[$0 * lanes + lane] }, dense: [], bias: 0)
        }
        let slope = fitSlope(examples, table, lanes, masks, truth)
        return .quantized(
            name: "languages", labels: labels, link: .exclusive, configuration: configuration, heads: heads,
            calibration: .init(repeating: .init(slope: slope, offset: 0), count: labels.count),
            threshold: .init(repeating: 0, count: labels.count))
    }

    private func capped(_ weights: [Float], _ truth: [Int], _ count: Int) -> [Float] {
        var totals = [Float](repeating: 0, count: count)
        for (weight, language) in zip(weights, truth) { totals[language] += weight }
        return zip(weights, truth).map { $0 * min(1, mostWeight / totals[$1]) }
    }

    /// Leaves p − y in `logits`, 0 for languages of other scripts.
    private func gradient(
        _ examples: SparseExamples, _ example: Int, _ table: [Float], _ lanes: Int, _ mask: [Bool], _ truth: Int, _ logits: inout [Float]
    ) {
        scores(examples, example, table, lanes, &logits)
        var top = -Float.infinity
        for lane in mask.indices where mask[lane] { top = max(top, logits[lane]) }
        var total: Float = 0
        for lane in logits.indices {
            logits[lane] = lane < mask.count && mask[lane] ? Float(DeterministicMath.exp(Double(logits[lane] - top))) : 0
            total += logits[lane]
        }
        for lane in mask.indices { logits[lane] /= total }
        logits[truth] -= 1
    }

    private func scores(_ examples: SparseExamples, _ example: Int, _ table: [Float], _ lanes: Int, _ logits: inout [Float]) {
        let norm = examples.norms[example]
        table.withUnsafeBufferPointer { table in
            logits.withUnsafeMutableBufferPointer { logits in
                for lane in 0..<lanes { logits[lane] = 0 }
                for at in examples.starts[example]..<examples.starts[example + 1] {
                    let start = Int(examples.rows[at]) * lanes
                    let value = Float(examples.counts[at]) * norm
                    for lane in 0..<lanes { logits[lane] += table[start + lane] * value }
                }
            }
        }
    }

    private func apply(_ examples: SparseExamples, _ example: Int, _ table: inout [Float], _ lanes: Int, _ gradient: [Float], _ rate: Float) {
        let norm = examples.norms[example]
        table.withUnsafeMutableBufferPointer { table in
            gradient.withUnsafeBufferPointer { gradient in
                for at in examples.starts[example]..<examples.starts[example + 1] {
                    let start = Int(examples.rows[at]) * lanes
                    let value = Float(examples.counts[at]) * norm * rate
                    for lane in 0..<lanes { table[start + lane] -= gradient[lane] * value }
                }
            }
        }
    }

    /// The softmax slope that fits the examples kept back.
    private func fitSlope(_ examples: SparseExamples, _ table: [Float], _ lanes: Int, _ masks: [[Bool]], _ truth: [Int]) -> Double {
        var rows: [[Double]] = []
        var targets: [Int] = []
        var logits = [Float](repeating: 0, count: lanes)
        for example in 0..<examples.count where example % Self.heldOut == 0 && targets.count < 8000 {
            scores(examples, example, table, lanes, &logits)
            let mask = masks[truth[example]]
            rows.append(mask.indices.map { mask[$0] ? Double(logits[$0]) : -1e3 })
            targets.append(truth[example])
        }
        return Calibration.softmax(scores: rows, truth: targets, offsets: false).first?.slope ?? 1
    }
}
