/// The n-grams of one text as rows of a table, in memory that is used again for the next text.
public struct FeatureBuffer: Sendable {
    /// Where a run of rows came from; kept only for receipts.
    struct Origin: Sendable {
        enum Kind: UInt8, Sendable { case word, idiom, bigram, trigram, characters }

        var kind: Kind
        var negated: Bool
        /// Rows of `rows`.
        var rows: Range<Int>
        /// Tokens the n-gram stands on.
        var tokens: Range<Int>
    }

    /// A row for every n-gram as it occurs; one that occurs twice is there twice.
    public internal(set) var rows: [UInt32] = []
    var origins: [Origin] = []
    /// Hashes of the units seen so far: words, idioms, symbols.
    var units: [Unit] = []

    struct Unit: Sendable {
        var hash: UInt64
        var tokens: Range<Int>
        var negated: Bool
    }

    public init() {}

    mutating func removeAll() {
        rows.removeAll(keepingCapacity: true)
        origins.removeAll(keepingCapacity: true)
        units.removeAll(keepingCapacity: true)
    }
}
