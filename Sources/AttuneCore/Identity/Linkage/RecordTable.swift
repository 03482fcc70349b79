/// Records as columns of comparable values, and the comparison of pairs of them.
struct RecordTable: Sendable {
    private(set) var columns: [FieldColumn]
    let count: Int
    /// Pairs of fields whose values people put into each other's place.
    private(set) var exchangeable: [(Int, Int)] = []
    let nicknames: Nicknames
    /// Whether anything tells one person from one household: without a name or a date of birth they look the same.
    let tellsHouseholds: Bool
    /// Rows repeat their owners' values; people that identifiers made out already have each of theirs once.
    let learnsFrequencies: Bool

    init(columns: [FieldColumn], count: Int, nicknames: Nicknames) {
        self.columns = columns.map { $0.kind == .givenName || $0.kind == .surname ? $0.numbered(by: nicknames) : $0 }
        self.count = count
        self.nicknames = nicknames
        learnsFrequencies = columns.contains { $0.world > 0 }
        tellsHouseholds = !learnsFrequencies || columns.contains { $0.kind.isPersonal }
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
    func compare(_ pairs: [RecordPair]) -> ComparedPairs {
        var memos = LevelMemos(self, pairs: pairs.count)
        return compare(pairs, &memos)
    }

    /// - Parameter memos: of this table.
    func compare(_ pairs: [RecordPair], _ memos: inout LevelMemos) -> ComparedPairs {
        var result = compare(pairs, fields: columns.indices.map { _ in true }, &memos)
        for (f, column) in columns.enumerated() where column.kind == .email { discount(f, &result) }
        return result
    }

    /// Compares some fields alone: the others' levels are 0, and their rarity is left out.
    func compare(_ pairs: [RecordPair], fields isWanted: [Bool], _ memos: inout LevelMemos) -> ComparedPairs {
        var result = ComparedPairs(pairs, fieldCount: columns.count)
        for f in columns.indices where isWanted[f] { memos.with(column: f) { compare(f, &result, $0) } }
        for (e, (f, g)) in exchangeable.enumerated() where isWanted[f] && isWanted[g] {
            memos.with(exchanged: e) { exchange(f, g, &result, $0, $1) }
        }
        return result
    }

    /// Weighs equal values by what strangers have of them, after what was learned of how many are one person's own.
    mutating func discount(_ model: MatchModel) {
        let pairs = Double(count) * Double(count - 1) / 2
        for (f, field) in model.fields.enumerated() where field.usesRarity {
            let known = Double(max(1, columns[f].known))
            let equal = columns[f].coincidence * known * (known - 1) / 2
            let own = min(equal, model.prior * pairs * field.m[1] * field.completeness)
            columns[f].discount(own: 2 * own / known, foreign: field.foreign)
        }
    }

    /// Sums the rarity of what compared pairs agree on up anew.
    func weigh(_ pairs: inout ComparedPairs) {
        let fields = columns.count
        for i in 0..<pairs.count { (pairs.rarity[i], pairs.kinRarity[i]) = (0, 0) }
        for (f, column) in columns.enumerated() where column.usesRarity {
            column.withView { view in
                for i in 0..<pairs.count where pairs.levels[i &* fields &+ f] == 1 {
                    let share = column.rarity(view, Int(pairs.pairs[i].first), Int(pairs.pairs[i].second))
                    pairs.rarity[i] += share
                    if column.isOfKin, tellsHouseholds { pairs.kinRarity[i] += share }
                }
            }
        }
    }

    /// Records that have none of the sets by which people are told apart; empty where the table has no such column.
    var bare: [Bool] {
        let sets = columns.filter { $0.kind == .overlap }
        return sets.isEmpty ? [] : (0..<count).map { record in sets.allSatisfy { $0.singles[record] == FieldColumn.none } }
    }

    /// log2 of the share of records with the value two of them agree on in a field, as `compare` counts it.
    func rarity(_ f: Int, _ a: Int, _ b: Int) -> Double {
        let single = RecordTable(columns: [columns[f]], count: count, nicknames: nicknames)
        return single.compare([RecordPair(Int32(a), Int32(b))]).rarity[0]
    }

    /// Addresses are made of names: that those of namesakes look alike says nothing new.
    private func discount(_ email: Int, _ pairs: inout ComparedPairs) {
        let fields = columns.count
        for (f, column) in columns.enumerated() where column.kind == .givenName || column.kind == .surname {
            for i in 0..<pairs.count where (4...5).contains(pairs.levels[i * fields + email]) && (1...4).contains(pairs.levels[i * fields + f]) {
                pairs.levels[i * fields + email] = 0
            }
        }
    }

    private func compare(_ f: Int, _ pairs: inout ComparedPairs, _ memo: LevelMemo.View) {
        let (column, fields) = (columns[f], columns.count)
        let rarity = column.rarity
        let (usesRarity, isOfKin) = (column.usesRarity, column.isOfKin && tellsHouseholds)
        let (records, count) = (pairs.pairs, pairs.count)
        let comparison = Comparison(kind: column.kind)
        column.withView { view in
            pairs.levels.withUnsafeMutableBufferPointer { levels in
                for i in 0..<count {
                    let (a, b) = (Int(records[i].first), Int(records[i].second))
                    var best = level(column.kind, view, a, view, b, memo)
                    if comparison.isOfSlips(best.level), view.isSettled(a), view.isSettled(b) { best.level = comparison.differs }
                    levels[i &* fields &+ f] = best.level
                    guard best.level == 1, best.value >= 0, usesRarity else { continue }
                    let share = rarity[Int(best.value)]
                    pairs.rarity[i] += share
                    if isOfKin { pairs.kinRarity[i] += share }
                }
            }
        }
    }

    /// Where two fields fit badly, they are tried in each other's place.
    private func exchange(_ f: Int, _ g: Int, _ pairs: inout ComparedPairs, _ memoF: LevelMemo.View, _ memoG: LevelMemo.View) {
        let fields = columns.count
        let comparison = Comparison(kind: columns[f].kind)
        let (limitF, limitG) = (comparison.differs - 1, Comparison(kind: columns[g].kind).differs - 1)
        let (columnF, columnG) = (columns[f], columns[g])
        let (records, count) = (pairs.pairs, pairs.count)
        columnF.withView { viewF in
            columnG.withView { viewG in
                pairs.levels.withUnsafeMutableBufferPointer { levels in
                    for i in 0..<count {
                        let (placeF, placeG) = (i &* fields &+ f, i &* fields &+ g)
                        let (straight, other) = (levels[placeF], levels[placeG])
                        guard straight == 0 || straight >= limitF, other == 0 || other >= limitG, straight != 0 || other != 0 else { continue }
                        let (a, b) = (Int(records[i].first), Int(records[i].second))
                        let x = level(columnF.kind, viewF, a, viewG, b, memoF).level
                        guard x <= 3 else { continue }
                        let y = level(columnG.kind, viewG, a, viewF, b, memoG).level
                        if x >= 1, (1...3).contains(y) {
                            levels[placeF] = comparison.exchanged
                        } else if x == 0 && (1...2).contains(y) || y == 0 && (1...2).contains(x) {
                            levels[placeF] = comparison.halfExchanged
                        } else {
                            continue
                        }
                        levels[placeG] = 0
                    }
                }
            }
        }
    }

    /// The best level of the records' values, and for equal values of one column which: the rarest.
    @inline(__always)
    private func level(
        _ kind: FieldColumn.Kind, _ mine: FieldColumn.View, _ a: Int, _ others: FieldColumn.View, _ b: Int, _ memo: LevelMemo.View
    ) -> (level: UInt8, value: Int32) {
        let (p, q) = (mine.singles[a], others.singles[b])
        if p == FieldColumn.none || q == FieldColumn.none { return (0, -1) }
        if p | q < 0 { return bestLevel(kind, mine, a, others, b, memo) }
        let isOneColumn = mine.isSame(as: others)
        if isOneColumn, p == q {
            if kind == .overlap { return (2, -1) }
            if let level = Comparison(kind: kind).sameInitial, mine.bytes(of: p).count == 1 { return (level, -1) }
            return (1, p)
        }
        if kind == .overlap { return (4, -1) }
        if kind == .mention || kind == .unique { return (2, -1) }
        return (memo.level(p, q) { differing(Comparison(kind: kind), mine, p, others, q) }, -1)
    }

    /// As `level`, where one of the records has several values.
    @inline(never)
    private func bestLevel(
        _ kind: FieldColumn.Kind, _ mine: FieldColumn.View, _ a: Int, _ others: FieldColumn.View, _ b: Int, _ memo: LevelMemo.View
    ) -> (level: UInt8, value: Int32) {
        let (x, y) = (mine.values(of: a), others.values(of: b))
        if kind == .overlap {
            var common = 0
            for p in x { for q in y where p == q { common += 1 } }
            let all = min(x.count, y.count)
            return (common == 0 ? 4 : common < all ? 3 : all > 1 ? 1 : 2, -1)
        }
        let isOneColumn = mine.isSame(as: others)
        let comparison = Comparison(kind: kind)
        var best: (level: UInt8, value: Int32) = (comparison.differs, -1)
        var isUnknown = false
        for p in x {
            for q in y {
                if isOneColumn, p == q {
                    if let level = comparison.sameInitial, mine.bytes(of: p).count == 1 {
                        if level > 0 { best.level = min(best.level, level) } else { isUnknown = true }
                        continue
                    }
                    if best.value < 0 || mine.counts[Int(p)] < mine.counts[Int(best.value)] { best = (1, p) }
                } else if best.level > 1, kind != .mention, kind != .unique {
                    best.level = min(best.level, memo.level(p, q) { differing(comparison, mine, p, others, q) })
                }
            }
        }
        return isUnknown && best.level == comparison.differs ? (0, -1) : best
    }

    @inline(never)
    private func differing(_ comparison: Comparison, _ mine: FieldColumn.View, _ p: Int32, _ others: FieldColumn.View, _ q: Int32) -> UInt8 {
        let (a, b) = (mine.bytes(of: p), others.bytes(of: q))
        if !mine.isSame(as: others), a.elementsEqual(b) { return 1 }
        let letters = comparison.comparesLetters ? (mine.letters[Int(p)], others.letters[Int(q)]) : (0, 0)
        return comparison.level(a, b, letters: letters) { nicknames.areRelated(mine.nicknames[Int(p)], others.nicknames[Int(q)]) }
    }
}
