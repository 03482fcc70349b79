/// An idiom's value is not that of its parts: it hides the words and modifiers it is made of.
///
/// (`HitFinder` has already let the longest phrase of the valence layer win over its words.)
enum Idiom {
    static func hideParts(_ context: RuleContext, _ reading: inout LexicalReading) {
        let count = context.count
        reading.notes.hitAt.append(contentsOf: repeatElement(0, count: count))
        reading.notes.modifierAt.append(contentsOf: repeatElement(0, count: count))
        reading.notes.isHiddenNegated.append(contentsOf: repeatElement(false, count: count))
        for index in reading.valence.indices {
            for token in reading.valence[index].tokens { reading.notes.hitAt[token] = Int32(index + 1) }
        }
        for index in reading.notes.modifiers.indices { hideModifier(index, &reading) }
        dropHitsUsedAsModifiers(context, &reading)
        reading.notes.hits.append(contentsOf: repeatElement(RuleNotes.HitNote(), count: reading.valence.count))
    }

    /// Hides a modifier that stands inside a phrase with a value of its own: `not` in `not bad at all`.
    private static func hideModifier(_ index: Int, _ reading: inout LexicalReading) {
        let modifier = reading.notes.modifiers[index]
        let hit = Int(reading.notes.hitAt[modifier.tokens.lowerBound]) - 1
        if hit >= 0 {
            let phrase = reading.valence[hit].tokens
            if phrase.count > 1, phrase.count > modifier.tokens.count || !modifier.roles.contains(.negator),
                phrase.upperBound >= modifier.tokens.upperBound
            {
                reading.notes.modifiers[index].isHidden = true
                if modifier.roles.contains(.negator) {
                    for token in modifier.tokens.upperBound..<phrase.upperBound { reading.notes.isHiddenNegated[token] = true }
                }
                return
            }
        }
        for token in modifier.tokens { reading.notes.modifierAt[token] = Int32(index + 1) }
    }

    /// `awfully nice`, `a hell of a good time`: a word that scales the next one has no value of its own there.
    private static func dropHitsUsedAsModifiers(_ context: RuleContext, _ reading: inout LexicalReading) {
        var isAnyDropped = false
        for index in reading.notes.modifiers.indices {
            let modifier = reading.notes.modifiers[index]
            guard !modifier.isHidden, modifier.roles.contains(.scaler) else { continue }
            for token in modifier.tokens {
                let hit = Int(reading.notes.hitAt[token]) - 1
                guard hit >= 0, isInside(reading.valence[hit].tokens, modifier.tokens) else { continue }
                guard modifier.tokens.count > 1 || scalesSomething(context, modifier.tokens.upperBound, reading) else { continue }
                // A range of no tokens marks what is dropped below.
                reading.valence[hit].tokens = token..<token
                isAnyDropped = true
            }
        }
        guard isAnyDropped else { return }
        reading.valence.removeAll { $0.tokens.isEmpty }
        for token in reading.notes.hitAt.indices { reading.notes.hitAt[token] = 0 }
        for token in reading.idiom.indices { reading.idiom[token] = 0 }
        for index in reading.valence.indices {
            let isIdiom = context.lexicon.compact[Int(reading.valence[index].entry)].isIdiom
            for token in reading.valence[index].tokens {
                reading.notes.hitAt[token] = Int32(index + 1)
                if isIdiom { reading.idiom[token] = Int32(index + 1) }
            }
        }
    }

    private static func isInside(_ range: Range<Int>, _ other: Range<Int>) -> Bool {
        range.lowerBound >= other.lowerBound && range.upperBound <= other.upperBound
    }

    /// Whether a hit stands within two tokens.
    private static func scalesSomething(_ context: RuleContext, _ start: Int, _ reading: LexicalReading) -> Bool {
        for token in start..<min(start + 2, context.count) {
            if context.endsClause(token) { return false }
            if reading.notes.hitAt[token] != 0 { return true }
        }
        return false
    }
}
