import CKernels

/// Bytes in, `Analysis` out: the engine's façade.
///
/// Total (any bytes give an answer), deterministic (same text, engine version and pack: same answer on every machine) and free of state:
/// what it needs from call to call is the caller's scratch. A class, because a value of this size would be copied at every call.
public final class Analyzer: Sendable {
    /// Of the engine's answers: it changes when the same pack would answer differently.
    public static let version = "0.1.0"

    public let pack: Pack
    public let labels: AnalysisLabels
    let reader: TextReader
    let tables: WordTables
    private let thresholds: HeadThresholds
    private let mainArithmetic: HeadArithmetic
    private let intentArithmetic: HeadArithmetic?
    let outline: OutlineHeads?
    private let languages: LanguageLanes
    private let identifiesLanguages: Bool
    /// The lexicon's languages that count, for each of `labels.languages`.
    private let masks: [LanguageMask]

    /// - Parameter limit: bytes of a text that are read; the rest is told as skipped.
    public init(pack: Pack, limit: Int = 1 << 20) {
        self.pack = pack
        let identifier = pack.languageIdentifier
        reader = TextReader(lexicon: pack.lexicon, identifier: identifier, limit: limit)
        labels = AnalysisLabels(languages: (identifier?.heads.labels ?? []) + LanguageIdentifier.decidedByScript.sorted())
        let main = pack.model?.group(PackLabels.mainGroup).flatMap { $0.labels == PackLabels.main ? $0 : nil } ?? .lexiconOnly
        // One hashing serves both groups: the intents' rows are the main rows with fewer bits.
        let intents = pack.model?.group(PackLabels.intentGroup).flatMap { group in
            group.labels == PackLabels.intents && group.configuration.isNarrower(than: main.configuration) ? group : nil
        }
        tables = WordTables(packHash: pack.hash, main: main, intents: intents, languages: identifier?.heads, lexicon: pack.lexicon)
        thresholds = HeadThresholds(main: main, intents: intents, confidence: IntentConfidence(pack.model))
        mainArithmetic = HeadArithmetic(main)
        intentArithmetic = intents.map { HeadArithmetic($0) }
        outline = OutlineHeads(pack.model?.group(PackLabels.outlineGroup))
        let labels = labels
        languages = LanguageLanes(identifier, labels: labels)
        identifiesLanguages = identifier != nil
        let reader = reader
        masks = labels.languages.map(reader.mask)
    }

