/// The edges of a trie while it grows: an open-addressing table from node and word to node.
final class EdgeTable {
    struct Edge {
        /// Node in the upper half, word in the lower; 0 is an empty slot, as words count from 1.
        var key: UInt64
        var child: UInt32
    }

    private var table = Growable<Edge>(repeating: Edge(key: 0, child: 0), count: 1024)
    private var count = 0

    /// Multiplied twice with a fold between (as SplitMix64 finishes): nodes and words both count up, and one product alone
    /// would lay their lattice into long runs of full slots.
    private static func slot(_ key: UInt64) -> Int {
        let mixed = (key ^ key &>> 32) &* 0xBF58_476D_1CE4_E5B9
        return Int(truncatingIfNeeded: (mixed ^ mixed &>> 27) &* 0x94D0_49BB_1331_11EB &>> 32)
    }

    /// The node behind `node` by `word`, or 0.
    func find(_ node: UInt32, _ word: UInt32) -> UInt32 {
        let key = UInt64(node) << 32 | UInt64(word)
        let mask = table.count - 1
        var index = Self.slot(key) & mask
        while table.pointer[index].key != 0 {
            if table.pointer[index].key == key { return table.pointer[index].child }
            index = (index + 1) & mask
        }
        return 0
    }

    /// Adds an edge that is not there yet.
    func insert(_ node: UInt32, _ word: UInt32, _ child: UInt32) {
        count += 1
        if count * 2 > table.count {
            let old = table
            table = Growable(repeating: Edge(key: 0, child: 0), count: old.count * 2)
            for index in 0..<old.count where old.pointer[index].key != 0 { place(old.pointer[index]) }
        }
        place(Edge(key: UInt64(node) << 32 | UInt64(word), child: child))
    }

    private func place(_ edge: Edge) {
        let mask = table.count - 1
        var index = Self.slot(edge.key) & mask
        while table.pointer[index].key != 0 { index = (index + 1) & mask }
        table.pointer[index] = edge
    }
}
