/// Learns a `MatchModel` without labels, by expectation maximisation over the candidate pairs.
///
/// Pairs outside the candidates are strangers: the prior and u are shares of *all* pairs, so blocking does not bend them.
struct Estimation {
    /// Rounds; the parameters settle within a few dozen.
    static let roundLimit = 60
    /// Largest change of a parameter at which they have settled.
    static let tolerance = 1e-4

    let table: RecordTable
    /// Number of pairs of records.
    let allPairs: Double
    /// How many candidate pairs each compared one stands for.
    let share: Double
    /// Shares of levels among strangers, as far as a sample shows them.
    private let totals: [(shares: [Double], known: Double)]

    /// - Parameter sample: compared pairs drawn from all pairs without regard to blocking.
    init(table: RecordTable, sample: ComparedPairs, share: Double) {
        self.table = table
        self.share = share
        allPairs = max(1, Double(table.count) * Double(table.count - 1) / 2)
        totals = Self.levelShares(sample, table: table)
    }

    /// The model that explains compared candidate pairs best.
    ///
    /// - Parameter known: what was learned while a value's frequency counted its owners' own records; from there it goes on.
    func fit(_ candidates: ComparedPairs, from known: MatchModel? = nil) -> MatchModel {
        // About one pair a record belongs together.
        var model = known ?? start(prior: min(0.3, Double(table.count) / allPairs))
        model.isDiscounted = known != nil
        var cells = PatternCells(candidates, share: share)
        for round in 0..<Self.roundLimit {
            let chances = model.chances(cells.pairs)
            let matched = Expectation(model, cells, chances.match)
            let kin = Expectation(model, cells, chances.kin)
            let next = maximized(model, matched: matched, kin: kin)
            let change = zip(model.fields, next.fields).flatMap { old, new in zip(old.m, new.m).map { abs($0 - $1) } }.max() ?? 0
            model = next
            if change < Self.tolerance { break }
            // What is hopeless now will not matter in the next rounds.
            if round == 1 || round == 9 {
                cells.keep((0..<cells.count).filter { chances.match[$0] > Self.hopeless || chances.kin[$0] > Self.hopeless })
            }
        }
        return model
    }

    /// The chance below which a pair adds less than a thousandth of a pair to any expectation.
    private static let hopeless = 1 / Double(1 << 30)

    /// Expected numbers of pairs of a class, by field and level.
    private struct Expectation {
        let total: Double
        let counts: [[Double]]

        init(_ model: MatchModel, _ cells: PatternCells, _ chances: [Double]) {
            var sums = [Double](repeating: 0, count: model.fields.count * 16)
            var total = 0.0
            let width = cells.pairs.fieldCount
            sums.withUnsafeMutableBufferPointer { sums in
                cells.pairs.levels.withUnsafeBufferPointer { levels in
                    for (c, chance) in chances.enumerated() where chance > hopeless {
                        let p = chance * cells.counts[c]
                        total += p
                        for f in 0..<width { sums[f &* 16 &+ Int(levels[c &* width &+ f])] += p }
                    }
                }
            }
            self.total = total
            counts = model.fields.indices.map { f in (0..<model.fields[f].m.count).map { sums[f * 16 + $0] } }
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
        table.columns.enumerated().map { f, column in
            let comparison = Comparison(kind: column.kind)
            var counts = [Double](repeating: 0, count: comparison.levelCount)
            for i in 0..<sample.count { counts[Int(sample.levels[i * sample.fieldCount + f])] += 1 }
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

    private func start(prior: Double) -> MatchModel {
        let fields = totals.enumerated().map { f, share in
            let column = table.columns[f]
            let comparison = Comparison(kind: column.kind)
            let differs = Int(comparison.differs)
            let isLink = column.isOfKin && !column.isShared
            let isContact = column.kind == .email || column.kind == .phone
            var u = share.shares
            // Strangers seldom have an address or a number in common: equal ones are taken for one person's or household's until the
            // other fields say something else.
            if isContact { u[1] *= Self.leastStrange }
            var m = [Double](repeating: 0.005, count: comparison.levelCount)
            // What links relatives as it links one person starts the same for both, so that names tell them apart first.
            let agreement = isLink ? 0.2 : 0.8
            m[1] = agreement
            for level in 2..<max(2, differs) { m[level] = 0.12 / Double(differs - 2) }
            m[differs] = isLink ? 0.68 : 0.07
            let isShared = column.isOfKin && table.tellsHouseholds
            return MatchModel.Field(
                m: m, u: u, kin: isShared ? m : u, differs: differs, isShared: isShared, isOrdered: column.kind != .overlap,
                vetoes: column.kind == .unique, usesRarity: column.usesRarity, foreign: isContact ? Self.leastStrange : 1,
                far: table.learnsFrequencies ? comparison.farLevels : nil, leastForeign: isContact ? 0.005 : Self.leastStrange)
        }
        return MatchModel(fields: fields, prior: prior, kinPrior: prior / 2)
    }

    /// Of the pairs that were seen at a level, the least share that is taken to be strangers: a sample cannot tell less.
    private static let leastStrange = 0.05

    /// At most this share of one person's pairs is far apart in what lasts. Without the bound, data in which few belong together
    /// teaches what most pairs that agree in anything have in common: that they are namesakes, or of one household.
    private static let farLimit = 0.3

    private static func bounded(_ shares: [Double], far: ClosedRange<Int>?) -> [Double] {
        guard let far else { return shares }
        let sum = far.reduce(0) { $0 + shares[$1] }
        guard sum > farLimit else { return shares }
        return shares.enumerated().map { level, share in share * (far.contains(level) ? farLimit / sum : (1 - farLimit) / (1 - sum)) }
    }

    private func maximized(_ model: MatchModel, matched: Expectation, kin: Expectation) -> MatchModel {
        var next = model
        for f in model.fields.indices {
            next.fields[f].m = Self.bounded(matched.shares(f), far: model.fields[f].far)
            let pairs = totals[f].known * allPairs
            let counts = matched.counts[f]
            let relatives = table.learnsFrequencies && model.fields[f].isShared ? kin.counts[f] : [Double](repeating: 0, count: counts.count)
            let known = counts.reduce(0, +) - counts[0] + relatives.reduce(0, +) - relatives[0]
            for level in 1..<counts.count {
                let all = totals[f].shares[level] * pairs
                let strangers = all - counts[level] - relatives[level]
                next.fields[f].u[level] =
                    max(strangers, (level == 1 ? model.fields[f].leastForeign : Self.leastStrange) * all) / max(1, pairs - known)
            }
            next.fields[f].completeness = (counts.reduce(0, +) - counts[0]) / max(0.5, matched.total)
            if table.learnsFrequencies, !model.isDiscounted { next.fields[f].foreign = min(1, next.fields[f].u[1] / totals[f].shares[1]) }
            next.fields[f].kin = model.fields[f].isShared ? kin.shares(f) : next.fields[f].u
        }
        next.prior = min(0.5, max(0.5, matched.total) / allPairs)
        next.kinPrior = min(0.4, max(0.5, kin.total) / allPairs)
        return next
    }
}
