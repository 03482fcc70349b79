/// Says of most candidate pairs, out of a few numbers, that they cannot be one person, so that only the others are compared.
///
/// For every field the most that it can add is known beforehand: for equal values exactly, for different ones the best level of
/// agreement that different values can have. A pair whose sum of these stays below even odds has a weight that is not positive.
struct PairScreen {
    /// Value of every field of a record, one behind the other: numbered over all fields; as in its column where there is none, or several.
    private let rows: [Int32]
    /// By field: those with several values, and what has to be added to its values to number them over all fields.
    private let columns: [FieldColumn]
    private let offsets: [Int32]
    private let width: Int
    /// Bits that equal values add, by value; the last one is none's.
    private let gains: [Float]
    private var fields: [Field]
    /// By field the most that two different values, more than two and a missing one add, and 0 for equal ones, which `gains` knows.
    private var bounds: [Float]
    /// By field all bits, or none where somebody else knows what it adds.
    private var isCounted: [Int]
    private let start: Float

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
    /// Bits that sums of numbers of 24 bits may differ by: a few dozen terms of some dozen bits each.
    private static let tolerance = 1e-3

    init(_ table: RecordTable, _ model: MatchModel) {
        let weights = model.weights()
        let width = table.columns.count
        var (gains, fields, offsets) = ([Float](), [Field](), [Int32]())
        var rows = [Int32](repeating: Self.none, count: table.count * width)
        for (f, column) in table.columns.enumerated() {
            let offset = Int32(gains.count)
            for r in 0..<table.count {
                let value = column.singles[r]
                rows[r * width + f] = value >= 0 ? value + offset : value
            }
            offsets.append(offset)
            // Sets of one value each that is common are a level of their own.
            let equal = weights[f][column.kind == .overlap ? 2 : 1]
            gains += (0..<column.distinct).map { Float(equal - (column.usesRarity ? column.rarity[$0] : 0)) }
            let isExchangeable = table.exchangeable.contains { $0.0 == f || $0.1 == f }
            var field = Self.field(column, weights[f], most: Double(gains[Int(offset)...].max() ?? 0), isExchangeable: isExchangeable)
            if let level = Comparison(kind: column.kind).sameInitial {
                field.best = max(field.best, field.missing, weights[f][Int(level)])
                for value in 0..<Int32(column.distinct) where column.isLetter(value) {
                    gains[Int(offset + value)] = Float(max(field.missing, weights[f][Int(level)]))
                }
            }
            if column.kind == .overlap {
                (field.isSet, field.allCommon, field.oneCommon, field.someCommon) = (true, weights[f][1], weights[f][2], weights[f][3])
            }
            fields.append(field)
        }
        isCounted = [Int](repeating: -1, count: width)
        bounds = fields.flatMap { [Float($0.different), Float($0.best), Float($0.missing), 0] }
        (self.rows, self.gains, self.fields, self.offsets) = (rows, gains + [0], fields, offsets)
        columns = table.columns
        self.width = width
        start = Float(Bits.log2(model.prior) - Bits.log2(model.strangers) + Self.tolerance)
    }

    /// The same for those who know what these fields add. The values of the records are shared.
    func without(_ known: [Bool]) -> PairScreen {
        var result = self
        for f in fields.indices where known[f] {
            result.fields[f] = Field()
            result.isCounted[f] = 0
            for bound in 0..<4 { result.bounds[4 * f + bound] = 0 }
        }
        return result
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
        withView { view in for pair in pairs where view.most(pair, 0) > 0 { result.append(pair) } }
    }

    /// Those that may be one person with these bits of the fields left out here.
    func promising(_ pairs: [RecordPair], known bits: [Double]) -> [RecordPair] {
        withView { view in
            var result = [RecordPair]()
            for (i, pair) in pairs.enumerated() where view.most(pair, Float(bits[i])) > 0 { result.append(pair) }
            return result
        }
    }

    private func withView<Result>(_ body: (View) -> Result) -> Result {
        rows.withUnsafeBufferPointer { rows in
            gains.withUnsafeBufferPointer { gains in
                fields.withUnsafeBufferPointer { fields in
                    bounds.withUnsafeBufferPointer { bounds in
                        isCounted.withUnsafeBufferPointer { isCounted in
                            withSeveral { several in
                                body(
                                    View(
                                        rows: rows, gains: gains, fields: fields, several: several, bounds: bounds, isCounted: isCounted,
                                        width: width, start: start))
                            }
                        }
                    }
                }
            }
        }
    }

