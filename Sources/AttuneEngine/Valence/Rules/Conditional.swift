/// What is wished or supposed is not what is: `would be great if`, `if it works`.
enum Conditional {
    /// Tokens behind a conditional that it reaches, and before it ("it would be great if …").
    private static let reach = 8, backReach = 2

    static func apply(_ context: RuleContext, _ reading: inout LexicalReading) {
        for modifier in reading.notes.modifiers where modifier.roles.contains(.conditional) && !modifier.isHidden {
            var token = modifier.tokens.upperBound
            let end = min(token + reach, context.count)
            while token < end, !context.endsClause(token), !isContrast(token, reading) {
                suppose(context, token, modifier, &reading)
                token += 1
            }
            token = modifier.tokens.lowerBound - 1
            let start = max(token - backReach, -1)
            while token > start, !context.endsClause(token) {
                suppose(context, token, modifier, &reading)
                token -= 1
            }
        }
    }

    private static func isContrast(_ token: Int, _ reading: LexicalReading) -> Bool {
        let modifier = Int(reading.notes.modifierAt[token]) - 1
        return modifier >= 0 && reading.notes.modifiers[modifier].roles.contains(.contrast)
    }

    /// Weakens the hit at a token, once whatever the number of conditionals.
    private static func suppose(_ context: RuleContext, _ token: Int, _ modifier: RuleNotes.Modifier, _ reading: inout LexicalReading) {
        let hit = Int(reading.notes.hitAt[token]) - 1
        guard hit >= 0, !reading.notes.hits[hit].isConditional else { return }
        reading.notes.hits[hit].isConditional = true
        context.scale(hit, by: modifier.condition, .conditional, at: modifier.tokens, &reading)
    }
}
