/// The lexicons' reading of a text, after the rules.
public struct ValenceModel: Sendable {
    public let lexicon: Lexicon
    /// The lexicon's tables, which live as long as it does.
    private let automaton: PhraseAutomaton.View

    public init(lexicon: Lexicon) {
        self.lexicon = lexicon
        automaton = lexicon.automaton.view
    }

    /// Fills `reading` with what the lexicons say of `tokens`. Linear in the text, for any tokens.
    ///
    /// - Parameters:
    ///   - links: what the lexicon's tables say of each token.
    ///   - languages: whose entries count, see `Lexicon.mask(for:)`.
    ///   - explain: whether every hit's steps are recorded: then `base + Σ steps.delta == value`, added in order as `Float`.
    func read(
        _ tokens: TokenBuffer, links: WordLinks, languages: LanguageMask = .all, explain: Bool = false,
        into reading: inout LexicalReading
    ) {
        reading.removeAll()
        let context = RuleContext(
            tokens: tokens, links: links, automaton: automaton, languages: languages, undoing: lexicon.undoing, explain: explain)
        Self.applyRules(context, &reading)
    }

    /// The order of the rules. Each sees what the ones above it have done.
    private static func applyRules(_ context: RuleContext, _ reading: inout LexicalReading) {
        reading.notes.counts = TokenCounts(context.tokens, ends: &reading.notes.ends)
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
        TextOutline.fill(context, &reading)
    }
}
