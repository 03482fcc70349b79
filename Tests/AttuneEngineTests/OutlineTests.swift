import Testing

@testable import AttuneEngine

@Suite struct OutlineTests {
    private static let lexicon = Lexicon.read([
        TextFixture.source("valence", "en", ["great\t3.0", "nice\t1.5", "terrible\t-3.0", "slow\t-1.2", "delay\t-1.8", "🙂\t1.5", "🙁\t-1.5"]),
        TextFixture.source("idiom", "en", ["top notch\t3.0"]),
        TextFixture.source(
            "modifier", "en",
            [
                "not\tnegator\t-0.7", "very\tintensifier\t1.4", "slightly\tdampener\t0.6", "but\tcontrast\t1.0", "although\tconcession\t0.5",
                "if\tconditional\t0.5",
            ]),
        TextFixture.source(
            "structure", "en",
            ["another\tagain", "delay\tproblem", "you\tyou", "than\tthan", "my old\trival", "better\tmore", "if\tcondition", "hours\ttime"]),
        TextFixture.source("structure", "de", ["than\town"]),
    ]).0

    private func outline(_ text: String, _ language: String? = "en") -> [String] {
        TextFixture.read(text, Self.lexicon, language).outline.symbols.map(TextOutline.Symbol.name)
    }

    @Test(arguments: [
        ("Great, another delay.", ["strong praise", "comma", "again", "problem as complaint", "stop"]),
        ("great whatever another whatever delay", ["strong praise", "again", "problem as complaint"]),
        ("You work better than my old phone!!", ["you", "more", "than", "rival", "exclamation mark"]),
        ("not great but nice 🙂", ["negator", "negated praise", "contrast", "praise", "glad face"]),
        ("although slow: top notch?", ["concession", "complaint", "colon", "praise phrase", "question mark"]),
        ("very slightly if \"x\" 🙁 …", ["intensifier", "dampener", "condition", "quotation mark", "quotation mark", "sad face", "dots"]),
        (
            "3 hours @shop #fail https://a.b (x) - «y»",
            [
                "digits", "time", "mention", "hashtag", "url", "parenthesis", "parenthesis", "dash", "quotation mark", "quotation mark",
            ]
        ),
        ("कुछ। شيء؟ شيء،", ["stop", "question mark", "comma"]),
        ("words without any role", []),
    ])
    func leavesOutWhatATextIsAbout(_ text: String, _ symbols: [String]) {
        #expect(outline(text) == ["begin"] + symbols + ["end"])
    }

    @Test func readsTheClassesOfTheTextsLanguage() {
        #expect(outline("than", "en") == ["begin", "than", "end"])
        #expect(outline("than", "de") == ["begin", "own", "end"])
    }

    @Test func everySymbolStandsOnATokenInOrder() {
        var texts = TextGenerator(seed: 12)
        for _ in 0..<500 {
            let text = String(decoding: texts.text(), as: UTF8.self)
            let count = TextFixture.tokenize(text).tokens.count
            let outline = TextFixture.read(text, testLexicon()).outline
            #expect(outline.symbols.count == outline.tokens.count)
            #expect(outline.symbols.allSatisfy { Int($0) < TextOutline.Symbol.count })
            #expect(outline.tokens.allSatisfy { $0 >= 0 && Int($0) < count })
            #expect(zip(outline.tokens, outline.tokens.dropFirst()).allSatisfy { $0 <= $1 })
            #expect(count > 0 || outline.symbols.isEmpty)
        }
    }

    @Test func theNumbersHaveRoom() {
        #expect(Int(TextOutline.Symbol.structureCount) == LexiconEntry.Structure.allCases.count)
        #expect(TextOutline.Symbol.count < Int(TextOutline.Symbol.none))
        #expect(TextOutline.Symbol.count * TextOutline.Symbol.count <= OutlinePairs.configuration.rowCount)
        #expect(Set((0..<TextOutline.Symbol.count).map { TextOutline.Symbol.name(UInt8($0)) }).count == TextOutline.Symbol.count)
    }