    /// The pack's hash as 16 hexadecimal digits.
    public var packHash: String {
        let digits = String(pack.hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Scores a text into `scratch.result`, without any memory of its own once the scratch has grown to the longest text.
    /// - Parameters:
    ///   - text: UTF-8 as received; any bytes are allowed.
    ///   - languageHint: the language as somebody tells it, believed when `LanguageTag` knows it.
    ///   - scratch: one per thread, used again for every text.
    public func score(_ text: UnsafeBufferPointer<UInt8>, languageHint: String? = nil, scratch: inout AnalyzerScratch) {
        _ = score(text, languageHint, explain: false, &scratch)
    }

    /// Analyzes a text.
    /// - Parameters:
    ///   - explain: whether to fill `receipt`.
    /// (The others are those of `score`.)
    public func analyze(
        _ text: UnsafeBufferPointer<UInt8>, explain: Bool = false, languageHint: String? = nil, scratch: inout AnalyzerScratch
    ) -> Analysis {
        let link = score(text, languageHint, explain: explain, &scratch)
        var analysis = Analysis(scratch.result, labels: labels, hint: languageHint)
        if explain { analysis.receipt = receipt(analysis, link, &scratch) }
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

    /// The straight line: tokens → words summed up → language → lexicon and rules → what depends on neighbours → labels.
    /// - Returns: how the valence came about; nil for a text without tokens.
    @inline(__always)
    private func score(
        _ text: UnsafeBufferPointer<UInt8>, _ hint: String?, explain: Bool, _ scratch: inout AnalyzerScratch
    ) -> LabelRules.ValenceLink? {
        reader.tokenizer.tokenize(text, scratch: &scratch.tokenizer, into: &scratch.tokens)
        guard !scratch.tokens.tokens.isEmpty else {
            silent(text, hint, isRedacted: scratch.tokens.isRedacted, &scratch.result)
            return nil
        }
        let kernels = scratch.tokenizer.kernels
        scratch.words.read(scratch.tokens, tables, kernels)
        let mask = identify(hint, &scratch)
        reader.valence.read(scratch.tokens, links: WordLinks(scratch.words.facts), languages: mask, explain: explain, into: &scratch.reading)
        let sums = scratch.words.sums.base
        let marks = scratch.reading.marks
        let count = scratch.words.mainCount &+ scratch.context.apply(scratch.tokens, marks, scratch.words.facts.base, sums, tables, kernels)
        let dense = scratch.odds.features(scratch.reading.dense)
        mainArithmetic.logOdds(sums, featureCount: count, dense: scratch.odds.dense, dense, into: scratch.odds.main, kernels)
        outline?.add(scratch.reading.outline, to: &scratch.odds.main[PackLabels.negative], &scratch.odds.main[PackLabels.positive])
        intentArithmetic?.logOdds(
            sums + tables.intentLane, featureCount: count, dense: scratch.odds.dense, dense, into: scratch.odds.intents, kernels)
        return label(&scratch)
    }

    /// Says which language the text is in, and whose entries of the lexicon count then.
    @inline(__always)
    private func identify(_ hint: String?, _ scratch: inout AnalyzerScratch) -> LanguageMask {
        scratch.result.language = CompactAnalysis.unknownLanguage
        scratch.result.languageConfidence = 0
        if let tag = hint.flatMap(LanguageTag.normalized) {
            scratch.result.language = CompactAnalysis.hintedLanguage
            scratch.result.languageConfidence = 1
            return reader.mask(tag)
        }
        guard identifiesLanguages else { return .all }
        (scratch.result.language, scratch.result.languageConfidence) = languages.language(
            scratch.words.scripts, sums: scratch.words.sums.base + tables.languageLane, count: scratch.words.languageCount,
            values: scratch.odds.languages, scratch.tokenizer.kernels)
        return scratch.result.languageConfidence >= TextReader.sureOfLanguage ? masks[Int(scratch.result.language)] : .all
    }

    @inline(__always)
    private func label(_ scratch: inout AnalyzerScratch) -> LabelRules.ValenceLink {
        let understood = isUnderstood(scratch.result.language, scratch.tokens.tokens, scratch.reading.valence)
        let labels = labelRules(scratch.tokens.tokens, scratch.reading, scratch.odds, isUnderstood: understood)
        labels.exponentiate(scratch.tokenizer.kernels)
        let link = labels.sentiment(isUnderstood: understood, into: &scratch.result)
        labels.emotions(into: &scratch.result)
        labels.intents(into: &scratch.result)
        labels.subjects(into: &scratch.result)
        scratch.result.urgency = labels.urgency()
        scratch.result.effort = labels.effort()
        scratch.result.toxicity = labels.toxicity()
        scratch.result.skipReason = .nothing
        if scratch.tokens.scannedCount < scratch.tokens.textCount {
            scratch.result.skipReason = .tooLong
            scratch.result.skipped = Span(scratch.tokens.scannedCount, scratch.tokens.textCount)
        }
        return link
    }

    // What follows takes the parts it needs: a scratch that is being written would be copied for it.

    @inline(__always)
    private func labelRules(
        _ tokens: Column<Token>, _ reading: borrowing LexicalReading, _ odds: HeadOdds, isUnderstood: Bool
    ) -> LabelRules {
        // What nobody understands asks for nothing: only phrases may then name an intent.
        let isHeard = isUnderstood && intentArithmetic != nil && tokens.contains { $0.kind == .word || $0.kind == .hashtag }
        return LabelRules(
            thresholds: thresholds.view, compact: tables.automaton.compact, valence: reading.valence.buffer, labelled: reading.labelled.buffer,
            dense: UnsafePointer(reading.dense.base), main: UnsafePointer(odds.main), intents: isHeard ? UnsafePointer(odds.intents) : nil,
            lexicon: odds.lexicon, exponentials: odds.exponentials)
    }

    /// Whether anything in the text can be understood: a language, a lexicon entry, or no words at all (emoji speak for themselves).
    @inline(__always)
    private func isUnderstood(_ language: Int16, _ tokens: Column<Token>, _ valence: Column<LexicalReading.Hit>) -> Bool {
        if language != CompactAnalysis.unknownLanguage || !valence.isEmpty || !identifiesLanguages { return true }
        return !tokens.contains { $0.kind == .word || $0.kind == .hashtag || $0.kind == .number }
    }

    /// The answer for a text without tokens: nothing in it, or nothing that is text.
    private func silent(_ text: UnsafeBufferPointer<UInt8>, _ hint: String?, isRedacted: Bool, _ result: inout CompactAnalysis) {
        result = CompactAnalysis()
        if hint.flatMap(LanguageTag.normalized) != nil {
            result.language = CompactAnalysis.hintedLanguage
            result.languageConfidence = 1
        }
        result.intents[0] = .init(label: labels.intents.count - 1, value: 1)
        result.intentCount = 1
        result.skipReason = isRedacted || text.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) } ? .empty : .binary
        result.skipped = Span(0, text.count)
    }

    /// The receipt of the text that was scored last: its n-grams are hashed again, this time with where they stand.
    private func receipt(_ analysis: Analysis, _ link: LabelRules.ValenceLink?, _ scratch: inout AnalyzerScratch) -> Receipt {
        guard let link else {
            return Receipt(accounts: [.init(head: "sentiment.valence", unit: .valence, millionths: 0, contributions: [])])
        }
        let rules = labelRules(&scratch)
        return ReceiptWriter(analyzer: self, labels: rules, scratch: scratch, link: link).receipt(analysis)
    }

    /// The rules of the text that was scored last; it must have tokens.
    func labelRules(_ scratch: inout AnalyzerScratch) -> LabelRules {
        let understood = isUnderstood(scratch.result.language, scratch.tokens.tokens, scratch.reading.valence)
        return labelRules(scratch.tokens.tokens, scratch.reading, scratch.odds, isUnderstood: understood)
    }
}
