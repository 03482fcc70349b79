/// Pairs of records with their levels of agreement, field by field.
struct ComparedPairs: Sendable {
    /// Records of each pair, the smaller one first.
    private(set) var pairs: [RecordPair]
    let fieldCount: Int
    /// Level of each field, pair by pair.
    var levels: [UInt8]
    /// Chance in bits that a stranger has the values a pair agrees on, added up over the fields where it does: over all, and over
    /// those of kin.
    var rarity: [Double]
    var kinRarity: [Double]

    var count: Int { pairs.count }

    init(_ pairs: [RecordPair], fieldCount: Int) {
        self.pairs = pairs
        self.fieldCount = fieldCount
        levels = [UInt8](repeating: 0, count: pairs.count * fieldCount)
        rarity = [Double](repeating: 0, count: pairs.count)
        kinRarity = [Double](repeating: 0, count: pairs.count)
    }

    /// The pairs at these places.
    func selected(_ places: [Int]) -> ComparedPairs {
        var result = ComparedPairs(places.map { pairs[$0] }, fieldCount: fieldCount)
        for (i, place) in places.enumerated() {
            for f in 0..<fieldCount { result.levels[i * fieldCount + f] = levels[place * fieldCount + f] }
            result.rarity[i] = rarity[place]
            result.kinRarity[i] = kinRarity[place]
        }
        return result
    }
}

/// Two records, the smaller one first.
struct RecordPair: Sendable, BitwiseCopyable {
    var first: Int32
    var second: Int32

    init(_ a: Int32, _ b: Int32) {
        first = min(a, b)
        second = max(a, b)
    }
}
