/// Texts as sparse vectors: distinct rows with their counts, 1/√n, and the dense features beside.
struct SparseExamples: Sendable {
    /// Example `i` owns `rows[starts[i] ..< starts[i + 1]]`.
    private(set) var starts: [Int] = [0]
    private(set) var rows: [UInt32] = []
    private(set) var counts: [UInt8] = []
    /// 1/√(number of features), 0 for a text without any.
    private(set) var norms: [Float] = []
    private(set) var dense: [Float] = []
    private(set) var denseWidth: Int

    init(denseWidth: Int) { self.denseWidth = denseWidth }

    var count: Int { norms.count }

    /// Adds a text's rows (in any order, repeated where they repeat) and its dense features (missing ones count 0).
    mutating func append(_ features: [UInt32], dense values: Column<Float>) {
        let sorted = features.sorted()
        var index = 0
        while index < sorted.count {
            var end = index + 1
            while end < sorted.count, sorted[end] == sorted[index] { end += 1 }
            rows.append(sorted[index])
            counts.append(UInt8(min(end - index, 255)))
            index = end
        }
        starts.append(rows.count)
        norms.append(features.isEmpty ? 0 : 1 / Float(features.count).squareRoot())
        for index in 0..<denseWidth { dense.append(index < values.count ? values[index] : 0) }
    }

    mutating func append(_ other: SparseExamples) {
        let base = rows.count
        rows.append(contentsOf: other.rows)
        counts.append(contentsOf: other.counts)
        starts.append(contentsOf: other.starts.dropFirst().map { $0 + base })
        norms.append(contentsOf: other.norms)
        dense.append(contentsOf: other.dense)
    }

    /// The same examples with further dense features behind their own.
    /// - Parameter columns: `width` values an example.
    func widened(by columns: [Float], width: Int) -> SparseExamples {
        var result = self
        result.dense = []
        result.dense.reserveCapacity(count * (denseWidth + width))
        for example in 0..<count {
            result.dense += dense[example * denseWidth..<(example + 1) * denseWidth]
            result.dense += columns[example * width..<(example + 1) * width]
        }
        result.denseWidth += width
        return result
    }

    /// Squared idf by row, scaled so that the mean squared length of a text's n-gram vector is 1: one regularisation strength then
    /// means the same on every set. A row never seen gets 0, and so never a weight.
    func squaredInverseFrequencies(rowCount: Int, of chosen: [Int32], power: Float = 1) -> [Float] {
        var frequency = [Int32](repeating: 0, count: rowCount)
        for example in chosen { for at in starts[Int(example)]..<starts[Int(example) + 1] { frequency[Int(rows[at])] += 1 } }
        let total = Double(chosen.count)
        var squares = frequency.map { seen -> Float in
            guard seen > 0 else { return 0 }
            let idf = 1 + DeterministicMath.log((total + 1) / (Double(seen) + 1))
            return Float(DeterministicMath.exp(Double(2 * power) * DeterministicMath.log(idf)))
        }
        var sum = 0.0
        for example in chosen { sum += Double(squaredLength(Int(example), squares)) }
        let scale = sum > 0 ? Float(total / sum) : 1
        for index in squares.indices { squares[index] *= scale }
        return squares
    }

    /// How many texts have each row.
    func frequencies(rowCount: Int) -> [Int32] {
        var frequency = [Int32](repeating: 0, count: rowCount)
        for row in rows { frequency[Int(row)] += 1 }
        return frequency
    }

    /// Squared row scales under which rows of words and pairs move `factor` times as freely as rows of characters: what tells two texts
    /// with the same words apart is in few rows among hundreds of characters.
    /// - Parameters:
    ///   - squares: of these examples.
    ///   - words: the same texts, hashed without characters. A row that both fall into counts by its share of words.
    func favouring(_ words: SparseExamples, by factor: Float, _ squares: [Float]) -> [Float] {
        let (own, all) = (words.frequencies(rowCount: squares.count), frequencies(rowCount: squares.count))
        var result = squares
        for row in result.indices where all[row] > 0 { result[row] *= 1 + (factor - 1) * min(1, Float(own[row]) / Float(all[row])) }
        var sum = 0.0
        for example in 0..<count { sum += Double(squaredLength(example, result)) }
        let scale = sum > 0 ? Float(Double(count) / sum) : 1
        for row in result.indices { result[row] *= scale }
        return result
    }

    /// Squared length of an example's n-gram vector under squared row scales.
    func squaredLength(_ example: Int, _ squares: [Float]) -> Float {
        var sum: Float = 0
        for at in starts[example]..<starts[example + 1] { sum += squares[Int(rows[at])] * Float(counts[at]) * Float(counts[at]) }
        return sum * norms[example] * norms[example]
    }

    /// The same examples, every n-gram vector of length 1 under squared row scales. One without a row that counts stays as it is.
    func unit(_ squares: [Float]) -> SparseExamples {
        var result = self
        for example in 0..<count {
            let square = squaredLength(example, squares)
            if square > 0 { result.norms[example] /= square.squareRoot() }
        }
        return result
    }

    /// The weighted sum of an example's rows.
    @inline(__always)
    func sum(_ example: Int, _ weights: [Float]) -> Float {
        var sum: Float = 0
        for at in starts[example]..<starts[example + 1] { sum += weights[Int(rows[at])] * Float(counts[at]) }
        return sum * norms[example]
    }

    /// Moves the weights of an example's rows by `step`, each by its scale.
    @inline(__always)
    func add(_ step: Float, _ example: Int, _ squares: [Float], to weights: inout [Float]) {
        let scaled = step * norms[example]
        for at in starts[example]..<starts[example + 1] {
            let row = Int(rows[at])
            weights[row] += scaled * squares[row] * Float(counts[at])
        }
    }

    /// The head's answer for an example, with exported (idf folded in) weights.
    func score(_ example: Int, _ head: HeadWeights) -> Float {
        var sum = sum(example, head.rows)
        for index in 0..<denseWidth { sum += head.dense[index] * dense[example * denseWidth + index] }
        return sum + head.bias
    }
}

/// One head's weights as learned, idf folded in: score = Σ rows[r] / √n + Σ dense · features + bias.
struct HeadWeights: Sendable {
    var rows: [Float]
    /// Those of `FurtherFeatures`.
    var further: [Float] = []
    var dense: [Float]
    var bias: Float
}
