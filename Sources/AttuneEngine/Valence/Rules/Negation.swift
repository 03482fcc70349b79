/// Negators turn what they speak of: `not good`, `never had any problems`, German `gefällt mir nicht`.
enum Negation {
    /// Words of weight (longer than three bytes, or beyond ASCII) that a negator reaches over, and tokens of any kind.
    private static let contentReach = 4, tokenReach = 8
    /// Tokens between two hits that one negator turns: "not clean and friendly".
    private static let pairReach = 2
    /// Tokens that `negator-after` reaches back.
    private static let backReach = 3
    /// A negated praise is a clear complaint; a negated complaint is mild praise.
    private static let praiseFactor: Float = 1.15, complaintFactor: Float = 0.75
    /// Complaints weaker than this are said away by a negator, no more: "no refund" is no praise.
    private static let mildest: Float = -1.2
    /// A complaint one word of weight behind its negator is turned half ("don't have any problems"), and one further away only
    /// dampened ("can't understand this terrible app").
    private static let nextFactor: Float = 0.5, distantWords = 2, distantFactor: Float = 0.5

    static func apply(_ context: RuleContext, _ reading: inout LexicalReading) {
        var previous = -1
        for index in reading.notes.modifiers.indices {
            let modifier = reading.notes.modifiers[index]
            guard !modifier.isHidden, !modifier.roles.isDisjoint(with: [.negator, .negatorAfter]) else { continue }
            let undoes = previous >= 0 && undoesPrevious(context, previous, modifier, reading)
            var isUsed = false
            if modifier.roles.contains(.negator) { isUsed = reachForward(context, modifier, undoes, &reading) }
            if !isUsed, modifier.roles.contains(.negatorAfter) { reachBack(context, modifier, &reading) }
            previous = index
        }
    }

    /// `not without problems`: two negators side by side.
    private static func undoesPrevious(
        _ context: RuleContext, _ previous: Int, _ modifier: RuleNotes.Modifier, _ reading: LexicalReading
    ) -> Bool {
        let other = reading.notes.modifiers[previous]
        return other.tokens.upperBound == modifier.tokens.lowerBound
            && context.undoing &>> UInt64(modifier.language) & 1 == 1
    }

    /// Negates up to the clause's end, and the hits there as long as they are of one sign. Whether there were any.
    private static func reachForward(
        _ context: RuleContext, _ modifier: RuleNotes.Modifier, _ undoes: Bool, _ reading: inout LexicalReading
    ) -> Bool {
        var content = 0
        var sign: Float = 0
        var last = -1
        var sinceHit = 0
        let end = min(modifier.tokens.upperBound + tokenReach, context.count)
        for token in modifier.tokens.upperBound..<max(end, modifier.tokens.upperBound) {
            if context.endsClause(token) || isTurn(token, reading) { break }
            let hit = Int(reading.notes.hitAt[token]) - 1
            if hit >= 0 {
                if hit != last {
                    let base = reading.valence[hit].base
                    if sign != 0, (base < 0) != (sign < 0) { break }
                    sign = base
                    last = hit
                    sinceHit = 0
                    turn(context, hit, modifier, content, undoes, &reading)
                }
            } else {
                sinceHit += 1
                if last >= 0, sinceHit > pairReach { break }
                if isContent(context, token, reading) { content += 1 }
                if content >= contentReach { break }
            }
            reading.negated[token] = !undoes
            reading.notes.isAnyMarked = true
        }
        return last >= 0
    }

    /// Negates the hits of the clause that ends here.
    private static func reachBack(_ context: RuleContext, _ modifier: RuleNotes.Modifier, _ reading: inout LexicalReading) {
        var token = modifier.tokens.lowerBound - 1
        // "great service, my foot": the comma before it does not part it from what it is about.
        if token >= 0, context.isMark(token, UInt8(ascii: ",")) { token -= 1 }
        var last = -1
        var steps = 0
        while token >= 0, steps < backReach, !context.endsClause(token), !isTurn(token, reading) {
            let hit = Int(reading.notes.hitAt[token]) - 1
            if hit >= 0, hit != last {
                turn(context, hit, modifier, 0, false, &reading)
                last = hit
            }
            reading.negated[token] = true
            reading.notes.isAnyMarked = true
            token -= 1
            steps += 1
        }
    }

    private static func isTurn(_ token: Int, _ reading: LexicalReading) -> Bool {
        let modifier = Int(reading.notes.modifierAt[token]) - 1
        return modifier >= 0 && !reading.notes.modifiers[modifier].roles.isDisjoint(with: [.contrast, .concession])
    }

    private static func isContent(_ context: RuleContext, _ token: Int, _ reading: LexicalReading) -> Bool {
        context.token(token).foldedCount > 3 && reading.notes.modifierAt[token] == 0
    }

    private static func turn(
        _ context: RuleContext, _ hit: Int, _ modifier: RuleNotes.Modifier, _ content: Int, _ undoes: Bool,
        _ reading: inout LexicalReading
    ) {
        let note = reading.notes.hits[hit]
        if undoes {
            // The first negator has turned it; this one turns it back to what it was, a little less.
            guard note.negations == 1, reading.valence[hit].value != 0 else { return }
            let factor = reading.valence[hit].base * -modifier.negation / reading.valence[hit].value
            reading.notes.hits[hit].negations = 2
            return context.scale(hit, by: factor, .negation, at: modifier.tokens, &reading)
        }
        guard note.negations == 0 else { return }
        reading.notes.hits[hit].negations = 1
        reading.notes.hits[hit].negator = modifier.tokens.lowerBound
        context.scale(hit, by: factor(reading.valence[hit].base, modifier.negation, content), .negation, at: modifier.tokens, &reading)
    }

    private static func factor(_ base: Float, _ negation: Float, _ content: Int) -> Float {
        if base > 0 { return negation * praiseFactor }
        if content >= distantWords { return distantFactor }
        return base > mildest ? 0 : negation * complaintFactor * (content == 0 ? 1 : nextFactor)
    }
}
