import Testing

@testable import AttuneEngine

@Suite struct AnalyzerTests {
    private let analyzer = Analyzer(pack: Pack(lexicon: testLexicon(), model: nil))

    @Test(arguments: [
        ("I love it", Sentiment.Label.positive), ("this is terrible", .negative), ("not great", .negative), ("the parcel is blue", .neutral),
        ("no complaints", .positive), ("great coffee, terrible delivery", .mixed), ("", .neutral), ("   ", .neutral),
    ])
    func lexiconAloneGivesALabel(_ text: String, _ label: Sentiment.Label) {
        #expect(analyzer.analyze(text).sentiment.label == label)
    }

    @Test func labelledHitsBecomeLabels() {
        let analysis = analyzer.analyze("Where is my order? Third time I ask, delivery is late. Refund asap, I am angry")
        #expect(Set(analysis.intents.map(\.label)) == ["order-status", "refund"])
        #expect(analysis.topics.map(\.label) == ["delivery"])
        #expect(analysis.effort == -3)
        #expect(analysis.urgency > 0.7)
        #expect(analysis.emotions.map(\.emotion) == [.anger])
    }

    @Test func nothingKnownIsOutOfScope() {
        #expect(analyzer.analyze("the parcel is blue").intents.map(\.label) == [Analysis.outOfScope])
    }

    @Test func whatWasNotReadIsTold() {
        #expect(analyzer.analyze("").skipped == Skipped(reason: "empty", span: Span(0, 0)))
        let short = Analyzer(pack: Pack(lexicon: testLexicon(), model: nil), limit: 8)
        #expect(short.analyze("great great great").skipped == Skipped(reason: "too-long", span: Span(8, 17)))
        let binary: [UInt8] = [0xFF, 0xFE, 0x80]
        var scratch = AnalyzerScratch()
        let analysis = binary.withUnsafeBufferPointer { analyzer.analyze($0, scratch: &scratch) }
        #expect(analysis.skipped?.reason == "binary")
    }

    /// Masks have no say, wherever they stand, and a text of nothing else says nothing.
    @Test func marksOfRedactionDoNotCount() {
        for mark in ["[PII]", "[ADDRESS]", "[CREDIT_DEBIT_NUMBER]"] {
            let (masked, plain) = (analyzer.analyze("I love it \(mark) so much", explain: true), analyzer.analyze("I love it so much"))
            #expect(masked.sentiment == plain.sentiment && masked.urgency == plain.urgency && masked.intents == plain.intents)
            let silent = analyzer.analyze("\(mark) \(mark)\n\(mark)")
            #expect(silent.skipped?.reason == "empty" && silent.sentiment == analyzer.analyze("").sentiment && silent.urgency == 0)
        }
        // What a person writes in capitals still counts.
        #expect(analyzer.analyze("[TERRIBLE]").sentiment.label == .negative)
    }

    @Test func mixedCountsAsItsStrongerSideWhereThreeLabelsAreCompared() {
        let mixed = Sentiment(label: .mixed, valence: 0, confidence: 0.5, negative: 0.5, neutral: 0.1, positive: 0.4)
        #expect(analyzer.polarity(of: mixed) == .negative)
    }

    @Test func packHashNamesLexiconAndModel() {
        let model = ModelFile(groups: [smallHeads()], card: "")
        #expect(analyzer.packHash.count == 16)
        #expect(Analyzer(pack: Pack(lexicon: testLexicon(), model: model)).packHash != analyzer.packHash)
    }
}
