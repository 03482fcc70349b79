/// `but` and `although`: of two things that are said, one is meant more.
enum Contrast {
    /// What stands before and behind `but`.
    private static let before: Float = 0.5, behind: Float = 1.3
    /// The sentence before one that begins with `but`.
    private static let sentenceBefore: Float = 0.7
    /// The clause of `although`, and the tokens it has when no mark ends it.
    private static let conceded: Float = 0.5
    private static let clauseReach = 8

    static func apply(_ context: RuleContext, _ reading: inout LexicalReading) {
        for hit in reading.valence.indices {
            let start = reading.valence[hit].tokens.lowerBound
            let index = Int(reading.notes.sentenceAt[start])
            let sentence = reading.notes.sentences[index]
            if sentence.contrast >= 0, sentence.contrast != start {
                let factor = start < sentence.contrast ? before : behind
                context.scale(hit, by: factor, .contrast, at: sentence.contrast..<sentence.contrast + 1, &reading)
            } else if index + 1 < reading.notes.sentences.count {
                let next = reading.notes.sentences[index + 1]
                guard next.contrast >= 0, next.contrast == next.tokens.lowerBound else { continue }
                context.scale(hit, by: sentenceBefore, .contrast, at: next.contrast..<next.contrast + 1, &reading)
            }
        }
        for modifier in reading.notes.modifiers where modifier.roles.contains(.concession) && !modifier.isHidden {
            concede(context, modifier.tokens, &reading)
        }
    }

    /// Weakens the hits from a concession to the end of its clause.
    private static func concede(_ context: RuleContext, _ trigger: Range<Int>, _ reading: inout LexicalReading) {
        var last = -1
        var token = trigger.upperBound
        let end = min(token + clauseReach, context.count)
        while token < end, !context.endsClause(token) {
            let hit = Int(reading.notes.hitAt[token]) - 1
            if hit >= 0, hit != last {
                context.scale(hit, by: conceded, .concession, at: trigger, &reading)
                last = hit
            }
            token += 1
        }
    }
}
