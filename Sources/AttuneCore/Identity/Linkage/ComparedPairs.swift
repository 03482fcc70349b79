/// Pairs of records with their levels of agreement, field by field.
struct ComparedPairs: Sendable {
    let fieldCount: Int
    var first: [Int32] = []
    var second: [Int32] = []
    /// `fieldCount` levels a pair.
    var levels: [UInt8] = []
    /// Chance, in bits, that strangers share the value a pair agrees on; 0 where they do not agree. `fieldCount` a pair.
    var rarity: [Float] = []

    var count: Int { first.count }

    init(fieldCount: Int) { self.fieldCount = fieldCount }

    mutating func reserve(_ pairs: Int) {
        first.reserveCapacity(pairs)
        second.reserveCapacity(pairs)
        levels.reserveCapacity(pairs * fieldCount)
        rarity.reserveCapacity(pairs * fieldCount)
    }
}
