/// Records as columns of comparable values, and the comparison of two of them.
struct RecordTable: Sendable {
    var columns: [FieldColumn]
    let count: Int
    /// Pairs of fields whose values people put into each other's place.
    var exchangeable: [(Int, Int)] = []
    let nicknames: Nicknames

    init(columns: [FieldColumn], count: Int, nicknames: Nicknames) {
        self.columns = columns
        self.count = count
        self.nicknames = nicknames
        for i in columns.indices {
            for j in columns.indices where j > i && Self.areExchangeable(columns[i], columns[j]) { exchangeable.append((i, j)) }
        }
    }

    private static func areExchangeable(_ a: FieldColumn, _ b: FieldColumn) -> Bool {
        switch (a.kind, b.kind) {
        case (.givenName, .surname), (.surname, .givenName): true
        // Two lines of an address.
        case (.text, .text), (.town, .text), (.text, .town): a.distinct > 20 && b.distinct > 20
        default: false
        }
    }

    func compare(_ a: Int, _ b: Int, into pairs: inout ComparedPairs) {
        let start = pairs.levels.count
        pairs.first.append(Int32(a))
        pairs.second.append(Int32(b))
        for (f, column) in columns.enumerated() {
            let best = level(f, a, f, b)
            pairs.levels.append(best.level)
            pairs.rarity.append(best.level == 1 ? Float(Bits.log2(Double(column.counts[Int(best.value)]) / Double(column.known))) : 0)
        }
        for (f, g) in exchangeable {
            let (straight, other) = (pairs.levels[start + f], pairs.levels[start + g])
            guard isPoor(f, straight), isPoor(g, other), straight != 0 || other != 0 else { continue }
            let x = level(f, a, g, b).level
            let y = level(g, a, f, b).level
            let comparison = Comparison(kind: columns[f].kind)
            if (1...3).contains(x), (1...3).contains(y) {
                pairs.levels[start + f] = comparison.exchanged
                pairs.levels[start + g] = 0
            } else if x == 0 && (1...2).contains(y) || y == 0 && (1...2).contains(x) {
                pairs.levels[start + f] = comparison.halfExchanged
                pairs.levels[start + g] = 0
            }
        }
    }

    private func isPoor(_ field: Int, _ level: UInt8) -> Bool { level == 0 || level + 1 >= Comparison(kind: columns[field].kind).differs }

    /// The best level of the records' values, and for equal values which: the rarest.
    private func level(_ f: Int, _ a: Int, _ g: Int, _ b: Int) -> (level: UInt8, value: Int32) {
        let (mine, others) = (columns[f].values(of: a), columns[g].values(of: b))
        guard !mine.isEmpty, !others.isEmpty else { return (0, -1) }
        if columns[f].kind == .overlap {
            let common = mine.reduce(0) { $0 + (others.contains($1) ? 1 : 0) }
            return (common == 0 ? 3 : common == min(mine.count, others.count) ? 1 : 2, mine.first ?? -1)
        }
        let comparison = Comparison(kind: columns[f].kind)
        var best: (level: UInt8, value: Int32) = (comparison.differs, -1)
        for x in mine {
            for y in others {
                if f == g, x == y {
                    if best.level > 1 || best.value < 0 || columns[f].counts[Int(x)] < columns[f].counts[Int(best.value)] { best = (1, x) }
                } else if best.level > 1 {
                    best.level = min(
                        best.level,
                        columns[f].withValue(x) { p in
                            columns[g].withValue(y) { q in
                                f != g && p.elementsEqual(q) ? 1 : comparison.level(p, q, nicknames: nicknames)
                            }
                        })
                }
            }
        }
        return best
    }
}
