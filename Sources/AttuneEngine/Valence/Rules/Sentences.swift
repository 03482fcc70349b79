/// Where sentences begin and end, and what marks they end with.
enum Sentences {
    static func split(_ context: RuleContext, _ reading: inout LexicalReading) {
        // Nothing asks for the sentences of a text without hits.
        guard !reading.valence.isEmpty else { return }
        var sentence = RuleNotes.Sentence(tokens: 0..<0)
        var hasEnded = false
        reading.notes.sentenceAt.append(0, times: context.count)
        for index in 0..<context.count {
            let token = context.token(index)
            let ends = token.shape.contains(.endsSentence)
            // Further marks and the faces behind them belong to the sentence they follow: `great!?! :)`
            if hasEnded, !ends, token.kind != .emoji, token.kind != .emoticon {
                finish(&sentence, index, &reading)
                hasEnded = false
            }
            if ends {
                hasEnded = true
                if context.isMark(index, UInt8(ascii: "!")) { sentence.exclamations &+= token.repeats }
                if context.isMark(index, UInt8(ascii: "?")) { sentence.questions &+= token.repeats }
            }
            let modifier = Int(reading.notes.modifierAt.base[index]) - 1
            if modifier >= 0, reading.notes.modifiers[modifier].roles.contains(.contrast) {
                sentence.contrast = reading.notes.modifiers[modifier].tokens.lowerBound
            }
            reading.notes.sentenceAt.base[index] = Int32(truncatingIfNeeded: reading.notes.sentences.count)
        }
        if sentence.tokens.lowerBound < context.count { finish(&sentence, context.count, &reading) }
    }

    private static func finish(_ sentence: inout RuleNotes.Sentence, _ end: Int, _ reading: inout LexicalReading) {
        sentence.tokens = sentence.tokens.lowerBound..<end
        reading.notes.sentences.append(sentence)
        sentence = RuleNotes.Sentence(tokens: end..<end)
    }
}
