/// What the lexicons and the valence rules say of one text: the input of the heads beside the n-grams.
public struct LexicalReading: Sendable {
    /// A lexicon entry that was found, after the rules.
    public struct Hit: Hashable, Sendable {
        /// Bytes of the phrase in the text.
        public var span: Span
        /// Tokens of the phrase: indexes into `TokenBuffer.tokens`.
        public var tokens: Range<Int>
        /// Index of the entry in its `Lexicon`.
        public var entry: Int32
        /// The entry's own weight (−4…4 for valence).
        public var base: Float
        /// The weight after all rules.
        public var value: Float
        /// The rules that changed it, in order: what each added to `value`, and where its trigger stands.
        public var steps: [Step]
    }

    public struct Step: Hashable, Sendable {
        /// `negation`, `intensifier`, `contrast`, …
        public var rule: Rule
        public var span: Span
        public var delta: Float
    }

    public enum Rule: String, Sendable, CaseIterable {
        case negation, intensifier, dampener, contrast, concession, conditional, capitals, exclamation, question, elongation, repetition
    }

    /// Valence and idiom hits that count (idioms hide the words they are made of), in text order.
    public var valence: [Hit] = []
    /// Emotion, intent, topic, urgency, toxicity, effort and sensitive hits; negated ones have `value` 0. What negation leaves
    /// true keeps its value: topics, sensitive subjects, and intents that are inabilities (`can't log in`).
    public var labelled: [Hit] = []
    /// A bit per token: it stands in the scope of a negator. The n-grams see such words marked.
    public var negated: [Bool] = []
    /// Index + 1 of the idiom hit in `valence` that covers the token, else 0. The n-grams see the idiom as one word.
    public var idiom: [Int32] = []
    /// `DenseFeature.allCases.count` values for the linear heads, each scaled to about −1…1.
    public var dense: [Float] = []

    /// What the rules note for each other.
    var notes = RuleNotes()

    public init() {}

    mutating func removeAll() {
        valence.removeAll(keepingCapacity: true)
        labelled.removeAll(keepingCapacity: true)
        negated.removeAll(keepingCapacity: true)
        idiom.removeAll(keepingCapacity: true)
        dense.removeAll(keepingCapacity: true)
        notes.removeAll()
    }
}

/// The dense features that the lexicons and the text's shape give to the linear heads.
///
/// All are language-independent, so a head learned on one language's texts carries to another whose lexicon exists.
public enum DenseFeature: Int, CaseIterable, Sendable {
    /// Σ of positive hits / (Σ + 4), after the rules.
    case positiveSum
    /// −Σ of negative hits / (Σ + 4).
    case negativeSum
    case strongestPositive, strongestNegative
    /// Sum / √(sum² + 15), as VADER normalises it.
    case compound
    /// The last hit, and the sum of the last sentence: what people end with is what they mean.
    case lastHit, lastSentence
    /// Share of words with a hit; 1 when there is no hit at all.
    case hitShare, noHit
    case positiveEmoji, negativeEmoji
    case negations, exclamations, questions, capitals, elongations
    /// Both sides present: min(positive, negative).
    case conflict
    /// ln(1 + tokens) / 5.
    case length
    case mentions, urls, hashtags
    /// Sum of the toxicity, urgency and effort lexicons.
    case toxicity, urgency, effort
    /// One for each emotion, in the order of `Emotion.allCases`.
    case anger, frustration, disappointment, sadness, fear, confusion, disgust, surprise, joy, gratitude, satisfaction, relief

    /// `allCases.count`, without making the array.
    public static let count = DenseFeature.relief.rawValue + 1
}
