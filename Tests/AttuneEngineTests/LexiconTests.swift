import Testing

@testable import AttuneEngine

@Suite struct LexiconParserTests {
    private func parse(_ text: String) -> LexiconParser {
        LexiconParser(LexiconSource(name: "en/x.tsv", bytes: Array(text.utf8)))
    }

    @Test func aFileIsReadWithItsHeader() {
        let parser = parse("# attune-lexicon: emotion\n# language: en\n# --- joy\nso happy\tjoy\t0.9\r\n\nglad\tjoy\t0.5\n")
        #expect(parser.problems.isEmpty)
        #expect(parser.entries.map(\.term) == ["so happy", "glad"])
        #expect(parser.entries[0] == LexiconEntry(language: "en", kind: .emotion, term: "so happy", label: "joy", weight: 0.9))
    }

    @Test func aSensitiveLineHasNoWeightAndAByteOrderMarkIsSkipped() {
        let parser = parse("\u{FEFF}# attune-lexicon: sensitive\n# language: en\ndiabetes\thealth\n")
        #expect(parser.problems.isEmpty)
        #expect(parser.entries.first?.weight == 1)
    }

    @Test func aHashtagIsATerm() {
        #expect(parse("# attune-lexicon: valence\n# language: en\n#fail\t-2.0\n").entries.map(\.term) == ["#fail"])
    }

    @Test(arguments: [
        ("good", "1 columns"), ("good\tx\t1.0", "3 columns"), ("good\thigh", "no weight"), ("good\t9.0", "no weight"), ("good\tnan", "no weight"),
        (" good\t1.0", "spaces"), ("so  good\t1.0", "spaces"), ("\t1.0", "empty"), ("goo*\t1.0", "at least 4 letters"),
        ("a b c d e f g h i j k\t1.0", "shorten"), ("fine\t1.0\nfine\t2.0", "line 3"),
    ]) func aBadLineIsToldAndTheRestIsUsed(line: String, part: String) throws {
        let parser = parse("# attune-lexicon: valence\n# language: en\n\(line)\nrest\t1.0\n")
        let problem = try #require(parser.problems.first)
        #expect(problem.description.hasPrefix("en/x.tsv:"))
        #expect(problem.message.contains(part))
        #expect(parser.entries.last?.term == "rest")
    }

    @Test(arguments: [
        ("good\t1.0\nbad\t-1.0\n", 1, "add both lines"), ("# attune-lexicon: mood\n# language: en\ngood\t1.0\n", 1, "unknown kind"),
        ("# attune-lexicon: topic\n# language: en\nshop\tshopping\t1.0\n", 3, "unknown label"),
    ]) func aBadHeaderOrLabelIsToldOnce(text: String, line: Int, part: String) {
        let parser = parse(text)
        #expect(parser.problems.map(\.line) == [line])
        #expect(parser.problems.allSatisfy { $0.message.contains(part) })
        #expect(parser.entries.isEmpty)
    }

    @Test func bytesThatAreNotUTF8AreToldByLine() {
        let bytes = Array("# attune-lexicon: valence\n# language: en\n".utf8) + [0xFF, 0x09, 0x31, 0x0A] + Array("good\t1.0\n".utf8)
        let parser = LexiconParser(LexiconSource(name: "x", bytes: bytes))
        #expect(parser.problems.map(\.line) == [3])
        #expect(parser.entries.count == 1)
    }

    @Test func randomBytesNeverTrap() {
        var random = SplitMix64(seed: 5)
        for _ in 0..<2000 {
            let tail = (0..<Int.random(in: 0...80, using: &random)).map { _ in
                [0x09, 0x0A, 0x20, 0x23, 0x2A, 0x2E, 0x31, 0x61, 0xC3, 0xA9, 0xFF].randomElement(using: &random) ?? UInt8(0)
            }
            let bytes = Array("# attune-lexicon: valence\n# language: en\n".utf8) + tail
            let (lexicon, _) = Lexicon.read([LexiconSource(name: "x", bytes: bytes)])
            #expect(lexicon.entries.count <= 80)
        }
    }
}

