import CKernels

/// Phrases over words, as tables that are searched where they lie: a trie whose edges are word numbers, and beside it the prefixes of
/// single words.
///
/// Phrases have at most `LexiconParser.mostWords` words, so walking from every token of a text is linear in the text.
/// `@unchecked Sendable`: the view's pointers lead into `storage`, which is never written and lives as long.
struct PhraseAutomaton: @unchecked Sendable {
    /// What a node is, 16 bytes. Children and entries follow the order of the nodes.
    struct NodeRecord: BitwiseCopyable {
        /// Entries that end here: `View.entries[first..<first + count]`; without any, where they would stand.
        var first: UInt32 = 0
        /// Where the node's own little table of children begins in `edges`; without one, where it would.
        var edges: UInt32 = 0
        var count: UInt16 = 0
        /// Indices of masks.
        var languages: UInt16 = 0
        var reach: UInt16 = 0
        /// 0 without children, else one more than the logarithm of the little table's size.
        var edgeBits: UInt8 = 0
        var spare: UInt8 = 0
    }

    /// A slot of a node's little table; word 0 is an empty one.
    struct Edge: BitwiseCopyable {
        var word: UInt32
        var child: UInt32
    }

    /// A record and the masks that it names.
    struct Node {
        fileprivate let record: NodeRecord
        fileprivate let masks: UnsafePointer<UInt64>

        @inline(__always)
        var first: UInt32 { record.first }
        @inline(__always)
        var count: UInt32 { UInt32(record.count) }
        /// The node's table of children: where it begins, and one more than the logarithm of its size, or 0.
        @inline(__always)
        var edges: UInt32 { record.edges }
        @inline(__always)
        var edgeBits: UInt8 { record.edgeBits }
        /// Bit per language of the entries that end here.
        @inline(__always)
        var languages: UInt64 { masks[Int(record.languages)] }
        /// Bit per language of the entries that end here or behind: a walk can stop when its languages are not among them.
        @inline(__always)
        var reach: UInt64 { masks[Int(record.reach)] }
    }

    struct Nodes {
        fileprivate let records: UnsafePointer<NodeRecord>
        fileprivate let masks: UnsafePointer<UInt64>

        @inline(__always)
        subscript(_ index: Int) -> Node { Node(record: records[index], masks: masks) }
    }

    /// The tables without their owner, for the hot loop: valid as long as the lexicon lives.
    ///
    /// `@unchecked Sendable`: bare pointers into tables that are never written.
    struct View: @unchecked Sendable {
        let vocabulary: Vocabulary.View
        let nodes: Nodes
        /// Indices of `compact`, node after node.
        let entries: UnsafePointer<Int32>
        let compact: UnsafePointer<CompactEntry>
        fileprivate let edges: UnsafePointer<Edge>
        /// Words that begin a phrase have the first numbers, and their nodes the same ones.
        fileprivate let rootCount: UInt32
        fileprivate let prefixes: Vocabulary.View
        /// Bit per byte length (up to 63) that a prefix has.
        fileprivate let prefixLengths: UInt64
        /// Bit per hash of the first four bytes of a prefix: most words of a text begin like none.
        fileprivate let prefixFilter: UnsafePointer<UInt64>

        /// The node of a phrase's first word, or 0.
        @inline(__always)
        func root(_ word: UInt32) -> UInt32 { word <= rootCount ? word : 0 }

        /// Asks for the place of a word among a node's children.
        @inline(__always)
        func prefetchChild(_ edges: UInt32, _ edgeBits: UInt8, _ word: UInt32) {
            let mask = 1 &<< (Int(edgeBits) &- 1) &- 1
            attune_prefetch_line(self.edges + Int(edges) + (PhraseAutomaton.edgeHash(word) & mask))
        }

