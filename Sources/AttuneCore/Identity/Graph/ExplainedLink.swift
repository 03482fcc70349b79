/// One step of the proof that two sightings are one person's.
public struct ExplainedLink: Sendable, Equatable {
    /// Places among the sightings that were resolved.
    public var from: Int
    public var to: Int
    public var basis: Basis

    public enum Basis: Sendable, Equatable {
        /// Both show the identifier, in its normalised form.
        case identifier(Identifier.Kind, value: String, rule: IdentifierRule)
        /// The name is only ever seen on identifiers of the person of the other name; one of the two sightings is of each.
        case alias(name: String, person: String)
        /// What identifiers tell of the two people agrees by more than chance.
        case comparison(PairWeight)
        /// Somebody said so.
        case mustLink
    }

    /// Why an identifier joins these two of its sightings.
    public enum IdentifierRule: String, Sendable, Equatable, CaseIterable {
        /// All names seen with it can be one person's.
        case onePerson
        /// A few people show it (a family's address, a number with a new owner): both sightings carry the same one's name.
        case samePerson
        /// As `samePerson`, but one of the two carries no name: that person showed the identifier before or after it.
        case holder
        /// As `holder`, but several people could be it, who turned out to be one.
        case settled
    }
}

/// The Fellegi–Sunter weight of a pair of people, in bits, term by term.
public struct PairWeight: Sendable, Equatable {
    public struct Term: Sendable, Equatable {
        public var field: String
        /// Level of agreement in words: `equal`, `typo`, `missing` …
        public var level: String
        /// What was compared: the values of each, most frequent first.
        public var values: [String]
        public var others: [String]
        /// log2(m/u) of the level; for values weighed by their own frequency log2 m.
        public var bits: Double
        /// As `bits`, between people of one household instead of one person; nil where that makes no difference.
        public var kinBits: Double?
        /// log2 of the share of people that have the value both agree on; 0 where frequency does not count. Never positive.
        public var rarity: Double
    }

    /// log2 of the share of all pairs that are one person, and that are of one household.
    public var prior: Double
    public var kinPrior: Double
    /// Share of all pairs that are neither.
    public var strangers: Double
    public var terms: [Term]
    /// Log-odds in bits that the two are one person rather than relatives or strangers, as the graph decided by it.
    public var total: Double

    /// The total out of the terms alone, by the same operations in the same order: equal to `total` bit for bit.
    public var rederived: Double {
        var (match, kin) = (prior, kinPrior)
        var (rarity, kinRarity) = (0.0, 0.0)
        for term in terms {
            match += term.bits
            rarity += term.rarity
            guard let bits = term.kinBits else { continue }
            kin += bits
            kinRarity += term.rarity
        }
        return match - rarity - Bits.log2(Bits.exp2(kin - kinRarity) + strangers)
    }

    /// With the two people in each other's place.
    var exchanged: PairWeight {
        var result = self
        for t in terms.indices { (result.terms[t].values, result.terms[t].others) = (terms[t].others, terms[t].values) }
        return result
    }

    /// The probability that the two are one person.
    public var probability: Double { Bits.probability(total) }
}
