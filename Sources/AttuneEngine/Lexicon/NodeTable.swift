/// The records of the nodes, the tables of their children, their entries and the masks they name.
struct NodeTable {
    private(set) var nodes: [PhraseAutomaton.NodeRecord]
    private(set) var edges: [PhraseAutomaton.Edge] = []
    /// The first is no language.
    private(set) var masks: [UInt64] = [0]
    private(set) var ends: [Int32] = []

    private var known: [UInt64: UInt16] = [0: 0]

    /// - Parameters:
    ///   - ends: by a node of the trie.
    ///   - numbers: new numbers of the entries.
    init(_ numbering: NodeNumbering, _ ends: [ArraySlice<(node: UInt32, entry: Int)>], _ compact: [CompactEntry], _ numbers: [Int32]) {
        nodes = .init(repeating: .init(), count: numbering.nodes.count)
        var reach = [UInt64](repeating: 0, count: nodes.count)
        for (index, node) in numbering.nodes.enumerated() {
            nodes[index].first = UInt32(self.ends.count)
            nodes[index].count = UInt16(ends[Int(node)].count)
            for end in ends[Int(node)] {
                reach[index] |= 1 << UInt64(compact[end.entry].language)
                self.ends.append(numbers[end.entry])
            }
            nodes[index].languages = mask(reach[index])
        }
        // Children stand behind their parents: from the end on, theirs is complete.
        for index in nodes.indices.reversed() {
            for child in numbering.children[index] { reach[index] |= reach[child] }
            nodes[index].reach = mask(reach[index])
        }
        for index in nodes.indices { addChildren(numbering.children[index], of: index, numbering.wordsOfNodes) }
    }

    /// The number of a mask. Beyond 65,535 different ones the all-embracing one stands in: a mask only spares work.
    private mutating func mask(_ mask: UInt64) -> UInt16 {
        if let number = known[mask] { return number }
        guard masks.count < Int(UInt16.max) else {
            if masks.count == Int(UInt16.max) { masks.append(.max) }
            return UInt16.max
        }
        let number = UInt16(masks.count)
        masks.append(mask)
        known[mask] = number
        return number
    }

    /// A little table of its own: for an only child one slot, else a power of two that is at most three quarters full.
    private mutating func addChildren(_ children: Range<Int>, of node: Int, _ words: [UInt32]) {
        var bits: UInt8 = children.isEmpty ? 0 : 1
        while children.count > 1, 3 * LexiconTables.edgeCount(bits: bits) < children.count * 4 { bits += 1 }
        let size = LexiconTables.edgeCount(bits: bits)
        let start = LexiconTables.edgeStart(behind: edges.count, size: size)
        edges += [PhraseAutomaton.Edge](repeating: .init(word: 0, child: 0), count: start + size - edges.count)
        for child in children {
            var slot = PhraseAutomaton.edgeHash(words[child]) & (size - 1)
            while edges[start + slot].word != 0 { slot = (slot + 1) & (size - 1) }
            edges[start + slot] = .init(word: words[child], child: UInt32(child))
        }
        nodes[node].edges = UInt32(start)
        nodes[node].edgeBits = bits
    }
}
