extension LexiconEntry {
    /// What a word does in a sentence whatever the sentence is about: who it names, what it compares, supposes, tells or asks.
    ///
    /// The order is that of `TextOutline.Symbol`'s numbers, which heads are learned over: a new class goes to the end.
    public enum Structure: String, CaseIterable, Sendable {
        /// Who: the company that is written to, the writer, other people, another company or what was there before, what is at hand.
        case you, own, people, rival, this
        /// What compares.
        case than, more, less, same
        /// What is not so, or not yet.
        case condition, would, wish
        case past, now, again
        /// What goes wrong and what becomes of it.
        case problem, solved, failed, wait
        /// What things are counted in.
        case time, money
        case thanks, exclamation, say, ask, only, too, until, expect, all, number, want, done, leave, but, and
    }
}
