/// What matching and the rules need of a lexicon entry.
struct CompactEntry: Sendable, BitwiseCopyable {
    /// Entries of one layer compete for the words of a text, the longest phrase winning; layers do not see each other.
    enum Layer: UInt8, Sendable, BitwiseCopyable {
        /// Valence and idioms.
        case valence
        case modifier, emotion, intent, topic, urgency, toxicity, effort, sensitive

        static let count = 9
    }

    var layer: Layer
    var isIdiom: Bool
    /// What negation leaves true: topics, sensitive subjects, and intents that are inabilities or demands (`can't log in`).
    var survivesNegation: Bool
    /// Bit of the `LanguageMask`.
    var language: UInt8
    /// Index in `Kind.labels`.
    var label: UInt8
    var weight: Float

    static let none = CompactEntry(layer: .valence, isIdiom: false, survivesNegation: false, language: 0, label: 0, weight: 0)

    /// A modifier's label.
    @inline(__always)
    func isModifier(_ modifier: LexiconEntry.Modifier) -> Bool {
        label == modifier.index
    }
}

extension CompactEntry {
    private static let lastingIntents: Set<String> = [
        "complaint", "technical-problem", "account-access", "delivery-problem", "billing-problem", "payment-problem", "order-status",
        "opt-out", "privacy-request", "escalate-to-human", "legal-threat", "feedback",
    ]

    init(_ entry: LexiconEntry, language: UInt8) {
        layer =
            switch entry.kind {
            case .valence, .idiom: .valence
            case .modifier: .modifier
            case .emotion: .emotion
            case .intent: .intent
            case .topic: .topic
            case .urgency: .urgency
            case .toxicity: .toxicity
            case .effort: .effort
            case .sensitive: .sensitive
            }
        isIdiom = entry.kind == .idiom
        survivesNegation =
            layer == .topic || layer == .sensitive || (layer == .intent && Self.lastingIntents.contains(entry.label))
        self.language = language
        label = UInt8(entry.kind.labels.firstIndex(of: entry.label) ?? 0)
        weight = entry.weight
    }
}
