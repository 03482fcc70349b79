/// Chooses which pairs of records are worth comparing.
///
/// Several rules, each of which puts records with the same key together: equal values; pairs of fields in coarse form (sound, year,
/// digits in any order), so that a pair is found when any two of its fields are about right. Blocks that are too large name no
/// pair: they say as little as they cost.
struct Blocking {
    let table: RecordTable
    /// Up to this many pairs all of them are compared.
    static let exhaustiveLimit = 600_000
    /// Candidates a record, on average.
    static func budget(records: Int) -> Int { records <= 20_000 ? records * 150 : max(3_000_000, records * 16) }

    /// Pairs, in ascending order.
    func candidates() -> [RecordPair] {
        let n = table.count
        if n * (n - 1) / 2 <= Self.exhaustiveLimit {
            return (0..<n).flatMap { a in (a + 1..<max(n, a + 1)).map { RecordPair(Int32(a), Int32($0)) } }
        }
        let coarse = table.columns.map { coarseKeys($0) }
        var rules = [Lists]()
        for column in table.columns where column.distinct > n / 200 || column.kind == .mention || column.kind == .overlap {
            rules.append(Self.equalValues(column))
        }
        for i in coarse.indices {
            for j in coarse.indices where j > i {
                for x in coarse[i] { for y in coarse[j] { rules.append(Self.blocks(combined(x, y))) } }
            }
        }
        return pairs(of: rules)
    }

    private func pairs(of rules: [Lists]) -> [RecordPair] {
        let limit = sizeLimit(rules)
        // As many bits as a record's number has, so that few of them have to be sorted by.
        let shift = UInt64(max(1, Int.bitWidth - table.count.leadingZeroBitCount))
        var pairs = [UInt64]()
        var distinct = 0
        for rule in rules {
            for b in 0..<rule.count where rule.size(b) <= limit {
                let block = rule[b]
                for i in block.indices { for j in block.indices where j > i { pairs.append(UInt64(block[i]) << shift | UInt64(block[j])) } }
            }
            // Rules find the same pairs again: not more than twice as many are kept as there are.
            if pairs.count > 2 * distinct + 4_000_000 {
                Self.makeDistinct(&pairs)
                distinct = pairs.count
            }
        }
        Self.makeDistinct(&pairs)
        return pairs.map { RecordPair(Int32($0 >> shift), Int32($0 & (1 << shift - 1))) }
    }

    /// Sorts the pairs and leaves each once.
    private static func makeDistinct(_ pairs: inout [UInt64]) {
        RadixSort.sort(&pairs)
        var count = 0
        for i in pairs.indices where count == 0 || pairs[i] != pairs[count - 1] {
            // In place: what is written stands before what is read next.
            pairs[count] = pairs[i]
            count += 1
        }
        pairs.removeLast(pairs.count - count)
    }

    /// Coarse forms of a column, each one key a record; 0 for none.
    private func coarseKeys(_ column: FieldColumn) -> [[UInt64]] {
        let forms: [(UnsafeBufferPointer<UInt8>) -> UInt64]
        switch column.kind {
        case .givenName, .surname, .town, .text: forms = [Phonetic.code]
        case .date: forms = [{ Self.hash($0.prefix(4)) }, { $0.count == 8 ? Self.hash($0.suffix(4)) : 0 }]
        case .number, .phone: forms = [{ Self.bag($0) }]
        case .email: forms = [{ Self.hash($0.prefix(4)) }]
        case .category, .mention, .unique, .overlap: forms = []
        }
        return forms.map { form in
            let byValue = column.withView { view in (0..<Int32(column.distinct)).map { form(view.bytes(of: $0)) } }
            return (0..<column.recordCount).map { r in column.values(of: r).first.map { byValue[Int($0)] } ?? 0 }
        }
    }

    /// Records that share a value.
    private static func equalValues(_ column: FieldColumn) -> Lists {
        Lists(count: column.distinct) { put in
            for r in 0..<column.recordCount { for v in column.values(of: r) { put(v, Int32(r)) } }
        }
    }

    private func combined(_ x: [UInt64], _ y: [UInt64]) -> [UInt64] {
        zip(x, y).map { $0 == 0 || $1 == 0 ? 0 : Self.mix($0 &* 0x9E37_79B9_7F4A_7C15 ^ $1) | 1 }
    }

    /// Records by key, in ascending order; single ones left out.
    private static func blocks(_ keys: [UInt64]) -> Lists {
        // 32 bits tell blocks apart well enough: two that fall together are only one larger block.
        var order = [UInt64]()
        for (r, key) in keys.enumerated() where key != 0 { order.append(key << 32 | UInt64(r)) }
        RadixSort.sort(&order)
        var result = Lists()
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, order[end] >> 32 == order[start] >> 32 { end += 1 }
            if end - start > 1 {
                for i in start..<end { result.append(Int32(truncatingIfNeeded: order[i] & 0xFFFF_FFFF)) }
                result.endList()
            }
            start = end
        }
        return result
    }

    /// The largest block that keeps all of them within the budget.
    private func sizeLimit(_ rules: [Lists]) -> Int {
        var pairs: [Int: Int] = [:]
        for rule in rules {
            for b in 0..<rule.count where rule.size(b) > 1 { pairs[rule.size(b), default: 0] += rule.size(b) * (rule.size(b) - 1) / 2 }
        }
        var left = Self.budget(records: table.count)
        var limit = 2
        for (size, count) in pairs.sorted(by: { $0.key < $1.key }) {
            left -= count
            if left < 0 { break }
            limit = size
        }
        return limit
    }

    private static func hash(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> UInt64 {
        bytes.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    }

    /// The same for the same bytes in any order.
    private static func bag(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        bytes.reduce(UInt64(bytes.count)) { $0 &+ mix(UInt64($1)) }
    }

    static func mix(_ x: UInt64) -> UInt64 {
        var z = x &+ 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
