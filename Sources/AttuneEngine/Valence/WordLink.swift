/// What the lexicon's tables say of one token's word, so that nobody has to look it up twice.
struct WordLink: BitwiseCopyable, Sendable {
    /// Languages of all entries that begin with this word, and of the prefixes it begins with.
    var languages: UInt64 = 0
    /// Languages of the entries that are this word.
    var ownLanguages: UInt64 = 0
    /// A bit for the words that a longer phrase may go on with (`PhraseAutomaton.nextBit`); 0 when no longer phrase begins with it.
    var next: UInt64 = 0
    /// The bit of this word among those (`PhraseAutomaton.nextBit`).
    var follow: UInt64 = 0
    /// The word's number in the lexicon's vocabulary; 0 for an unknown one.
    var word: UInt32 = 0
    /// Where the table of the words that phrases go on with begins (`PhraseAutomaton.Node.edges`).
    var edges: UInt32 = 0
    /// The entries that are this word: a range of the automaton's `entries`.
    var first: UInt32 = 0
    var count: UInt16 = 0
    private var bits: UInt8 = 0
    /// What the token is in an outline when the lexicon says nothing of it.
    var symbol = TextOutline.Symbol.none

    static let none = WordLink()
}

extension WordLink {
    /// The size of the table at `edges`; 0 when no longer phrase begins with the word.
    @inline(__always)
    var edgeBits: UInt8 { bits & 0x7F }

    /// Whether the word begins with a prefix of the lexicon's.
    @inline(__always)
    var hasPrefix: Bool { bits & 0x80 != 0 }

    /// The same as the bit of `HitFinder.Start`.
    @inline(__always)
    var prefixBit: UInt64 { UInt64(bits &>> 5 & 4) }

    /// Looks a token's word up: as it stands, with elongated letters once, without accents.
    /// - Parameters:
    ///   - hash: of the form, as `Vocabulary` hashes it.
    ///   - spelling: memory for a respelled word.
    init(
        _ token: Token, _ form: UnsafeBufferPointer<UInt8>, hash: UInt64, _ automaton: PhraseAutomaton.View, _ spelling: inout [UInt8]
    ) {
        symbol = TextOutline.symbol(token.kind, form, repeats: token.repeats)
        guard !form.isEmpty else { return }
        word = Self.find(token, form, hash, automaton.vocabulary, &spelling)
        follow = PhraseAutomaton.nextBit(word)
        let root = automaton.root(word)
        if root != 0 {
            let node = automaton.nodes[Int(root)]
            (languages, ownLanguages) = (node.reach, node.languages)
            (first, count, next) = (node.first, UInt16(truncatingIfNeeded: node.count), automaton.nextBits(root))
            (edges, bits) = (node.edges, node.edgeBits & 0x7F)
        }
        guard token.kind == .word || token.kind == .hashtag else { return }
        var prefixes: UInt64 = 0
        automaton.forEachPrefix(form) { prefixes |= automaton.nodes[Int($0)].languages }
        languages |= prefixes
        if prefixes != 0 { bits |= 0x80 }
    }

    private static func find(
        _ token: Token, _ form: UnsafeBufferPointer<UInt8>, _ hash: UInt64, _ vocabulary: Vocabulary.View, _ spelling: inout [UInt8]
    ) -> UInt32 {
        let known = vocabulary.find(form, hash: hash)
        if known != 0 || token.shape.isDisjoint(with: [.elongated, .nonASCII]) { return known }
        if token.shape.contains(.elongated) {
            spelling.removeAll(keepingCapacity: true)
            for byte in form where byte != spelling.last || byte >= 0x80 { spelling.append(byte) }
            let once = spelling.withUnsafeBufferPointer { vocabulary.find($0, hash: Vocabulary.hash($0)) }
            if once != 0 { return once }
        }
        spelling.removeAll(keepingCapacity: true)
        guard token.kind == .word, LatinAccents.strip(form, into: &spelling) else { return 0 }
        return spelling.withUnsafeBufferPointer { vocabulary.find($0, hash: Vocabulary.hash($0)) }
    }
}

/// The links of a text's words, which stand alone or in their words' facts: valid as long as those.
struct WordLinks {
    private let first: UnsafeRawPointer
    private let stride: Int

    init(_ links: Column<WordLink>) { (first, stride) = (UnsafeRawPointer(links.base), MemoryLayout<WordLink>.stride) }
    init(_ facts: Column<WordFacts>) { (first, stride) = (UnsafeRawPointer(facts.base), MemoryLayout<WordFacts>.stride) }

    @inline(__always)
    subscript(_ index: Int) -> WordLink {
        unsafeAddress { (first + index &* stride).assumingMemoryBound(to: WordLink.self) }
    }
}
