/// The same emoji or word again says it louder, but ever less: 😍😍😍 is not three times 😍.
enum Emoji {
    private static let again: Float = 0.5

    static func apply(_ context: RuleContext, _ reading: inout LexicalReading) {
        var share: Float = 1
        for hit in reading.valence.indices.dropFirst() {
            let previous = reading.valence[hit - 1]
            let repeats = previous.entry == reading.valence[hit].entry && previous.tokens.upperBound == reading.valence[hit].tokens.lowerBound
            share = repeats ? share * again : 1
            if repeats { context.scale(hit, by: share, .repetition, at: previous.tokens, &reading) }
        }
    }
}
