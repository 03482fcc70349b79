/// Pairs of records with their levels of agreement, field by field.
struct ComparedPairs: Sendable {
    var first: [Int32] = []
    var second: [Int32] = []
    /// Level of each pair, by field.
    var levels: [[UInt8]] = []
    /// Chance, in bits, that a stranger has the value a pair agrees on; 0 where it does not agree. By field.
    var rarity: [[Float]] = []

    var count: Int { first.count }

    init(_ pairs: [(Int32, Int32)]) {
        first = pairs.map(\.0)
        second = pairs.map(\.1)
    }

    /// The pairs at these places.
    func selected(_ places: [Int]) -> ComparedPairs {
        var result = ComparedPairs([])
        result.first = places.map { first[$0] }
        result.second = places.map { second[$0] }
        result.levels = levels.map { field in places.map { field[$0] } }
        result.rarity = rarity.map { field in places.map { field[$0] } }
        return result
    }
}
