/// Turns a built trie and its entries into the sections of a pack.
struct LexiconWriter {
    let trie: PhraseTrie
    let entries: [LexiconEntry]
    let compact: [CompactEntry]
    /// Node of the trie and entry, sorted by node.
    let ends: [(node: UInt32, entry: Int)]
    let languages: [String]
    let hash: UInt64

    /// Tokens of the longest phrase: punctuation inside of a term makes tokens of its own.
    static let longestPath = LexiconParser.mostWords * 2

    /// The tables, laid out in memory of their own.
    func sections() -> PackSections {
        let numbering = NodeNumbering(trie)
        let ends = endsByNode()
        let order = entryOrder(numbering, ends)
        let table = NodeTable(numbering, ends, compact, order.number)
        let terms = strings(order.entries.map { Array(entries[$0].term.utf8) })
        let words = strings([[]] + numbering.words.dropFirst().map { Array(trie.vocabulary.view.spelling($0)) })
        let prefixes = strings([[]] + prefixNumbers().map { Array(trie.prefixes.view.spelling($0)) })
        let facts = [hash, UInt64(numbering.rootCount), prefixLengths()]
        let codes = languages.map { $0 + "\n" }.joined()
        let parts: [(PackSection, [UInt8])] = [
            (.facts, Self.bytes(facts)), (.languages, Array(codes.utf8)),
            (.wordSlots, Self.bytes(Self.slots(words))), (.wordStarts, Self.bytes(words.starts)), (.wordBytes, words.bytes),
            (.nodes, Self.bytes(table.nodes)), (.edges, Self.bytes(table.edges)), (.masks, Self.bytes(table.masks)), (.ends, Self.bytes(table.ends)),
            (.prefixSlots, Self.bytes(Self.slots(prefixes))), (.prefixStarts, Self.bytes(prefixes.starts)), (.prefixBytes, prefixes.bytes),
            (.prefixFilter, Self.bytes(prefixFilter())), (.entries, Self.bytes(order.entries.map { compact[$0] })),
            (.termStarts, Self.bytes(terms.starts)), (.termBytes, terms.bytes),
        ]
        return PackFormat.lay(parts)
    }

    /// By a node of the trie, its range of `ends`.
    private func endsByNode() -> [ArraySlice<(node: UInt32, entry: Int)>] {
        var ranges = [ArraySlice<(node: UInt32, entry: Int)>](repeating: [], count: trie.count)
        var start = 0
        while start < ends.count {
            var end = start + 1
            while end < ends.count, ends[end].node == ends[start].node { end += 1 }
            ranges[Int(ends[start].node)] = ends[start..<end]
            start = end
        }
        return ranges
    }

    /// Entries in the order of their nodes, so that what is found together lies together; those that nothing leads to come last.
    private func entryOrder(
        _ numbering: NodeNumbering, _ ends: [ArraySlice<(node: UInt32, entry: Int)>]
    ) -> (entries: [Int], number: [Int32]) {
        var number = [Int32](repeating: -1, count: entries.count)
        var order: [Int] = []
        order.reserveCapacity(entries.count)
        func take(_ entry: Int) {
            guard number[entry] < 0 else { return }
            number[entry] = Int32(order.count)
            order.append(entry)
        }
        for node in numbering.nodes { for end in ends[Int(node)] { take(end.entry) } }
        for entry in entries.indices { take(entry) }
        return (order, number)
    }

    private func prefixNumbers() -> ClosedRange<UInt32>.SubSequence { (0...UInt32(trie.prefixes.count)).dropFirst() }

    private func prefixLengths() -> UInt64 {
        prefixNumbers().reduce(0) { $0 | 1 << UInt64(trie.prefixes.view.spelling($1).count) }
    }

    private func prefixFilter() -> [UInt64] {
        var filter = [UInt64](repeating: 0, count: PhraseAutomaton.filterCount)
        for id in prefixNumbers() {
            let start = PhraseAutomaton.startHash(trie.prefixes.view.spelling(id))
            filter[start >> 6] |= 1 << UInt64(start & 63)
        }
        return filter
    }

    /// Texts one behind the other, and where each begins; one more beginning than there are texts.
    private func strings(_ texts: [[UInt8]]) -> (starts: [UInt32], bytes: [UInt8]) {
        var starts: [UInt32] = [0]
        var bytes: [UInt8] = []
        for text in texts {
            bytes += text
            starts.append(UInt32(bytes.count))
        }
        return (starts, bytes)
    }

    /// A table of words by their hashes, at most three quarters full.
    private static func slots(_ words: (starts: [UInt32], bytes: [UInt8])) -> [Vocabulary.Slot] {
        let count = words.starts.count - 2
        var size = 16
        while size * 3 < count * 4 { size *= 2 }
        var slots = [Vocabulary.Slot](repeating: .init(hash: 0, word: 0), count: size)
        for word in 0..<count {
            let hash = words.bytes[Int(words.starts[word + 1])..<Int(words.starts[word + 2])].reduce(Vocabulary.seed) { Vocabulary.hash($0, $1) }
            var index = Int(truncatingIfNeeded: hash) & (size - 1)
            while slots[index].word != 0 { index = (index + 1) & (size - 1) }
            slots[index] = .init(hash: UInt32(truncatingIfNeeded: hash >> 32), word: UInt32(word + 1))
        }
        return slots
    }

    private static func bytes<Element: BitwiseCopyable>(_ elements: [Element]) -> [UInt8] {
        elements.withUnsafeBytes { Array($0) }
    }
}
