import CTextBoundary
import Testing

@testable import AttuneEngine

@Suite struct TokenizerPropertyTests {
    /// Pieces that random texts are made of: every script and every special case of the tokeniser.
    static let parts = [
        "good", "DON'T", "l'", "'", "’", "é", "NÃO", "ß", "日本", "很好", "สวัสดี", "العَرَبِيّة", "ـ", "नहीं", "한국", "😀", "👍🏽", "\u{200D}",
        "\u{FE0F}", "🇩", "1", "4/5", ":", "-", ")", "(", "D", "<3", "#", "@", "_", ".", "com", "http://", "www.", "!", "？", "…", "।", "\n", "\r\n",
        "\t", " ", "\u{00A0}", "\u{0301}", "\u{1100}", "\u{1D54F}", "ﷺ", "a", "aaa", "*", "/", "x@y.de", "%", "€", "＃", "İ",
    ]

    @Test func spansOfRandomTextsAreInOrderAndAtCharacters() {
        var random = SplitMix64(seed: 3)
        for _ in 0..<4000 {
            var text = ""
            for _ in 0..<Int.random(in: 0...24, using: &random) { text += Self.parts.randomElement(using: &random) ?? "" }
            let bytes = Array(text.utf8)
            let problem = TextFixture.spanProblem(bytes, TextFixture.tokenize(bytes))
            #expect(problem == nil, "\(text.debugDescription): \(problem ?? "")")
        }
    }

    @Test func randomBytesAreTokenizedWithoutATrap() {
        var random = SplitMix64(seed: 4)
        for round in 0..<4000 {
            let length = Int.random(in: 0...300, using: &random)
            // Lead and continuation bytes more often than chance would have them.
            let likely: [UInt8] = [0xC3, 0xA9, 0xE2, 0x80, 0x99, 0xF0, 0x27, 0x61, 0x20, 0xED, 0xA0]
            let bytes = (0..<length).map { _ in
                round % 2 == 0 ? UInt8.random(in: 0...255, using: &random) : likely.randomElement(using: &random) ?? 0
            }
            let buffer = TextFixture.tokenize(bytes)
            let problem = TextFixture.spanProblem(bytes, buffer)
            #expect(problem == nil, "\(bytes): \(problem ?? "")")
            for token in buffer.tokens { #expect(String(validating: buffer.form(token), as: UTF8.self) != nil, "\(bytes)") }
        }
    }

    /// ICU's memory is taken from blocks that were given back before, on whatever thread: the answers are those of a thread of its own.
    @Test func threadsGiveBackMemoryWithoutMixingIt() async {
        let texts = (1...40).map { String(repeating: "สวัสดีครับวันนี้อากาศดี很好用的手机お問い合わせありがとう ", count: $0) }
        let expected = texts.map(TextFixture.forms)
        for _ in 0..<4 {
            await withTaskGroup(of: (Int, [String]).self) { group in
                for (i, text) in texts.enumerated() { group.addTask { (i, TextFixture.forms(text)) } }
                for await (i, forms) in group { #expect(forms == expected[i]) }
            }
        }
    }

    /// (But for `ﷺ`, which NFKC makes four words of.)
    @Test func foldedFormsAreFoldedAlready() {
        for text in Self.parts + ["Größe", "ÇOK", "aujourd'hui", "ﬁn"] {
            for piece in TextFixture.pieces(text) where piece.kind == .word && !piece.form.hasSuffix("'") && !piece.form.contains(" ") {
                #expect(TextFixture.forms(piece.form) == [piece.form])
            }
        }
    }

    /// Plain Latin words do not go to ICU; ICU says the same of them.
    @Test func plainLatinFoldsAsICUDoes() {
        let boundary = TextBoundary()
        for value in 0xC0...0xFF where value != 0xD7 && value != 0xF7 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let word = "a\(scalar)b"
            let expected = Array(word.utf8).withUnsafeBufferPointer { bytes in
                let folded = boundary.fold(bytes)
                return String(decoding: UnsafeBufferPointer(start: boundary.folded, count: folded.count), as: UTF8.self)
            }
            #expect(TextFixture.pieces(word).map(\.form) == [expected])
        }
    }

    /// A megabyte of one thing: the work is counted in tokens and in bytes of folded forms, not in seconds.
    @Test(arguments: [
        ":", "-", "'", "a", "A", "1", "\u{0301}", "é", "’", "😀", "🇩", "\u{200D}", "日", "ก", ":)", ":-", "a.", "a@", "@", "#", "#1", "1,", "www.",
        "http://",
        "<3", "not ", "a'", "l'", "\n", "ﷺ", "ـ", "\u{FFFD}", "!", "!?", "(", "T_T", "a-", "х", "x@y.", ".com/",
    ]) func aMegabyteOfOneThingIsReadInBoundedSpace(part: String) {
        let count = (1 << 20) / part.utf8.count
        let bytes = Array(String(repeating: part, count: count).utf8)
        let buffer = TextFixture.tokenize(bytes)
        #expect(buffer.tokens.count <= bytes.count)
        #expect(buffer.folded.count <= bytes.count + TokenBuffer.longestForm)
        #expect(buffer.tokens.allSatisfy { $0.foldedCount <= TokenBuffer.longestForm })
        #expect(TextFixture.spanProblem(bytes, buffer) == nil)
    }

    /// A text may stand in the middle of a file: what is behind it says nothing of it.
    @Test func whatStandsBehindATextIsNotRead() {
        var random = SplitMix64(seed: 9)
        let parts = ["a", "tb", "\n", " ", "\t", "'", ".", "é", "😀", "!", "#", "@", ":", "-", "1", ",", "www.", "http://", "l'", "sooo"]
        for _ in 0..<3000 {
            let text = Array((0..<Int.random(in: 1...40, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }.joined().utf8)
            let behind = Array((0..<70).map { _ in parts.randomElement(using: &random) ?? "" }.joined().utf8)
            let alone = TextFixture.tokenize(text)
            var scratch = TokenizerScratch()
            var buffer = TokenBuffer()
            (text + behind).withUnsafeBufferPointer {
                Tokenizer().tokenize(UnsafeBufferPointer(rebasing: $0[..<text.count]), scratch: &scratch, into: &buffer)
            }
            #expect(Array(buffer.tokens) == Array(alone.tokens))
            #expect(TextFixture.spanProblem(text, buffer) == nil)
        }
    }

    /// Every run of bytes that are not UTF-8 at all.
    @Test(arguments: [0x80, 0xC3, 0xE2, 0xF0, 0xFF] as [UInt8]) func aMegabyteOfABrokenByteHasNoTokens(byte: UInt8) {
        #expect(TextFixture.tokenize([UInt8](repeating: byte, count: 1 << 20)).tokens.isEmpty)
    }
}
