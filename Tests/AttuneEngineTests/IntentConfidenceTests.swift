import Testing

@testable import AttuneEngine

@Suite struct IntentConfidenceTests {
    /// A fit of every way, in numbers that a file keeps as they are.
    private var fitted: IntentConfidence {
        var confidence = IntentConfidence()
        for way in IntentConfidence.Way.allCases {
            confidence.set(way, .init(slope: 0.5 + Double(way.rawValue) / 4, offset: Double(way.rawValue) / 8 - 1))
        }
        return confidence
    }

    private func intents() -> LinearHeads {
        let configuration = FeatureConfiguration(tableBits: 6)
        let empty = HeadWeights(rows: .init(repeating: 0, count: 64), dense: .init(repeating: 0, count: DenseFeature.count), bias: -2)
        return .quantized(
            name: PackLabels.intentGroup, labels: PackLabels.intents, link: .independent, configuration: configuration,
            heads: .init(repeating: empty, count: PackLabels.intents.count),
            calibration: .init(repeating: .identity, count: PackLabels.intents.count),
            threshold: .init(repeating: 0, count: PackLabels.intents.count))
    }

    private func main() -> LinearHeads {
        let empty = HeadWeights(rows: .init(repeating: 0, count: 128), dense: .init(repeating: 0, count: DenseFeature.count), bias: -2)
        return .quantized(
            name: PackLabels.mainGroup, labels: PackLabels.main, link: .independent, configuration: FeatureConfiguration(tableBits: 7),
            heads: .init(repeating: empty, count: PackLabels.main.count),
            calibration: .init(repeating: .identity, count: PackLabels.main.count), threshold: .init(repeating: 0, count: PackLabels.main.count))
    }

    @Test func aFileKeepsIt() throws {
        let file = try ModelFile(bytes: ModelFile(groups: [fitted.heads], card: "").serialized())
        #expect(IntentConfidence(file) == fitted)
    }

    @Test func withoutAGroupLogOddsAreTakenAsTheyAre() throws {
        #expect(IntentConfidence(nil) == IntentConfidence())
        #expect(IntentConfidence(ModelFile(groups: [main()], card: "")) == IntentConfidence())
        for way in IntentConfidence.Way.allCases { #expect(IntentConfidence().logOdds(way, 1.25) == 1.25) }
    }

    /// The label stays, and its confidence follows the fit of the way it was found.
    @Test(arguments: [("where is my order", 1), ("the parcel is blue", 4)]) func theFitOfTheWayDecides(_ text: String, _ way: Int) throws {
        let way = try #require(IntentConfidence.Way(rawValue: way))
        let plain = Analyzer(pack: Pack(lexicon: testLexicon(), model: ModelFile(groups: [main(), intents()], card: "")))
        let told = Analyzer(pack: Pack(lexicon: testLexicon(), model: ModelFile(groups: [main(), intents(), fitted.heads], card: "")))
        let (before, after) = (try #require(plain.analyze(text).intents.first), try #require(told.analyze(text).intents.first))
        #expect(before.label == after.label)
        #expect(abs(after.confidence - fitted.probability(way, DeterministicMath.logit(before.confidence))) < 1e-9)
    }

    /// A phrase that is right in a quarter of the messages is a quarter sure afterwards.
    @Test func aPhraseIsAsSureAsItIsRight() throws {
        let recipe = try PackRecipe(tsv: Array("customers/en:intents\tdev\tintent\t=\tall\t1\ten\n".utf8))
        let words = ["red", "blue", "green", "old", "new", "big", "small", "late", "tall", "wide"]
        var examples: [TrainingExample] = []
        for (first, one) in words.enumerated() {
            for (second, other) in words.enumerated() {
                let isRight = (first + second) % 4 == 0
                for last in words {
                    examples.append(TrainingExample("where is my order \(one) \(other) \(last)", [isRight ? "order-status" : "feedback"]))
                }
            }
        }
        let rows = PackRows(recipe: recipe, sources: [.init(set: "customers/en:intents", split: "dev"): examples])
        let fit = IntentConfidenceTrainer(lexicon: testLexicon(), groups: [main(), intents()]).fit(rows)
        let analyzer = Analyzer(pack: Pack(lexicon: testLexicon(), model: ModelFile(groups: [main(), intents(), fit.heads], card: "")))
        let first = try #require(analyzer.analyze("where is my order red blue new").intents.first)
        #expect(first.label == "order-status")
        #expect(abs(first.confidence - 0.25) < 0.05)
        // Nothing was out of scope: that is left as it was.
        #expect(fit.slope(.outside) == 1 && fit.offset(.outside) == 0)
    }
}
