/// Phrases over words: a trie whose edges are word numbers, and beside it the prefixes of single words.
///
/// Phrases have at most `LexiconParser.mostWords` words, so walking from every token of a text is linear in the text.
/// Filled while a lexicon is built and never changed afterwards: `Sendable` stands on that.
final class PhraseAutomaton: @unchecked Sendable {
    /// What ends at a node.
    struct Node {
        /// Entries of the lexicon, a range of `View.entries`.
        var first: UInt32 = 0
        var count: UInt32 = 0
        /// Bit per language of the entries.
        var languages: UInt64 = 0
        var hasChildren = false
    }

    /// The tables without their owner, for the hot loop: valid as long as the automaton lives and is not added to.
    struct View {
        let vocabulary: Vocabulary.View
        let nodes: UnsafePointer<Node>
        let entries: UnsafePointer<Int32>
        let compact: UnsafePointer<CompactEntry>
        fileprivate let roots: UnsafePointer<UInt32>
        fileprivate let rootCount: Int
        fileprivate let edges: EdgeTable.View
        fileprivate let prefixWords: Vocabulary.View
        fileprivate let prefixNodes: UnsafePointer<UInt32>
        fileprivate let prefixLengths: UInt64
        fileprivate let prefixStarts: UnsafePointer<UInt64>

        /// The node of a phrase's first word, or 0.
        @inline(__always)
        func root(_ word: UInt32) -> UInt32 {
            Int(word) < rootCount ? roots[Int(word)] : 0
        }

        /// The node behind `node` by `word`, or 0.
        @inline(__always)
        func next(_ node: UInt32, _ word: UInt32) -> UInt32 {
            guard word != 0, nodes[Int(node)].hasChildren else { return 0 }
            return edges.find(node, word)
        }

        /// Calls `body` with the node of every prefix of `word`, the longest first.
        @inline(__always)
        func forEachPrefix(_ word: UnsafeBufferPointer<UInt8>, _ body: (UInt32) -> Void) {
            guard word.count >= LexiconParser.shortestPrefix else { return }
            let start = PhraseAutomaton.startHash(word)
            guard prefixStarts[start >> 6] &>> UInt64(start & 63) & 1 == 1 else { return }
            var lengths = prefixLengths & (word.count >= 63 ? .max : (1 << UInt64(word.count + 1)) - 1)
            while lengths != 0 {
                let length = 63 - lengths.leadingZeroBitCount
                lengths &= ~(1 << UInt64(length))
                let prefix = UnsafeBufferPointer(start: word.baseAddress, count: length)
                let id = prefixWords.find(prefix, hash: Vocabulary.hash(prefix))
                if id != 0 { body(prefixNodes[Int(id)]) }
            }
        }
    }

    private let vocabulary = Vocabulary()
    private let nodes = Growable<Node>(repeating: Node(), count: 1)
    private let entries = Growable<Int32>(repeating: 0, count: 0)
    private let compact = Growable<CompactEntry>(repeating: CompactEntry.none, count: 0)
    /// Node of each word as a phrase's first; 0 when no phrase begins with it.
    private let roots = Growable<UInt32>(repeating: 0, count: 1)
    private let edges = EdgeTable()
    private let prefixWords = Vocabulary()
    private let prefixNodes = Growable<UInt32>(repeating: 0, count: 1)
    /// Bit per byte length (up to 63) that a prefix has.
    private var prefixLengths: UInt64 = 0
    /// Bit per hash of the first four bytes of a prefix: most words of a text begin like none.
    private let prefixStarts = Growable<UInt64>(repeating: 0, count: 64)

    var view: View {
        View(
            vocabulary: vocabulary.view, nodes: nodes.pointer, entries: entries.pointer, compact: compact.pointer, roots: roots.pointer,
            rootCount: roots.count, edges: edges.view, prefixWords: prefixWords.view, prefixNodes: prefixNodes.pointer,
            prefixLengths: prefixLengths, prefixStarts: prefixStarts.pointer)
    }

    /// A word's number as an index of `prefixStarts`' bits.
    @inline(__always)
    fileprivate static func startHash(_ word: UnsafeBufferPointer<UInt8>) -> Int {
        var state = Vocabulary.seed
        for index in 0..<4 { state = Vocabulary.hash(state, word[index]) }
        return Int(truncatingIfNeeded: state &>> 32 ^ state) & 4095
    }

    /// The number of a word, which is added when it is new.
    func word(_ form: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let id = vocabulary.insert(form)
        while roots.count <= Int(id) { roots.append(0) }
        return id
    }

    /// The node of a phrase, made when it is new.
    func insert(phrase words: [UInt32]) -> UInt32 {
        var node: UInt32 = 0
        for (index, word) in words.enumerated() {
            let known = index == 0 ? roots.pointer[Int(word)] : edges.view.find(node, word)
            let child = known != 0 ? known : makeNode()
            if known == 0, index == 0 {
                roots.pointer[Int(word)] = child
            } else if known == 0 {
                nodes.pointer[Int(node)].hasChildren = true
                edges.insert(node, word, child)
            }
            node = child
        }
        return node
    }

    /// The node of a prefix of at least four bytes, made when it is new; bytes behind the 63rd do not count.
    func insert(prefix: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let bytes = UnsafeBufferPointer(rebasing: prefix.prefix(63))
        let id = prefixWords.insert(bytes)
        prefixLengths |= 1 << UInt64(bytes.count)
        let start = Self.startHash(bytes)
        prefixStarts.pointer[start >> 6] |= 1 << UInt64(start & 63)
        if Int(id) == prefixNodes.count { prefixNodes.append(makeNode()) }
        return prefixNodes.pointer[Int(id)]
    }

    private func makeNode() -> UInt32 {
        nodes.append(Node())
        return UInt32(nodes.count - 1)
    }

    /// Sets what ends at each node, once, when all phrases are in. `ends` is sorted by node.
    func setEntries(_ ends: [(node: UInt32, entry: Int32)], _ all: [CompactEntry]) {
        for entry in all { compact.append(entry) }
        for end in ends {
            let node = nodes.pointer + Int(end.node)
            if node.pointee.count == 0 { node.pointee.first = UInt32(entries.count) }
            node.pointee.count += 1
            node.pointee.languages |= 1 << UInt64(all[Int(end.entry)].language)
            entries.append(end.entry)
        }
    }
}
