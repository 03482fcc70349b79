import CKernels

/// A group of linear heads over one table of n-gram weights: text features in, log-odds out.
///
/// The table has a row of `lanes` signed bytes for each n-gram hash; head `h` owns lane `h`. What the head says is
///
///     logOdds[h] = bias[h] + scale[h] · (Σ rows)[h] / √n + Σ dense[h][d] · feature[d]
///
/// where n is the number of n-grams. The sum over rows is an integer and the rest a fixed sequence of IEEE operations, so the answer is
/// the same on every machine and kernel. Calibration is folded into scale, bias and dense: no further step makes the log-odds honest.
///
/// `@unchecked Sendable`: `table` points into `storage`, which is immutable.
public struct LinearHeads: @unchecked Sendable {
    /// How the heads share the answer.
    public enum Link: UInt8, Sendable {
        /// Each head is a yes/no question of its own: sigmoid.
        case independent = 0
        /// Exactly one head is right: softmax.
        case exclusive = 1
    }

    /// Role of the group: `main`, `intents`, `languages`, or a user's own name.
    public let name: String
    public let labels: [String]
    public let link: Link
    public let configuration: FeatureConfiguration
    /// Bytes of a row: the number of labels rounded up to 16.
    public let lanes: Int
    /// `configuration.rowCount × lanes` bytes and, behind them, the fine rows; nil for a group without n-grams.
    let table: UnsafePointer<Int8>?
    let storage: ModelStorage?
    /// Per head.
    let scale: [Float]
    let bias: [Float]
    /// Log-odds above which the head says yes (independent), or that is subtracted before the largest is chosen (exclusive).
    public let threshold: [Float]
    /// `labels.count × denseCount`, head after head.
    let dense: [Float]
    /// Label that stands for "none of these", and the probability of the best other label below which it is given.
    public let reject: Rejection?

    public struct Rejection: Hashable, Sendable {
        public var label: String
        public var minimumProbability: Float
        public init(label: String, minimumProbability: Float) {
            self.label = label
            self.minimumProbability = minimumProbability
        }
    }

    /// Heads that may have a table of their own: as many bytes are in each of its rows.
    static let fineHeads = 2

    /// The fine rows, 2^fineBits × `fineHeads` bytes; nil when all heads share one table.
    var fine: UnsafePointer<Int8>? {
        configuration.fineBits > 0 ? table.map { $0 + configuration.rowCount * lanes } : nil
    }

    /// Bytes of both tables.
    var tableBytes: Int {
        guard table != nil else { return 0 }
        return configuration.rowCount * lanes + (configuration.fineBits > 0 ? Self.fineHeads << configuration.fineBits : 0)
    }

    /// Whether a head's weights are in the table that all heads share.
    func isShared(_ head: Int) -> Bool { configuration.fineBits == 0 || head >= Self.fineHeads }

    /// What an n-gram says to a head; 0 without a table.
    func weight(row: UInt32, _ head: Int) -> Int8 {
        guard let table else { return 0 }
        if !isShared(head), let fine { return fine[(Int(row) & (configuration.hashCount - 1)) * Self.fineHeads + head] }
        return table[(Int(row) & (configuration.rowCount - 1)) * lanes + head]
    }

    var denseCount: Int { configuration.dense ? DenseFeature.allCases.count : 0 }

    static func lanes(for labelCount: Int) -> Int { (labelCount + 15) / 16 * 16 }

    /// Adds the rows of a text lane by lane. `sums` holds `lanes` integers and is overwritten.
    ///
    /// 32 bits hold it: a text has at most 2²⁰ bytes and fewer than 8 n-grams a byte, each within ±127.
    func addRows(_ rows: [UInt32], into sums: inout [Int32]) {
        if sums.count != lanes { sums = .init(repeating: 0, count: lanes) }
        let table = RowTable(self)
        sums.withUnsafeMutableBufferPointer { sums in
            for lane in 0..<lanes { sums[lane] = 0 }
            guard let total = sums.baseAddress else { return }
            rows.withUnsafeBufferPointer { table.add($0, total, attune_kernels_best()) }
        }
    }

    /// Turns row sums and dense features into log-odds, one per label.
    func logOdds(sums: [Int32], featureCount: Int, dense features: Column<Float>, into result: inout [Double]) {
        let inverse = featureCount > 0 ? 1 / Double(featureCount).squareRoot() : 0
        let width = denseCount
        if result.count != labels.count { result = .init(repeating: 0, count: labels.count) }
        for head in labels.indices {
            var value = Double(bias[head]) + Double(scale[head]) * Double(sums[head]) * inverse
            for index in 0..<min(width, features.count) { value += Double(dense[head * width + index]) * Double(features[index]) }
            result[head] = value
        }
    }

    /// Log-odds of every label for hashed features.
    public func score(_ features: FeatureBuffer, dense: Column<Float>, scratch: inout HeadScratch) {
        addRows(features.rows, into: &scratch.sums)
        logOdds(sums: scratch.sums, featureCount: features.rows.count, dense: dense, into: &scratch.logOdds)
    }

    /// Probabilities from log-odds: sigmoid each, or softmax over all.
    public func probabilities(_ logOdds: [Double]) -> [Double] {
        switch link {
        case .independent: return logOdds.map(DeterministicMath.sigmoid)
        case .exclusive:
            var values = logOdds
            DeterministicMath.softmax(&values)
            return values
        }
    }

    /// The labels a user is told: the best one (or the reject label), or all above their threshold.
    public func decide(_ logOdds: [Double]) -> [String] {
        switch link {
        case .independent:
            return labels.indices.filter { logOdds[$0] > Double(threshold[$0]) }.map { labels[$0] }
        case .exclusive:
            guard
                let best = labels.indices.max(by: { logOdds[$0] - Double(threshold[$0]) < logOdds[$1] - Double(threshold[$1]) })
            else { return [] }
            if let reject, probabilities(logOdds)[best] < Double(reject.minimumProbability) { return [reject.label] }
            return [labels[best]]
        }
    }
}

/// Working memory of scoring, used again for the next text.
public struct HeadScratch: Sendable {
    var sums: [Int32] = []
    /// Filled by `LinearHeads.score`, one per label.
    public internal(set) var logOdds: [Double] = []
    public init() {}
}
