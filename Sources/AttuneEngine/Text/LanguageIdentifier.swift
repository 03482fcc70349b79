/// Says which language a text is in: by its script where that decides, else by a linear head over character n-grams.
///
/// Honest about what it cannot know: digits, names of nothing, keyboard mash and single letters give nil.
public struct LanguageIdentifier: Sendable {
    /// The group `languages` of a model: a label is a BCP 47 code, or `gibberish`.
    let heads: LinearHeads
    private let hasher: FeatureHasher
    /// Indexes of the head's labels by script.
    private let lanes: [[Int]]

    /// The label learned from made-up strings; it is never told.
    static let gibberish = "gibberish"
    /// What a product language is worth more than another before the text is seen, in log-odds: customers write in these.
    private static let prior = 1.0
    private static let productLanguages: Set<String> = ["en", "es", "pt", "fr", "de", "it", "ar", "hi"]
    /// English is what an undecided short text is in most shops.
    private static let englishPrior = 0.4
    /// Against Hinglish: it is full of English words, and a greeting alone is English.
    private static let hinglishPrior = -0.7
    /// Languages that never need the head: nothing else we know is written in their script.
    static let decidedByScript = Set(WritingSystem.allCases.compactMap(\.onlyLanguage))
    /// Below this probability the answer is nil.
    private static let leastConfidence = 0.2

    /// Working memory, used again for the next text.
    public struct Scratch: Sendable {
        var features = FeatureBuffer()
        var heads = HeadScratch()
        let reading = LexicalReading()
        public init() {}
    }

    public init(heads: LinearHeads) {
        self.heads = heads
        hasher = FeatureHasher(configuration: heads.configuration)
        lanes = WritingSystem.allCases.map { system in
            heads.labels.indices.filter { WritingSystem.ofLanguage(heads.labels[$0]) == system }
        }
    }

    public static func configuration() -> FeatureConfiguration {
        FeatureConfiguration(tableBits: 15, wordOrder: 1, minimumCharacters: 1, maximumCharacters: 4, symbols: false, dense: false)
    }

    /// The most likely language of a text's words, or nil.
    public func identify(_ tokens: TokenBuffer, text: UnsafeBufferPointer<UInt8>) -> LanguageGuess? {
        var scratch = Scratch()
        return identify(tokens, scratch: &scratch)
    }

    /// The same with working memory of the caller's.
    public func identify(_ tokens: TokenBuffer, scratch: inout Scratch) -> LanguageGuess? {
        guard let script = Self.script(of: tokens) else { return nil }
        if let only = script.system.onlyLanguage { return LanguageGuess(code: only, confidence: script.share) }
        let candidates = lanes[script.system.rawValue]
        guard !candidates.isEmpty else { return nil }
        // Mentions, numbers and links say nothing; the hasher gives them word rows, which the head learned to ignore.
        hasher.hash(tokens, scratch.reading, into: &scratch.features)
        heads.score(scratch.features, dense: [], scratch: &scratch.heads)
        var values = candidates.map { scratch.heads.logOdds[$0] + Self.priorLogOdds(heads.labels[$0]) }
        DeterministicMath.softmax(&values)
        guard let best = values.indices.max(by: { values[$0] < values[$1] }) else { return nil }
        let code = heads.labels[candidates[best]]
        guard code != Self.gibberish, values[best] >= Self.leastConfidence else { return nil }
        return LanguageGuess(code: code, confidence: values[best] * script.share)
    }

    private static func priorLogOdds(_ code: String) -> Double {
        if code == "hi-Latn" { return hinglishPrior }
        return (productLanguages.contains(code) ? prior : 0) + (code == "en" ? englishPrior : 0)
    }

    /// The script of most letters, and its share; any kana makes Han Japanese. Nil when there are fewer than two letters.
    static func script(of tokens: TokenBuffer) -> (system: WritingSystem, share: Double)? {
        var counts = InlineArray<25, Int>(repeating: 0)
        var total = 0
        tokens.folded.withUnsafeBufferPointer { folded in
            for token in tokens.tokens where token.kind == .word || token.kind == .hashtag {
                var at = Int(token.foldedStart)
                let end = at &+ Int(token.foldedCount)
                while at < end {
                    let (scalar, length) = decode(folded, at, end)
                    at &+= length
                    guard let system = WritingSystem.of(scalar) else { continue }
                    counts[system.rawValue] &+= 1
                    total &+= 1
                }
            }
        }
        if counts[WritingSystem.kana.rawValue] > 0 {
            counts[WritingSystem.kana.rawValue] += counts[WritingSystem.han.rawValue]
            counts[WritingSystem.han.rawValue] = 0
        }
        var best = 0
        for index in WritingSystem.allCases.indices where counts[index] > counts[best] { best = index }
        guard let system = WritingSystem(rawValue: best), counts[best] >= (system == .latin ? 2 : 1) else { return nil }
        return (system, Double(counts[best]) / Double(total))
    }

    /// One scalar of folded text, which is UTF-8; a byte that is not counts as itself.
    @inline(__always)
    private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ end: Int) -> (UInt32, Int) {
        let first = UInt32(bytes[at])
        if first < 0x80 { return (first, 1) }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard first >= 0xC0, at + length <= end else { return (first, 1) }
        var scalar = first & (0xFF >> UInt32(length + 1))
        for offset in 1..<length { scalar = scalar << 6 | UInt32(bytes[at + offset] & 0x3F) }
        return (scalar, length)
    }
}
