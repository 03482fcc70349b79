import Testing

@testable import AttuneCore
@testable import AttuneEngine

/// The writer of results against a tree of values that says the same.
@Suite struct AnalysisJSONTests {
    private static let labels = AnalysisLabels(languages: ["en", "pt", "hi-Latn"])

    private static func random(_ random: inout SplitMix64) -> CompactAnalysis {
        var result = CompactAnalysis()
        func share() -> Double { Double.random(in: 0...1, using: &random) }
        result.language = Int16.random(in: -2...2, using: &random)
        result.label = Sentiment.Label.allCases.randomElement(using: &random) ?? .mixed
        result.valence = (Double.random(in: -1...1, using: &random) * 1e6).rounded() / 1e6
        (result.confidence, result.negative, result.neutral, result.positive) = (share(), share(), share(), share())
        (result.urgency, result.toxicity) = (share(), Bool.random(using: &random) ? 0 : share())
        if Bool.random(using: &random) { result.effort = Double.random(in: -5...5, using: &random) }
        result.emotionCount = Int.random(in: 0...12, using: &random)
        for i in 0..<result.emotionCount { result.emotions[i] = .init(label: (i * 5) % 12, value: share(), intensity: 1 + i % 5) }
        result.intentCount = Int.random(in: 0...24, using: &random)
        for i in 0..<result.intentCount { result.intents[i] = .init(label: i % labels.intents.count, value: share()) }
        result.topicCount = Int.random(in: 0...32, using: &random)
        for i in 0..<result.topicCount { result.topics[i] = .init(label: i % labels.topics.count, value: share()) }
        result.sensitiveCount = Bool.random(using: &random) ? 0 : Int.random(in: 1...16, using: &random)
        for i in 0..<result.sensitiveCount { result.sensitive[i] = UInt8(i % labels.sensitive.count) }
        result.skipReason = [.nothing, .nothing, .tooLong, .empty, .binary].randomElement(using: &random) ?? .nothing
        result.skipped = Span(Int.random(in: 0...9, using: &random), Int.random(in: 10...2_000_000_000, using: &random))
        return result
    }

    private static func value(_ analysis: Analysis) -> JSONValue {
        func list(_ scores: [LabelScore]) -> JSONValue {
            .array(scores.map { .object(["label": .string($0.label), "confidence": .decimal($0.confidence, decimals: 4)]) })
        }
        let sentiment = analysis.sentiment
        return .object([
            "language": analysis.language.map { .string($0.code) } ?? .null,
            "sentiment": .object([
                "label": .string(sentiment.label.rawValue), "valence": .decimal(sentiment.valence),
                "confidence": .decimal(sentiment.confidence, decimals: 4),
                "probabilities": .object([
                    "negative": .decimal(sentiment.negative, decimals: 4), "neutral": .decimal(sentiment.neutral, decimals: 4),
                    "positive": .decimal(sentiment.positive, decimals: 4),
                ]),
            ]),
            "emotions": .array(
                analysis.emotions.map {
                    .object(["label": .string($0.emotion.rawValue), "score": .decimal($0.score, decimals: 4), "intensity": .int($0.intensity)])
                }),
            "intents": list(analysis.intents), "topics": list(analysis.topics), "urgency": .decimal(analysis.urgency, decimals: 4),
            "effort": analysis.effort.map { .decimal($0, decimals: 2) } ?? .null, "toxicity": .decimal(analysis.toxicity, decimals: 4),
            "sensitive": analysis.sensitive.isEmpty ? nil : .array(analysis.sensitive.map(JSONValue.string)),
            "skipped": analysis.skipped.map {
                .object(["reason": .string($0.reason), "span": .array([.int($0.span.start), .int($0.span.end)])])
            },
        ])
    }

    private static func written(_ compact: CompactAnalysis, hint: String?, receipt: Receipt? = nil) -> String {
        var out = ByteBuffer()
        out.append("{")
        let json = AnalysisJSON(labels: labels)
        if let hint {
            JSONWriter.bytes(.string(hint)).withUnsafeBufferPointer { json.append(compact, hint: $0, receipt: receipt, to: &out) }
        } else {
            json.append(compact, receipt: receipt, to: &out)
        }
        out.append("}")
        return String(decoding: out.bytes, as: UTF8.self)
    }

    @Test func randomAnalysesAreWrittenAsTheirTree() {
        var random = SplitMix64(seed: 3)
        for i in 0..<2_000 {
            let compact = Self.random(&random)
            let hint = i % 3 == 0 ? nil : i % 3 == 1 ? "de" : "de" + String(repeating: "-variant", count: i % 8)
            let expected = JSONWriter.string(Self.value(Analysis(compact, labels: Self.labels, hint: hint)))
            #expect(Self.written(compact, hint: hint) == expected)
        }
    }

    @Test func theLongestAnalysisFitsIntoItsRoom() {
        var compact = CompactAnalysis()
        let longest = { (labels: [String]) in labels.indices.max { labels[$0].utf8.count < labels[$1].utf8.count } ?? 0 }
        let worst = -0.123_456_789
        (compact.valence, compact.confidence, compact.negative, compact.neutral, compact.positive) = (-999_999.123_456, worst, worst, worst, worst)
        (compact.urgency, compact.effort, compact.toxicity) = (worst, -99_999.99, worst)
        (compact.emotionCount, compact.intentCount, compact.topicCount, compact.sensitiveCount) = (12, 24, 32, 16)
        for i in 0..<12 { compact.emotions[i] = .init(label: longest(Self.labels.emotions), value: -999_999_999.1234, intensity: 255) }
        for i in 0..<24 { compact.intents[i] = .init(label: longest(Self.labels.intents), value: -999_999_999.1234) }
        for i in 0..<32 { compact.topics[i] = .init(label: longest(Self.labels.topics), value: -999_999_999.1234) }
        for i in 0..<16 { compact.sensitive[i] = UInt8(longest(Self.labels.sensitive)) }
        (compact.skipReason, compact.skipped) = (.tooLong, Span(Int(Int32.min), Int(Int32.min)))
        let expected = JSONWriter.string(Self.value(Analysis(compact, labels: Self.labels, hint: nil)))
        #expect(Self.written(compact, hint: nil) == expected)
    }

    @Test func aReceiptIsTheLastMember() throws {
        let receipt = Receipt(accounts: [
            .init(
                head: "sentiment.valence", unit: .valence, millionths: -250_000,
                contributions: [
                    .init(source: .lexicon, name: "lexicon:en/\"quoted\"", span: Span(3, 9), millionths: -250_001),
                    .init(source: .baseline, name: "baseline", span: nil, millionths: 1),
                ]),
            .init(head: "urgency", unit: .logOdds, millionths: 0, contributions: []),
        ])
        let text = Self.written(CompactAnalysis(), hint: nil, receipt: receipt)
        let expected = #"""
            ,"receipt":[{"head":"sentiment.valence","unit":"valence","score":-0.25,"contributions":[{"source":"lexicon",\#
            "name":"lexicon:en/\"quoted\"","span":[3,9],"value":-0.250001},{"source":"baseline","name":"baseline","value":0.000001}]},\#
            {"head":"urgency","unit":"log-odds","score":0,"contributions":[]}]}
            """#
        #expect(text.hasSuffix(expected))
        #expect(throws: Never.self) { try JSONParser.parse(Array(text.utf8)) }
    }
}
