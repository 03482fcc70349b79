/// An idiom's value is not that of its parts: it hides the words and modifiers it is made of.
///
/// (`HitFinder` has already let the longest phrase of the valence layer win over its words.)
enum Idiom {
    static func hideParts(_ context: RuleContext, _ reading: inout LexicalReading) {
        let count = context.count
        reading.notes.hitAt.append(0, times: count)
        reading.notes.modifierAt.append(0, times: count)
        reading.notes.isHiddenNegated.append(false, times: count)
        for index in reading.valence.indices {
            for token in reading.valence[index].tokens { reading.notes.hitAt[token] = Int32(index + 1) }
        }
        for index in reading.notes.modifiers.indices { hideModifier(context, index, &reading) }
        dropHitsUsedAsModifiers(context, &reading)
        reading.notes.hits.append(RuleNotes.HitNote(), times: reading.valence.count)
    }

    /// Hides a modifier that a phrase with a value of its own contains (`not` in `not bad at all`), or with whose negator the
    /// phrase begins or ends (`is not` before `not good`).
    private static func hideModifier(_ context: RuleContext, _ index: Int, _ reading: inout LexicalReading) {
        let modifier = reading.notes.modifiers[index]
        let isNegator = !modifier.roles.isDisjoint(with: [.negator, .negatorAfter])
        for token in modifier.tokens {
            let hit = Int(reading.notes.hitAt[token]) - 1
            guard hit >= 0, reading.valence[hit].tokens.count > 1 else { continue }
            let phrase = reading.valence[hit].tokens
            if isInside(phrase, modifier.tokens), isNegator { continue }
            guard isInside(modifier.tokens, phrase) || !isNegator || hasNegator(context, modifier.tokens.clamped(to: phrase), reading)
            else { continue }
            reading.notes.modifiers[index].isHidden = true
            if isNegator, modifier.tokens.upperBound < phrase.upperBound {
                for hidden in modifier.tokens.upperBound..<phrase.upperBound { reading.notes.isHiddenNegated[hidden] = true }
            }
            return
        }
        for token in modifier.tokens { reading.notes.modifierAt[token] = Int32(index + 1) }
    }

    /// Whether one of these words is a negator by itself.
    private static func hasNegator(_ context: RuleContext, _ tokens: Range<Int>, _ reading: LexicalReading) -> Bool {
        for token in tokens {
            let node = context.automaton.nodes[Int(context.automaton.root(context.links[token].word))]
            for position in Int(node.first)..<Int(node.first + node.count) {
                let entry = context.entry(context.automaton.entries[position])
                guard entry.layer == .modifier, context.languages.contains(entry.language) else { continue }
                if entry.isModifier(.negator) || entry.isModifier(.negatorAfter) { return true }
            }
        }
        return false
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
        var kept = 0
        for hit in reading.valence where !hit.tokens.isEmpty {
            reading.valence[kept] = hit
            kept += 1
        }
        reading.valence.setCount(kept)
        for token in reading.notes.hitAt.indices { reading.notes.hitAt[token] = 0 }
        for token in reading.idiom.indices { reading.idiom[token] = 0 }
        for index in reading.valence.indices {
            let isIdiom = context.entry(reading.valence[index].entry).isIdiom
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
