/// How it is written: capitals among small letters, elongated words, exclamation and question marks.
enum Emphasis {
    private static let capitals: Float = 1.25, elongated: Float = 1.2
    /// Each exclamation mark, up to four.
    private static let exclamation: Float = 0.08
    private static let mostExclamations: Int32 = 4
    /// Praise in a question is asked for, not given; a complaint in one is nearly a complaint.
    private static let askedPraise: Float = 0.5, askedComplaint: Float = 0.9
    /// Share of words in capitals from which capitals are how this writer writes.
    private static let shouting: Float = 0.6

    static func apply(_ context: RuleContext, _ reading: inout LexicalReading) {
        guard !reading.valence.isEmpty else { return }
        // Few texts have a hit in capitals, and only for those it matters how the other words are written.
        var isLoud: Bool?
        for hit in reading.valence.indices {
            let tokens = reading.valence[hit].tokens
            if tokens.contains(where: { context.token($0).shape.contains(.allCaps) }) {
                let isShouting = isLoud ?? isShouting(context)
                isLoud = isShouting
                if !isShouting { context.scale(hit, by: capitals, .capitals, at: tokens, &reading) }
            }
            if tokens.contains(where: { context.token($0).shape.contains(.elongated) }) {
                context.scale(hit, by: elongated, .elongation, at: tokens, &reading)
            }
            applyMarks(context, hit, &reading)
        }
    }

    private static func applyMarks(_ context: RuleContext, _ hit: Int, _ reading: inout LexicalReading) {
        let sentence = reading.notes.sentences[Int(reading.notes.sentenceAt[reading.valence[hit].tokens.lowerBound])]
        let end = sentence.tokens.upperBound - 1..<sentence.tokens.upperBound
        if sentence.exclamations > 0 {
            let factor = 1 + exclamation * Float(min(sentence.exclamations, mostExclamations))
            context.scale(hit, by: factor, .exclamation, at: end, &reading)
        } else if sentence.questions > 0 {
            context.scale(hit, by: reading.valence[hit].value > 0 ? askedPraise : askedComplaint, .question, at: end, &reading)
        }
    }

    static func isShouting(_ context: RuleContext) -> Bool {
        var words: Float = 0
        var loud: Float = 0
        for token in context.tokens where token.kind == .word && token.foldedCount > 1 {
            words += 1
            if token.shape.contains(.allCaps) { loud += 1 }
        }
        // One word alone is loud on purpose.
        return words > 1 && loud >= shouting * words
    }
}
