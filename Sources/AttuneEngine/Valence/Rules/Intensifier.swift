/// Words that make their neighbour stronger or weaker: `very bad`, `a bit slow`, `sucks big time`.
enum Intensifier {
    /// Tokens before a hit that are looked at, and how much of an intensifier is left at each distance.
    private static let reach = 3
    private static let decay: InlineArray<3, Float> = [1, 0.9, 0.8]
    /// All intensifiers of a hit together.
    private static let most: Float = 2.5

    static func apply(_ context: RuleContext, _ reading: inout LexicalReading) {
        for hit in reading.valence.indices {
            var total: Float = 1
            applyBefore(context, hit, &total, &reading)
            applyBehind(context, hit, &total, &reading)
        }
    }

    private static func applyBefore(_ context: RuleContext, _ hit: Int, _ total: inout Float, _ reading: inout LexicalReading) {
        let start = reading.valence[hit].tokens.lowerBound
        var last = -1
        for distance in 0..<reach {
            let token = start - 1 - distance
            guard token >= 0, !context.endsClause(token), reading.notes.hitAt[token] == 0 else { return }
            let index = Int(reading.notes.modifierAt[token]) - 1
            guard index >= 0, index != last else { continue }
            last = index
            let modifier = reading.notes.modifiers[index]
            if !modifier.roles.isDisjoint(with: [.contrast, .concession]) { return }
            // "not really good": what stands behind the negator is part of the negation.
            let negator = reading.notes.hits[hit].negator
            guard modifier.roles.contains(.scaler), negator < 0 || modifier.tokens.lowerBound < negator else { continue }
            scale(context, hit, modifier, decay[distance], &total, &reading)
        }
    }

    /// `bad very`, `thanks so much`: directly behind the hit, and not before another one.
    private static func applyBehind(_ context: RuleContext, _ hit: Int, _ total: inout Float, _ reading: inout LexicalReading) {
        let end = reading.valence[hit].tokens.upperBound
        guard end < context.count else { return }
        let index = Int(reading.notes.modifierAt[end]) - 1
        guard index >= 0 else { return }
        let modifier = reading.notes.modifiers[index]
        guard modifier.roles.contains(.scaler), modifier.tokens.lowerBound == end else { return }
        let next = modifier.tokens.upperBound
        for token in next..<min(next + 2, context.count) {
            if context.endsClause(token) { break }
            if reading.notes.hitAt[token] != 0 { return }
        }
        scale(context, hit, modifier, decay[0], &total, &reading)
    }

    private static func scale(
        _ context: RuleContext, _ hit: Int, _ modifier: RuleNotes.Modifier, _ share: Float, _ total: inout Float,
        _ reading: inout LexicalReading
    ) {
        let factor = min(1 + (modifier.multiplier - 1) * share, most / total)
        total *= factor
        context.scale(hit, by: factor, modifier.multiplier < 1 ? .dampener : .intensifier, at: modifier.tokens, &reading)
    }
}
