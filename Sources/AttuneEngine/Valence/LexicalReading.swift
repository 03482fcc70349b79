/// What the lexicons and the valence rules say of one text: the input of the heads beside the n-grams.
public struct LexicalReading {
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
    }

    /// A rule that changed a valence hit: what it added to `value`, and where its trigger stands.
    public struct Step: Hashable, BitwiseCopyable, Sendable {
        /// Index of the hit in `valence`.
        public var hit: Int32
        /// `negation`, `intensifier`, `contrast`, …
        public var rule: Rule
        public var span: Span
        public var delta: Float
    }

    public enum Rule: String, BitwiseCopyable, Sendable, CaseIterable {
        case negation, intensifier, dampener, contrast, concession, conditional, capitals, exclamation, question, elongation, repetition
    }

    /// Valence and idiom hits that count (idioms hide the words they are made of), in text order.
    public internal(set) var valence = Column<Hit>()
    /// Emotion, intent, topic, urgency, toxicity, effort and sensitive hits; negated ones have `value` 0. What negation leaves
    /// true keeps its value: topics, sensitive subjects, and intents that are inabilities (`can't log in`).
    public internal(set) var labelled = Column<Hit>()
    /// The steps of all valence hits in the order of the rules; filled only when asked for.
    public internal(set) var steps = Column<Step>()
    /// A bit per token: it stands in the scope of a negator. The n-grams see such words marked.
    public internal(set) var negated = Column<Bool>()
    /// Index + 1 of the idiom hit in `valence` that covers the token, else 0. The n-grams see the idiom as one word.
    public internal(set) var idiom = Column<Int32>()
    /// `DenseFeature.allCases.count` values for the linear heads, each scaled to about −1…1.
    public internal(set) var dense = Column<Float>()

    /// The text without what it is about: how it is built.
    var outline = TextOutline()

    /// What the rules note for each other.
    var notes = RuleNotes()

    public init() {}

    mutating func removeAll() {
        valence.removeAll()
        labelled.removeAll()
        steps.removeAll()
        negated.removeAll()
        idiom.removeAll()
        dense.removeAll()
        outline.removeAll()
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
    /// What a negator has turned, by the side it had before: Σ / (Σ + 2). The rules know one strength for "not good" and "not bad";
    /// how much either says is learned.
    case negatedPraise, negatedComplaint
    /// Sum of what two negators left as it was, / 4.
    case undoneNegation
    /// A negator in a text without hits: "it never arrived".
    case bareNegation

    /// `allCases.count`, without making the array.
    public static let count = DenseFeature.bareNegation.rawValue + 1
}
