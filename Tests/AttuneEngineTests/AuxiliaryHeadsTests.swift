import Testing

@testable import AttuneEngine

@Suite struct AuxiliaryHeadsTests {
    private let configuration = FeatureConfiguration(tableBits: 8)

    private func heads(_ configuration: FeatureConfiguration, labels: [String] = ["joy", "anger", "toxicity"]) -> LinearHeads {
        var generator = SplitMix64(seed: 3)
        let weights = labels.indices.map { head in
            HeadWeights(
                rows: (0..<configuration.rowCount(of: head)).map { _ in Float(generator.index(below: 255)) - 127 },
                dense: (0..<DenseFeature.count).map { _ in Float(generator.index(below: 20)) / 10 - 1 }, bias: 0.5)
        }
        return .quantized(
            name: PackLabels.mainGroup, labels: labels, link: .independent, configuration: configuration, heads: weights,
            calibration: labels.indices.map { .init(slope: 0.02 + 0.01 * Double($0), offset: 0.1 - Double($0)) }, threshold: labels.map { _ in 0 })
    }

    private func examples() -> SparseExamples {
        var generator = SplitMix64(seed: 5)
        var examples = SparseExamples(denseWidth: DenseFeature.count)
        for _ in 0..<40 {
            let rows = (0..<1 + generator.index(below: 60)).map { _ in UInt32(generator.index(below: 256)) }
            examples.append(rows, dense: Column((0..<DenseFeature.count).map { _ in Float(generator.index(below: 3)) - 1 }[...]))
        }
        return examples
    }

    /// Of one group, and of two of which one has a smaller table: its rows are the low bits.
    @Test(arguments: [[8], [8, 5]]) func aCollapsedHeadSaysWhatTheWidenedOneSays(bits: [Int]) throws {
        let plain = examples()
        let groups = bits.map { heads(FeatureConfiguration(tableBits: $0)) }
        let auxiliary = try #require(AuxiliaryHeads(groups, for: configuration, labels: ["a", "b"], examples: plain, spread: 0.3))
        let wide = auxiliary.widened(plain)
        // Toxicity is left out: people train it anew.
        #expect(wide.denseWidth == plain.denseWidth + 2 * groups.count)
        let head = HeadWeights(
            rows: (0..<256).map { Float($0 % 7) - 3 }, dense: (0..<wide.denseWidth).map { Float($0 % 5) / 4 - 0.3 }, bias: -0.2)
        let collapsed = auxiliary.collapsed(head)
        #expect(collapsed.dense.count == DenseFeature.count)
        for example in 0..<plain.count {
            #expect(abs(plain.score(example, collapsed) - wide.score(example, head)) < 1e-3)
        }
    }

    /// The heads of a pack's sentiment learned from public sets, whose rows people learn from too, and have a table of their own.
    @Test func sentimentIsNoFeature() throws {
        let all = heads(FeatureConfiguration(tableBits: 6, fineBits: 8), labels: PackLabels.main)
        let auxiliary = try #require(AuxiliaryHeads([all], for: configuration, labels: ["a"], examples: examples(), spread: 0.3))
        #expect(auxiliary.widened(examples()).denseWidth == DenseFeature.count + Emotion.allCases.count)
    }

    @Test func headsOverOtherNGramsAreNoFeatures() {
        #expect(
            AuxiliaryHeads([heads(configuration)], for: FeatureConfiguration(tableBits: 7), labels: ["a"], examples: examples(), spread: 0.3) == nil)
        #expect(
            AuxiliaryHeads(
                [heads(configuration)], for: FeatureConfiguration(tableBits: 8, wordOrder: 3), labels: ["a"], examples: examples(), spread: 0.3)
                == nil)
        #expect(
            AuxiliaryHeads([heads(configuration)], for: configuration, labels: ["anger", "joy"], examples: examples(), spread: 0.3) == nil)
        #expect(AuxiliaryHeads([heads(configuration)], for: configuration, labels: ["anger", "happy"], examples: examples(), spread: 0.3) != nil)
        #expect(AuxiliaryHeads([], for: configuration, labels: ["a", "b"], examples: examples(), spread: 0.3) == nil)
    }
}

@Suite struct JoinedTextsTests {
    private func rows() -> [PackRows.Row] {
        ["negative", "neutral", "positive"].flatMap { label in
            (0..<120).map { number -> PackRows.Row in
                var example = TrainingExample("\(label)\(number)", [label])
                example.language = "en"
                return PackRows.Row(example: example, labels: [label], line: 0)
            }
        }
    }

    @Test func halfOfTheTextsHaveTheLabelAndTheOthersNone() {
        let joined = JoinedTexts(seed: 1).rows(rows())
        #expect(joined.count == 1000)
        for row in joined {
            let parts = String(decoding: row.example.text, as: UTF8.self).split(separator: " ")
            let own = parts.count { $0.hasPrefix(row.labels[0]) }
            let neutral = parts.count { $0.hasPrefix("neutral") }
            #expect((2...8).contains(parts.count) && own >= (parts.count + 1) / 2)
            #expect(row.labels == ["neutral"] ? neutral == parts.count : own + neutral == parts.count)
        }
        #expect(joined.map(\.example.text) == JoinedTexts(seed: 1).rows(rows()).map(\.example.text))
        #expect(joined.map(\.example.text) != JoinedTexts(seed: 2).rows(rows()).map(\.example.text))
    }

    @Test func aLanguageWithFewTextsGetsNone() {
        #expect(JoinedTexts(seed: 1).rows(rows().filter { $0.labels != ["positive"] }).isEmpty)
    }
}
