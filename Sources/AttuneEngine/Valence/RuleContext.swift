/// What every rule may look at: views of the tokens and the lexicon, valid while one text is read.
struct RuleContext {
    let tokens: UnsafeBufferPointer<Token>
    private let forms: TokenBuffer.Forms
    let links: WordLinks
    let automaton: PhraseAutomaton.View
    let languages: LanguageMask
    /// See `Lexicon.undoing`.
    let undoing: UInt64
    let explain: Bool

    init(
        tokens: TokenBuffer, links: WordLinks, automaton: PhraseAutomaton.View, languages: LanguageMask, undoing: UInt64,
        explain: Bool
    ) {
        self.tokens = tokens.tokens.buffer
        forms = tokens.forms
        self.links = links
        self.automaton = automaton
        self.languages = languages
        self.undoing = undoing
        self.explain = explain
    }

    @inline(__always)
    var count: Int { tokens.count }

    @inline(__always)
    func token(_ index: Int) -> Token { tokens[index] }

    @inline(__always)
    func form(_ token: Token) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: forms.start(token), count: Int(token.foldedCount))
    }

    @inline(__always)
    func entry(_ index: Int32) -> CompactEntry { automaton.compact[Int(index)] }

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
        if explain { reading.steps.append(LexicalReading.Step(hit: Int32(hit), rule: rule, span: span(trigger), delta: delta)) }
    }

    /// A mark that ends a clause: what stands behind it is said of something else.
    @inline(__always)
    func endsClause(_ index: Int) -> Bool {
        let token = token(index)
        guard token.kind == .punctuation, token.foldedCount == 1 else { return false }
        switch forms.start(token).pointee {
        case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"),
            UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "-"), 0x0A:
            return true
        default: return false
        }
    }

    @inline(__always)
    func isMark(_ index: Int, _ byte: UInt8) -> Bool {
        let token = token(index)
        return token.kind == .punctuation && token.foldedCount == 1 && forms.start(token).pointee == byte
    }
}
