/// Phrases over words: a trie whose edges are word numbers, and beside it the prefixes of single words.
///
/// Phrases have at most `LexiconParser.mostWords` tokens, so walking from every token of a text is linear in the text.
struct PhraseAutomaton: Sendable {
    /// What ends at a node.
    struct Node: Sendable {
        /// Entries of the lexicon, a range of `PhraseAutomaton.entries`.
        var first: UInt32 = 0
        var count: UInt32 = 0
        /// Bit per `Layer` that an entry here belongs to.
        var layers: UInt16 = 0
        var hasChildren = false
        /// Bit per language of the entries.
        var languages: UInt64 = 0
    }

    private(set) var vocabulary = Vocabulary()
    private(set) var nodes: [Node] = [Node()]
    private(set) var entries: [Int32] = []
    /// Node of each word as a phrase's first; 0 when no phrase begins with it.
    private var roots: [UInt32] = [0]
    /// Further edges: node and word as one key.
    private var edges: [UInt64: UInt32] = [:]

    private var prefixWords = Vocabulary()
    private var prefixNodes: [UInt32] = [0]
    /// Bit per byte length (up to 63) that a prefix has.
    private var prefixLengths: UInt64 = 0
    /// Bit per hash of the first four bytes of a prefix: most words of a text begin like none.
    private var prefixStarts = [UInt64](repeating: 0, count: 64)

    // MARK: Reading

    @inline(__always)
    func root(_ word: UInt32) -> UInt32 {
        Int(word) < roots.count ? roots[Int(word)] : 0
    }

    /// The node behind `node` by `word`, or 0.
    @inline(__always)
    func next(_ node: UInt32, _ word: UInt32) -> UInt32 {
        guard word != 0, nodes[Int(node)].hasChildren else { return 0 }
        return edges[UInt64(node) << 32 | UInt64(word)] ?? 0
    }

    /// Calls `body` with the node of every prefix of `word`, the longest first, until it says false.
    @inline(__always)
    func forEachPrefix(_ word: UnsafeBufferPointer<UInt8>, _ body: (UInt32) -> Bool) {
        guard word.count >= 4, prefixLengths != 0 else { return }
        let start = Self.startHash(word)
        guard prefixStarts[start >> 6] &>> UInt64(start & 63) & 1 == 1 else { return }
        var lengths = prefixLengths & (word.count >= 63 ? .max : (1 << UInt64(word.count + 1)) - 1)
        while lengths != 0 {
            let length = 63 - lengths.leadingZeroBitCount
            lengths &= ~(1 << UInt64(length))
            let prefix = UnsafeBufferPointer(rebasing: word[0..<length])
            let id = prefixWords.find(prefix, hash: Vocabulary.hash(prefix))
            if id != 0, !body(prefixNodes[Int(id)]) { return }
        }
    }

    private static func startHash(_ word: UnsafeBufferPointer<UInt8>) -> Int {
        var state = Vocabulary.seed
        for index in 0..<4 { state = Vocabulary.hash(state, word[index]) }
        return Int(truncatingIfNeeded: state >> 32 ^ state) & 4095
    }

    // MARK: Building

    /// The node of a phrase, made when it is new. `words` are folded forms.
    mutating func insert(phrase words: [[UInt8]]) -> UInt32 {
        var node: UInt32 = 0
        for (index, word) in words.enumerated() {
            let id = word.withUnsafeBufferPointer { vocabulary.insert($0) }
            while roots.count <= Int(id) { roots.append(0) }
            let known = index == 0 ? roots[Int(id)] : edges[UInt64(node) << 32 | UInt64(id)] ?? 0
            let child = known != 0 ? known : makeNode()
            if index == 0 {
                roots[Int(id)] = child
            } else {
                nodes[Int(node)].hasChildren = true
                edges[UInt64(node) << 32 | UInt64(id)] = child
            }
            node = child
        }
        return node
    }

    /// The node of a prefix of at least four bytes, made when it is new.
    mutating func insert(prefix: [UInt8]) -> UInt32 {
        let length = min(prefix.count, 63)
        return prefix.withUnsafeBufferPointer { bytes in
            let bytes = UnsafeBufferPointer(rebasing: bytes[0..<length])
            let id = prefixWords.insert(bytes)
            prefixLengths |= 1 << UInt64(length)
            let start = Self.startHash(bytes)
            prefixStarts[start >> 6] |= 1 << UInt64(start & 63)
            if Int(id) == prefixNodes.count { prefixNodes.append(makeNode()) }
            return prefixNodes[Int(id)]
        }
    }

    private mutating func makeNode() -> UInt32 {
        nodes.append(Node())
        return UInt32(nodes.count - 1)
    }

    /// Sets what ends at each node: `lists[node]` are indexes into `compact`.
    mutating func setEntries(_ lists: [UInt32: [Int32]], _ compact: [CompactEntry]) {
        for node in lists.keys.sorted() {
            let list = lists[node] ?? []
            nodes[Int(node)].first = UInt32(entries.count)
            nodes[Int(node)].count = UInt32(list.count)
            for index in list {
                let entry = compact[Int(index)]
                nodes[Int(node)].layers |= 1 << UInt16(entry.layer.rawValue)
                nodes[Int(node)].languages |= 1 << UInt64(entry.language)
                entries.append(index)
            }
        }
    }
}
