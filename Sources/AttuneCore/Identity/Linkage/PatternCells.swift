/// Compared pairs put together by what they agree in: cells of equal levels and nearly equal rarity, with the number of their pairs.
///
/// Millions of pairs make some ten thousand cells, so that learning from them costs the same however many pairs there are.
struct PatternCells {
    /// One pair for each cell.
    private(set) var pairs: ComparedPairs
    private(set) var counts: [Double]

    /// Parts of a bit that rarity is told apart by.
    private static let steps = 8.0

    init(_ compared: ComparedPairs, share: Double) {
        var slots = [Int32](repeating: -1, count: 1 << 12)
        var hashes = [UInt64]()
        var places = [Int]()
        counts = []
        for i in 0..<compared.count {
            let hash = Self.hash(compared, i)
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] >= 0, hashes[Int(slots[slot])] != hash { slot = (slot + 1) & (slots.count - 1) }
            if slots[slot] < 0 {
                slots[slot] = Int32(hashes.count)
                hashes.append(hash)
                places.append(i)
                counts.append(0)
            }
            counts[Int(slots[slot])] += share
            if hashes.count * 2 > slots.count { slots = Self.grown(slots.count * 2, hashes) }
        }
        pairs = compared.selected(places)
        for c in 0..<pairs.count {
            pairs.rarity[c] = (pairs.rarity[c] * Self.steps).rounded() / Self.steps
            pairs.kinRarity[c] = (pairs.kinRarity[c] * Self.steps).rounded() / Self.steps
        }
    }

    var count: Int { counts.count }

    /// The cells at these places.
    mutating func keep(_ places: [Int]) {
        pairs = pairs.selected(places)
        counts = places.map { counts[$0] }
    }

    private static func grown(_ size: Int, _ hashes: [UInt64]) -> [Int32] {
        var slots = [Int32](repeating: -1, count: size)
        for (i, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (size - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = Int32(i)
        }
        return slots
    }

    /// 64 bits tell the cells apart.
    private static func hash(_ pairs: ComparedPairs, _ i: Int) -> UInt64 {
        var hash: UInt64 = 0
        for f in 0..<pairs.fieldCount { hash = (hash ^ UInt64(pairs.levels[i * pairs.fieldCount + f])) &* 0x9FB2_1C65_1E98_DF25 ^ hash >> 29 }
        let rarity = UInt64(bitPattern: Int64((pairs.rarity[i] * steps).rounded())),
            kin = UInt64(bitPattern: Int64((pairs.kinRarity[i] * steps).rounded()))
        return Blocking.mix(hash ^ Blocking.mix(rarity << 32 ^ kin))
    }
}
