/// What matching needs of a lexicon entry.
struct CompactEntry: Sendable {
    /// Entries of one layer compete for the words of a text, the longest phrase winning; layers do not see each other.
    enum Layer: UInt8, CaseIterable, Sendable {
        /// Valence and idioms.
        case valence
        case modifier, emotion, intent, topic, urgency, toxicity, effort, sensitive
    }

    var layer: Layer
    var isIdiom: Bool
    /// Bit of the `LanguageMask`.
    var language: UInt8
    /// Index in `Kind.labels`.
    var label: UInt8
    var weight: Float

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
        self.language = language
        label = UInt8(entry.kind.labels.firstIndex(of: entry.label) ?? 0)
        weight = entry.weight
    }
}
