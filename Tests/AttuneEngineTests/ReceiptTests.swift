import Testing

@testable import AttuneEngine

@Suite struct ReceiptTests {
    private static func model() -> ModelFile {
        var generator = SplitMix64(seed: 21)
        func group(_ name: String, _ labels: [String], _ configuration: FeatureConfiguration) -> LinearHeads {
            let heads = labels.indices.map { head in
                HeadWeights(
                    rows: (0..<configuration.rowCount(of: head)).map { _ in Float(generator.index(below: 2001)) / 1000 - 1 },
                    dense: (0..<DenseFeature.count).map { _ in Float(generator.index(below: 4001)) / 1000 - 2 },
                    bias: Float(generator.index(below: 2001)) / 1000 - 1)
            }
            return .quantized(
                name: name, labels: labels, link: .independent, configuration: configuration, heads: heads,
                calibration: .init(repeating: .identity, count: labels.count), threshold: .init(repeating: -0.25, count: labels.count))
        }
        let main = group(PackLabels.mainGroup, PackLabels.main, FeatureConfiguration(tableBits: 8, fineBits: 10))
        let intents = group(PackLabels.intentGroup, PackLabels.intents, FeatureConfiguration(tableBits: 7))
        let outline = group(PackLabels.outlineGroup, OutlineHeads.labels, OutlinePairs.configuration)
        var confidence = IntentConfidence()
        for way in IntentConfidence.Way.allCases { confidence.set(way, .init(slope: 0.5 + Double(way.rawValue) / 4, offset: 0.25)) }
        return ModelFile(groups: [main, outline, intents, confidence.heads], card: "")
    }

    private static let analyzers = [
        Analyzer(pack: Pack(lexicon: testLexicon(), model: model())), Analyzer(pack: Pack(lexicon: testLexicon(), model: nil)),
    ]

    @Test(arguments: [0, 1]) func contributionsSumToTheScoreForAnyText(_ which: Int) {
        let analyzer = Self.analyzers[which]
        var texts = TextGenerator(seed: 77)
        var scratch = AnalyzerScratch()
        for _ in 0..<1500 {
            let text = texts.text()
            let analysis = text.withUnsafeBufferPointer { analyzer.analyze($0, explain: true, scratch: &scratch) }
            check(analysis, text.count)
        }
    }

    private func check(_ analysis: Analysis, _ count: Int) {
        let accounts = analysis.receipt?.accounts ?? []
        #expect(accounts.first?.head == "sentiment.valence")
        let valence = Double(accounts.first?.millionths ?? 0) / 1e6
        #expect(valence == analysis.sentiment.valence)
        for account in accounts {
            let sum = account.contributions.reduce(Int64(0)) { $0 + $1.millionths }
            #expect(sum == account.millionths, "\(account.head)")
            #expect(account.contributions.allSatisfy { $0.millionths != 0 })
            for case .some(let span) in account.contributions.map(\.span) {
                #expect(span.start >= 0 && span.start < span.end && Int(span.end) <= count)
            }
        }
        for emotion in analysis.emotions {
            let account = accounts.first { $0.head == "emotion.\(emotion.emotion.rawValue)" }
            let told = Double(account?.millionths ?? 0) / 1e6
            #expect(abs(DeterministicMath.logit(emotion.score) - told) < 1e-4)
        }
        for intent in analysis.intents where intent.label != Analysis.outOfScope {
            let account = accounts.first { $0.head == "intent.\(intent.label)" }
            let told = Double(account?.millionths ?? 0) / 1e6
            #expect(abs(intent.confidence - DeterministicMath.sigmoid(told)) < 1e-5, "\(intent.label)")
        }
        let sum = analysis.sentiment.negative + analysis.sentiment.neutral + analysis.sentiment.positive
        #expect(abs(sum - 1) < 1e-12)
        #expect((-1...1).contains(analysis.sentiment.valence) && (0...1).contains(analysis.sentiment.confidence))
    }

    @Test func explainingChangesNoScore() {
        var texts = TextGenerator(seed: 5)
        var scratch = AnalyzerScratch()
        for _ in 0..<300 {
            let text = texts.text()
            var explained = text.withUnsafeBufferPointer { Self.analyzers[0].analyze($0, explain: true, scratch: &scratch) }
            let plain = text.withUnsafeBufferPointer { Self.analyzers[0].analyze($0, explain: false, scratch: &scratch) }
            explained.receipt = nil
            #expect(explained == plain)
        }
    }

    @Test func lexiconHitAndItsNegationAreNamedWithTheirPlaces() {
        let analysis = Self.analyzers[1].analyze("This is not great", explain: true)
        let parts = analysis.receipt?.accounts.first?.contributions ?? []
        #expect(parts.contains { $0.name == "lexicon:en/valence" && $0.span == Span(12, 17) && $0.millionths != 0 })
        #expect(parts.contains { $0.source == .modifier && $0.name == "negation" })
        #expect(analysis.sentiment.valence < 0)
    }

    @Test func roundingKeepsTheSum() {
        var generator = SplitMix64(seed: 2)
        for _ in 0..<500 {
            let count = 1 + generator.index(below: 40)
            let values: [Double] = (0..<count).map { _ in Double(generator.index(below: 2_000_001)) / 1e6 - 1.000_000_3 }
            let total = Millionths.of(values.reduce(0, +))
            let parts = Millionths.distribute(values, total: total)
            let sum = parts.reduce(Int64(0), +)
            #expect(sum == total)
            for (part, value) in zip(parts, values) {
                let error = abs(Double(part) - value * 1e6)
                #expect(error <= 2)
            }
        }
    }
}
