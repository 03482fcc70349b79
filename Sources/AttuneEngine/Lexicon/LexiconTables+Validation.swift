extension LexiconTables {
    /// Checks every number that is used as an index or a length, in one pass over each table: what passes cannot lead outside of the
    /// pack, whatever its bytes are. Words may still be missing where the tables are nonsense: that finds nothing, and harms nothing.
    func validate() throws(PackError) {
        guard hasFacts, (1...Lexicon.mostLanguages).contains(languages.count), languages.first == "und",
            prefixFilter.count == PhraseAutomaton.filterCount
        else { throw .invalid("facts of the lexicon") }
        try check(words, "words")
        try check(prefixes, "prefixes")
        guard rootCount <= words.count, rootCount + prefixes.count < nodes.count, masks.count > 0 else { throw .invalid("number of nodes") }
        try checkNodes()
        try checkEnds()
        try checkEntries()
    }

    private func check(_ words: Words, _ name: String) throws(PackError) {
        let size = words.slots.count
        guard size > 0, size & (size - 1) == 0, words.starts.count >= 2 else { throw .invalid("size of the \(name)") }
        let count = UInt32(truncatingIfNeeded: words.count)
        var used = 0
        var highest: UInt32 = 0
        for index in 0..<size {
            let word = words.slots[index].word
            used &+= word == 0 ? 0 : 1
            highest = max(highest, word)
        }
        // An empty slot ends a search.
        guard highest <= count, used < size else { throw .invalid("slots of the \(name)") }
        try check(words.starts, words.bytes.count, name)
    }

    private func check(_ starts: PackTable<UInt32>, _ length: Int, _ name: String) throws(PackError) {
        var isSorted = true
        for index in 1..<starts.count { isSorted = isSorted && starts[index - 1] <= starts[index] }
        guard isSorted, Int(starts[starts.count - 1]) <= length else { throw .invalid("bytes of the \(name)") }
    }

    /// Entries and tables of children follow the order of the nodes, without overlaps: each node's place is the sum of those before it.
    ///
    /// Written without branches: it looks at every node at every start.
    private func checkNodes() throws(PackError) {
        var (entry, edge) = (0, 0)
        var highestMask: UInt16 = 0
        var highestBits: UInt8 = 0
        var strays = 0
        for index in 0..<nodes.count {
            let node = nodes[index]
            highestMask = max(highestMask, node.languages, node.reach)
            highestBits = max(highestBits, node.edgeBits)
            strays |= Int(node.first) ^ entry
            entry &+= Int(node.count)
            let size = Self.edgeCount(bits: node.edgeBits)
            let start = Self.edgeStart(behind: edge, size: size)
            strays |= Int(node.edges) ^ start
            edge = start &+ size
        }
        guard strays == 0, Int(highestMask) < masks.count, highestBits <= Self.mostEdgeBits, entry == ends.count, edge == edges.count else {
            throw .invalid("nodes")
        }
        guard nodes[0].count == 0, nodes[0].edgeBits == 0 else { throw .invalid("first node") }
        var highestChild: UInt32 = 0
        for index in 0..<edges.count { highestChild = max(highestChild, edges[index].child) }
        // That walks end needs no look: each step takes a word of the text.
        guard Int(highestChild) < nodes.count else { throw .invalid("edges") }
    }

    /// A table of 2³⁰ children is larger than any pack, and sums of such cannot overflow.
    private static let mostEdgeBits: UInt8 = 31

    /// The size of a node's table of children.
    @inline(__always)
    static func edgeCount(bits: UInt8) -> Int { (1 &<< Int(bits)) &>> 1 }

    /// Where a node's table of children begins: on a multiple of its size, so that no small one lies across two cache lines.
    @inline(__always)
    static func edgeStart(behind end: Int, size: Int) -> Int {
        let step = max(min(size, 8), 1)
        return (end &+ step &- 1) & ~(step &- 1)
    }

    private func checkEnds() throws(PackError) {
        var highest: UInt32 = 0
        for index in 0..<ends.count { highest = max(highest, UInt32(bitPattern: ends[index])) }
        guard ends.count == 0 || Int(highest) < entries.count, entries.count <= Int(Int32.max) else { throw .invalid("ends of phrases") }
    }

    private func checkEntries() throws(PackError) {
        guard termStarts.count == entries.count + 1 else { throw .invalid("number of terms") }
        try check(termStarts, termBytes.count, "terms")
        var labelCounts = InlineArray<16, UInt8>(repeating: 0)
        for layer in CompactEntry.Layer.allCases {
            let labels = CompactEntry(layer: layer, isIdiom: false, survivesNegation: false, language: 0, label: 0, weight: 0).kind.labels
            labelCounts[Int(layer.rawValue)] = UInt8(max(labels.count, 1))
        }
        let languageCount = UInt8(languages.count)
        var isSound = true
        for index in 0..<entries.count {
            let entry = entries[index]
            let isNumber = entry.weight >= -5 && entry.weight <= 5
            isSound = isSound && entry.label < labelCounts[Int(entry.layerIndex)] && entry.language < languageCount && isNumber
        }
        guard isSound else { throw .invalid("entries") }
    }
}
