/// L2-regularised linear SVM with squared hinge loss by dual coordinate descent (Hsieh et al. 2008), deterministic for a seed.
struct DualCoordinateDescent: Sendable {
    /// Inverse regularisation strength of an example of weight 1.
    var cost: Float = 0.2
    /// Passes over the examples at most.
    var epochs = 30
    /// Stops when no projected gradient of a pass is above this.
    var tolerance: Float = 0.05
    /// Dense features are multiplied by this before learning: larger means less regularised.
    var denseScale: Float = 1
    var seed: UInt64 = 1
    /// Beyond the margin by so much, an example rests for so many passes: most texts are far from most labels.
    private static let clear: Float = 0.1
    private static let rest: UInt8 = 3

    /// Learns one head.
    /// - Parameters:
    ///   - chosen: examples to learn from.
    ///   - isPositive: by position in `chosen`.
    ///   - weights: by position in `chosen`; 0 leaves an example out.
    ///   - squares: squared row scales (`squaredInverseFrequencies`).
    ///   - beside: further features of the same examples, whose squared row scales are its own.
    func train(
        _ examples: SparseExamples, chosen: [Int32], isPositive: [Bool], weights: [Float], squares: [Float], beside: FurtherFeatures? = nil
    ) -> HeadWeights {
        let width = examples.denseWidth
        let beside = beside ?? FurtherFeatures.none(examples.count)
        var state = State(rows: squares.count, further: beside.squares.count, dense: width, examples: chosen.count)
        var order = chosen.indices.filter { weights[$0] > 0 }.map { Int32($0) }
        var generator = SplitMix64(seed: seed)
        for position in order {
            let example = Int(chosen[Int(position)])
            var length = examples.squaredLength(example, squares) + beside.examples.squaredLength(example, beside.squares) + 1
            for index in 0..<width {
                let value = examples.dense[example * width + index] * denseScale
                length += value * value
            }
            state.lengths[Int(position)] = length + 0.5 / (cost * weights[Int(position)])
        }
        for _ in 0..<epochs {
            generator.shuffle(&order)
            let violation = pass(examples, beside, chosen, order, isPositive, weights, squares, &state)
            guard violation < tolerance else { continue }
            // What rested may have changed its mind meanwhile: only a pass over everything ends it.
            if !state.hasRested { break }
            for index in state.rests.indices { state.rests[index] = 0 }
        }
        return HeadWeights(rows: state.rows, further: state.further, dense: state.dense, bias: state.bias)
    }

    private struct State {
        var rows: [Float]
        var further: [Float]
        var dense: [Float]
        var bias: Float = 0
        var alphas: [Float]
        var lengths: [Float]
        /// Passes that an example is left out of: far on its right side, it would change nothing for a while.
        var rests: [UInt8]
        /// Whether the last pass left anything out.
        var hasRested = false

        init(rows: Int, further: Int, dense: Int, examples: Int) {
            self.rows = .init(repeating: 0, count: rows)
            self.further = .init(repeating: 0, count: further)
            self.dense = .init(repeating: 0, count: dense)
            alphas = .init(repeating: 0, count: examples)
            lengths = .init(repeating: 0, count: examples)
            rests = .init(repeating: 0, count: examples)
        }
    }

    /// One pass; returns the largest projected gradient.
    private func pass(
        _ examples: SparseExamples, _ beside: FurtherFeatures, _ chosen: [Int32], _ order: [Int32], _ isPositive: [Bool], _ weights: [Float],
        _ squares: [Float], _ state: inout State
    ) -> Float {
        let width = examples.denseWidth
        let denseSquare = denseScale * denseScale
        var worst: Float = 0
        state.hasRested = false
        examples.rows.withUnsafeBufferPointer { rows in
            examples.counts.withUnsafeBufferPointer { counts in
                squares.withUnsafeBufferPointer { squares in
                    state.rows.withUnsafeMutableBufferPointer { u in
                        for position in order {
                            let at = Int(position)
                            if state.rests[at] > 0 {
                                state.rests[at] -= 1
                                state.hasRested = true
                                continue
                            }
                            let example = Int(chosen[at])
                            let (start, end) = (examples.starts[example], examples.starts[example + 1])
                            var sum: Float = 0
                            for index in start..<end { sum += u[Int(rows[index])] * Float(counts[index]) }
                            sum *= examples.norms[example]
                            sum += beside.examples.sum(example, state.further)
                            for index in 0..<width { sum += state.dense[index] * examples.dense[example * width + index] }
                            let sign: Float = isPositive[at] ? 1 : -1
                            let alpha = state.alphas[at]
                            let gradient = sign * (sum + state.bias) - 1 + alpha * 0.5 / (cost * weights[at])
                            if alpha == 0, gradient >= 0 {
                                if gradient > Self.clear { state.rests[at] = Self.rest }
                                continue
                            }
                            worst = max(worst, abs(gradient))
                            let next = max(alpha - gradient / state.lengths[at], 0)
                            let step = (next - alpha) * sign
                            state.alphas[at] = next
                            guard step != 0 else { continue }
                            let scaled = step * examples.norms[example]
                            for index in start..<end {
                                let row = Int(rows[index])
                                u[row] += scaled * squares[row] * Float(counts[index])
                            }
                            beside.examples.add(step, example, beside.squares, to: &state.further)
                            for index in 0..<width { state.dense[index] += step * denseSquare * examples.dense[example * width + index] }
                            state.bias += step
                        }
                    }
                }
            }
        }
        return worst
    }
}

/// Features beside the n-grams that have a norm and a regularisation of their own, so that neither dilutes the other.
struct FurtherFeatures: Sendable {
    /// The same examples, without dense features.
    var examples: SparseExamples
    /// Squared row scales.
    var squares: [Float]

    /// - Parameters:
    ///   - share: mean squared length beside n-gram vectors of 1.
    ///   - fewest: texts that a row must be in.
    init(_ examples: SparseExamples, rowCount: Int, share: Float, fewest: Int32) {
        self.examples = examples
        let frequencies = examples.frequencies(rowCount: rowCount)
        squares = examples.squaredInverseFrequencies(rowCount: rowCount, of: (0..<examples.count).map { Int32($0) })
        for row in squares.indices { squares[row] *= frequencies[row] < fewest ? 0 : share }
    }

    private init(_ examples: SparseExamples) { (self.examples, squares) = (examples, []) }

    static func none(_ count: Int) -> FurtherFeatures {
        var examples = SparseExamples(denseWidth: 0)
        for _ in 0..<count { examples.append([], dense: Column()) }
        return FurtherFeatures(examples)
    }
}
