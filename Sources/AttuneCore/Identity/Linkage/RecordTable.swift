/// Records as columns of comparable values, and the comparison of pairs of them.
struct RecordTable: Sendable {
    let columns: [FieldColumn]
    let count: Int
    /// Pairs of fields whose values people put into each other's place.
    private(set) var exchangeable: [(Int, Int)] = []
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

    /// Pairs with their levels, compared a field at a time.
    func compare(_ pairs: [(Int32, Int32)]) -> ComparedPairs {
        var result = ComparedPairs(pairs)
        for column in columns {
            let (levels, rarity) = compare(column, result)
            result.levels.append(levels)
            result.rarity.append(rarity)
        }
        for (f, g) in exchangeable { exchange(f, g, &result) }
        for (f, column) in columns.enumerated() where column.kind == .email { discount(f, &result) }
        return result
    }

    /// Addresses are made of names: that those of namesakes look alike says nothing new.
    private func discount(_ email: Int, _ pairs: inout ComparedPairs) {
        for (f, column) in columns.enumerated() where column.kind == .givenName || column.kind == .surname {
            for i in 0..<pairs.count where (4...5).contains(pairs.levels[email][i]) && (1...4).contains(pairs.levels[f][i]) {
                pairs.levels[email][i] = 0
            }
        }
    }

    private func compare(_ column: FieldColumn, _ pairs: ComparedPairs) -> (levels: [UInt8], rarity: [Float]) {
        var levels = [UInt8](repeating: 0, count: pairs.count)
        var rarity = [Float](repeating: 0, count: pairs.count)
        let bits = column.counts.map { Float(Bits.log2(Double($0) / Double(max(1, column.known)))) }
        column.withView { view in
            for i in 0..<pairs.count {
                let best = Self.level(column.kind, view, Int(pairs.first[i]), view, Int(pairs.second[i]), nicknames)
                levels[i] = best.level
                if best.level == 1, best.value >= 0 { rarity[i] = bits[Int(best.value)] }
            }
        }
        return (levels, rarity)
    }

    /// Where two fields fit badly, they are tried in each other's place.
    private func exchange(_ f: Int, _ g: Int, _ pairs: inout ComparedPairs) {
        let comparison = Comparison(kind: columns[f].kind)
        let (limitF, limitG) = (comparison.differs - 1, Comparison(kind: columns[g].kind).differs - 1)
        let (columnF, columnG) = (columns[f], columns[g])
        columnF.withView { viewF in
            columnG.withView { viewG in
                for i in 0..<pairs.count {
                    let (straight, other) = (pairs.levels[f][i], pairs.levels[g][i])
                    guard straight == 0 || straight >= limitF, other == 0 || other >= limitG, straight != 0 || other != 0 else { continue }
                    let (a, b) = (Int(pairs.first[i]), Int(pairs.second[i]))
                    let x = Self.level(columnF.kind, viewF, a, viewG, b, nicknames).level
                    let y = Self.level(columnG.kind, viewG, a, viewF, b, nicknames).level
                    if (1...3).contains(x), (1...3).contains(y) {
                        pairs.levels[f][i] = comparison.exchanged
                    } else if x == 0 && (1...2).contains(y) || y == 0 && (1...2).contains(x) {
                        pairs.levels[f][i] = comparison.halfExchanged
                    } else {
                        continue
                    }
                    pairs.levels[g][i] = 0
                }
            }
        }
    }

    /// The best level of the records' values, and for equal values of one column which: the rarest.
    private static func level(
        _ kind: FieldColumn.Kind, _ mine: FieldColumn.View, _ a: Int, _ others: FieldColumn.View, _ b: Int, _ nicknames: Nicknames
    ) -> (level: UInt8, value: Int32) {
        let (x, y) = (mine.values(of: a), others.values(of: b))
        guard !x.isEmpty, !y.isEmpty else { return (0, -1) }
        if kind == .overlap {
            var common = 0
            for p in x { for q in y where p == q { common += 1 } }
            let all = min(x.count, y.count)
            return (common == 0 ? 4 : common < all ? 3 : all > 1 ? 1 : 2, -1)
        }
        let isOneColumn = mine.isSame(as: others)
        let comparison = Comparison(kind: kind)
        var best: (level: UInt8, value: Int32) = (comparison.differs, -1)
        for p in x {
            for q in y {
                if isOneColumn, p == q {
                    if best.value < 0 || mine.counts[Int(p)] < mine.counts[Int(best.value)] { best = (1, p) }
                } else if best.level > 1 {
                    let (v, w) = (mine.bytes(of: p), others.bytes(of: q))
                    let level = !isOneColumn && v.elementsEqual(w) ? 1 : comparison.level(v, w, nicknames: nicknames)
                    best.level = min(best.level, level)
                }
            }
        }
        return best
    }
}