    @Test(arguments: [0, 1, 2, 3, 12, 13, 14, 15, 40]) func pairsReachSoFar(_ symbols: Int) {
        let text = [String](repeating: "great", count: max(0, symbols - 2)).joined(separator: " ")
        let outline = symbols < 2 ? TextOutline() : TextFixture.read(text, Self.lexicon, "en").outline
        var rows: [UInt32] = []
        OutlinePairs.rows(outline, into: &rows)
        // `begin` and `end` stand on the first and last token, so a text needs one.
        if symbols != 2 { #expect(outline.symbols.count == (symbols < 2 ? 0 : symbols)) }
        #expect(rows.count == OutlinePairs.count(outline.symbols.count))
    }

    /// What is packed into one number, at the limits of a signed byte, against the rows one by one.
    @Test(arguments: [UInt64(1), 2, 3]) func sumsAreThoseOfTheRows(_ seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let weights = OutlineHeads.labels.map { _ in
            HeadWeights(
                rows: (0..<OutlinePairs.configuration.rowCount).map { _ in
                    seed == 1 ? -1 : seed == 2 ? (generator.index(below: 2) == 0 ? -1 : 1) : Float(generator.index(below: 2001)) / 1000 - 1
                }, dense: [], bias: 0)
        }
        let group = LinearHeads.quantized(
            name: PackLabels.outlineGroup, labels: OutlineHeads.labels, link: .independent, configuration: OutlinePairs.configuration, heads: weights,
            calibration: [.init(slope: 0.5, offset: 0), .init(slope: 2, offset: 0)], threshold: [0, 0])
        let heads = try #require(OutlineHeads(group))
        var texts = TextGenerator(seed: seed)
        var rows: [UInt32] = []
        var scratch = HeadScratch()
        for _ in 0..<300 {
            let outline = TextFixture.read(String(decoding: texts.text(), as: UTF8.self), testLexicon()).outline
            OutlinePairs.rows(outline, into: &rows)
            group.addRows(rows, into: &scratch.sums)
            group.logOdds(sums: scratch.sums, featureCount: rows.count, dense: Column(), into: &scratch.logOdds)
            var odds = (0.0, 0.0)
            heads.add(outline, to: &odds.0, &odds.1)
            #expect(odds == (scratch.logOdds[0], scratch.logOdds[1]))
        }
    }

    @Test func anotherGroupIsNoOutline() {
        #expect(OutlineHeads(nil) == nil)
        #expect(OutlineHeads(smallHeads(name: PackLabels.outlineGroup)) == nil)
    }

    /// The same words in the other order: n-grams of single words cannot tell these texts apart.
    @Test func anOrderIsLearnedBesideFeaturesThatDoNotSeeIt() {
        var (examples, outlines) = (SparseExamples(denseWidth: 0), SparseExamples(denseWidth: 0))
        for index in 0..<40 {
            examples.append([1, 2], dense: Column())
            outlines.append([index % 2 == 0 ? 7 : 9, 3], dense: Column())
        }
        outlines.append([11], dense: Column())
        examples.append([1], dense: Column())
        let isPositive = (0..<41).map { $0 % 2 == 0 }
        let beside = FurtherFeatures(outlines, rowCount: 16, share: 0.5, fewest: 2)
        let head = DualCoordinateDescent().train(
            examples, chosen: (0..<41).map { Int32($0) }, isPositive: isPositive, weights: .init(repeating: 1, count: 41),
            squares: .init(repeating: 1, count: 4), beside: beside)
        for index in 0..<40 { #expect((examples.score(index, head) + outlines.sum(index, head.further) > 0) == isPositive[index]) }
        #expect(head.further[11] == 0, "a row of one text is left out")
    }
}