        /// The child by `word` of the node with this table of children, or 0.
        @inline(__always)
        func child(_ edges: UInt32, _ edgeBits: UInt8, _ word: UInt32) -> UInt32 {
            guard word != 0, edgeBits != 0 else { return 0 }
            let table = self.edges + Int(edges)
            let mask = 1 &<< (Int(edgeBits) &- 1) &- 1
            let first = PhraseAutomaton.edgeHash(word) & mask
            var index = first
            // A table may be full, as that of an only child always is.
            repeat {
                let edge = table[index]
                if edge.word == word { return edge.child }
                if edge.word == 0 { return 0 }
                index = (index &+ 1) & mask
            } while index != first
            return 0
        }

        /// A bit for each word behind a node, all of them when the words are many.
        func nextBits(_ node: UInt32) -> UInt64 {
            let record = nodes.records[Int(node)]
            guard record.edgeBits != 0 else { return 0 }
            // Tables of more than 64 slots would set nearly every bit.
            guard record.edgeBits <= 7 else { return .max }
            var bits: UInt64 = 0
            for index in 0..<1 << (Int(record.edgeBits) - 1) {
                let edge = edges[Int(record.edges) + index]
                if edge.word != 0 { bits |= PhraseAutomaton.nextBit(edge.word) }
            }
            return bits
        }

        /// Calls `body` with the node of every prefix of `word`, the longest first.
        @inline(__always)
        func forEachPrefix(_ word: UnsafeBufferPointer<UInt8>, _ body: (UInt32) -> Void) {
            guard word.count >= LexiconParser.shortestPrefix else { return }
            let start = PhraseAutomaton.startHash(word)
            guard prefixFilter[start >> 6] &>> UInt64(start & 63) & 1 == 1 else { return }
            var lengths = prefixLengths & (word.count >= 63 ? .max : (1 << UInt64(word.count + 1)) - 1)
            guard lengths != 0 else { return }
            // A prefix's hash is the state on the way to the longest one's.
            var states = InlineArray<64, UInt64>(repeating: 0)
            var state = Vocabulary.seed
            for index in 0..<min(63 - lengths.leadingZeroBitCount, word.count) {
                state = Vocabulary.hash(state, word[index])
                states[unchecked: index + 1] = state
            }
            while lengths != 0 {
                let length = 63 - lengths.leadingZeroBitCount
                lengths &= ~(1 << UInt64(length))
                let prefix = UnsafeBufferPointer(start: word.baseAddress, count: length)
                let id = prefixes.find(prefix, hash: states[unchecked: length])
                // The nodes of the prefixes stand behind those of first words.
                if id != 0 { body(rootCount &+ id) }
            }
        }
    }

    let view: View
    private let storage: ModelStorage

    /// - Parameter tables: as `LexiconWriter` made or `LexiconTables.validate` passed them: nothing is checked here.
    init(_ tables: LexiconTables) {
        storage = tables.sections.storage
        view = View(
            vocabulary: tables.words.view, nodes: Nodes(records: tables.nodes.start, masks: tables.masks.start), entries: tables.ends.start,
            compact: tables.entries.start, edges: tables.edges.start, rootCount: UInt32(truncatingIfNeeded: tables.rootCount),
            prefixes: tables.prefixes.view, prefixLengths: tables.prefixLengths, prefixFilter: tables.prefixFilter.start)
    }

    /// Where a word belongs in a table of children: words count up, and the product spreads them.
    @inline(__always)
    static func edgeHash(_ word: UInt32) -> Int {
        Int(truncatingIfNeeded: (UInt64(word) &* 0x9E37_79B9_7F4A_7C15) &>> 32)
    }

    /// The bit of a word among those that may follow another; an unknown word, number 0, has none.
    @inline(__always)
    static func nextBit(_ word: UInt32) -> UInt64 {
        (word == 0 ? 0 : 1) &<< UInt64(truncatingIfNeeded: edgeHash(word) &>> 8)
    }

    /// The first four bytes of a word as an index of `prefixFilter`'s bits.
    @inline(__always)
    static func startHash(_ word: UnsafeBufferPointer<UInt8>) -> Int {
        var state = Vocabulary.seed
        for index in 0..<4 { state = Vocabulary.hash(state, word[index]) }
        return Int(truncatingIfNeeded: state &>> 32 ^ state) & 4095
    }

    /// Words of `prefixFilter`.
    static let filterCount = 64
}
