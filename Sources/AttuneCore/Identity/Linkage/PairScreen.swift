/// Says of most candidate pairs, out of a few numbers, that they cannot be one person, so that only the others are compared.
///
/// For every field the most that it can add is known beforehand: for equal values exactly, for different ones the best level of
/// agreement that different values can have. A pair whose sum of these stays below even odds has a weight that is not positive.
struct PairScreen {
    /// Value of every field of a record, one behind the other: numbered over all fields; `none` and `several` where there is not one.
    private let rows: [Int32]
    private let width: Int
    /// Bits that equal values add, by value.
    private let gains: [Double]
    private let fields: [Field]
    private let columns: [FieldColumn]
    private let start: Double

    private struct Field {
        /// The most that a missing value, two different ones, and more than two add in bits.
        var missing = 0.0
        var different = 0.0
        var best = 0.0
        /// Number of its first value.
        var offset: Int32 = 0
        /// Of sets: what having all, the only one and some values in common adds.
        var overlaps: [Double] = []
    }

    private static let none: Int32 = -1
    private static let several: Int32 = -2
    /// Bits that sums in another order may differ by.
    private static let tolerance = 1e-6

    init(_ table: RecordTable, _ model: MatchModel) {
        let weights = model.weights()
        width = table.columns.count
        var (gains, fields) = ([Double](), [Field]())
        var rows = [Int32](repeating: Self.none, count: table.count * width)
        for (f, column) in table.columns.enumerated() {
            let offset = Int32(gains.count)
            for r in 0..<table.count {
                let value = column.singles[r]
                rows[r * width + f] = value >= 0 ? value + offset : value == FieldColumn.none ? Self.none : Self.several
            }
            // Sets of one value each that is common are a level of their own.
            let equal = weights[f][column.kind == .overlap ? 2 : 1]
            gains += (0..<column.distinct).map { equal - (column.usesRarity ? column.rarity[$0] : 0) }
            let isExchangeable = table.exchangeable.contains { $0.0 == f || $0.1 == f }
            var field = Self.field(column, weights[f], most: gains[Int(offset)...].max() ?? 0, isExchangeable: isExchangeable)
            field.offset = offset
            if column.kind == .overlap { field.overlaps = Array(weights[f][1...3]) }
            fields.append(field)
        }
        (self.rows, self.gains, self.fields, columns) = (rows, gains, fields, table.columns)
        start = Bits.log2(model.prior) - Bits.log2(model.strangers) + Self.tolerance
    }

    private static func field(_ column: FieldColumn, _ weights: [Double], most: Double, isExchangeable: Bool) -> Field {
        let comparison = Comparison(kind: column.kind)
        let exchanged = isExchangeable ? max(weights[Int(comparison.exchanged)], weights[Int(comparison.halfExchanged)]) : 0
        var field = Field(missing: isExchangeable ? max(0, exchanged) : 0)
        switch column.kind {
        case .overlap: field.different = weights[4]
        case .mention, .unique: field.different = weights[2]
        default:
            let levels = weights[2...Int(comparison.differs)].max() ?? 0
            // Exchanged fields, and addresses that look alike because names do, count as missing.
            field.different = isExchangeable ? max(levels, exchanged, 0) : column.kind == .email ? max(levels, 0) : levels
        }
        field.best = max(most, field.different, column.kind == .overlap ? weights[1...4].max() ?? 0 : field.different)
        return field
    }

    /// Of these pairs those that may be one person, in their order.
    func promising(_ pairs: [RecordPair]) -> [RecordPair] {
        var result = [RecordPair]()
        rows.withUnsafeBufferPointer { rows in
            gains.withUnsafeBufferPointer { gains in
                fields.withUnsafeBufferPointer { fields in
                    for pair in pairs {
                        let (a, b) = (Int(pair.first) &* width, Int(pair.second) &* width)
                        var (bits, hasSeveral) = (start, false)
                        for f in 0..<width {
                            let (x, y) = (rows[a &+ f], rows[b &+ f])
                            if x == Self.none || y == Self.none {
                                bits += fields[f].missing
                            } else if x | y < 0 {
                                bits += fields[f].best
                                hasSeveral = true
                            } else {
                                bits += x == y ? gains[Int(x)] : fields[f].different
                            }
                        }
                        if bits > 0, !hasSeveral || isPromising(pair, bits) { result.append(pair) }
                    }
                }
            }
        }
        return result
    }

    /// Looks at what records with several values have in common.
    private func isPromising(_ pair: RecordPair, _ most: Double) -> Bool {
        var bits = most
        for f in 0..<width {
            let (x, y) = (rows[Int(pair.first) * width + f], rows[Int(pair.second) * width + f])
            guard x != Self.none, y != Self.none, x | y < 0 else { continue }
            bits -= fields[f].best
            bits += best(f, Int(pair.first), Int(pair.second))
            if bits <= 0 { return false }
        }
        return true
    }

    private func best(_ f: Int, _ a: Int, _ b: Int) -> Double {
        var (bits, common) = (fields[f].different, 0)
        let all = columns[f].lists.withLists(a, b) { mine, others in
            for value in mine {
                for other in others where value == other {
                    common += 1
                    bits = max(bits, gains[Int(fields[f].offset + value)])
                }
            }
            return min(mine.count, others.count)
        }
        guard columns[f].kind == .overlap, common > 0 else { return bits }
        return fields[f].overlaps[common < all ? 2 : all > 1 ? 0 : 1]
    }
}
