/// The n-grams of one text as rows of a table, in memory that is used again for the next text.
public struct FeatureBuffer: Sendable {
    /// Where a run of rows came from; kept only for receipts.
    struct Origin: Sendable {
        enum Kind: UInt8, Sendable { case word, idiom, bigram, trigram, characters, pair }

        var kind: Kind
        var negated: Bool
        /// Rows of `rows`.
        var rows: Range<Int>
        /// Tokens the n-gram stands on.
        var tokens: Range<Int>
    }

    /// A row for every n-gram as it occurs; one that occurs twice is there twice, unless the configuration is `distinct`.
    public internal(set) var rows: [UInt32] = []
    var origins: [Origin] = []
    /// Hashes of the units seen so far: words, idioms, symbols.
    var units: [Unit] = []
    /// Hashes of the words' beginnings, where pairs of them are counted.
    var beginnings: [Beginning] = []

    struct Unit: Sendable {
        var hash: UInt64
        var tokens: Range<Int>
        var negated: Bool
    }

    struct Beginning: Sendable {
        var hash: UInt64
        var token: Int
    }

    public init() {}

    /// Takes the rows of a larger table over into a smaller one: both masks keep the low bits of the same hash.
    mutating func narrow(_ wide: FeatureBuffer, rowCount: Int) {
        let mask = UInt32(truncatingIfNeeded: rowCount &- 1)
        rows.removeAll(keepingCapacity: true)
        rows.reserveCapacity(wide.rows.count)
        for row in wide.rows { rows.append(row & mask) }
        origins = wide.origins
    }

    /// Leaves each row where it stands first. An origin that has none left goes.
    mutating func keepFirst() {
        var seen = Set<UInt32>(minimumCapacity: rows.count)
        guard !origins.isEmpty else { return rows.removeAll { !seen.insert($0).inserted } }
        var kept: [UInt32] = []
        for index in origins.indices {
            let start = kept.count
            for row in rows[origins[index].rows] where seen.insert(row).inserted { kept.append(row) }
            origins[index].rows = start..<kept.count
        }
        rows = kept
        origins.removeAll { $0.rows.isEmpty }
    }

    mutating func removeAll() {
        rows.removeAll(keepingCapacity: true)
        origins.removeAll(keepingCapacity: true)
        units.removeAll(keepingCapacity: true)
    }
}
