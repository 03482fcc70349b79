/// What `FeatureHasher` gives a token's n-grams to: a buffer that may remember where they came from, or bare rows for a word's record.
protocol FeatureSink {
    /// Takes a row.
    /// - Parameter origins: whether to remember what it came from.
    mutating func append(
        row: UInt32, _ kind: FeatureBuffer.Origin.Kind, _ tokens: Range<Int>, negated: Bool, origins: Bool)

    /// Takes a part of pairs.
    mutating func append(unit: FeatureBuffer.Unit)
}

extension FeatureBuffer: FeatureSink {
    mutating func append(row: UInt32, _ kind: Origin.Kind, _ tokens: Range<Int>, negated: Bool, origins: Bool) {
        rows.append(row)
        guard origins else { return }
        self.origins.append(.init(kind: kind, negated: negated, rows: rows.count - 1..<rows.count, tokens: tokens))
    }

    mutating func append(unit: Unit) { units.append(unit) }
}

/// The rows of one token and the hash of its unit.
struct TokenRows: FeatureSink {
    var rows = Column<UInt32>()
    var unit: UInt64?

    mutating func removeAll() {
        rows.removeAll()
        unit = nil
    }

    @inline(__always)
    mutating func append(row: UInt32, _ kind: FeatureBuffer.Origin.Kind, _ tokens: Range<Int>, negated: Bool, origins: Bool) {
        rows.append(row)
    }

    @inline(__always)
    mutating func append(unit: FeatureBuffer.Unit) { self.unit = unit.hash }
}
