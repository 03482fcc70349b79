/// The entries of a lexicon in the order of `Hit.entry`, each decoded when it is asked for.
public struct LexiconEntries: RandomAccessCollection, Sendable {
    let lexicon: Lexicon

    public var startIndex: Int { 0 }
    public var endIndex: Int { lexicon.entryCount }

    public subscript(index: Int) -> LexiconEntry { lexicon.entry(at: index) }
}