    private func withSeveral<Result>(_ body: (UnsafeBufferPointer<Several>) -> Result) -> Result {
        func collect(_ several: [Several]) -> Result {
            let f = several.count
            if f == width { return several.withUnsafeBufferPointer(body) }
            return columns[f].withSeveral { collect(several + [Several(starts: $0, values: $1, offset: offsets[f])]) }
        }
        return collect([])
    }

    /// Of a field: list i of several values is `values[starts[i]..<starts[i + 1]]`, the first one -2 in `rows`.
    private struct Several {
        let starts: UnsafeBufferPointer<Int32>
        let values: UnsafeBufferPointer<Int32>
        let offset: Int32
    }

    /// The memory of a screen, without counting owners.
    private struct View {
        let rows: UnsafeBufferPointer<Int32>
        let gains: UnsafeBufferPointer<Float>
        let fields: UnsafeBufferPointer<Field>
        let several: UnsafeBufferPointer<Several>
        let bounds: UnsafeBufferPointer<Float>
        let isCounted: UnsafeBufferPointer<Int>
        let width: Int
        let start: Float

        /// The most bits a pair can have.
        @inline(__always)
        func most(_ pair: RecordPair, _ known: Float) -> Float {
            let (a, b) = (Int(pair.first) &* width, Int(pair.second) &* width)
            let placeOfNone = gains.count &- 1
            var (bits, several) = (start + known, 0)
            // Without branches, as nothing tells beforehand which fields are missing, equal or different.
            for f in 0..<width {
                let (x, y) = (rows[a &+ f], rows[b &+ f])
                let isMissing = Int(truncatingIfNeeded: (x == PairScreen.none ? 1 : 0) | (y == PairScreen.none ? 1 : 0))
                let isSeveral = Int(truncatingIfNeeded: UInt32(bitPattern: x | y) >> 31) & ~isMissing
                let isEqual = (x == y ? 1 : 0) & ~(isMissing | isSeveral) & isCounted[f]
                several |= isSeveral
                bits += bounds[4 &* f &+ (isSeveral | isMissing &<< 1 | isEqual &* 3)]
                bits += gains[isEqual == 1 ? Int(x) : placeOfNone]
            }
            return bits > 0 && several == 1 ? mostOfSeveral(a, b, bits) : bits
        }

        /// Looks at what records with several values have in common.
        @inline(never)
        private func mostOfSeveral(_ a: Int, _ b: Int, _ most: Float) -> Float {
            var bits = Double(most)
            for f in 0..<fields.count {
                let (x, y) = (rows[a &+ f], rows[b &+ f])
                guard x != PairScreen.none, y != PairScreen.none, x | y < 0, isCounted[f] != 0 else { continue }
                bits -= fields[f].best
                bits += withValues(f, x) { mine in withValues(f, y) { best(f, mine, $0) } }
                if bits <= 0 { break }
            }
            return Float(bits)
        }

        /// Values of a field of a record that has any, numbered as in its column.
        @inline(__always)
        private func withValues<Result>(_ f: Int, _ value: Int32, _ body: (UnsafeBufferPointer<Int32>) -> Result) -> Result {
            let several = several[f]
            if value >= 0 { return withUnsafePointer(to: value &- several.offset) { body(UnsafeBufferPointer(start: $0, count: 1)) } }
            let list = -2 - Int(value)
            return body(UnsafeBufferPointer(rebasing: several.values[Int(several.starts[list])..<Int(several.starts[list &+ 1])]))
        }

        @inline(__always)
        private func best(_ f: Int, _ mine: UnsafeBufferPointer<Int32>, _ others: UnsafeBufferPointer<Int32>) -> Double {
            var (bits, common) = (fields[f].different, 0)
            for value in mine {
                for other in others where value == other {
                    common &+= 1
                    bits = max(bits, Double(gains[Int(value &+ several[f].offset)]))
                }
            }
            guard fields[f].isSet, common > 0 else { return bits }
            let all = min(mine.count, others.count)
            return common < all ? fields[f].someCommon : all > 1 ? fields[f].allCommon : fields[f].oneCommon
        }
    }
}
