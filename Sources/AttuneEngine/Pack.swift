/// What the engine knows: the lexicons, and the trained heads where a model is given.
public struct Pack: Sendable {
    public let lexicon: Lexicon
    public let model: ModelFile?
    /// Names lexicons and model together: results of the same hash and engine version are the same bytes.
    public let hash: UInt64

    /// - Parameter model: nil scores by the lexicons alone.
    public init(lexicon: Lexicon, model: ModelFile?) {
        self.lexicon = lexicon
        self.model = model
        hash = model.map { StableHash.pair(lexicon.hash, $0.hash) } ?? lexicon.hash
    }

    /// The language head of the model, if it has one.
    public var languageIdentifier: LanguageIdentifier? {
        model?.group(PackLabels.languageGroup).map { LanguageIdentifier(heads: $0) }
    }
}
