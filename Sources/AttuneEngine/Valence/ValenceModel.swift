/// The lexicons' reading of a text, after the rules.
public struct ValenceModel: Sendable {
    public let lexicon: Lexicon

    public init(lexicon: Lexicon) {
        self.lexicon = lexicon
    }

    /// Fills `reading` with what the lexicons say of `tokens`. Linear in the text, for any tokens.
    ///
    /// - Parameters:
    ///   - text: the bytes the tokens were made of.
    ///   - languages: whose entries count, see `Lexicon.mask(for:)`.
    ///   - explain: whether every hit's steps are recorded: then `base + Σ steps.delta == value`, added in order as `Float`.
    public func read(
        _ tokens: TokenBuffer, text: UnsafeBufferPointer<UInt8>, languages: LanguageMask = .all, explain: Bool = false,
        into reading: inout LexicalReading
    ) {
        reading.removeAll()
        let context = RuleContext(tokens: tokens, lexicon: lexicon, languages: languages, explain: explain)
        // The order of the rules. Each sees what the ones above it have done.
        HitFinder.find(context, &reading)
        Idiom.hideParts(context, &reading)
        Sentences.split(context, &reading)
        Negation.apply(context, &reading)
        Intensifier.apply(context, &reading)
        Contrast.apply(context, &reading)
        Conditional.apply(context, &reading)
        Emphasis.apply(context, &reading)
        Emoji.apply(context, &reading)
        Labels.apply(context, &reading)
        DenseFeatures.fill(context, &reading)
    }
}

/// What every rule may look at.
struct RuleContext {
    let tokens: TokenBuffer
    let lexicon: Lexicon
    let languages: LanguageMask
    let explain: Bool

    @inline(__always)
    var count: Int { tokens.tokens.count }

    @inline(__always)
    func token(_ index: Int) -> Token { tokens.tokens[index] }

    func span(_ range: Range<Int>) -> Span {
        token(range.lowerBound).span.union(token(range.upperBound - 1).span)
    }

    /// Multiplies a hit and records the step.
    @inline(__always)
    func scale(_ hit: Int, by factor: Float, _ rule: LexicalReading.Rule, at trigger: Range<Int>, _ reading: inout LexicalReading) {
        let value = reading.valence[hit].value
        let delta = value * factor - value
        guard delta != 0 else { return }
        // The value is what the recorded delta makes of it, so that a receipt can be added up again exactly.
        reading.valence[hit].value = value + delta
        if explain { reading.valence[hit].steps.append(LexicalReading.Step(rule: rule, span: span(trigger), delta: delta)) }
    }

    /// A mark that ends a clause: what stands behind it is said of something else.
    @inline(__always)
    func endsClause(_ index: Int) -> Bool {
        let token = token(index)
        guard token.kind == .punctuation, token.foldedCount == 1 else { return false }
        switch tokens.folded[Int(token.foldedStart)] {
        case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"),
            UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "-"), 0x0A:
            return true
        default: return false
        }
    }

    @inline(__always)
    func isMark(_ index: Int, _ byte: UInt8) -> Bool {
        let token = token(index)
        return token.kind == .punctuation && token.foldedCount == 1 && tokens.folded[Int(token.foldedStart)] == byte
    }
}
