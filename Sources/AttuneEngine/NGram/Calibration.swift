/// Fits that make a confidence mean what it says, and the measures of how far they succeed.
public enum Calibration {
    /// A bin of the reliability table.
    public struct Bin: Hashable, Sendable {
        /// Confidences in lower ..< upper.
        public var lower: Double
        public var upper: Double
        public var count: Int
        public var meanConfidence: Double
        /// Share of the bin that was right.
        public var accuracy: Double
    }

    /// Bins of equal width over 0…1; empty ones are left out.
    public static func reliability(confidence: [Double], isCorrect: [Bool], bins: Int = 10) -> [Bin] {
        var table: [Bin] = []
        for bin in 0..<bins {
            let (lower, upper) = (Double(bin) / Double(bins), Double(bin + 1) / Double(bins))
            let inside = confidence.indices.filter { confidence[$0] >= lower && (confidence[$0] < upper || bin == bins - 1) }
            guard !inside.isEmpty else { continue }
            let total = Double(inside.count)
            let mean = inside.reduce(0) { $0 + confidence[$1] } / total
            let right = Double(inside.count { isCorrect[$0] })
            table.append(Bin(lower: lower, upper: upper, count: inside.count, meanConfidence: mean, accuracy: right / total))
        }
        return table
    }

    /// Expected calibration error: mean distance of confidence and accuracy over the bins, weighted by their rows.
    public static func expectedError(confidence: [Double], isCorrect: [Bool], bins: Int = 10) -> Double {
        guard !confidence.isEmpty else { return 0 }
        return reliability(confidence: confidence, isCorrect: isCorrect, bins: bins).reduce(0) {
            $0 + abs($1.meanConfidence - $1.accuracy) * Double($1.count) / Double(confidence.count)
        }
    }

    /// Platt's scaling with his smoothed targets, by Newton's method: log-odds = slope · score + offset.
    public static func platt(scores: [Double], isPositive: [Bool]) -> LinearHeads.Calibrated {
        let positives = Double(isPositive.count { $0 })
        let negatives = Double(isPositive.count) - positives
        guard positives > 0, negatives > 0 else { return .identity }
        let (high, low) = ((positives + 1) / (positives + 2), 1 / (negatives + 2))
        var (slope, offset) = (1.0, DeterministicMath.logit(positives / (positives + negatives)))
        for _ in 0..<50 {
            var (g0, g1, h00, h01, h11) = (0.0, 0.0, 1e-9, 0.0, 1e-9)
            for (score, isPositive) in zip(scores, isPositive) {
                let p = DeterministicMath.sigmoid(slope * score + offset)
                let error = p - (isPositive ? high : low)
                let weight = max(p * (1 - p), 1e-9)
                g0 += error * score
                g1 += error
                h00 += weight * score * score
                h01 += weight * score
                h11 += weight
            }
            let determinant = h00 * h11 - h01 * h01
            guard determinant > 0 else { break }
            // A step is cut where the logistic is flat and Newton's overshoots.
            let first = max(-1, min(1, (h11 * g0 - h01 * g1) / determinant))
            let second = max(-1, min(1, (h00 * g1 - h01 * g0) / determinant))
            slope -= first
            offset -= second
            if abs(first) + abs(second) < 1e-10 { break }
        }
        // A head that ranks worse than chance on the held-out rows says nothing.
        guard slope > 0 else { return .init(slope: 1e-3, offset: DeterministicMath.logit(positives / (positives + negatives))) }
        return .init(slope: slope, offset: offset)
    }

    /// One slope for all classes and, when asked, an offset for each, by gradient descent on the log-loss of the softmax.
    /// - Parameter scores: a row of class scores for each example.
    public static func softmax(scores: [[Double]], truth: [Int], offsets withOffsets: Bool) -> [LinearHeads.Calibrated] {
        let classes = scores.first?.count ?? 0
        guard withOffsets else { return .init(repeating: .init(slope: temperature(scores, truth), offset: 0), count: classes) }
        var slope = 1.0
        var offsets = [Double](repeating: 0, count: classes)
        var rate = 1.0
        var last = Double.infinity
        for _ in 0..<300 where !scores.isEmpty {
            var gradient = [Double](repeating: 0, count: classes)
            var slopeGradient = 0.0
            var loss = 0.0
            for (row, target) in zip(scores, truth) {
                var p = row.indices.map { slope * row[$0] + offsets[$0] }
                DeterministicMath.softmax(&p)
                loss -= DeterministicMath.log(max(p[target], 1e-12))
                for index in p.indices {
                    let error = p[index] - (index == target ? 1 : 0)
                    gradient[index] += error
                    slopeGradient += error * row[index]
                }
            }
            if loss > last { rate *= 0.5 } else { rate *= 1.1 }
            if abs(last - loss) < 1e-9 * Double(scores.count) { break }
            last = loss
            let step = rate / Double(scores.count)
            slope = max(slope - step * slopeGradient, 1e-3)
            for index in offsets.indices { offsets[index] -= step * gradient[index] }
        }
        return offsets.map { .init(slope: slope, offset: $0) }
    }

    /// The slope with the least log-loss of the softmax, by Newton's method: the loss is convex in it.
    private static func temperature(_ scores: [[Double]], _ truth: [Int]) -> Double {
        var slope = 1.0
        for _ in 0..<40 {
            var (first, second) = (0.0, 1e-9)
            for (row, target) in zip(scores, truth) {
                var p = row.map { slope * $0 }
                DeterministicMath.softmax(&p)
                var (mean, square) = (0.0, 0.0)
                for index in p.indices {
                    mean += p[index] * row[index]
                    square += p[index] * row[index] * row[index]
                }
                first += mean - row[target]
                second += max(square - mean * mean, 0)
            }
            // Far from its best the slope at most doubles or halves: there the curve says little about how far to go.
            let next = min(max(slope - first / second, slope / 2), slope * 2)
            if abs(next - slope) < 1e-6 * slope { break }
            slope = min(max(next, 1e-3), 1e3)
        }
        return slope
    }

    /// The log-odds above which saying yes gives the best F1; the middle between two neighbours of the best cut.
    static func bestThreshold(logOdds: [Double], isPositive: [Bool]) -> Double {
        let order = logOdds.indices.sorted { logOdds[$0] > logOdds[$1] }
        let positives = isPositive.count { $0 }
        var (hit, best, threshold) = (0, 0.0, 0.0)
        for (rank, index) in order.enumerated() {
            if isPositive[index] { hit += 1 }
            let f1 = 2 * Double(hit) / Double(rank + 1 + positives)
            guard f1 > best else { continue }
            best = f1
            threshold = rank + 1 < order.count ? (logOdds[index] + logOdds[order[rank + 1]]) / 2 : logOdds[index] - 1
        }
        return threshold
    }
}
