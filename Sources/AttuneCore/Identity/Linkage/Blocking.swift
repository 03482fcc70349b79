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
    static func budget(records: Int) -> Int { records <= 20_000 ? records * 150 : records * 40 }

    /// Pairs as (smaller index, larger index), sorted.
    func candidates() -> [(Int32, Int32)] {
        let n = table.count
        if n * (n - 1) / 2 <= Self.exhaustiveLimit {
            return (0..<n).flatMap { a in (a + 1..<max(n, a + 1)).map { (Int32(a), Int32($0)) } }
        }
        let coarse = table.columns.map { coarseKeys($0) }
        var blocks = [[[Int32]]]()
        for column in table.columns where column.distinct > n / 200 || column.kind == .mention || column.kind == .overlap {
            blocks.append(Self.equalValues(column))
        }
        for i in coarse.indices {
            for j in coarse.indices where j > i {
                for x in coarse[i] { for y in coarse[j] { blocks.append(Self.blocks(combined(x, y))) } }
            }
        }
        let limit = sizeLimit(blocks)
        var pairs = [UInt64]()
        for rule in blocks {
            for block in rule where block.count <= limit {
                for i in block.indices { for j in block.indices where j > i { pairs.append(UInt64(block[i]) << 32 | UInt64(block[j])) } }
            }
            if pairs.count > 8_000_000 { pairs = Self.distinct(pairs) }
        }
        return Self.distinct(pairs).map { (Int32($0 >> 32), Int32($0 & 0xFFFF_FFFF)) }
    }

    private static func distinct(_ pairs: [UInt64]) -> [UInt64] {
        var result = [UInt64]()
        result.reserveCapacity(pairs.count)
        for pair in pairs.sorted() where result.last != pair { result.append(pair) }
        return result
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
    private static func equalValues(_ column: FieldColumn) -> [[Int32]] {
        var records = [[Int32]](repeating: [], count: column.distinct)
        for r in 0..<column.recordCount { for v in column.values(of: r) { records[Int(v)].append(Int32(r)) } }
        return records.filter { $0.count > 1 }
    }

    private func combined(_ x: [UInt64], _ y: [UInt64]) -> [UInt64] {
        zip(x, y).map { $0 == 0 || $1 == 0 ? 0 : Self.mix($0 &* 0x9E37_79B9_7F4A_7C15 ^ $1) | 1 }
    }

    /// Records by key, in ascending order; single ones left out.
    private static func blocks(_ keys: [UInt64]) -> [[Int32]] {
        var order = [(key: UInt64, record: Int32)]()
        for (r, key) in keys.enumerated() where key != 0 { order.append((key, Int32(r))) }
        order.sort { $0.key != $1.key ? $0.key < $1.key : $0.record < $1.record }
        var result = [[Int32]]()
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, order[end].key == order[start].key { end += 1 }
            if end - start > 1 { result.append(order[start..<end].map(\.record)) }
            start = end
        }
        return result
    }

    /// The largest block that keeps all of them within the budget.
    private func sizeLimit(_ rules: [[[Int32]]]) -> Int {
        var pairs: [Int: Int] = [:]
        for block in rules.joined() { pairs[block.count, default: 0] += block.count * (block.count - 1) / 2 }
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