@Suite struct LexiconTests {
    private func values(_ text: String, _ sources: [LexiconSource], _ language: String? = nil) -> [Float] {
        TextFixture.read(text, Lexicon.read(sources).0, language).valence.map(\.base)
    }

    private static let base = TextFixture.source(
        "valence", "en", ["good\t2.0", "disappoint*\t-2.5", "disappointed\t-3.0", "café\t1.0", "broken\t-2.0"])

    @Test(
        arguments: [
            ("good", [2.0]), ("GOOD!", [2.0]), ("gooood", [2.0]), ("goodness", []), ("disappointing", [-2.5]), ("disappointed", [-3.0]),
            ("disappoin", []), ("#disappointment", [-2.5]), ("cafe", [1.0]), ("cafè", [1.0]), ("CAFÉ", [1.0]), ("bröken", [-2.0]),
            ("goood gooood", [2.0, 2.0]),
        ] as [(String, [Float])]) func wordsAreFoundByTheirFoldedForm(text: String, expected: [Float])
    {
        #expect(values(text, [Self.base]) == expected)
    }

    @Test func theLongestPhraseWinsInItsLayerAndLayersDoNotSeeEachOther() {
        let (lexicon, problems) = Lexicon.read([
            TextFixture.source("valence", "en", ["waste\t-2.0", "time\t0.5", "good\t2.0"]),
            TextFixture.source("idiom", "en", ["waste of time\t-2.7", "good time\t2.4"]),
            TextFixture.source("emotion", "en", ["waste\tfrustration\t0.5", "waste\tanger\t0.3", "time\tjoy\t0.2"]),
        ])
        #expect(problems.isEmpty)
        let reading = TextFixture.read("What a waste of time", lexicon)
        #expect(reading.valence.map(\.base) == [-2.7])
        #expect(reading.valence.first?.span == Span(7, 20))
        #expect(reading.valence.first?.tokens == 2..<5)
        #expect(Array(reading.idiom) == [0, 0, 1, 1, 1])
        #expect(reading.labelled.map { lexicon.entries[Int($0.entry)].label } == ["anger", "frustration", "joy"])
        #expect(TextFixture.read("waste of good time", lexicon).valence.map(\.base) == [-2.0, 2.4])
    }

    @Test func aPhraseIsFoundAcrossHyphensAndTypographicApostrophes() {
        let sources = [TextFixture.source("valence", "en", ["mind blowing\t3.0", "can't fault\t2.2"])]
        #expect(values("Mind-blowing! I can’t fault it", sources) == [3.0, 2.2])
    }

    @Test func accentsAreLeftOutOnlyWhereThatIsNoOtherWord() {
        let sources = [
            TextFixture.source("valence", "de", ["schön\t2.0"]), TextFixture.source("valence", "fr", ["sûr\t1.0", "déçu\t-2.0"]),
            TextFixture.source("valence", "es", ["pésimo\t-3.0"]),
        ]
        #expect(values("schon sur", sources) == [])
        #expect(values("schoen", sources, "de") == [2.0])
        #expect(values("decu", sources, "fr") == [-2.0])
        #expect(values("PESIMO", sources, "es") == [-3.0])
    }

    @Test func anEntryOfItsOwnBeatsAnotherEntrysOtherSpelling() {
        let sources = [TextFixture.source("valence", "es", ["papá\t1.0", "papa\t-1.0", "mamás\t1.0"])]
        #expect(values("papa", sources, "es") == [-1.0])
        #expect(values("mamas", sources, "es") == [1.0])
    }

