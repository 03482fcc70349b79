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
    }

    var fields: [Field]
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
            if field.usesRarity { weights[1] = Bits.log2(field.m[1]) }
            return weights
        }
    }

    /// log2(kin/u) of every level, equal values weighed by frequency as in `weights`.
    func kinWeights() -> [[Double]] {
        fields.map { field in
            var weights = zip(field.kin, field.u).map { Bits.log2($0 / $1) }
            weights[0] = 0
            if field.usesRarity { weights[1] = Bits.log2(field.kin[1]) }
            return weights
        }
    }

    /// Log-odds in bits of every pair being one person, and of being relatives rather than one person or strangers.
    func score(_ pairs: ComparedPairs) -> (match: [Double], kin: [Double]) {
        let (weights, kinWeights) = (weights(), kinWeights())
        var match = [Double](repeating: Bits.log2(prior), count: pairs.count)
        var kin = [Double](repeating: Bits.log2(kinPrior), count: pairs.count)
        for (f, field) in fields.enumerated() {
            Self.add(weights[f], pairs.levels[f], field.usesRarity ? pairs.rarity[f] : [], to: &match)
            if field.isShared { Self.add(kinWeights[f], pairs.levels[f], field.usesRarity ? pairs.rarity[f] : [], to: &kin) }
        }
        let strangers = strangers
        for i in 0..<pairs.count {
            let (m, k) = (Bits.exp2(match[i]), Bits.exp2(kin[i]))
            // Odds against the two other classes together.
            match[i] -= Bits.log2(k + strangers)
            kin[i] -= Bits.log2(m + strangers)
        }
        return (match, kin)
    }

    private static func add(_ weights: [Double], _ levels: [UInt8], _ rarity: [Float], to sums: inout [Double]) {
        for i in levels.indices { sums[i] += weights[Int(levels[i])] }
        for i in rarity.indices { sums[i] -= Double(rarity[i]) }
    }
}

extension MatchModel {
    /// The parameters for people to read.
    func text(_ columns: [FieldColumn]) -> String {
        let weights = weights()
        var lines = columns.indices.map { f in
            let w = weights[f].dropFirst().map { "\(($0 * 10).rounded() / 10)" }.joined(separator: " ")
            let m = fields[f].m.dropFirst().map { "\(($0 * 1000).rounded() / 1000)" }.joined(separator: " ")
            return "\(columns[f].name) \(columns[f].kind) \(columns[f].distinct): w \(w) | m \(m)"
        }
        lines.append(
            "prior \(prior) kin \(kinPrior) \(fields.map { f in f.kin.dropFirst().map { "\(($0 * 1000).rounded() / 1000)" }.joined(separator: " ") })"
        )
        return lines.joined(separator: "\n")
    }
}
