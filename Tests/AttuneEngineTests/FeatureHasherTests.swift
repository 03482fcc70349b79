import Testing

@testable import AttuneEngine

@Suite struct FeatureHasherTests {
    @Test func hashesOfBytesAreTheSpecifiedOnes() {
        // FNV-1a of "" and "a" before the finisher are the published vectors.
        #expect(StableHash.offset == 0xCBF2_9CE4_8422_2325)
        #expect(StableHash.extend(StableHash.offset, UInt8(ascii: "a")) == 0xAF63_DC4C_8601_EC8C)
        // fmix64 of 0 and 1 (MurmurHash3).
        #expect(StableHash.finish(0) == 0)
        #expect(StableHash.finish(1) == 0xB456_BCFC_34C2_CB2C)
    }

    @Test func rowsOfATextAreGolden() {
        let words = FeatureConfiguration(tableBits: 17, wordOrder: 2, maximumCharacters: 0)
        #expect(rows("no refund", words) == goldenWords)
        let characters = FeatureConfiguration(tableBits: 17, wordOrder: 0, minimumCharacters: 2, maximumCharacters: 3)
        #expect(rows("ab", characters) == goldenCharacters)
    }

    private var goldenWords: [UInt32] {
        let no = StableHash.finish(seeded("no", 1))
        let refund = StableHash.finish(seeded("refund", 1))
        return [no, refund, StableHash.pair(no, refund)].map { UInt32($0 & 0x1FFFF) }
    }

    private var goldenCharacters: [UInt32] {
        ["\u{2}a", "ab", "b\u{3}", "\u{2}ab", "ab\u{3}"].map { gram($0) & 0x1FFFF }
    }

    /// An n-gram's hash, scalar by scalar.
    private func gram(_ text: String) -> UInt32 {
        let state = text.unicodeScalars.reduce(0x3C6E_F372 as UInt32) { ($0 ^ $1.value) &* 0x9E37_79B1 }
        let mixed = (state ^ state >> 16) &* 0x7FEB_352D
        return mixed ^ mixed >> 15
    }

    @Test func hashesOfCharactersAreGolden() {
        #expect(gram("\u{2}ab") == 0x0D87_7544)
        let characters = FeatureConfiguration(tableBits: 22, wordOrder: 0, minimumCharacters: 5, maximumCharacters: 5)
        #expect(rows("日本語", characters) == [gram("\u{2}日本語\u{3}") & 0x3FFFFF])
    }

    private func seeded(_ text: String, _ seed: UInt64) -> UInt64 {
        text.utf8.reduce(StableHash.offset ^ seed) { StableHash.extend($0, $1) }
    }

    @Test func negatedWordIsAnotherWordButItsCharactersStay() {
        let words = FeatureConfiguration(tableBits: 20, wordOrder: 1, maximumCharacters: 0)
        #expect(rows("good", words, negated: [true]) != rows("good", words))
        let characters = FeatureConfiguration(tableBits: 20, wordOrder: 0)
        #expect(rows("good", characters, negated: [true]) == rows("good", characters))
    }

    @Test func idiomIsOneWord() {
        let words = FeatureConfiguration(tableBits: 20, wordOrder: 2, maximumCharacters: 0)
        #expect(rows("over the moon", words).count == 5)
        #expect(rows("over the moon", words, idiom: [1, 1, 1]).count == 1)
    }

    @Test func characterGramsEndAtScalars() {
        // Three scalars and two ends, 2 to 5 long: 4 + 3 + 2 + 1.
        let characters = FeatureConfiguration(tableBits: 20, wordOrder: 0)
        #expect(rows("abc", characters).count == 10)
        #expect(rows("éüñ", characters).count == rows("abc", characters).count)
    }

    @Test func aLetterAloneIsAnNGramAndAMarkIsNone() {
        let one = FeatureConfiguration(tableBits: 20, wordOrder: 0, minimumCharacters: 1, maximumCharacters: 1)
        #expect(rows("abc", one) == ["a", "b", "c"].map { gram($0) & 0xFFFFF })
        let long = FeatureConfiguration(tableBits: 20, wordOrder: 0, minimumCharacters: 6, maximumCharacters: 8)
        #expect(rows("abc", long).isEmpty)
        #expect(rows("abcd", long) == [gram("\u{2}abcd\u{3}") & 0xFFFFF])
    }

    @Test func characterRowsOfAWordDoNotDependOnItsNeighbours() {
        let characters = FeatureConfiguration(tableBits: 20, wordOrder: 0)
        let apart = rows("hello", characters) + rows("world", characters)
        #expect(rows("hello world", characters) == apart)
    }

    @Test func narrowerTableHasTheLowBitsOfTheWiderOne() {
        let wide = FeatureConfiguration(tableBits: 17)
        var narrow = wide
        narrow.tableBits = 12
        #expect(narrow.isNarrower(than: wide) && !wide.isNarrower(than: narrow))
        let text = "no complaints, the café is 10/10 😀!!!"
        #expect(rows(text, narrow) == rows(text, wide).map { $0 & 0xFFF })
    }

    @Test func triplesAreAddedWhenAsked() {
        let three = FeatureConfiguration(tableBits: 20, wordOrder: 3, maximumCharacters: 0)
        #expect(rows("one more time please", three).count == 9)
    }

    @Test func pairsKnowNeitherOrderNorEndingsNorWhatStandsBetween() {
        let pairs = { (distance: Int) in FeatureConfiguration(tableBits: 20, wordOrder: 0, maximumCharacters: 0, pairDistance: distance) }
        #expect(rows("card declined", pairs(8)) == rows("declining cards", pairs(8)))
        #expect(rows("card, declined!", pairs(8)).count == 1)
        #expect(rows("my card was declined", pairs(8)).count == 6)
        #expect(rows("my card was declined", pairs(1)).count == 3)
        #expect(rows("my card was declined", pairs(8)).contains(rows("card declined", pairs(8))[0]))
        #expect(rows("card", pairs(8)).isEmpty && rows("card declined", pairs(0)).isEmpty)
        // Three scalars count, not three bytes.
        #expect(rows("données perdu", pairs(8)) == rows("don perdre", pairs(8)))
        #expect(rows("été perdu", pairs(8)) != rows("éta perdu", pairs(8)))
    }

    @Test(arguments: ["to be or not to be", "card card card", "late!! late!! 10 10", "a", ""])
    func distinctRowsStandWhereTheyStoodFirst(_ text: String) {
        let plain = FeatureConfiguration(tableBits: 12, wordOrder: 3, pairDistance: 8)
        var distinct = plain
        distinct.distinct = true
        var seen = Set<UInt32>()
        #expect(rows(text, distinct) == rows(text, plain).filter { seen.insert($0).inserted })
        #expect(!distinct.isNarrower(than: plain) && !plain.isNarrower(than: distinct))
    }

    /// A text adds fewer than eight rows a byte, whatever it is made of: what 32 bits hold rests on it.
    @Test func rowsStayFewerThanEightAByte() {
        let all = FeatureConfiguration(tableBits: 20, wordOrder: 3, maximumCharacters: 4, pairDistance: 8)
        for text in [String(repeating: "a ", count: 200), String(repeating: "1 a", count: 200), String(repeating: "中", count: 200)] {
            #expect(rows(text, all).count < 8 * text.utf8.count)
        }
    }
}
