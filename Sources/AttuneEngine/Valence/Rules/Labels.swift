/// Negation of emotions, intents and the other labels: "not happy" is no joy, "don't want a refund" asks for none.
enum Labels {
    static func apply(_ context: RuleContext, _ reading: inout LexicalReading) {
        for index in reading.labelled.indices {
            let hit = reading.labelled[index]
            guard isNegated(hit.tokens, reading), !context.entry(hit.entry).survivesNegation else { continue }
            reading.labelled[index].value = 0
        }
    }

    /// Negated as a whole: a phrase that begins with its own negator (`not happy`) is not.
    private static func isNegated(_ tokens: Range<Int>, _ reading: LexicalReading) -> Bool {
        let first = tokens.lowerBound
        if reading.notes.isHiddenNegated[first] { return true }
        guard reading.negated[first] else { return false }
        // A hit that two negators left as it was.
        let hit = Int(reading.notes.hitAt[first]) - 1
        return hit < 0 || reading.notes.hits[hit].negations != 2
    }
}
