/// The heads of the shipped pack and the lanes they have: what training writes and the analyzer reads.
enum PackLabels {
    static let mainGroup = "main"
    static let outlineGroup = "outline"
    static let intentGroup = "intents"
    static let languageGroup = "languages"
    /// Finer feelings than a text is told to have: they are not scored, and help `Trainer` with heads of one's own.
    static let feelingGroup = "feelings"

    /// Lanes of the group `main`. `negative` and `positive` are relative to neutral, whose log-odds are 0.
    static let negative = 0
    static let positive = 1
    static let emotions = 2
    static let urgency = 14
    static let toxicity = 15
    static let main = ["negative", "positive"] + Emotion.allCases.map(\.rawValue) + ["urgency", "toxicity"]

    static let intents = LexiconEntry.Kind.intent.labels + [Analysis.outOfScope]
    static let complaint = 0
    static let greeting = 17
    /// The last of `intents`.
    static let outOfScope = 22

    /// Nine languages' n-grams get in each other's way in a small table, and sentiment suffers from it most: it has 2^20 rows to itself.
    /// Pairs of characters say little that longer runs do not.
    static let mainConfiguration = FeatureConfiguration(tableBits: 17, minimumCharacters: 3, maximumCharacters: 5, fineBits: 20)
    /// What the sentiment heads of `main` are learned over, and what its others are.
    static let sentimentConfiguration = mainConfiguration.single(tableBits: mainConfiguration.fineBits)
    static let sharedConfiguration = mainConfiguration.single(tableBits: mainConfiguration.tableBits)
    static let intentConfiguration = mainConfiguration.single(tableBits: 15)
    static let feelingConfiguration = mainConfiguration.single(tableBits: 15)
}
