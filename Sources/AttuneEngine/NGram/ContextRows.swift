import CKernels

/// The rows that depend on a word's neighbours: pairs of words, words in the scope of a negator, idioms as one word.
struct ContextRows {
    private var added = Column<UInt32>()
    private var words = TokenRows()
    private var removed = Column<UInt32>()
    private var taken = Column<Int32>()
    private var grams = CharacterNGrams()

    init() {}

    /// Takes the sums of a text's words to the sums of its n-grams.
    /// - Parameters:
    ///   - sums: `tables.lanes` sums of the words as they stand alone.
    /// - Returns: how many n-grams have come in more than gone out.
    mutating func apply(
        _ tokens: borrowing TokenBuffer, _ reading: borrowing LexicalReading, _ words: borrowing WordSums, _ tables: borrowing WordTables,
        _ kernels: UnsafePointer<attune_kernels>
    ) -> Int {
        added.removeAll()
        removed.removeAll()
        collect(tokens, reading, words.facts, tables, kernels)
        let count = added.count &- removed.count
        move(tables.mainRows, words.sums.base, kernels)
        move(tables.intentRows, words.sums.base + tables.intentLane, kernels)
        return count
    }

    private mutating func collect(
        _ tokens: borrowing TokenBuffer, _ reading: borrowing LexicalReading, _ facts: Column<WordFacts>, _ tables: borrowing WordTables,
        _ kernels: UnsafePointer<attune_kernels>
    ) {
        let count = tokens.tokens.count
        // A unit makes at most two rows of its own and two with those before it; the words of elongated ones and idioms are appended.
        added.reserve(4 &* count)
        var sequence = UnitSequence(tables)
        var index = 0
        while true {
            index = sequence.appendPlain(index, count, facts.base, reading, &added)
            guard index < count else { return }
            if reading.idiom.base[index] != 0 {
                index = replace(reading.idiom.base[index], index, tokens, reading, tables, &sequence, kernels)
                continue
            }
            let word = facts.base[index]
            if word.flags.contains(.isUnit) {
                let isNegated = reading.negated.base[index]
                if isNegated, word.plain != word.negated { negate(index, tokens, word, tables.hasher) }
                sequence.append(isNegated ? word.negated : word.plain, &added)
            }
            index &+= 1
        }
    }

    /// Takes a word's plain rows out and its negated ones in.
    private mutating func negate(_ index: Int, _ tokens: borrowing TokenBuffer, _ unit: WordFacts, _ hasher: FeatureHasher) {
        guard hasher.configuration.wordOrder > 0 else { return }
        let token = tokens.tokens[index]
        guard token.shape.contains(.elongated) else {
            removed.append(hasher.row(unit.plain))
            added.append(hasher.row(unit.negated))
            return
        }
        removeWords(token, tokens, hasher)
        words.removeAll()
        hasher.addWords(token, tokens.form(token), 0, negated: true, false, &words)
        for row in words.rows { added.append(row) }
    }

    private mutating func removeWords(_ token: Token, _ tokens: borrowing TokenBuffer, _ hasher: FeatureHasher) {
        words.removeAll()
        hasher.addWords(token, tokens.form(token), 0, negated: false, false, &words)
        for row in words.rows { removed.append(row) }
    }

    private mutating func removeCharacters(
        _ form: UnsafeBufferPointer<UInt8>, _ configuration: FeatureConfiguration, _ kernels: UnsafePointer<attune_kernels>
    ) {
        grams.read(form, longest: configuration.maximumCharacters, kernels)
        removed.append(contentsOf: grams.counted(by: configuration))
    }

    /// Takes the words of an idiom out and the idiom in; returns the token behind it.
    private mutating func replace(
        _ idiom: Int32, _ first: Int, _ tokens: borrowing TokenBuffer, _ reading: borrowing LexicalReading, _ tables: borrowing WordTables,
        _ sequence: inout UnitSequence, _ kernels: UnsafePointer<attune_kernels>
    ) -> Int {
        var end = first
        while end < tokens.tokens.count, reading.idiom[end] == idiom {
            let token = tokens.tokens[end]
            removeWords(token, tokens, tables.hasher)
            if token.kind == .word || token.kind == .hashtag { removeCharacters(tokens.form(token), tables.hasher.configuration, kernels) }
            end &+= 1
        }
        let hash = tables.hasher.idiom(first..<end, tokens)
        if tables.hasher.configuration.wordOrder > 0 { added.append(tables.hasher.row(hash)) }
        sequence.append(hash, &added)
        return end
    }

    /// Adds and takes away the rows of a group.
    private mutating func move(_ table: RowTable, _ sums: UnsafeMutablePointer<Int32>, _ kernels: UnsafePointer<attune_kernels>) {
        table.add(added.buffer, sums, kernels)
        guard !removed.isEmpty else { return }
        taken.removeAll()
        taken.append(0, times: table.lanes)
        table.add(removed.buffer, taken.base, kernels)
        for lane in 0..<table.lanes { sums[lane] &-= taken.base[lane] }
    }
}

/// Makes pairs and triples out of units that come one after the other.
private struct UnitSequence {
    private let order: Int
    private let mask: UInt64
    /// The intents' table is small enough to be near.
    private let main: RowTable
    private var count = 0
    private var last: UInt64 = 0
    private var beforeLast: UInt64 = 0

    init(_ tables: borrowing WordTables) {
        order = tables.hasher.configuration.wordOrder
        mask = tables.hasher.mask
        main = tables.mainRows
    }

    @inline(__always)
    mutating func append(_ unit: UInt64, _ rows: inout Column<UInt32>) {
        if order > 1, count > 0 {
            let pair = StableHash.pair(last, unit)
            let row = UInt32(truncatingIfNeeded: pair & mask)
            main.prefetch(row)
            rows.append(row)
            if order > 2, count > 1 { rows.append(UInt32(truncatingIfNeeded: StableHash.pair(beforeLast, pair) & mask)) }
        }
        beforeLast = last
        last = unit
        count &+= 1
    }

    /// Appends units as long as no rule has marked them: that is nearly all of most texts. Returns the token it stops at.
    /// - Parameter rows: has room for a pair of every token.
    @inline(__always)
    mutating func appendPlain(
        _ start: Int, _ end: Int, _ facts: UnsafePointer<WordFacts>, _ reading: borrowing LexicalReading, _ rows: inout Column<UInt32>
    ) -> Int {
        guard order == 2 else { return start }
        let (idioms, negated) = (reading.idiom.base, reading.negated.base)
        var (unit, index) = (last, start)
        if count == 0 {
            while index < end, idioms[index] == 0, !negated[index], !facts[index].flags.contains(.isUnit) { index &+= 1 }
            guard index < end, idioms[index] == 0, !negated[index] else { return index }
            unit = facts[index].plain
            index &+= 1
            count = 1
        }
        var out = rows.base + rows.count
        while index < end, idioms[index] == 0, !negated[index] {
            if facts[index].flags.contains(.isUnit) {
                let pair = StableHash.pair(unit, facts[index].plain)
                unit = facts[index].plain
                let row = UInt32(truncatingIfNeeded: pair & mask)
                main.prefetch(row)
                out.initialize(to: row)
                out += 1
            }
            index &+= 1
        }
        rows.setCount(out - rows.base)
        last = unit
        return index
    }
}
