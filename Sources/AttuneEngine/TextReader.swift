/// The first half of the straight line: bytes → tokens → language → lexicon reading. Scoring and training both go through it, so that a
/// head sees in use exactly what it saw when it learned.
public struct TextReader: Sendable {
    public let lexicon: Lexicon
    public let identifier: LanguageIdentifier?
    let tokenizer: Tokenizer
    let valence: ValenceModel
    private let masks: [String: LanguageMask]

    /// Below this confidence the text may be in another language: the lexicons of all count.
    static let sureOfLanguage = 0.6

    /// Working memory of one thread, used again for the next text.
    public struct Scratch {
        var tokenizer = TokenizerScratch()
        public internal(set) var tokens = TokenBuffer()
        public internal(set) var reading = LexicalReading()
        var links = Column<WordLink>()
        var spelling: [UInt8] = []
        var language = LanguageIdentifier.Scratch()
        public init() {}
    }

    /// - Parameter limit: bytes of a text that are read.
    public init(lexicon: Lexicon, identifier: LanguageIdentifier?, limit: Int = 1 << 20) {
        self.lexicon = lexicon
        self.identifier = identifier
        tokenizer = Tokenizer(limit: limit)
        valence = ValenceModel(lexicon: lexicon)
        var masks: [String: LanguageMask] = [:]
        for code in (identifier?.heads.labels ?? []) + lexicon.languages { masks[code] = lexicon.mask(for: code) }
        self.masks = masks
    }

    /// Fills the scratch's tokens and reading.
    /// - Parameters:
    ///   - languageHint: BCP 47, believed when given.
    ///   - explain: whether the reading keeps the steps of its rules.
    /// - Returns: the language, or nil when nothing tells it.
    public func read(
        _ text: UnsafeBufferPointer<UInt8>, languageHint: String? = nil, explain: Bool = false, scratch: inout Scratch
    ) -> LanguageGuess? {
        tokenizer.tokenize(text, scratch: &scratch.tokenizer, into: &scratch.tokens)
        let guess = languageHint.map { LanguageGuess(code: $0, confidence: 1) } ?? identifier?.identify(scratch.tokens, scratch: &scratch.language)
        let automaton = lexicon.automaton.view
        scratch.links.removeAll()
        for token in scratch.tokens.tokens {
            scratch.links.append(WordLink(token, scratch.tokens.form(token), automaton, &scratch.spelling))
        }
        var languages = LanguageMask.all
        if let guess, guess.confidence >= Self.sureOfLanguage { languages = mask(guess.code) }
        valence.read(scratch.tokens, links: WordLinks(scratch.links), languages: languages, explain: explain, into: &scratch.reading)
        return guess
    }

    /// The entries that count in a language.
    func mask(_ code: String) -> LanguageMask { masks[code] ?? lexicon.mask(for: code) }
}
