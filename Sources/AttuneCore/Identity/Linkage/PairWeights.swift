extension MatchModel {
    /// The weight of a pair of records term by term, added up as `score` does.
    func weight(_ a: Int, _ b: Int, _ table: RecordTable) -> PairWeight {
        let pairs = table.compare([RecordPair(Int32(a), Int32(b))])
        let (weights, kinWeights) = (weights(), kinWeights())
        let terms = fields.indices.map { f in
            let (field, column) = (fields[f], table.columns[f])
            let level = pairs.levels[f]
            return PairWeight.Term(
                field: column.name, level: Comparison(kind: column.kind).word(level), values: column.texts(of: a), others: column.texts(of: b),
                bits: weights[f][Int(level)], kinBits: field.isShared ? kinWeights[f][Int(level)] : nil,
                rarity: level == 1 && field.usesRarity ? table.rarity(f, a, b) : 0)
        }
        return PairWeight(
            prior: Bits.log2(prior), kinPrior: Bits.log2(kinPrior), strangers: strangers, terms: terms, total: score(pairs).match[0])
    }
}

extension Comparison {
    /// A level in words.
    func word(_ level: UInt8) -> String {
        if level == 0 { return "missing" }
        if level == exchanged { return "exchanged" }
        if level == halfExchanged { return "in the other's place" }
        if level == differs { return "different" }
        return Int(level) <= words.count ? words[Int(level) - 1] : "different"
    }

    /// Of the levels from 1 on, without the last.
    private var words: [String] {
        switch kind {
        case .givenName: ["equal", "short form", "one slip", "alike", "initial", "somewhat alike"]
        case .surname, .town, .text: ["equal", "one slip", "a few slips", "alike", "somewhat alike"]
        case .date: ["equal", "one slip or day and month exchanged", "within a month", "within a year", "within ten years"]
        case .email: ["equal", "one slip", "a few slips", "other digits or provider", "alike"]
        case .phone, .number: ["equal", "one slip", "two slips"]
        case .category: ["equal", "one slip"]
        case .mention, .unique: ["equal"]
        case .overlap: ["all common", "the only one common", "some common"]
        }
    }
}
