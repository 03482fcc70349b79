import Testing

@testable import AttuneEngine

/// Scoring with words that are remembered against hashing every n-gram: the way training and receipts take.
@Suite struct MemoTests {
    /// A pack of random weights over a small lexicon: every lane differs, so that no sum can be right by chance.
    static func pack(seed: UInt64) -> Pack {
        var random = SplitMix64(seed: seed)
        let lexicon = Lexicon.read([
            TextFixture.source("valence", "en", ["good\t2", "bad\t-2", "waste\t-2", "disappoint*\t-1.5", "😡\t-2.5", "café\t0.5"]),
            TextFixture.source("idiom", "en", ["waste of time\t-3", "over the moon\t3"]),
            TextFixture.source("modifier", "en", ["not\tnegator\t-0.7", "never\tnegator\t-0.7", "very\tintensifier\t1.4", "but\tcontrast\t1"]),
            TextFixture.source("intent", "en", ["refund\trefund\t0.8", "money back\trefund\t0.9"]),
        ]).0
        func heads(_ name: String, _ labels: [String], _ configuration: FeatureConfiguration) -> LinearHeads {
            LinearHeads.quantized(
                name: name, labels: labels, link: .independent, configuration: configuration,
                heads: labels.indices.map { head in
                    HeadWeights(
                        rows: (0..<configuration.rowCount(of: head)).map { _ in Float.random(in: -1...1, using: &random) },
                        dense: (0..<(configuration.dense ? DenseFeature.count : 0)).map { _ in Float.random(in: -1...1, using: &random) },
                        bias: Float.random(in: -1...1, using: &random))
                },
                calibration: labels.map { _ in .identity }, threshold: labels.map { _ in 0 })
        }
        let languages = LanguageIdentifier.configuration()
        let model = ModelFile(
            groups: [
                heads(PackLabels.languageGroup, ["en", "de", "fr", "ru", "ar", "gibberish"], languages),
                heads(PackLabels.mainGroup, PackLabels.main, FeatureConfiguration(tableBits: 9, fineBits: 12)),
                heads(PackLabels.intentGroup, PackLabels.intents, FeatureConfiguration(tableBits: 8)),
            ], card: "")
        return Pack(lexicon: lexicon, model: model)
    }

    static let words = [
        "good", "bad", "not", "never", "waste of time", "over the moon", "very", "but", "soooo", "sooo", "NOT", "GOOD", "disappointed", "café",
        "CAFÉ",
        "naïve", "refund", "money back", "😡", "😡😡", "!!!", "?", "...", "#fail", "#GroßeSache", "@shop", "www.a.com", "19.99", "4/5", "l'ami", "don't",
        "Привет", "мир", "مرحبا", "नमस्ते", "東京都", "สวัสดี", ":-)", "<3", "a", "x", "Donaudampfschifffahrtsgesellschaftskapitänsmütze",
        "pneumonoultramicroscopicsilicovolcanoconiosis", "\n", "¡", "…", "İstanbul", "ﬁne", "e\u{301}clair",
    ]

    static func text(_ random: inout SplitMix64) -> String {
        (0..<Int.random(in: 1...40, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }.joined(separator: " ")
    }

    /// The log-odds of the two groups that rules and pairs of words touch, the slow way.
    static func slow(_ analyzer: Analyzer, _ text: [UInt8]) -> (main: [Double], intents: [Double]) {
        var scratch = TextReader.Scratch()
        _ = text.withUnsafeBufferPointer { analyzer.reader.read($0, scratch: &scratch) }
        var features = FeatureBuffer()
        var heads = HeadScratch()
        analyzer.tables.hasher.hash(scratch.tokens, scratch.reading, into: &features)
        analyzer.tables.main.score(features, dense: scratch.reading.dense, scratch: &heads)
        let main = heads.logOdds
        guard let intents = analyzer.tables.intents else { return (main, []) }
        FeatureHasher(configuration: intents.configuration).hash(scratch.tokens, scratch.reading, into: &features)
        intents.score(features, dense: scratch.reading.dense, scratch: &heads)
        return (main, heads.logOdds)
    }

    @Test(arguments: KernelLevel.allCases) func sumsAreThoseOfHashingEveryNGram(level: KernelLevel) throws {
        guard var scratch = AnalyzerScratch(kernels: level) else { return }
        let analyzer = Analyzer(pack: Self.pack(seed: 1))
        var random = SplitMix64(seed: 11)
        for _ in 0..<400 {
            let text = Self.text(&random)
            let bytes = Array(text.utf8)
            bytes.withUnsafeBufferPointer { analyzer.score($0, scratch: &scratch) }
            let expected = Self.slow(analyzer, bytes)
            for (head, value) in expected.main.enumerated() { #expect(scratch.odds.main[head] == value, "head \(head) of \(text)") }
            for (head, value) in expected.intents.enumerated() { #expect(scratch.odds.intents[head] == value, "intent \(head) of \(text)") }
            var reader = TextReader.Scratch()
            let guess = bytes.withUnsafeBufferPointer { analyzer.reader.read($0, scratch: &reader) }
            let analysis = Analysis(scratch.result, labels: analyzer.labels, hint: nil)
            #expect(analysis.language == guess, "\(text)")
        }
    }

    /// More words than the memo holds: what was forgotten is summed up again.
    @Test func aFullMemoForgetsWithoutChangingAnAnswer() throws {
        let analyzer = Analyzer(pack: Self.pack(seed: 2))
        var random = SplitMix64(seed: 12)
        var scratch = AnalyzerScratch()
        let early = (0..<20).map { _ in Self.text(&random) }
        let before = early.map { text in analyzer.analyze(text) }
        for start in stride(from: 0, to: 90_000, by: 3000) {
            let flood = Array((start..<start + 3000).map { "w\(String($0, radix: 26))q" }.joined(separator: " ").utf8)
            flood.withUnsafeBufferPointer { analyzer.score($0, scratch: &scratch) }
        }
        for (text, expected) in zip(early, before) {
            let bytes = Array(text.utf8)
            let again = bytes.withUnsafeBufferPointer { analyzer.analyze($0, scratch: &scratch) }
            #expect(again == expected, "\(text)")
        }
    }

    @Test func aScratchMayGoFromPackToPack() {
        let analyzers = [Analyzer(pack: Self.pack(seed: 4)), Analyzer(pack: Self.pack(seed: 5))]
        var random = SplitMix64(seed: 13)
        var scratch = AnalyzerScratch()
        for _ in 0..<20 {
            let text = Self.text(&random)
            for analyzer in analyzers {
                let bytes = Array(text.utf8)
                let shared = bytes.withUnsafeBufferPointer { analyzer.analyze($0, scratch: &scratch) }
                #expect(shared == analyzer.analyze(text), "\(text)")
            }
        }
    }

    @Test func oneTextOfManyWordsIsTheSumOfAllOfThem() throws {
        let analyzer = Analyzer(pack: Self.pack(seed: 3))
        let bytes = Array((0..<40_000).map { "w\(String($0 % 35_000, radix: 26))" }.joined(separator: " ").utf8)
        var scratch = AnalyzerScratch()
        bytes.withUnsafeBufferPointer { analyzer.score($0, scratch: &scratch) }
        let expected = Self.slow(analyzer, bytes)
        for (head, value) in expected.main.enumerated() { #expect(scratch.odds.main[head] == value) }
    }
}
