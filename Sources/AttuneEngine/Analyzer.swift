/// Bytes in, `Analysis` out: the engine's façade.
///
/// Total (any bytes give an answer), deterministic (same text, engine version and pack: same answer on every machine) and free of state:
/// what it needs from call to call is the caller's scratch.
public struct Analyzer: Sendable {
    /// Of the engine's answers: it changes when the same pack would answer differently.
    public static let version = "0.1.0"

    public let pack: Pack
    let reader: TextReader
    let main: LinearHeads
    let intents: LinearHeads?
    private let mainHasher: FeatureHasher
    private let intentHasher: FeatureHasher?
    /// Whether the intents' rows are the main rows with fewer bits, so that one hashing serves both.
    private let sharesRows: Bool

    /// - Parameter limit: bytes of a text that are read; the rest is told as skipped.
    public init(pack: Pack, limit: Int = 1 << 20) {
        self.pack = pack
        reader = TextReader(lexicon: pack.lexicon, identifier: pack.languageIdentifier, limit: limit)
        let main = pack.model?.group(PackLabels.mainGroup).flatMap { $0.labels == PackLabels.main ? $0 : nil } ?? .lexiconOnly
        let intents = pack.model?.group(PackLabels.intentGroup).flatMap { $0.labels == PackLabels.intents ? $0 : nil }
        self.main = main
        self.intents = intents
        mainHasher = FeatureHasher(configuration: main.configuration)
        intentHasher = intents.map { FeatureHasher(configuration: $0.configuration) }
        sharesRows = intents?.configuration.isNarrower(than: main.configuration) ?? false
    }

    /// The pack's hash as 16 hexadecimal digits.
    public var packHash: String {
        let digits = String(pack.hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Analyzes a text.
    /// - Parameters:
    ///   - text: UTF-8 as received; any bytes are allowed.
    ///   - explain: whether to fill `receipt`.
    ///   - languageHint: BCP 47, believed when given.
    ///   - scratch: one per thread, used again for every text.
    public func analyze(
        _ text: UnsafeBufferPointer<UInt8>, explain: Bool = false, languageHint: String? = nil, scratch: inout AnalyzerScratch
    ) -> Analysis {
        let language = reader.read(text, languageHint: languageHint, explain: explain, scratch: &scratch.text)
        let tokens = scratch.text.tokens
        guard !tokens.tokens.isEmpty else { return silent(text, language, explain) }
        mainHasher.hash(tokens, scratch.text.reading, origins: explain, into: &scratch.features)
        main.score(scratch.features, dense: scratch.text.reading.dense, scratch: &scratch.main)
        if let intents, let intentHasher {
            if sharesRows {
                scratch.intentFeatures.narrow(scratch.features, rowCount: intents.configuration.rowCount)
            } else {
                intentHasher.hash(tokens, scratch.text.reading, origins: explain, into: &scratch.intentFeatures)
            }
            intents.score(scratch.intentFeatures, dense: scratch.text.reading.dense, scratch: &scratch.intents)
        }
        let understood = isUnderstood(tokens, scratch.text.reading, language)
        // What nobody understands asks for nothing: only phrases may then name an intent.
        let heard = understood && tokens.tokens.contains { $0.kind == .word || $0.kind == .hashtag } ? scratch.intents.logOdds : []
        let labels = LabelRules(analyzer: self, reading: scratch.text.reading, main: scratch.main.logOdds, intents: heard)
        let sentiment = labels.sentiment(isUnderstood: understood)
        var analysis = Analysis(
            language: language, sentiment: sentiment.answer, emotions: labels.emotions(), intents: labels.intentScores(),
            topics: labels.topics(), urgency: labels.urgency(), effort: labels.effort(), toxicity: labels.toxicity(),
            sensitive: labels.sensitive(), skipped: skipped(tokens), receipt: nil)
        if explain { analysis.receipt = ReceiptWriter(analyzer: self, labels: labels, scratch: scratch, link: sentiment.link).receipt(analysis) }
        return analysis
    }

    /// The same for a `String`; makes its own scratch.
    public func analyze(_ text: String, explain: Bool = false, languageHint: String? = nil) -> Analysis {
        var scratch = AnalyzerScratch()
        var copy = text
        return copy.withUTF8 { analyze($0, explain: explain, languageHint: languageHint, scratch: &scratch) }
    }

    /// The label without `mixed`: for comparing with data that has three labels only.
    public func polarity(of sentiment: Sentiment) -> Sentiment.Label {
        guard sentiment.label == .mixed else { return sentiment.label }
        return sentiment.negative > sentiment.positive ? .negative : .positive
    }

    /// Whether anything in the text can be understood: a language, a lexicon entry, or no words at all (emoji speak for themselves).
    private func isUnderstood(_ tokens: TokenBuffer, _ reading: LexicalReading, _ language: LanguageGuess?) -> Bool {
        if language != nil || !reading.valence.isEmpty || reader.identifier == nil { return true }
        return !tokens.tokens.contains { $0.kind == .word || $0.kind == .hashtag || $0.kind == .number }
    }

    /// The answer for a text without tokens: nothing in it, or nothing that is text.
    private func silent(_ text: UnsafeBufferPointer<UInt8>, _ language: LanguageGuess?, _ explain: Bool) -> Analysis {
        let sentiment = Sentiment(label: .neutral, valence: 0, confidence: 1 / 3, negative: 1 / 3, neutral: 1 / 3, positive: 1 / 3)
        let receipt = Receipt(accounts: [.init(head: "sentiment.valence", unit: .valence, millionths: 0, contributions: [])])
        let reason = text.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) } ? "empty" : "binary"
        return Analysis(
            language: language, sentiment: sentiment, emotions: [], intents: [.init(label: Analysis.outOfScope, confidence: 1)], topics: [],
            urgency: 0, effort: nil, toxicity: 0, sensitive: [], skipped: Skipped(reason: reason, span: Span(0, text.count)),
            receipt: explain ? receipt : nil)
    }

    private func skipped(_ tokens: TokenBuffer) -> Skipped? {
        guard tokens.scannedCount < tokens.textCount else { return nil }
        return Skipped(reason: "too-long", span: Span(tokens.scannedCount, tokens.textCount))
    }
}

/// Working memory of one thread's analyses. Grows to the longest text seen.
public struct AnalyzerScratch {
    public internal(set) var text = TextReader.Scratch()
    var features = FeatureBuffer()
    var intentFeatures = FeatureBuffer()
    var main = HeadScratch()
    var intents = HeadScratch()
    public init() {}
}
