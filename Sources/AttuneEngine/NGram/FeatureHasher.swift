import CKernels

/// Turns tokens into the rows of a weight table: words 1–3, idioms as one word, characters inside a word, symbols, pairs of words.
///
/// A word in the scope of a negator is another word than the same one outside. Character n-grams never cross a word's ends and do
/// not see the negation, so what they add up to depends on the word alone and can be kept by word.
public struct FeatureHasher: Sendable {
    public let configuration: FeatureConfiguration
    let mask: UInt64

    private enum Seed {
        static let word: UInt64 = 0x01
        static let negated: UInt64 = 0x02
        static let idiom: UInt64 = 0x03
        static let symbol: UInt64 = 0x05
        static let repeated: UInt64 = 0x06
    }

    public init(configuration: FeatureConfiguration) {
        self.configuration = configuration
        mask = UInt64(configuration.hashCount &- 1)
    }

    /// Fills `buffer` with the rows of a text.
    /// - Parameters:
    ///   - reading: `negated` and `idiom` per token; when they are shorter than the tokens, no token counts as marked.
    ///   - origins: whether to remember where every row came from (for receipts).
    public func hash(_ tokens: TokenBuffer, _ reading: LexicalReading, origins: Bool = false, into buffer: inout FeatureBuffer) {
        buffer.removeAll()
        var grams = CharacterNGrams()
        var index = 0
        while index < tokens.tokens.count { index = addUnit(at: index, tokens, reading, origins, &grams, &buffer) }
        addSequences(origins, &buffer)
        addPairs(tokens, origins, &buffer)
        if configuration.distinct { buffer.keepFirst() }
    }

    /// Adds the unit that begins at a token and returns the token behind it.
    private func addUnit(
        at index: Int, _ tokens: TokenBuffer, _ reading: LexicalReading, _ origins: Bool, _ grams: inout CharacterNGrams,
        _ buffer: inout FeatureBuffer
    ) -> Int {
        let token = tokens.tokens[index]
        let negated = index < reading.negated.count && reading.negated[index]
        let idiom = index < reading.idiom.count ? reading.idiom[index] : 0
        if idiom != 0 {
            var end = index + 1
            while end < tokens.tokens.count, end < reading.idiom.count, reading.idiom[end] == idiom { end += 1 }
            addIdiom(index..<end, tokens, origins, &buffer)
            return end
        }
        addToken(token, tokens.form(token), index, negated: negated, origins, &grams, &buffer)
        return index + 1
    }

    /// Adds the rows and the unit of a token that no idiom covers; they depend on nothing but what is given here.
    func addToken(
        _ token: Token, _ form: UnsafeBufferPointer<UInt8>, _ index: Int, negated: Bool, _ origins: Bool, _ grams: inout CharacterNGrams,
        _ buffer: inout FeatureBuffer
    ) {
        addWords(token, form, index, negated: negated, origins, &buffer)
        if token.kind == .word || token.kind == .hashtag { addCharacters(form, index, origins, &grams, &buffer) }
    }

    /// The same without the character n-grams.
    func addWords<Sink: FeatureSink>(
        _ token: Token, _ form: UnsafeBufferPointer<UInt8>, _ index: Int, negated: Bool, _ origins: Bool, _ buffer: inout Sink
    ) {
        switch token.kind {
        case .word, .hashtag:
            addWord(form, token, index, negated, origins, &buffer)
        case .number:
            addNumber(form, index, origins, &buffer)
        case .mention, .url:
            addUnit(StableHash.finish(StableHash.offset ^ UInt64(token.kind.rawValue)), index, false, origins, &buffer)
        case .emoji, .emoticon, .punctuation:
            guard configuration.symbols else { break }
            addUnit(StableHash.hash(form, seed: Seed.symbol), index, false, origins, &buffer)
            if token.repeats > 1 {
                addRow(StableHash.hash(form, seed: Seed.repeated), .word, index..<index + 1, false, origins, &buffer)
            }
        }
    }

    /// The hash of the idiom that these tokens make.
    func idiom(_ range: Range<Int>, _ tokens: TokenBuffer) -> UInt64 {
        var state = StableHash.offset ^ Seed.idiom
        for index in range {
            for byte in tokens.form(tokens.tokens[index]) { state = StableHash.extend(state, byte) }
            state = StableHash.extend(state, 0x20)
        }
        return StableHash.finish(state)
    }

