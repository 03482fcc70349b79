/// What matching and the rules need of a lexicon entry: eight bytes, used where they lie in a pack.
struct CompactEntry: Sendable, BitwiseCopyable, Hashable {
    /// Entries of one layer compete for the words of a text, the longest phrase winning; layers do not see each other.
    enum Layer: UInt8, CaseIterable, Sendable, BitwiseCopyable {
        /// Valence and idioms.
        case valence
        case modifier, emotion, intent, topic, urgency, toxicity, effort, sensitive, structure

        static let count = 10
    }

    /// The layer in the lower four bits, then the flags.
    private var bits: UInt8
    /// Bit of the `LanguageMask`.
    var language: UInt8
    /// Index in `Kind.labels`.
    var label: UInt8
    private var spare: UInt8 = 0
    var weight: Float

    private static let idiomFlag: UInt8 = 16
    private static let lastingFlag: UInt8 = 32

    /// The raw value of `layer`, as it is stored.
    @inline(__always)
    var layerIndex: UInt8 { bits & 15 }

    @inline(__always)
    var layer: Layer { Layer(rawValue: layerIndex) ?? .valence }

    @inline(__always)
    var isIdiom: Bool { bits & Self.idiomFlag != 0 }

    /// What negation leaves true: topics, sensitive subjects, and intents that are inabilities or demands (`can't log in`).
    @inline(__always)
    var survivesNegation: Bool { bits & Self.lastingFlag != 0 }

    static let none = CompactEntry(layer: .valence, isIdiom: false, survivesNegation: false, language: 0, label: 0, weight: 0)

    init(layer: Layer, isIdiom: Bool, survivesNegation: Bool, language: UInt8, label: UInt8, weight: Float) {
        bits = layer.rawValue | (isIdiom ? Self.idiomFlag : 0) | (survivesNegation ? Self.lastingFlag : 0)
        self.language = language
        self.label = label
        self.weight = weight
    }

    /// A modifier's label.
    @inline(__always)
    func isModifier(_ modifier: LexiconEntry.Modifier) -> Bool {
        label == modifier.index
    }

    var kind: LexiconEntry.Kind {
        switch layer {
        case .valence: isIdiom ? .idiom : .valence
        case .modifier: .modifier
        case .emotion: .emotion
        case .intent: .intent
        case .topic: .topic
        case .urgency: .urgency
        case .toxicity: .toxicity
        case .effort: .effort
        case .sensitive: .sensitive
        case .structure: .structure
        }
    }
}

extension CompactEntry {
    private static let lastingIntents: Set<String> = [
        "complaint", "technical-problem", "account-access", "delivery-problem", "billing-problem", "payment-problem", "order-status",
        "opt-out", "privacy-request", "escalate-to-human", "legal-threat", "feedback",
    ]

    init(_ entry: LexiconEntry, language: UInt8) {
        let layer: Layer =
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
            case .structure: .structure
            }
        self.init(
            layer: layer, isIdiom: entry.kind == .idiom,
            survivesNegation: layer == .topic || layer == .sensitive || (layer == .intent && Self.lastingIntents.contains(entry.label)),
            language: language, label: UInt8(entry.kind.labels.firstIndex(of: entry.label) ?? 0), weight: entry.weight)
    }
}
