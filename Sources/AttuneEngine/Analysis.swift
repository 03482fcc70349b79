/// What the engine says of one text.
public struct Analysis: Hashable, Sendable {
    /// Most likely language, or nil when the text gives no honest answer (empty, digits, gibberish).
    public var language: LanguageGuess?
    public var sentiment: Sentiment
    /// Emotions above their threshold, strongest first.
    public var emotions: [EmotionScore]
    /// Intents above their threshold, most likely first; `outOfScope` when none is.
    public var intents: [LabelScore]
    /// Topics, most evident first.
    public var topics: [LabelScore]
    /// 0…1: how soon the writer needs an answer.
    public var urgency: Double
    /// −5 (much effort for the customer) … 5 (effortless); nil when the text does not speak of it.
    public var effort: Double?
    /// 0…1.
    public var toxicity: Double
    /// Sensitive subjects the text touches (`health`, `finance-distress`, …); rules hold back on them.
    public var sensitive: [String]
    /// Why a part of the text was not read; nil when all of it was.
    public var skipped: Skipped?
    /// Filled only when asked for.
    public var receipt: Receipt?

    public init(
        language: LanguageGuess?, sentiment: Sentiment, emotions: [EmotionScore], intents: [LabelScore], topics: [LabelScore], urgency: Double,
        effort: Double?, toxicity: Double, sensitive: [String], skipped: Skipped?, receipt: Receipt?
    ) {
        self.language = language
        self.sentiment = sentiment
        self.emotions = emotions
        self.intents = intents
        self.topics = topics
        self.urgency = urgency
        self.effort = effort
        self.toxicity = toxicity
        self.sensitive = sensitive
        self.skipped = skipped
        self.receipt = receipt
    }

    /// The label that stands for "none of the intents we know".
    public static let outOfScope = "out-of-scope"
}

public struct LanguageGuess: Hashable, Sendable {
    /// BCP 47, e.g. `en`, `pt`, `hi-Latn`.
    public var code: String
    /// 0…1.
    public var confidence: Double
    public init(code: String, confidence: Double) {
        self.code = code
        self.confidence = confidence
    }
}

public struct Sentiment: Hashable, Sendable {
    public enum Label: String, BitwiseCopyable, Sendable, CaseIterable {
        case negative, neutral, positive, mixed
    }

    public var label: Label
    /// −1…1; the receipt's contributions sum to it exactly.
    public var valence: Double
    /// Calibrated probability that `label` is right, 0…1.
    public var confidence: Double
    /// Probabilities of negative, neutral, positive; they sum to 1.
    public var negative: Double
    public var neutral: Double
    public var positive: Double

    public init(label: Label, valence: Double, confidence: Double, negative: Double, neutral: Double, positive: Double) {
        self.label = label
        self.valence = valence
        self.confidence = confidence
        self.negative = negative
        self.neutral = neutral
        self.positive = positive
    }
}

public enum Emotion: String, Sendable, CaseIterable {
    case anger, frustration, disappointment, sadness, fear, confusion, disgust, surprise, joy, gratitude, satisfaction, relief
}

public struct EmotionScore: Hashable, Sendable {
    public var emotion: Emotion
    /// Probability, 0…1.
    public var score: Double
    /// 1 (barely) … 5 (extreme).
    public var intensity: Int
    public init(emotion: Emotion, score: Double, intensity: Int) {
        self.emotion = emotion
        self.score = score
        self.intensity = intensity
    }
}

/// A label of an open set (intent, topic, a user's own head) with its probability.
public struct LabelScore: Hashable, Sendable {
    public var label: String
    public var confidence: Double
    public init(label: String, confidence: Double) {
        self.label = label
        self.confidence = confidence
    }
}

public struct Skipped: Hashable, Sendable {
    /// `too-long` (bytes behind the limit), `empty`, `binary`.
    public var reason: String
    /// What was not read.
    public var span: Span
    public init(reason: String, span: Span) {
        self.reason = reason
        self.span = span
    }
}
