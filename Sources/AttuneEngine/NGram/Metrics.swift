/// Agreement of predictions with truth, for one label or several per text.
public struct Metrics: Hashable, Sendable {
    public struct PerClass: Hashable, Sendable {
        public var label: String
        public var precision: Double
        public var recall: Double
        public var f1: Double
        /// Rows whose truth has the label.
        public var support: Int
    }

    /// Rows scored.
    public var n: Int
    /// Share of rows whose set of labels is exactly right.
    public var accuracy: Double
    /// Unweighted means over the labels of the truth (and those predicted).
    public var macroF1: Double
    public var macroRecall: Double
    /// F1 of all decisions pooled; equals accuracy when every row has one label on both sides.
    public var microF1: Double
    public var perClass: [PerClass]
    /// `confusion[t][p]`: rows of truth `labels[t]` predicted as `labels[p]`; empty for multi-label data.
    public var confusion: [[Int]]
    public var labels: [String]

    /// - Parameters:
    ///   - truth, predicted: the labels of each row, equally many rows; a single-label row has one.
    ///   - restrictedTo: when not empty, only rows with one of these labels in the truth are scored, and only these labels are averaged.
    public init(truth: [[String]], predicted: [[String]], restrictedTo: [String] = []) {
        let rows = zip(truth, predicted).filter { pair in restrictedTo.isEmpty || pair.0.contains { restrictedTo.contains($0) } }
        let seen = Set(rows.flatMap { $0.0 + $0.1 })
        labels = seen.sorted()
        n = rows.count
        let counted = restrictedTo.isEmpty ? labels : labels.filter { restrictedTo.contains($0) }
        let exact = rows.count { Set($0.0) == Set($0.1) }
        accuracy = n == 0 ? 0 : Double(exact) / Double(n)
        perClass = []
        var pooled = (hit: 0, wrong: 0, missed: 0)
        for label in counted {
            var (hit, wrong, missed) = (0, 0, 0)
            for (truth, predicted) in rows {
                switch (truth.contains(label), predicted.contains(label)) {
                case (true, true): hit += 1
                case (false, true): wrong += 1
                case (true, false): missed += 1
                case (false, false): break
                }
            }
            pooled = (pooled.hit + hit, pooled.wrong + wrong, pooled.missed + missed)
            perClass.append(
                PerClass(
                    label: label, precision: Self.ratio(hit, hit + wrong), recall: Self.ratio(hit, hit + missed),
                    f1: Self.ratio(2 * hit, 2 * hit + wrong + missed), support: hit + missed))
        }
        // A label that is only predicted has no recall; it still costs macro-F1.
        let supported = perClass.filter { $0.support > 0 }
        macroF1 = Self.mean(perClass.map(\.f1))
        macroRecall = Self.mean(supported.map(\.recall))
        microF1 = Self.ratio(2 * pooled.hit, 2 * pooled.hit + pooled.wrong + pooled.missed)
        confusion = Self.confusion(rows, labels)
    }

    private static func ratio(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }

    private static func mean(_ values: [Double]) -> Double { values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count) }

    private static func confusion(_ rows: [([String], [String])], _ labels: [String]) -> [[Int]] {
        guard rows.allSatisfy({ $0.0.count == 1 && $0.1.count == 1 }) else { return [] }
        let index = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
        var table = [[Int]](repeating: [Int](repeating: 0, count: labels.count), count: labels.count)
        for (truth, predicted) in rows {
            if let t = index[truth[0]], let p = index[predicted[0]] { table[t][p] += 1 }
        }
        return table
    }
}
