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
    ///   - facts: one for each token.
    ///   - sums: `tables.grams.lanes` sums of the words as they stand alone.
    /// - Returns: how many n-grams have come in more than gone out.
    mutating func apply(
        _ tokens: borrowing TokenBuffer, _ marks: TokenMarks, _ facts: UnsafePointer<WordFacts>, _ sums: UnsafeMutablePointer<Int32>,
        _ tables: WordTables, _ kernels: UnsafePointer<attune_kernels>
    ) -> Int {
        added.removeAll()
        removed.removeAll()
        collect(tokens, marks, facts, tables, kernels)
        let count = added.count &- removed.count
        tables.grams.add(added.buffer, sums, kernels)
        if !removed.isEmpty { takeAway(tables.grams, sums, kernels) }
        return count
    }

    private mutating func collect(
        _ tokens: borrowing TokenBuffer, _ marks: TokenMarks, _ facts: UnsafePointer<WordFacts>, _ tables: WordTables,
        _ kernels: UnsafePointer<attune_kernels>
    ) {
        let count = tokens.tokens.count
        // A unit makes at most two rows of its own and two with those before it; the words of elongated ones and idioms are appended.
        added.reserve(4 &* count)
        var sequence = UnitSequence(tables)
        var index = 0
        while true {
            index = sequence.appendPlain(index, count, facts, marks, &added)
            guard index < count else { return }
            if marks.idiom[index] != 0 {
                index = replace(marks.idiom[index], index, tokens, marks, tables, &sequence, kernels)
                continue
            }
            let word = facts[index]
            if word.flags.contains(.isUnit) {
                sequence.append(marks.negated[index] ? negate(index, tokens, word.plain, tables.hasher) : word.plain, &added)
            }
            index &+= 1
        }
    }

    /// Takes a word's plain rows out and its negated ones in; returns its hash in a negator's scope.
    private mutating func negate(_ index: Int, _ tokens: borrowing TokenBuffer, _ plain: UInt64, _ hasher: FeatureHasher) -> UInt64 {
        let token = tokens.tokens[index]
        guard token.kind == .word || token.kind == .hashtag else { return plain }
        let negated = hasher.negated(tokens.form(token))
        guard negated != plain, hasher.configuration.wordOrder > 0 else { return negated }
        guard token.shape.contains(.elongated) else {
            removed.append(hasher.row(plain))
            added.append(hasher.row(negated))
            return negated
        }
        removeWords(token, tokens, hasher)
        words.removeAll()
        hasher.addWords(token, tokens.form(token), 0, negated: true, false, &words)
        for row in words.rows { added.append(row) }
        return negated
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
        _ idiom: Int32, _ first: Int, _ tokens: borrowing TokenBuffer, _ marks: TokenMarks, _ tables: WordTables,
        _ sequence: inout UnitSequence, _ kernels: UnsafePointer<attune_kernels>
    ) -> Int {
        var end = first
        while end < tokens.tokens.count, marks.idiom[end] == idiom {
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

    private mutating func takeAway(_ grams: GramTables, _ sums: UnsafeMutablePointer<Int32>, _ kernels: UnsafePointer<attune_kernels>) {
        taken.removeAll()
        taken.append(0, times: grams.lanes)
        grams.add(removed.buffer, taken.base, kernels)
        for lane in 0..<grams.lanes { sums[lane] &-= taken.base[lane] }
    }
}

/// What the rules have marked of a text's tokens: valid as long as the reading is not changed.
struct TokenMarks {
    /// See `LexicalReading`.
    let idiom: UnsafePointer<Int32>
    let negated: UnsafePointer<Bool>
    /// Whether any token is marked at all.
    let isAny: Bool
}

extension LexicalReading {
    @inline(__always)
    var marks: TokenMarks {
        TokenMarks(idiom: UnsafePointer(idiom.base), negated: UnsafePointer(negated.base), isAny: notes.isAnyMarked)
    }
}

/// Makes pairs and triples out of units that come one after the other.
private struct UnitSequence {
    private let order: Int
    private let grams: GramTables
    private var count = 0
    private var last: UInt64 = 0
    private var beforeLast: UInt64 = 0

    init(_ tables: WordTables) {
        order = tables.hasher.configuration.wordOrder
        grams = tables.grams
    }

    @inline(__always)
    mutating func append(_ unit: UInt64, _ rows: inout Column<UInt32>) {
        if order > 1, count > 0 {
            let pair = StableHash.pair(last, unit)
            let row = UInt32(truncatingIfNeeded: pair)
            withUnsafePointer(to: row) { grams.prefetch(UnsafeBufferPointer(start: $0, count: 1)) }
            rows.append(row)
            if order > 2, count > 1 { rows.append(UInt32(truncatingIfNeeded: StableHash.pair(beforeLast, pair))) }
        }
        beforeLast = last
        last = unit
        count &+= 1
    }

    /// Appends units as long as no rule has marked them: that is nearly all of most texts. Returns the token it stops at.
    /// - Parameter rows: has room for a pair of every token.
    @inline(__always)
    mutating func appendPlain(
        _ start: Int, _ end: Int, _ facts: UnsafePointer<WordFacts>, _ marks: TokenMarks, _ rows: inout Column<UInt32>
    ) -> Int {
        guard order == 2 else { return start }
        var (unit, index) = (last, start)
        let last = marks.isAny ? marks.next(start, end) : end
        if count == 0 {
            while index < last, !facts[index].flags.contains(.isUnit) { index &+= 1 }
            guard index < last else { return index }
            unit = facts[index].plain
            index &+= 1
            count = 1
        }
        rows.setCount(rows.count &+ grams.pairs(UnsafeRawPointer(facts + index), last &- index, &unit, rows.base + rows.count))
        self.last = unit
        return last
    }
}

extension TokenMarks {
    /// The first marked token from `start` on, or `end`.
    @inline(__always)
    fileprivate func next(_ start: Int, _ end: Int) -> Int {
        var index = start
        while index < end, idiom[index] == 0, !negated[index] { index &+= 1 }
        return index
    }
}
