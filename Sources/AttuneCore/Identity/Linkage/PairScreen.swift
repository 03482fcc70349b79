/// Says of most candidate pairs, out of a few numbers, that they cannot be one person, so that only the others are compared.
///
/// For every field the most that it can add is known beforehand: for equal values exactly, for different ones the best level of
/// agreement that different values can have. A pair whose sum of these stays below even odds has a weight that is not positive.
struct PairScreen {
    /// Value of every field of a record, one behind the other: numbered over all fields; `none`, or below it the list of several.
    private let rows: [Int32]
    /// Lists of several values: list i is `values[starts[i]..<starts[i + 1]]`, the first one -2 in `rows`.
    private let starts: [Int32]
    private let values: [Int32]
    private let width: Int
    /// Bits that equal values add, by value.
    private let gains: [Double]
    private let fields: [Field]
    private let start: Double

    private struct Field {
        /// The most that a missing value, two different ones, and more than two add in bits.
        var missing = 0.0
        var different = 0.0
        var best = 0.0
        /// Of sets: what having all, the only one and some values in common adds.
        var isSet = false
        var allCommon = 0.0
        var oneCommon = 0.0
        var someCommon = 0.0
    }

    private static let none: Int32 = -1
    /// Bits that sums in another order may differ by.
    private static let tolerance = 1e-6

    init(_ table: RecordTable, _ model: MatchModel) {
        let weights = model.weights()
        width = table.columns.count
        var (gains, fields, lists) = ([Double](), [Field](), Lists())
        var rows = [Int32](repeating: Self.none, count: table.count * width)
        for (f, column) in table.columns.enumerated() {
            let offset = Int32(gains.count)
            for r in 0..<table.count {
                let value = column.singles[r]
                if value >= 0 { rows[r * width + f] = value + offset }
                guard value < FieldColumn.none else { continue }
                rows[r * width + f] = -2 - Int32(lists.count)
                for item in column.values(of: r) { lists.append(item + offset) }
                lists.endList()
            }
            // Sets of one value each that is common are a level of their own.
            let equal = weights[f][column.kind == .overlap ? 2 : 1]
            gains += (0..<column.distinct).map { equal - (column.usesRarity ? column.rarity[$0] : 0) }
            let isExchangeable = table.exchangeable.contains { $0.0 == f || $0.1 == f }
            var field = Self.field(column, weights[f], most: gains[Int(offset)...].max() ?? 0, isExchangeable: isExchangeable)
            if let level = Comparison(kind: column.kind).sameInitial {
                field.best = max(field.best, field.missing, weights[f][Int(level)])
                for value in 0..<Int32(column.distinct) where column.isLetter(value) {
                    gains[Int(offset + value)] = max(field.missing, weights[f][Int(level)])
                }
            }
            if column.kind == .overlap {
                (field.isSet, field.allCommon, field.oneCommon, field.someCommon) = (true, weights[f][1], weights[f][2], weights[f][3])
            }
            fields.append(field)
        }
        (self.rows, self.gains, self.fields, starts, values) = (rows, gains, fields, lists.starts, lists.items)
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
        addPromising(pairs, to: &result)
        return result
    }

    func addPromising(_ pairs: [RecordPair], to result: inout [RecordPair]) {
        rows.withUnsafeBufferPointer { rows in
            gains.withUnsafeBufferPointer { gains in
                fields.withUnsafeBufferPointer { fields in
                    starts.withUnsafeBufferPointer { starts in
                        values.withUnsafeBufferPointer { values in
                            let view = View(rows: rows, gains: gains, fields: fields, starts: starts, values: values)
                            for pair in pairs where isPromising(pair, view) { result.append(pair) }
                        }
                    }
                }
            }
        }
    }

    /// The memory of a screen, without counting owners.
    private struct View {
        let rows: UnsafeBufferPointer<Int32>
        let gains: UnsafeBufferPointer<Double>
        let fields: UnsafeBufferPointer<Field>
        let starts: UnsafeBufferPointer<Int32>
        let values: UnsafeBufferPointer<Int32>

        /// Values of a field of a record that has any; of one that has a single one its own place.
        @inline(__always)
        func list(_ place: Int) -> UnsafeBufferPointer<Int32> {
            let value = rows[place]
            if value >= 0 { return UnsafeBufferPointer(rebasing: rows[place...place]) }
            let list = -2 - Int(value)
            return UnsafeBufferPointer(rebasing: values[Int(starts[list])..<Int(starts[list &+ 1])])
        }
    }

    @inline(__always)
    private func isPromising(_ pair: RecordPair, _ view: View) -> Bool {
        let (a, b) = (Int(pair.first) &* width, Int(pair.second) &* width)
        var (bits, hasSeveral) = (start, false)
        for f in 0..<width {
            let (x, y) = (view.rows[a &+ f], view.rows[b &+ f])
            if x == Self.none || y == Self.none {
                bits += view.fields[f].missing
            } else if x | y < 0 {
                bits += view.fields[f].best
                hasSeveral = true
            } else {
                bits += x == y ? view.gains[Int(x)] : view.fields[f].different
            }
        }
        return bits > 0 && (!hasSeveral || isPromising(a, b, bits, view))
    }

    /// Looks at what records with several values have in common.
    @inline(never)
    private func isPromising(_ a: Int, _ b: Int, _ most: Double, _ view: View) -> Bool {
        var bits = most
        for f in 0..<width {
            let (x, y) = (view.rows[a &+ f], view.rows[b &+ f])
            guard x != Self.none, y != Self.none, x | y < 0 else { continue }
            bits -= view.fields[f].best
            bits += best(f, view.list(a &+ f), view.list(b &+ f), view)
            if bits <= 0 { return false }
        }
        return true
    }

    @inline(__always)
    private func best(_ f: Int, _ mine: UnsafeBufferPointer<Int32>, _ others: UnsafeBufferPointer<Int32>, _ view: View) -> Double {
        var (bits, common) = (view.fields[f].different, 0)
        for value in mine {
            for other in others where value == other {
                common &+= 1
                bits = max(bits, view.gains[Int(value)])
            }
        }
        guard view.fields[f].isSet, common > 0 else { return bits }
        let all = min(mine.count, others.count)
        return common < all ? view.fields[f].someCommon : all > 1 ? view.fields[f].allCommon : view.fields[f].oneCommon
    }
}
