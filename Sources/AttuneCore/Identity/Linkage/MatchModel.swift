/// What a level of agreement says about two records being one person: the Fellegi–Sunter model.
///
/// m: chance of the level between records of one person; u: between strangers. The weight of a pair is the sum of log2(m/u) over its
/// fields plus the prior log-odds that any two records belong together, so its probability is calibrated by construction. Relatives are a
/// class of their own: they share surname and address as one person does, and everything else as strangers do.
struct MatchModel: Sendable {
    struct Field: Sendable {
        /// Indexed by level; 0 (missing) is not used.
        var m: [Double]
        var u: [Double]
        /// Among people of one household; equal to u where that makes no difference.
        var kin: [Double]
        var differs: Int
        var isShared: Bool
        /// Levels are ordered from most to least alike.
        var isOrdered: Bool
        /// Different values rule a match out; nothing is learned.
        var vetoes: Bool
        /// Fields with rare and frequent values weigh agreement by the value's own frequency.
        var usesRarity: Bool
        /// Share of the pairs with equal values that are strangers: a value's frequency counts its owner's own records as well,
        /// which say nothing of how many others have it.
        var foreign = 1.0
        /// Share of one person's pairs in which both have a value.
        var completeness = 1.0
        /// Levels that are rare between records of one person, as `Comparison.farLevels`.
        var far: ClosedRange<Int>?
        /// The least `foreign` may be: addresses and numbers are made to be one person's or household's.
        var leastForeign = 0.05
    }

    var fields: [Field]
    /// The frequencies of values count strangers alone (`RecordTable.discount`).
    var isDiscounted = false
    /// Share of all pairs that belong together.
    var prior: Double
    /// Share of all pairs that are two people of one household, or alike in what households share for another reason.
    var kinPrior: Double

    /// Bits against a pair that must not be.
    static let veto = -1e6

    /// Share of all pairs that are neither one person nor relatives.
    var strangers: Double { max(1e-9, 1 - prior - kinPrior) }

    /// log2(m/u) of every level; equal values that are weighed by frequency carry log2 m alone.
    func weights() -> [[Double]] {
        fields.map { field in
            var weights = zip(field.m, field.u).map { Bits.log2($0 / $1) }
            weights[0] = 0
            // More alike never counts for less.
            for level in stride(from: 3, through: field.isOrdered ? field.differs : 2, by: 1) {
                weights[level] = min(weights[level], weights[level - 1])
            }
            if field.vetoes { weights[2] = Self.veto }
            if field.usesRarity { weights[1] = Bits.log2(field.m[1] / (isDiscounted ? 1 : field.foreign)) }
            return weights
        }
    }

    /// log2(kin/u) of every level, equal values weighed by frequency as in `weights`.
    func kinWeights() -> [[Double]] {
        fields.map { field in
            var weights = zip(field.kin, field.u).map { Bits.log2($0 / $1) }
            weights[0] = 0
            if field.usesRarity { weights[1] = Bits.log2(field.kin[1] / (isDiscounted ? 1 : field.foreign)) }
            return weights
        }
    }

    /// Log-odds in bits of every pair being one person, and of being relatives rather than one person or strangers.
    func score(_ pairs: ComparedPairs) -> (match: [Double], kin: [Double]) {
        let (weights, kinWeights) = (Self.flat(weights()), Self.flat(kinWeights().enumerated().map { fields[$0].isShared ? $1 : [] }))
        let (start, kinStart, others) = (Bits.log2(prior), Bits.log2(kinPrior), strangers)
        let onlyStrangers = Bits.log2(others)
        var match = [Double](repeating: start, count: pairs.count)
        var kin = [Double](repeating: kinStart, count: pairs.count)
        pairs.levels.withUnsafeBufferPointer { levels in
            for i in 0..<pairs.count {
                var (m, k) = (start, kinStart)
                for f in 0..<fields.count {
                    let place = f &* Self.levelLimit &+ Int(levels[i &* fields.count &+ f])
                    m += weights[place]
                    k += kinWeights[place]
                }
                m -= pairs.rarity[i]
                k -= pairs.kinRarity[i]
                // Odds against the two other classes together; what is hopeless adds nothing to the strangers' share.
                match[i] = m - (k < Self.negligible ? onlyStrangers : Bits.log2(Bits.exp2(k) + others))
                kin[i] = k - (m < Self.negligible ? onlyStrangers : Bits.log2(Bits.exp2(m) + others))
            }
        }
        return (match, kin)
    }

