import Testing

@testable import AttuneEngine

@Suite struct TokenizerTests {
    @Test(arguments: [
        ("Gas hit $3.39!!!!", ["gas", "hit", "$", "3.39", "!"]),
        ("I don't think it's", ["i", "don't", "think", "it's"]),
        ("I don’t — think", ["i", "don't", "-", "think"]),
        ("l'ami qu'il d’été", ["l'", "ami", "qu'", "il", "d'", "été"]),
        ("aujourd'hui dell'ordine c'è all's", ["aujourd'hui", "dell'", "ordine", "c'", "è", "all's"]),
        ("well-made e-mail -5 a - b", ["well", "made", "e", "mail", "-", "5", "a", "-", "b"]),
        ("gr8 10:30 4/5 100% 5pm 1,000.50", ["gr8", "10:30", "4/5", "100", "%", "5pm", "1,000.50"]),
        ("CAFÉ não Größe straße", ["café", "não", "grösse", "strasse"]),
        ("soooo goood loooong aaa1111", ["soo", "good", "loong", "aa1111"]),
        ("¡Hola! ¿qué?", ["¡", "hola", "!", "¿", "qué", "?"]),
        ("“quoted” … wait—ok", ["\"", "quoted", "\"", ".", "wait", "-", "ok"]),
        ("العَرَبِيّة مشـــكور أنا إلى آسف", ["العربية", "مشكور", "انا", "الي", "اسف"]),
        ("अच्छा नहीं है।", ["अच्छा", "नहीं", "है", "."]),
        ("我非常喜欢这个产品。很好！！", ["我", "非常", "喜欢", "这个", "产品", ".", "很好", "!"]),
        ("สวัสดีครับ", ["สวัสดี", "ครับ"]),
        ("ＡＢＣ ﬁn", ["abc", "fin"]),
        ("می‌خواهم", ["میخواهم"]),
        ("a\u{00A0}b\u{200B}c\u{FEFF}", ["a", "b", "c"]),
        // What stands for data that was taken out is nothing that somebody said.
        ("is [PII].", ["is", "."]), ("I'm [PERSON]'s", ["i'm", "'", "s"]), ("[CREDIT_DEBIT_NUMBER] x7", ["x7"]),
        ("to:[PHONE_NUMBER_1],ok", ["to", ":", ",", "ok"]),
        ("[LOL] [Name]", ["[", "lol", "]", "[", "name", "]"]), ("[PII", ["[", "pii"]), ("[_A] [A1]", ["[", "_", "a", "]", "[", "a1", "]"]),
        ("snake_case (foo): bar", ["snake", "_", "case", "(", "foo", ")", ":", "bar"]),
    ]) func wordsAreFolded(text: String, forms: [String]) {
        #expect(TextFixture.forms(text) == forms)
    }

    @Test(arguments: [
        ("#WorstServiceEver", Token.Kind.hashtag, "worstserviceever"),
        ("#été", .hashtag, "été"),
        ("@shop_1", .mention, ""),
        ("@josé", .mention, ""),
        ("http://t.co/ab?c=1", .url, ""),
        ("https://example.com/a_(b)/", .url, ""),
        ("www.example.de", .url, ""),
        ("amazon.com", .url, ""),
        ("pic.twitter.com/xyz", .url, ""),
        ("bit.ly/abc", .url, ""),
        ("foo.bar+x@example.co.uk", .url, ""),
        (":)", .emoticon, ":)"), (":-)))", .emoticon, ":)"), (":'(", .emoticon, ":'("), (">:(", .emoticon, ">:("),
        ("<333", .emoticon, "<3"), ("</3", .emoticon, "</3"), ("^_^", .emoticon, "^_^"), ("T_T", .emoticon, "t_t"),
        ("(:", .emoticon, ":)"), ("):", .emoticon, ":("), (":DDD", .emoticon, ":d"), ("=)", .emoticon, "=)"), (";-P", .emoticon, ";p"),
        ("😂", .emoji, "😂"), ("👍🏽", .emoji, "👍"), ("👨‍👩‍👧", .emoji, "👨‍👩‍👧"), ("❤️", .emoji, "❤"),
        ("🇩🇪", .emoji, "🇩🇪"), ("1️⃣", .emoji, "1⃣"), ("🏽", .emoji, "🏻"),
        ("4/5", .number, "4/5"), ("٣٤", .number, "٣٤"), ("!!!", .punctuation, "!"), ("…", .punctuation, "."),
    ]) func oneTokenOfAKind(text: String, kind: Token.Kind, form: String) {
        #expect(TextFixture.pieces(text) == [TextFixture.Piece(kind: kind, form: form, text: text)])
        // Not less so between words.
        #expect(TextFixture.pieces("x " + text + " y").map(\.text) == ["x", text, "y"])
    }

