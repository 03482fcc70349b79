/// Where sentences begin and end, and what marks they end with.
enum Sentences {
    static func split(_ context: RuleContext, _ reading: inout LexicalReading) {
        // Nothing asks for the sentences of a text without hits.
        guard !reading.valence.isEmpty else { return }
        reading.notes.sentenceAt.reserve(context.count)
        reading.notes.sentenceAt.setCount(context.count)
        var sentence = RuleNotes.Sentence(tokens: 0..<0)
        var end = 0
        for index in reading.notes.ends {
            // Further marks and the faces behind them belong to the sentence they follow: `great!?! :)`
            if end > 0 {
                while end < Int(index), isFace(context.token(end).kind) { end &+= 1 }
                if end < Int(index) { finish(&sentence, end, &reading) }
            }
            if context.isMark(Int(index), UInt8(ascii: "!")) { sentence.exclamations &+= context.token(Int(index)).repeats }
            if context.isMark(Int(index), UInt8(ascii: "?")) { sentence.questions &+= context.token(Int(index)).repeats }
            end = Int(index) &+ 1
        }
        if end > 0 {
            while end < context.count, isFace(context.token(end).kind) { end &+= 1 }
            finish(&sentence, end, &reading)
        }
        if sentence.tokens.lowerBound < context.count { finish(&sentence, context.count, &reading) }
        for modifier in reading.notes.modifiers where modifier.roles.contains(.contrast) && !modifier.isHidden {
            for token in modifier.tokens {
                reading.notes.sentences[Int(reading.notes.sentenceAt[token])].contrast = modifier.tokens.lowerBound
            }
        }
    }

    @inline(__always)
    private static func isFace(_ kind: Token.Kind) -> Bool { kind == .emoji || kind == .emoticon }

    private static func finish(_ sentence: inout RuleNotes.Sentence, _ end: Int, _ reading: inout LexicalReading) {
        sentence.tokens = sentence.tokens.lowerBound..<end
        let number = Int32(truncatingIfNeeded: reading.notes.sentences.count)
        for token in sentence.tokens { reading.notes.sentenceAt.base[token] = number }
        reading.notes.sentences.append(sentence)
        sentence = RuleNotes.Sentence(tokens: end..<end)
    }
}
