/// One line of a lexicon: what a term says in a language.
public struct LexiconEntry: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        case valence, idiom, modifier, emotion, intent, topic, urgency, toxicity, effort, sensitive, structure

        /// The labels that entries of this kind may have; empty when they have none.
        public var labels: [String] {
            switch self {
            case .valence, .idiom, .urgency, .toxicity, .effort: []
            case .modifier: Self.modifiers
            case .emotion: Self.emotions
            case .intent: Self.intents
            case .topic: Self.topics
            case .sensitive: Self.sensitiveSubjects
            case .structure: Self.structures
            }
        }

        /// The weights that entries of this kind may have; nil when they have none. 0 takes an earlier source's entry away.
        public var weights: ClosedRange<Float>? {
            switch self {
            case .valence, .idiom: -4...4
            case .modifier: -2...2
            case .effort: -5...5
            case .emotion, .intent, .topic, .urgency, .toxicity: 0...1
            case .sensitive, .structure: nil
            }
        }

        private static let modifiers = Modifier.allCases.map(\.rawValue)
        private static let structures = Structure.allCases.map(\.rawValue)
        private static let emotions = Emotion.allCases.map(\.rawValue)
        private static let intents = [
            "complaint", "cancel", "switch-to-competitor", "refund", "return", "order-status", "delivery-problem", "billing-problem",
            "payment-problem", "technical-problem", "account-access", "product-question", "purchase", "upgrade", "feedback", "praise",
            "thanks", "greeting", "escalate-to-human", "legal-threat", "opt-out", "privacy-request",
        ]
        private static let topics = [
            "price", "delivery", "product-quality", "customer-service", "website-app", "billing", "returns", "packaging", "availability",
            "usability", "performance", "account-security", "staff", "food", "cleanliness", "location", "booking", "privacy",
        ]
        private static let sensitiveSubjects = [
            "health", "religion", "politics", "finance-distress", "bereavement", "minors", "sexuality", "self-harm",
        ]
    }

    /// What a modifier does to the words around it.
    public enum Modifier: String, CaseIterable, Sendable {
        /// Turns what follows; its weight is the factor.
        case negator
        /// Turns what stands before it.
        case negatorAfter = "negator-after"
        /// Looks like a negator and is none: `not only`, `no wonder`. Longer than the negator it hides.
        case pseudoNegator = "pseudo-negator"
        /// Multiplies, 1.1…1.9.
        case intensifier
        /// Multiplies, 0.3…0.9.
        case dampener
        /// `but`: what stands before it counts less, what stands behind it more.
        case contrast
        /// `although`: its own clause counts less.
        case concession
        /// `if`: what is wished or supposed counts half.
        case conditional

        /// Its place among `Kind.labels`.
        @inline(__always)
        var index: UInt8 {
            switch self {
            case .negator: 0
            case .negatorAfter: 1
            case .pseudoNegator: 2
            case .intensifier: 3
            case .dampener: 4
            case .contrast: 5
            case .concession: 6
            case .conditional: 7
            }
        }
    }

    /// BCP 47, `und` for every language.
    public var language: String
    public var kind: Kind
    /// One or more words with one space between them; a single word may end in `*`.
    public var term: String
    /// Empty for kinds without labels.
    public var label: String
    /// 1 for kinds without weights.
    public var weight: Float

    public init(language: String, kind: Kind, term: String, label: String, weight: Float) {
        self.language = language
        self.kind = kind
        self.term = term
        self.label = label
        self.weight = weight
    }
}
