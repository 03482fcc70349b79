import Testing

@testable import AttuneEngine

/// Each rule by itself, on a lexicon of its own.
@Suite struct ValenceRuleTests {
    static let lexicon = Lexicon.read([
        TextFixture.source(
            "valence", "en",
            [
                "good\t2.0", "great\t3.0", "happy\t2.5", "bad\t-2.5", "problem*\t-2.0", "terrible\t-3.3", "slow\t-1.5", "refund\t-0.7",
                "awfully\t-2.0", "nice\t1.8",
            ]),
        TextFixture.source("idiom", "en", ["not bad at all\t1.9", "no complaints\t1.8", "not good\t-1.6"]),
        TextFixture.source(
            "modifier", "en",
            [
                "not\tnegator\t-0.7", "no\tnegator\t-0.7", "never\tnegator\t-0.7", "without\tnegator\t-0.7", "hardly\tnegator\t-0.4",
                "don't\tnegator\t-0.7", "is not\tnegator\t-0.7", "my foot\tnegator-after\t-0.7", "not only\tpseudo-negator\t1.0",
                "no wonder\tpseudo-negator\t1.0",
                "very\tintensifier\t1.5", "really\tintensifier\t1.4", "awfully\tintensifier\t1.4", "a bit\tdampener\t0.6", "but\tcontrast\t1.0",
                "although\tconcession\t1.0", "if\tconditional\t0.5", "would be\tconditional\t0.5",
            ]),
        TextFixture.source("modifier", "es", ["no\tnegator\t-0.7", "nunca\tnegator\t-0.7"]),
        TextFixture.source("valence", "es", ["bueno\t2.0", "problema\t-2.0"]),
        TextFixture.source("modifier", "de", ["nicht\tnegator\t-0.7", "nicht\tnegator-after\t-0.7"]),
        TextFixture.source("valence", "de", ["gefällt\t2.0", "gut\t2.0", "schlecht\t-2.5"]),
        TextFixture.source("emotion", "en", ["happy\tjoy\t0.8", "complaints\tanger\t0.5"]),
        TextFixture.source("intent", "en", ["refund\trefund\t1.0", "not working\ttechnical-problem\t1.0", "log in\taccount-access\t0.5"]),
        TextFixture.source("topic", "en", ["refund\treturns\t1.0"]),
        TextFixture.source("valence", "und", ["😍\t3.0", ":)\t2.0", "😡\t-3.0"]),
    ]).0