    @Test func aWordOfAnotherLanguageDoesNotFire() {
        let sources = [
            TextFixture.source("valence", "en", ["die\t-3.0", "pain\t-2.0", "chat\t1.0"]), TextFixture.source("valence", "fr", ["chat\t0.5"]),
            TextFixture.source("valence", "de", ["pain\t1.0"]), TextFixture.source("valence", "und", ["😀\t2.0"]),
        ]
        #expect(values("die pain 😀", sources, "en") == [-3.0, -2.0, 2.0])
        #expect(values("die pain 😀", sources, "fr") == [2.0])
        #expect(values("die pain 😀", sources, "sv") == [2.0])
        // Unknown language: what two languages contradict each other about says nothing, else the weaker counts.
        #expect(values("die pain chat", sources) == [-3.0, 0.5])
    }

    @Test func masksKnowRegionsAndMixedLanguages() {
        let (lexicon, _) = Lexicon.read(["en", "pt", "hi", "hi-Latn"].map { TextFixture.source("valence", $0, ["x\t1.0"]) })
        func codes(_ language: String?) -> [String] {
            let mask = lexicon.mask(for: language)
            return lexicon.languages.indices.filter { mask.rawValue >> UInt64($0) & 1 == 1 }.map { lexicon.languages[$0] }
        }
        #expect(codes("pt-BR") == ["und", "pt"])
        #expect(codes("hi") == ["und", "hi"])
        #expect(codes("hi-Latn") == ["und", "en", "hi-Latn"])
        #expect(codes("tlh") == ["und"])
        #expect(codes(nil) == ["und", "en", "hi", "hi-Latn", "pt"])
    }

    @Test func laterSourcesOverrideAndZeroTakesAway() {
        let mine = TextFixture.source("valence", "en", ["good\t-1.0", "broken\t0"])
        #expect(values("good broken", [Self.base, mine]) == [-1.0])
        #expect(values("good broken", [mine, Self.base]) == [2.0, -2.0])
    }

    @Test func termsThatAreOneToTheTokenizerSayAThingOnce() {
        let (lexicon, problems) = Lexicon.read([
            TextFixture.source("valence", "und", [":)\t2.0", ":-)\t1.5"]), TextFixture.source("emotion", "und", [":)\tjoy\t0.5", ":-)\tjoy\t0.6"]),
            TextFixture.source("idiom", "und", [":]\t1.0"]),
        ])
        #expect(problems.isEmpty)
        let reading = TextFixture.read(":-]", lexicon)
        #expect(reading.valence.map(\.base) == [1.0])
        #expect(reading.labelled.map(\.base) == [0.6])
    }

    @Test func theHashIsOfTheEntriesAndNotOfTheirOrder() {
        let other = TextFixture.source("idiom", "en", ["good grief\t-1.0"])
        let (first, second) = (Lexicon.read([Self.base, other]).0, Lexicon.read([other, Self.base]).0)
        #expect(first.hash == second.hash)
        #expect(first.hash != Lexicon.read([Self.base]).0.hash)
        let changed = TextFixture.source("idiom", "en", ["good grief\t-1.1"])
        #expect(first.hash != Lexicon.read([Self.base, changed]).0.hash)
        let (same, _) = Lexicon.read([TextFixture.source("valence", "en", ["good\t2.0"])])
        #expect(same.hash == Lexicon.read([TextFixture.source("valence", "en", ["good\t2.0"])]).0.hash)
    }

    @Test func anEmptyLexiconReadsEverythingAsNothing() {
        let (lexicon, problems) = Lexicon.read([])
        #expect(problems.isEmpty)
        #expect(lexicon.languages == ["und"])
        #expect(TextFixture.read("anything at all 😀", lexicon).valence.isEmpty)
    }

    @Test func languagesBeyondAMasksBitsAreTold() {
        let sources = (0..<70).map { TextFixture.source("valence", "x\($0)", ["word\($0)\t1.0"]) }
        let (lexicon, problems) = Lexicon.read(sources)
        #expect(lexicon.languages.count == Lexicon.mostLanguages)
        #expect(problems.count == 1)
    }
}