    /// Chances of every pair to be one person's, and relatives'. The same as of `score`'s log-odds, with half the work: learning asks for them
    /// again and again.
    func chances(_ pairs: ComparedPairs) -> (match: [Double], kin: [Double]) {
        let (weights, kinWeights) = (Self.flat(weights()), Self.flat(kinWeights().enumerated().map { fields[$0].isShared ? $1 : [] }))
        let (start, kinStart, others) = (Bits.log2(prior), Bits.log2(kinPrior), strangers)
        var match = [Double](repeating: 0, count: pairs.count)
        var kin = match
        let (count, width) = (pairs.count, fields.count)
        weights.withUnsafeBufferPointer { weights in
            kinWeights.withUnsafeBufferPointer { kinWeights in
                pairs.levels.withUnsafeBufferPointer { levels in
                    for i in 0..<count {
                        var (m, k) = (start - pairs.rarity[i], kinStart - pairs.kinRarity[i])
                        for f in 0..<width {
                            let place = f &* Self.levelLimit &+ Int(levels[i &* width &+ f])
                            m += weights[place]
                            k += kinWeights[place]
                        }
                        let (x, y) = (Bits.exp2(min(m, Self.certain)), Bits.exp2(min(k, Self.certain)))
                        let sum = x + y + others
                        match[i] = x / sum
                        kin[i] = y / sum
                    }
                }
            }
        }
        return (match, kin)
    }

    /// Bits beyond which nothing is more certain: two powers of it have a sum.
    private static let certain = 900.0

    /// The pairs that are rather one person than not, with their weight, which is `score`'s.
    func links(_ pairs: ComparedPairs) -> [AverageClustering.Link] {
        let weights = Self.flat(weights())
        // Whatever relatives add to the odds against, below this the weight is not positive.
        let (start, least) = (Bits.log2(prior), Bits.log2(strangers))
        var promising = [Int]()
        pairs.levels.withUnsafeBufferPointer { levels in
            for i in 0..<pairs.count {
                var m = start
                for f in 0..<fields.count { m += weights[f &* Self.levelLimit &+ Int(levels[i &* fields.count &+ f])] }
                if m - pairs.rarity[i] > least { promising.append(i) }
            }
        }
        let chosen = pairs.selected(promising)
        return zip(chosen.pairs, score(chosen).match).compactMap { $1 > 0 ? .init(pair: $0, weight: $1) : nil }
    }

    /// What the fields of compared pairs add in bits, without the odds before.
    func bits(_ pairs: ComparedPairs) -> [Double] {
        let weights = Self.flat(weights())
        return pairs.levels.withUnsafeBufferPointer { levels in
            (0..<pairs.count).map { i in
                var bits = -pairs.rarity[i]
                for f in 0..<fields.count { bits += weights[f &* Self.levelLimit &+ Int(levels[i &* fields.count &+ f])] }
                return bits
            }
        }
    }

    /// Bits below which adding two to their power leaves a share of a tenth or more as it is, to the last digit.
    private static let negligible = -62.0

    /// Levels a field may have.
    private static let levelLimit = 16

    private static func flat(_ weights: [[Double]]) -> [Double] {
        weights.flatMap { $0 + [Double](repeating: 0, count: levelLimit - $0.count) }
    }
}
