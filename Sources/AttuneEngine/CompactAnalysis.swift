/// What the engine says of one text, with labels as numbers and no memory of its own: the hot path's form of an `Analysis`.
///
/// Lists are filled from the front; what stands behind a list's count is left over from another text.
public struct CompactAnalysis: BitwiseCopyable, Sendable {
    /// A label's number in its list of `AnalysisLabels`, and its probability.
    public struct Score: BitwiseCopyable, Sendable {
        public var label: UInt8
        /// 1…5 for emotions, else 0.
        public var intensity: UInt8
        public var value: Double

        public init(label: Int, value: Double, intensity: Int = 0) {
            self.label = UInt8(truncatingIfNeeded: label)
            self.intensity = UInt8(truncatingIfNeeded: intensity)
            self.value = value
        }
    }

    public enum SkipReason: UInt8, BitwiseCopyable, Sendable {
        case nothing, tooLong, empty, binary
    }

    static let emotionLabels = 12

    /// Nothing tells the language.
    public static let unknownLanguage: Int16 = -1
    /// The caller's own word for it.
    public static let hintedLanguage: Int16 = -2

    /// A number of `AnalysisLabels.languages`, or one of the two above.
    public var language = Self.unknownLanguage
    /// 0…1.
    public var languageConfidence = 0.0
    public var label = Sentiment.Label.neutral
    /// −1…1, a whole number of millionths.
    public var valence = 0.0
    public var confidence = 1.0 / 3
    public var negative = 1.0 / 3
    public var neutral = 1.0 / 3
    public var positive = 1.0 / 3
    public var urgency = 0.0
    public var toxicity = 0.0
    /// −5…5; NaN when the text does not speak of it.
    public var effort = Double.nan
    /// Emotions above their threshold, strongest first.
    public var emotions = InlineArray<12, Score>(repeating: Score(label: 0, value: 0))
    public var emotionCount = 0
    /// Intents, most likely first; the likeliest alone when none is above its threshold, which may be `out-of-scope`.
    public var intents = InlineArray<24, Score>(repeating: Score(label: 0, value: 0))
    public var intentCount = 0
    /// Topics, most evident first.
    public var topics = InlineArray<32, Score>(repeating: Score(label: 0, value: 0))
    public var topicCount = 0
    /// Sensitive subjects in the order they were met.
    public var sensitive = InlineArray<16, UInt8>(repeating: 0)
    public var sensitiveCount = 0
    public var skipReason = SkipReason.nothing
    /// What was not read.
    public var skipped = Span(0, 0)

    public init() {}
}

/// The labels that a `CompactAnalysis` counts.
public struct AnalysisLabels: Hashable, Sendable {
    /// BCP 47 codes.
    public let languages: [String]
    public let emotions = Emotion.allCases.map(\.rawValue)
    public let intents = PackLabels.intents
    public let topics = LexiconEntry.Kind.topic.labels
    public let sensitive = LexiconEntry.Kind.sensitive.labels

    init(languages: [String]) { self.languages = languages }
}

extension Analysis {
    /// Spells an analysis out.
    /// - Parameter hint: the language the caller gave.
    public init(_ compact: CompactAnalysis, labels: AnalysisLabels, hint: String?, receipt: Receipt? = nil) {
        self.init(
            language: Self.language(compact, labels, hint),
            sentiment: Sentiment(
                label: compact.label, valence: compact.valence, confidence: compact.confidence, negative: compact.negative,
                neutral: compact.neutral, positive: compact.positive),
            emotions: (0..<compact.emotionCount).map { index in
                let score = compact.emotions[index]
                return EmotionScore(emotion: Emotion.allCases[Int(score.label)], score: score.value, intensity: Int(score.intensity))
            },
            intents: (0..<compact.intentCount).map { Self.score(compact.intents[$0], labels.intents) },
            topics: (0..<compact.topicCount).map { Self.score(compact.topics[$0], labels.topics) },
            urgency: compact.urgency, effort: compact.effort.isNaN ? nil : compact.effort, toxicity: compact.toxicity,
            sensitive: (0..<compact.sensitiveCount).map { labels.sensitive[Int(compact.sensitive[$0])] },
            skipped: compact.skipReason == .nothing ? nil : Skipped(reason: compact.skipReason.name, span: compact.skipped),
            receipt: receipt)
    }

    private static func language(_ compact: CompactAnalysis, _ labels: AnalysisLabels, _ hint: String?) -> LanguageGuess? {
        switch compact.language {
        case CompactAnalysis.unknownLanguage: nil
        case CompactAnalysis.hintedLanguage:
            hint.flatMap(LanguageTag.normalized).map { LanguageGuess(code: $0, confidence: compact.languageConfidence) }
        default: LanguageGuess(code: labels.languages[Int(compact.language)], confidence: compact.languageConfidence)
        }
    }

    private static func score(_ score: CompactAnalysis.Score, _ labels: [String]) -> LabelScore {
        LabelScore(label: labels[Int(score.label)], confidence: score.value)
    }
}

extension CompactAnalysis.SkipReason {
    /// As users read it.
    public var name: String {
        switch self {
        case .nothing: ""
        case .tooLong: "too-long"
        case .empty: "empty"
        case .binary: "binary"
        }
    }
}