    private static func sentence(of words: [String], upTo most: Int, _ random: inout SplitMix64) -> String {
        (0..<Int.random(in: 0...most, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }.joined(separator: " ")
    }

    private func values(_ text: String, _ language: String = "en") -> [Float] {
        TextFixture.read(text, Self.lexicon, language).valence.map(\.value)
    }

    private func sum(_ text: String, _ language: String = "en") -> Float { values(text, language).reduce(0, +) }

    @Test(
        arguments: [
            ("not nice", -0.7 * 1.15), ("never nice", -0.7 * 1.15), ("hardly nice", -0.4 * 1.15), ("it is not a nice thing", -0.7 * 1.15),
            ("not, nice", 1), ("not but nice", 1.3), ("nice not", 1), ("nice, my foot", -0.7 * 1.15), ("nice my foot", -0.7 * 1.15),
            ("not only nice", 1), ("no wonder nice", 1), ("not one two three what ever else nice", 1), ("not really nice", -0.7 * 1.15),
        ] as [(String, Float)]) func praiseIsTurnedInTheScopeOfItsNegator(text: String, factor: Float) throws
    {
        let value = try #require(values(text).first)
        #expect(abs(value - 1.8 * factor) < 1e-5)
    }

    @Test(
        arguments: [
            ("no problems", 0.7 * 0.75), ("without problems", 0.7 * 0.75), ("no real problems", 0.7 * 0.375), ("hardly problems", 0.4 * 0.75),
            ("don't understand these crazy problems", -0.5), ("no no problems", -0.7),
        ] as [(String, Float)]) func complaintsAreTurnedLess(text: String, factor: Float) throws
    {
        let value = try #require(values(text).first)
        #expect(abs(value - 2.0 * factor) < 1e-5)
    }

    @Test func aMildComplaintIsOnlyTakenAway() {
        #expect(values("no refund") == [0])
    }

    @Test func negationEndsWhereTheSignChanges() {
        let both = values("not happy problem")
        #expect(both[0] < 0)
        #expect(both[1] < 0)
        #expect(values("not nice or happy").allSatisfy { $0 < 0 })
    }

    @Test func twoNegatorsUndoEachOtherWhereTheLanguageDoesSo() {
        #expect(sum("not without problems") < 0)
        #expect(sum("nunca no problema", "es") > 0)
        #expect(sum("no bueno", "es") < 0)
    }

    @Test func germanNichtTurnsWhatStandsBeforeOrBehindIt() {
        #expect(sum("gefällt mir nicht", "de") < 0)
        #expect(sum("nicht gut", "de") < 0)
        #expect(sum("schlecht, nicht gut", "de") < sum("schlecht", "de"))
    }

    @Test func idiomsHideTheirWordsAndModifiers() {
        #expect(values("not bad at all") == [1.9])
        #expect(values("no complaints") == [1.8])
        #expect(values("it is not good") == [-1.6])
        #expect(TextFixture.read("no complaints", Self.lexicon, "en").labelled.map(\.value) == [0])
    }

    @Test func intensifiersWorkOverADistanceAndFromBehind() {
        #expect(abs(sum("very bad") - -3.75) < 1e-5)
        #expect(abs(sum("bad very") - -3.75) < 1e-5)
        #expect(abs(sum("very xx bad") - -2.5 * 1.45) < 1e-5)
        #expect(sum("very, bad") == -2.5)
        #expect(sum("bad very good") < 0.6)
        #expect(abs(sum("a bit slow") - -0.9) < 1e-5)
        #expect(abs(sum("awfully nice") - 1.8 * 1.4) < 1e-5)
        #expect(sum("awfully") == -2)
        #expect(sum("very really very bad") >= -2.5 * 2.5)
    }

    @Test func whatStandsBehindButCountsMore() {
        let both = values("good but slow")
        #expect(both[0] == 1.0)
        #expect(abs(both[1] - -1.95) < 1e-5)
        #expect(sum("Good. But slow") < sum("Good. Slow"))
        #expect(values("although slow, good") == [-0.75, 2.0])
    }

    @Test func whatIsSupposedCountsHalf() {
        #expect(values("would be great if") == [1.5])
        #expect(values("if bad") == [-1.25])
        #expect(values("good thing. if bad") == [2.0, -1.25])
    }

    @Test func emphasisMakesHitsStronger() {
        #expect(sum("it is GOOD") == 2.5)
        #expect(sum("IT IS GOOD") == 2.0)
        #expect(abs(sum("goooood") - 2.4) < 1e-5)
        #expect(sum("good!") > sum("good"))
        #expect(sum("good!!!") > sum("good!"))
        #expect(sum("good!!!!!!!!!!!!") == sum("good!!!!"))
        #expect(sum("good?") == 1.0)
        #expect(abs(sum("bad?") - -2.25) < 1e-5)
        #expect(sum("good. xx!") == 2.0)
    }

    @Test func repeatedEmojiCountLessAndLess() {
        #expect(values("😍😍😍") == [3.0, 1.5, 0.75])
        #expect(values("😍 😡 😍") == [3.0, -3.0, 3.0])
    }

    @Test func negatedLabelsCountNothingExceptWhatNegationLeavesTrue() {
        func labels(_ text: String) -> [String: Float] {
            let reading = TextFixture.read(text, Self.lexicon, "en")
            var found: [String: Float] = [:]
            for hit in reading.labelled { found[Self.lexicon.entries[Int(hit.entry)].label] = hit.value }
            return found
        }
        #expect(labels("I am happy")["joy"] == 0.8)
        #expect(labels("I am not happy")["joy"] == 0)
        #expect(labels("I don't want a refund") == ["refund": 0, "returns": 1])
        #expect(labels("I want a refund") == ["refund": 1, "returns": 1])
        #expect(labels("it is not working")["technical-problem"] == 1)
        #expect(labels("I don't log in")["account-access"] == 0.5)
    }

    @Test func negatedWordsAreMarked() {
        let reading = TextFixture.read("I am not so happy, thanks", Self.lexicon, "en")
        #expect(Array(reading.negated) == [false, false, false, true, true, false, false])
    }

    @Test func denseFeaturesAreFilledAndBounded() {
        var random = SplitMix64(seed: 6)
        let words = ["good", "BAD!!!", "not", "very", "😍", "?", "but", "@x", "#y", "http://a.de", "if", "soooo", "happy", "refund", "\n", ":)"]
        for _ in 0..<1000 {
            let text = Self.sentence(of: words, upTo: 60, &random)
            let reading = TextFixture.read(text, Self.lexicon, "en")
            #expect(reading.dense.count == DenseFeature.allCases.count)
            #expect(DenseFeature.count == DenseFeature.allCases.count)
            #expect(reading.dense.allSatisfy { $0 >= -1 && $0 <= 1 })
        }
        let dense = TextFixture.read("happy :) @x #y !!", Self.lexicon, "en").dense
        for feature in [DenseFeature.joy, .positiveEmoji, .mentions, .hashtags, .exclamations, .compound, .length, .lastHit] {
            #expect(dense[feature.rawValue] > 0, "\(feature)")
        }
        #expect(TextFixture.read("xx", Self.lexicon, "en").dense[DenseFeature.noHit.rawValue] == 1)
    }

    @Test(arguments: [
        ("not great", DenseFeature.negatedPraise), ("never bad", .negatedComplaint), ("it never came", .bareNegation),
    ]) func whatIsNegatedIsToldBySide(text: String, feature: DenseFeature) {
        let dense = TextFixture.read(text, Self.lexicon, "en").dense
        for other in [DenseFeature.negatedPraise, .negatedComplaint, .undoneNegation, .bareNegation] {
            #expect((dense[other.rawValue] != 0) == (other == feature), "\(text): \(other)")
        }
    }

    @Test(arguments: ["good", "bad", "refund", "very good"]) func nothingIsNegatedWithoutANegator(text: String) {
        let dense = TextFixture.read(text, Self.lexicon, "en").dense
        for feature in [DenseFeature.negatedPraise, .negatedComplaint, .undoneNegation, .bareNegation] { #expect(dense[feature.rawValue] == 0) }
    }

    @Test(arguments: [1, 2, 5, 10, 1000, 1_000_000] as [Float]) func theLogarithmIsOne(x: Float) {
        let expected: [Float: Float] = [1: 0, 2: 0.693147, 5: 1.609438, 10: 2.302585, 1000: 6.907755, 1_000_000: 13.815511]
        #expect(abs(DenseFeatures.naturalLog(x) - (expected[x] ?? 0)) < 2e-5)
    }

    @Test func stepsAddUpToTheValueExactlyAndAreRecordedOnlyWhenAsked() {
        var random = SplitMix64(seed: 7)
        let words = [
            "good", "BAD", "not", "very", "😍", "!", "?", "but", "although", "if", "sooo", "happy", "goooood", "never", "a bit", ",", "problems",
            "no complaints",
        ]
        for _ in 0..<2000 {
            let text = Self.sentence(of: words, upTo: 30, &random)
            let explained = TextFixture.read(text, Self.lexicon, "en")
            for (index, hit) in explained.valence.enumerated() {
                let steps = explained.steps.filter { Int($0.hit) == index }
                #expect(steps.reduce(hit.base) { $0 + $1.delta } == hit.value, "\(text)")
            }
            let silent = TextFixture.read(text, Self.lexicon, "en", explain: false)
            #expect(silent.valence.map(\.value) == explained.valence.map(\.value))
            #expect(silent.steps.isEmpty)
            #expect(Array(silent.dense) == Array(explained.dense))
        }
    }

    /// A megabyte of triggers: bounded hits, no trap.
    @Test(arguments: [
        "not ", "not good ", "but ", "very ", "if bad ", "😍", "good!", "good.but ", "not not ", "goooood", "although bad ", "no complaints ",
    ])
    func aMegabyteOfTriggersIsRead(part: String) {
        let reading = TextFixture.read(String(repeating: part, count: (1 << 20) / part.utf8.count), Self.lexicon, "en", explain: false)
        #expect(reading.valence.count <= reading.negated.count)
        #expect(reading.dense.allSatisfy { $0 >= -1 && $0 <= 1 })
    }
}
