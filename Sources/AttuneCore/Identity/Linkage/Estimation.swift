/// Learns a `MatchModel` without labels, by expectation maximisation over the candidate pairs.
///
/// Pairs outside the candidates are strangers: the prior and u are shares of *all* pairs, so blocking does not bend them.
struct Estimation {
    /// Rounds; the parameters settle within a few dozen.
    static let roundLimit = 60
    /// Largest change of a parameter at which they have settled.
    static let tolerance = 1e-4

    /// - Parameters:
    ///   - candidates: compared candidate pairs.
    ///   - sample: pairs drawn from all pairs without regard to blocking; what strangers look like.
    ///   - allPairs: number of pairs of records.
    static func fit(_ candidates: ComparedPairs, sample: ComparedPairs, table: RecordTable, allPairs: Double, expectedMatches: Double) -> MatchModel {
        var model = start(sample, table: table, prior: min(0.3, expectedMatches / allPairs))
        let n = table.columns.count
        let totals = levelShares(sample, table: table)
        for _ in 0..<roundLimit {
            let weights = model.score(candidates)
            var matched = Expectation(model)
            var kin = matched
            for i in 0..<candidates.count {
                if weights.match[i] > -20 { matched.add(Bits.probability(weights.match[i]), candidates.levels[(i * n)..<(i * n + n)]) }
                if weights.kin[i] > -20 { kin.add(Bits.probability(weights.kin[i]), candidates.levels[(i * n)..<(i * n + n)]) }
            }
            let next = maximized(model, matched: matched, kin: kin, totals: totals, allPairs: allPairs)
            let change = zip(model.fields, next.fields).flatMap { old, new in zip(old.m, new.m).map { abs($0 - $1) } }.max() ?? 0
            model = next
            if change < tolerance { break }
        }
        return model
    }

    /// Expected numbers of pairs of a class, by field and level.
    private struct Expectation {
        var total = 0.0
        var counts: [[Double]]

        init(_ model: MatchModel) { counts = model.fields.map { [Double](repeating: 0, count: $0.m.count) } }

        mutating func add(_ p: Double, _ levels: ArraySlice<UInt8>) {
            total += p
            for (f, level) in levels.enumerated() { counts[f][Int(level)] += p }
        }

        /// Shares of the levels of a field; a pair's worth of doubt is spread over them, so that none becomes impossible.
        func shares(_ f: Int) -> [Double] {
            let known = counts[f].reduce(0, +) - counts[f][0]
            let doubt = 0.5
            var shares = counts[f].map { ($0 + doubt) / (known + doubt * Double(counts[f].count - 1)) }
            shares[0] = 0
            return shares
        }
    }

    /// Shares of levels among sampled pairs that have both values; and the share of pairs that have.
    private static func levelShares(_ sample: ComparedPairs, table: RecordTable) -> [(shares: [Double], known: Double)] {
        let n = table.columns.count
        return table.columns.enumerated().map { f, column in
            let comparison = Comparison(kind: column.kind)
            var counts = [Double](repeating: 0, count: comparison.levelCount)
            for i in 0..<sample.count { counts[Int(sample.levels[i * n + f])] += 1 }
            let known = Double(sample.count) - counts[0]
            counts[0] = 0
            // Half a pair where none was drawn: never seen is not impossible.
            let floor = 0.5 / Double(comparison.levelCount)
            let total = known + floor * Double(comparison.levelCount - 1)
            var shares = counts.map { ($0 + floor) / max(total, 1) }
            shares[0] = 0
            // Equal values need no sample: they can be counted.
            if column.kind != .overlap { shares[1] = max(column.coincidence, 0.25 / max(1, Double(column.known) * Double(column.known))) }
            return (shares, known / Double(max(1, sample.count)))
        }
    }

    private static func start(_ sample: ComparedPairs, table: RecordTable, prior: Double) -> MatchModel {
        let fields = levelShares(sample, table: table).enumerated().map { f, share in
            let column = table.columns[f]
            let comparison = Comparison(kind: column.kind)
            let differs = Int(comparison.differs)
            var m = [Double](repeating: 0.005, count: comparison.levelCount)
            m[1] = 0.8
            for level in 2..<max(2, differs) { m[level] = 0.12 / Double(differs - 2) }
            m[differs] = 0.07
            let isShared = column.isShared || column.kind == .mention || column.kind == .overlap
            return MatchModel.Field(
                m: m, u: share.shares, kin: column.isShared ? m : share.shares, differs: differs, isShared: isShared, vetoes: column.kind == .unique, usesRarity: column.kind != .overlap && column.distinct > 2)
        }
        return MatchModel(fields: fields, prior: prior, kinPrior: prior / 4)
    }

    private static func maximized(
        _ model: MatchModel, matched: Expectation, kin: Expectation, totals: [(shares: [Double], known: Double)], allPairs: Double
    ) -> MatchModel {
        var next = model
        for f in model.fields.indices {
            next.fields[f].m = matched.shares(f)
            let pairs = totals[f].known * allPairs
            let counts = matched.counts[f]
            let known = counts.reduce(0, +) - counts[0]
            for level in 1..<counts.count {
                let strangers = totals[f].shares[level] * pairs - counts[level]
                // The sample cannot tell less than a twentieth of what it saw.
                next.fields[f].u[level] = max(strangers, 0.05 * totals[f].shares[level] * pairs) / max(1, pairs - known)
            }
            next.fields[f].kin = model.fields[f].isShared ? kin.shares(f) : next.fields[f].u
        }
        next.prior = min(0.5, max(0.5, matched.total) / allPairs)
        next.kinPrior = min(0.4, max(0.5, kin.total) / allPairs)
        return next
    }
}
