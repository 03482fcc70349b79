/// Chooses which pairs of records are worth comparing.
///
/// Several rules, each of which puts records with the same key together: equal values; pairs of fields in coarse form (sound, year,
/// digits in any order), so that a pair is found when any two of its fields are about right. Blocks that are too large name no
/// pair: they say as little as they cost.
struct Blocking {
    let table: RecordTable
    /// Up to this many pairs all of them are compared.
    static let exhaustiveLimit = 600_000
    /// Records of a small table: so many candidates a record are looked at that hardly any pair is missed.
    static let smallTable = 5_000
    /// Candidates at most: of a large table what is worth its time.
    static func budget(records: Int) -> Int { max(min(records, smallTable) * 150, records * 16) }

    func candidates() -> CandidatePairs {
        let n = table.count
        if n * (n - 1) / 2 <= Self.exhaustiveLimit { return CandidatePairs(allOf: n) }
        let blocks = blocks()
        return CandidatePairs(blocks: blocks, sizeLimit: sizeLimit(blocks), records: n)
    }

    /// Records that are put together, by all rules; in each block ascending.
    private func blocks() -> Lists {
        var blocks = Lists()
        let coarse = table.columns.map { coarseKeys($0) }
        for column in table.columns where column.distinct > table.count / 200 || column.kind == .mention || column.kind == .overlap {
            Self.addEqualValues(column, to: &blocks)
        }
        for i in coarse.indices {
            for j in coarse.indices where j > i {
                for x in coarse[i] { for y in coarse[j] { addEqual((table.columns[i], x), (table.columns[j], y), to: &blocks) } }
            }
        }
        return blocks
    }

    /// Coarse forms of a column, each one key a value; 0 for none.
    private func coarseKeys(_ column: FieldColumn) -> [[UInt64]] {
        let forms: [(UnsafeBufferPointer<UInt8>) -> UInt64]
        switch column.kind {
        case .givenName, .surname, .town, .text: forms = [Phonetic.code]
        case .date: forms = [{ Self.hash($0.prefix(4)) }, { $0.count == 8 ? Self.hash($0.suffix(4)) : 0 }]
        case .number, .phone: forms = [{ Self.bag($0) }]
        case .email: forms = [{ Self.hash($0.prefix(4)) }]
        case .category, .mention, .unique, .overlap: forms = []
        }
        return forms.map { form in column.withView { view in (0..<Int32(column.distinct)).map { form(view.bytes(of: $0)) } } }
    }

    /// Records that share a value.
    private static func addEqualValues(_ column: FieldColumn, to blocks: inout Lists) {
        let singles = column.singles
        let records = Lists(count: column.distinct) { put in
            for (r, value) in singles.enumerated() where value != FieldColumn.none {
                if value >= 0 { put(value, Int32(r)) } else { for v in column.values(of: r) { put(v, Int32(r)) } }
            }
        }
        for v in 0..<records.count where records.size(v) > 1 {
            blocks.append(contentsOf: records[v])
            blocks.endList()
        }
    }

    /// Records that share the coarse forms of two columns' values.
    private func addEqual(_ x: (column: FieldColumn, keys: [UInt64]), _ y: (column: FieldColumn, keys: [UInt64]), to blocks: inout Lists) {
        // 32 bits tell blocks apart well enough: two that fall together are only one larger block.
        var order = [UInt64]()
        for r in 0..<table.count {
            guard let v = x.column.first(of: r), let w = y.column.first(of: r) else { continue }
            let (a, b) = (x.keys[Int(v)], y.keys[Int(w)])
            if a == 0 || b == 0 { continue }
            order.append((Self.mix(a &* 0x9E37_79B9_7F4A_7C15 ^ b) | 1) << 32 | UInt64(r))
        }
        RadixSort.sort(&order)
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, order[end] >> 32 == order[start] >> 32 { end += 1 }
            if end - start > 1 {
                for i in start..<end { blocks.append(Int32(truncatingIfNeeded: order[i] & 0xFFFF_FFFF)) }
                blocks.endList()
            }
            start = end
        }
    }

    /// The largest block that keeps all of them within the budget.
    private func sizeLimit(_ blocks: Lists) -> Int {
        var pairs: [Int: Int] = [:]
        for b in 0..<blocks.count { pairs[blocks.size(b), default: 0] += blocks.size(b) * (blocks.size(b) - 1) / 2 }
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
