import CKernels

/// Says which language a text is in: by its script where that decides, else by a linear head over character n-grams.
///
/// Honest about what it cannot know: digits, names of nothing, keyboard mash and single letters give nil.
public struct LanguageIdentifier: Sendable {
    /// The group `languages` of a model: a label is a BCP 47 code, or `gibberish`.
    let heads: LinearHeads
    private let hasher: FeatureHasher
    let gibberishLane: Int

    /// The label learned from made-up strings; it is never told.
    static let gibberish = "gibberish"
    /// What a product language is worth more than another before the text is seen, in log-odds: customers write in these.
    private static let prior = 1.0
    private static let productLanguages: Set<String> = ["en", "es", "pt", "fr", "de", "it", "ar", "hi"]
    /// English is what an undecided short text is in most shops.
    private static let englishPrior = 0.4
    /// Against Hinglish: it is full of English words, and a greeting alone is English.
    private static let hinglishPrior = -0.7
    /// Against Afrikaans: a few words that Dutch has as well are Dutch in most shops, as it has four times the speakers.
    private static let afrikaansPrior = -1.0
    /// Languages that never need the head: nothing else we know is written in their script.
    static let decidedByScript = Set(WritingSystem.allCases.compactMap(\.onlyLanguage))
    /// Below this probability the answer is nil.
    static let leastConfidence = 0.2

    /// Working memory, used again for the next text.
    public struct Scratch {
        var features = FeatureBuffer()
        var heads = HeadScratch()
        var sums: [Int32] = []
        let dense = Column<Float>()
        public init() {}
    }

    public init(heads: LinearHeads) {
        self.heads = heads
        hasher = FeatureHasher(configuration: heads.configuration)
        gibberishLane = heads.labels.firstIndex(of: Self.gibberish) ?? -1
    }

    public static func configuration() -> FeatureConfiguration {
        FeatureConfiguration(tableBits: 14, wordOrder: 1, minimumCharacters: 1, maximumCharacters: 4, symbols: false, dense: false)
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
        let count = addSteps(tokens, &scratch)
        heads.logOdds(sums: scratch.sums.map { $0 * LanguageStep.size }, featureCount: count, dense: scratch.dense, into: &scratch.heads.logOdds)
        guard let best = best(of: scratch.heads.logOdds, script: script.system) else { return nil }
        return LanguageGuess(code: heads.labels[best.lane], confidence: best.probability * script.share)
    }

    /// Adds up what every token says, in steps; returns the number of n-grams.
    private func addSteps(_ tokens: TokenBuffer, _ scratch: inout Scratch) -> Int {
        scratch.sums = .init(repeating: 0, count: heads.lanes)
        var grams = CharacterNGrams()
        var count = 0
        for token in tokens.tokens {
            // Mentions, numbers and links say nothing; the hasher gives them word rows, which the head learned to ignore.
            scratch.features.removeAll()
            hasher.addToken(token, tokens.form(token), 0, negated: false, false, &grams, &scratch.features)
            heads.addRows(scratch.features.rows, into: &scratch.heads.sums)
            for lane in scratch.sums.indices { scratch.sums[lane] += Int32(LanguageStep.steps(scratch.heads.sums[lane])) }
            count += scratch.features.rows.count
        }
        return count
    }

    /// The most likely language of those written in a script, or nil when none is likely enough.
    /// - Parameter logOdds: the head's answer, one for each label.
    private func best(of logOdds: [Double], script: WritingSystem) -> (lane: Int, probability: Double)? {
        let lanes = heads.lanes
        var values = [Double](repeating: 0, count: lanes)
        values.replaceSubrange(0..<logOdds.count, with: logOdds)
        var priors = [Double](repeating: -.infinity, count: lanes)
        let candidates = candidates(of: script)
        guard !candidates.isEmpty else { return nil }
        for candidate in candidates { priors[candidate.lane] = candidate.prior }
        let choice = attune_kernels_best().pointee.choose(values, priors, lanes)
        guard choice.lane != gibberishLane, 1 / choice.total >= Self.leastConfidence else { return nil }
        return (choice.lane, 1 / choice.total)
    }

    /// The languages written in a script that the head decides between, with what each is worth before the text is seen.
    func candidates(of script: WritingSystem) -> [(lane: Int, prior: Double)] {
        heads.labels.enumerated().filter { WritingSystem.ofLanguage($0.element) == script }.map { ($0.offset, Self.priorLogOdds($0.element)) }
    }

    private static func priorLogOdds(_ code: String) -> Double {
        if code == "hi-Latn" { return hinglishPrior }
        if code == "af" { return afrikaansPrior }
        return (productLanguages.contains(code) ? prior : 0) + (code == "en" ? englishPrior : 0)
    }

    /// The script of most letters, and its share.
    static func script(of tokens: TokenBuffer) -> (system: WritingSystem, share: Double)? {
        var counts = ScriptCounts()
        for token in tokens.tokens where token.kind == .word || token.kind == .hashtag { counts.add(tokens.form(token)) }
        return counts.most()
    }
}
