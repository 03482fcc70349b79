/// What the lexicon's tables say of one token's word, so that nobody has to look it up twice.
struct WordLink: BitwiseCopyable, Sendable {
    /// Languages of all entries that begin with this word, and of the prefixes it begins with.
    var languages: UInt64 = 0
    /// Languages of the entries that are this word.
    var ownLanguages: UInt64 = 0
    /// A bit for the words that a longer phrase may go on with (`PhraseAutomaton.nextBit`); 0 when no longer phrase begins with it.
    var next: UInt64 = 0
    /// The word's number in the lexicon's vocabulary; 0 for an unknown one.
    var word: UInt32 = 0
    /// Where the table of the words that phrases go on with begins (`PhraseAutomaton.Node.edges`).
    var edges: UInt32 = 0
    /// The entries that are this word: a range of the automaton's `entries`.
    var first: UInt32 = 0
    var count: UInt16 = 0
    /// The size of the table at `edges`; 0 when no longer phrase begins with the word.
    var edgeBits: UInt8 = 0
    /// The number of this word's bit in the `next` of others, and 64 more; 0 for an unknown word.
    private(set) var follow: UInt8 = 0
    /// 1 when the word begins with a prefix of the lexicon's.
    private(set) var prefix: UInt8 = 0
    /// 1 + the class of a word whose entries of its own are all of one class of `LexiconEntry.Structure`, else 0.
    private(set) var structure: UInt8 = 0
    /// 1 when the word has entries of its own that must be looked at, else 0.
    private(set) var ownLook: UInt8 = 0
    /// What the token is in an outline when no hit and no modifier covers it: when the lexicon says nothing of it, and when its entries count.
    private(set) var symbol = TextOutline.Symbol.none
    private(set) var ownSymbol = TextOutline.Symbol.none

    static let none = WordLink()
}

extension WordLink {
    /// 1 when this word may go on a phrase that `other` begins, else 0.
    @inline(__always)
    func mayFollow(_ other: UInt64) -> UInt64 { other &>> UInt64(follow) & UInt64(follow &>> 6) }

    /// Looks a token's word up: as it stands, with elongated letters once, without accents.
    /// - Parameters:
    ///   - hash: of the form, as `Vocabulary` hashes it.
    ///   - spelling: memory for a respelled word.
    init(
        _ token: Token, _ form: UnsafeBufferPointer<UInt8>, hash: UInt64, _ automaton: PhraseAutomaton.View, _ spelling: inout [UInt8]
    ) {
        symbol = TextOutline.symbol(token.kind, form, repeats: token.repeats)
        ownSymbol = symbol
        guard !form.isEmpty else { return }
        word = Self.find(token, form, hash, automaton.vocabulary, &spelling)
        follow = word == 0 ? 0 : 64 | UInt8(truncatingIfNeeded: PhraseAutomaton.nextBit(word).trailingZeroBitCount)
        let root = automaton.root(word)
        if root != 0 {
            let node = automaton.nodes[Int(root)]
            (languages, ownLanguages) = (node.reach, node.languages)
            (first, count, next) = (node.first, UInt16(truncatingIfNeeded: node.count), automaton.nextBits(root))
            (edges, edgeBits) = (node.edges, node.edgeBits)
        }
        defer {
            ownLook = structure == 0 ? 1 : 0
            if structure != 0 { ownSymbol = TextOutline.symbol(structure: structure) }
        }
        structure = structureOfAll(automaton)
        guard token.kind == .word || token.kind == .hashtag else { return }
        var prefixes: UInt64 = 0
        automaton.forEachPrefix(form) { prefixes |= automaton.nodes[Int($0)].languages }
        languages |= prefixes
        guard prefixes != 0 else { return }
        // A prefix's entries stand back behind the word's own, which must therefore be looked at.
        (prefix, structure) = (1, 0)
    }

    /// The mark of the class that all entries of the word name, else 0.
    private func structureOfAll(_ automaton: PhraseAutomaton.View) -> UInt8 {
        var mark: UInt8 = 0
        var heard: UInt64 = 0
        for position in Int(first)..<Int(first) + Int(count) {
            let entry = automaton.compact[Int(automaton.entries[position])]
            guard entry.layer == .structure, mark == 0 || mark == entry.label + 1 else { return 0 }
            mark = entry.label + 1
            heard |= 1 << UInt64(entry.language)
        }
        return heard == ownLanguages ? mark : 0
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