    @Test(arguments: [
        ("see http://t.co/ab.", ["see", "http://t.co/ab", "."]),
        ("(www.foo.de)", ["(", "www.foo.de", ")"]),
        ("http://foo.de。很好", ["http://foo.de", "。", "很好"]),
        ("a@b not mail", ["a", "@", "b", "not", "mail"]),
        ("note:(important)", ["note", ":", "(", "important", ")"]),
        ("ok👍👍🏽", ["ok", "👍", "👍🏽"]),
        ("good.bad and/or", ["good", ".", "bad", "and", "/", "or"]),
        ("#1 ##x @@y", ["#", "1", "##", "x", "@@", "y"]),
        ("at 10:3 or foo:Dbar", ["at", "10:3", "or", "foo", ":", "Dbar"]),
        ("x—y", ["x", "—", "y"]),
    ]) func textIsSplit(text: String, parts: [String]) {
        #expect(TextFixture.pieces(text).map(\.text) == parts)
    }

    @Test func shapesAreNoted() {
        let buffer = TextFixture.tokenize("GOOD I sooo ÉTÉ wow!!! ok？ a\nb")
        let shapes = buffer.tokens.map(\.shape)
        #expect(shapes[0] == .allCaps)
        #expect(shapes[1] == [])
        #expect(shapes[2] == .elongated)
        #expect(shapes[3] == [.allCaps, .nonASCII])
        #expect(shapes[5] == .endsSentence)
        #expect(buffer.tokens[5].repeats == 3)
        #expect(shapes[7].contains(.endsSentence))
        #expect(TextFixture.forms("a\nb") == ["a", "\n", "b"])
    }

    @Test func lineBreaksEndSentencesOnce() {
        #expect(TextFixture.forms("\n\na\r\n\r\nb!\nc\n") == ["a", "\n", "b", "!", "c"])
    }

    @Test func bytesThatAreNotUTF8SeparateWords() {
        let buffer = TextFixture.tokenize(Array("ab".utf8) + [0xFF] + Array("cd".utf8) + [0xC3] + Array(" é".utf8) + [0xE2, 0x80])
        #expect(buffer.tokens.map { String(decoding: buffer.form($0), as: UTF8.self) } == ["ab", "cd", "é"])
    }

    @Test(arguments: 0...12) func textBeyondTheLimitIsCutAtACharacter(limit: Int) {
        let bytes = Array("aé😀 wörd".utf8)
        let buffer = TextFixture.tokenize(bytes, limit: limit)
        #expect(buffer.textCount == bytes.count)
        #expect(buffer.scannedCount <= limit)
        #expect(buffer.scannedCount > limit - 4 || limit == 0)
        #expect(String(validating: bytes[0..<buffer.scannedCount], as: UTF8.self) != nil)
        #expect(TextFixture.spanProblem(bytes, buffer) == nil)
    }

    @Test func anEmptyTextHasNoTokens() {
        #expect(TextFixture.tokenize("").tokens.isEmpty)
        #expect(TextFixture.tokenize(" \n\t ").tokens.isEmpty)
    }

    @Test func aScratchRemembersNothingOfTheTextBefore() {
        var scratch = TokenizerScratch()
        var buffer = TokenBuffer()
        for text in ["Größe 😀 soooo", "a", String(repeating: "wörd ", count: 500), "x y"] {
            let bytes = Array(text.utf8)
            bytes.withUnsafeBufferPointer { Tokenizer().tokenize($0, scratch: &scratch, into: &buffer) }
            let fresh = TextFixture.tokenize(bytes)
            #expect(Array(buffer.tokens) == Array(fresh.tokens))
            #expect(buffer.tokens.map { Array(buffer.form($0)) } == fresh.tokens.map { Array(fresh.form($0)) })
        }
    }
}