    /// The hash of a word in the scope of a negator.
    func negated(_ form: UnsafeBufferPointer<UInt8>) -> UInt64 { StableHash.hash(form, seed: Seed.negated) }

    /// The row of a hash.
    @inline(__always)
    func row(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash & mask) }

    private func addUnit<Sink: FeatureSink>(_ hash: UInt64, _ index: Int, _ negated: Bool, _ origins: Bool, _ buffer: inout Sink) {
        buffer.append(unit: .init(hash: hash, tokens: index..<index + 1, negated: negated))
        if configuration.wordOrder > 0 { addRow(hash, .word, index..<index + 1, negated, origins, &buffer) }
    }

    private func addRow<Sink: FeatureSink>(
        _ hash: UInt64, _ kind: FeatureBuffer.Origin.Kind, _ tokens: Range<Int>, _ negated: Bool, _ origins: Bool, _ buffer: inout Sink
    ) {
        buffer.append(row: row(hash), kind, tokens, negated: negated, origins: origins)
    }

    private func addWord<Sink: FeatureSink>(
        _ form: UnsafeBufferPointer<UInt8>, _ token: Token, _ index: Int, _ negated: Bool, _ origins: Bool, _ buffer: inout Sink
    ) {
        let seed = negated ? Seed.negated : Seed.word
        addUnit(StableHash.hash(form, seed: seed), index, negated, origins, &buffer)
        if token.shape.contains(.elongated), configuration.wordOrder > 0 {
            // `soo` also counts as `so`: which of the two the writer meant is not known.
            var state = StableHash.offset ^ seed
            var previous: UInt8 = 0
            for byte in form where byte != previous || byte >= 0x80 {
                state = StableHash.extend(state, byte)
                previous = byte
            }
            addRow(StableHash.finish(state), .word, index..<index + 1, negated, origins, &buffer)
        }
    }

    /// Digits count alike: `19.99` is seen as `00.00`.
    private func addNumber<Sink: FeatureSink>(_ form: UnsafeBufferPointer<UInt8>, _ index: Int, _ origins: Bool, _ buffer: inout Sink) {
        var state = StableHash.offset ^ Seed.symbol
        for byte in form { state = StableHash.extend(state, byte &- 0x30 < 10 ? 0x30 : byte) }
        addUnit(StableHash.finish(state), index, false, origins, &buffer)
    }

    private func addIdiom(_ range: Range<Int>, _ tokens: TokenBuffer, _ origins: Bool, _ buffer: inout FeatureBuffer) {
        let hash = idiom(range, tokens)
        buffer.units.append(.init(hash: hash, tokens: range, negated: false))
        if configuration.wordOrder > 0 { addRow(hash, .idiom, range, false, origins, &buffer) }
    }

    private func addCharacters(
        _ form: UnsafeBufferPointer<UInt8>, _ index: Int, _ origins: Bool, _ grams: inout CharacterNGrams, _ buffer: inout FeatureBuffer
    ) {
        let first = buffer.rows.count
        grams.read(form, longest: configuration.maximumCharacters, attune_kernels_best())
        for hash in grams.counted(by: configuration) { buffer.rows.append(hash & UInt32(truncatingIfNeeded: mask)) }
        guard origins, buffer.rows.count > first else { return }
        buffer.origins.append(.init(kind: .characters, negated: false, rows: first..<buffer.rows.count, tokens: index..<index + 1))
    }

    /// Pairs and triples of units.
    private func addSequences(_ origins: Bool, _ buffer: inout FeatureBuffer) {
        guard configuration.wordOrder > 1, buffer.units.count > 1 else { return }
        for index in 1..<buffer.units.count {
            let (first, second) = (buffer.units[index - 1], buffer.units[index])
            let pair = StableHash.pair(first.hash, second.hash)
            let tokens = first.tokens.lowerBound..<second.tokens.upperBound
            addRow(pair, .bigram, tokens, second.negated, origins, &buffer)
            guard configuration.wordOrder > 2, index > 1 else { continue }
            let before = buffer.units[index - 2]
            addRow(StableHash.pair(before.hash, pair), .trigram, before.tokens.lowerBound..<tokens.upperBound, second.negated, origins, &buffer)
        }
    }
}
