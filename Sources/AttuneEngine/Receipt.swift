/// Why the scores are what they are: for every score, the contributions that sum to it.
public struct Receipt: Hashable, Sendable {
    /// One score and what it is made of. `score == Σ contributions.value`, exactly: both are counted in millionths.
    public struct Account: Hashable, Sendable {
        /// `sentiment.valence`, `emotion.anger`, `intent.refund`, `urgency`, …
        public var head: String
        /// The unit of `millionths`: the valence itself, or log-odds of the head's probability.
        public var unit: Unit
        public var millionths: Int64
        public var contributions: [Contribution]

        public init(head: String, unit: Unit, millionths: Int64, contributions: [Contribution]) {
            self.head = head
            self.unit = unit
            self.millionths = millionths
            self.contributions = contributions
        }
    }

    public enum Unit: String, Sendable { case valence, logOdds = "log-odds", points }

    public struct Contribution: Hashable, Sendable {
        public enum Source: String, Sendable {
            /// A lexicon entry after the rules.
            case lexicon
            /// The difference a modifier made (negation, intensifier, contrast …).
            case modifier
            /// A word or a pair of words.
            case word
            /// Character n-grams inside a word.
            case characters
            /// Two things in an order: praise before a problem, a negator before praise.
            case structure
            /// Punctuation, capitals, elongation, length.
            case emphasis
            /// What the head says of an empty text.
            case baseline
            /// What the smallest contributions of a long text add up to.
            case rest
        }

        public var source: Source
        /// The rule or entry: `negation`, `lexicon:en/valence`, `bigram`, …
        public var name: String
        /// Where it stands; nil for the baseline.
        public var span: Span?
        public var millionths: Int64

        public init(source: Source, name: String, span: Span?, millionths: Int64) {
            self.source = source
            self.name = name
            self.span = span
            self.millionths = millionths
        }
    }

    public var accounts: [Account]
    public init(accounts: [Account]) { self.accounts = accounts }
}
