/// Which n-grams a group of heads looks at, and how many rows its table has.
public struct FeatureConfiguration: Hashable, Sendable {
    /// The table has 2^tableBits rows; 0 bits with `hasTable` false stands for no n-grams at all.
    public var tableBits: Int
    /// 0 (no words), 1, 2 or 3 words in a row.
    public var wordOrder: Int
    /// Shortest and longest character n-gram inside `^word$`, in Unicode scalars; `maximum` 0 switches them off.
    public var minimumCharacters: Int
    public var maximumCharacters: Int
    /// Whether punctuation, emoji and emoticons count as words.
    public var symbols: Bool
    /// Whether the `DenseFeature`s stand beside the n-grams.
    public var dense: Bool

    /// Pairs of word beginnings at most so many words apart count, in either order; 0 switches them off. The analyzer's own groups have none:
    /// what a word adds there depends on the word and its neighbours alone.
    public var pairDistance: Int
    /// An n-gram counts once however often a text has it. The analyzer's own groups count them all.
    public var distinct: Bool

    /// The first `LinearHeads.fineHeads` heads have their weights in a table of their own with 2^fineBits rows: nothing else falls onto
    /// theirs. 0: they have their lanes like the others.
    public var fineBits: Int

    public init(
        tableBits: Int, wordOrder: Int = 2, minimumCharacters: Int = 2, maximumCharacters: Int = 5, symbols: Bool = true, dense: Bool = true,
        pairDistance: Int = 0, distinct: Bool = false, fineBits: Int = 0
    ) {
        self.tableBits = tableBits
        self.wordOrder = wordOrder
        self.minimumCharacters = minimumCharacters
        self.maximumCharacters = maximumCharacters
        self.symbols = symbols
        self.dense = dense
        self.pairDistance = pairDistance
        self.distinct = distinct
        self.fineBits = fineBits
    }

    /// Limits that a file must keep: the largest table is 2^22 rows, words in a row ≤ 3, characters ≤ 8, pairs ≤ 8 words apart.
    var isValid: Bool {
        (1...22).contains(tableBits) && (0...3).contains(wordOrder) && (0...8).contains(maximumCharacters)
            && (1...8).contains(minimumCharacters) && (0...8).contains(pairDistance)
            && (fineBits == 0 || (tableBits...22).contains(fineBits))
    }

    public var rowCount: Int { 1 << tableBits }

    /// Rows that a head's weights are in.
    func rowCount(of head: Int) -> Int { fineBits > 0 && head < LinearHeads.fineHeads ? 1 << fineBits : rowCount }

    /// Rows of the largest table: what hashes are cut to.
    var hashCount: Int { 1 << max(tableBits, fineBits) }

    /// The same n-grams for heads that are learned together, in one table of so many rows.
    func single(tableBits bits: Int) -> FeatureConfiguration {
        var same = self
        (same.tableBits, same.fineBits) = (bits, 0)
        return same
    }

    /// Whether this one's features are the other's, over fewer rows.
    func isNarrower(than other: FeatureConfiguration) -> Bool {
        var same = self
        same.tableBits = other.tableBits
        same.dense = other.dense
        same.fineBits = other.fineBits
        return same == other && tableBits <= other.tableBits
    }
}
