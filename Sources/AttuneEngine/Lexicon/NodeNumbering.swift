/// How words and nodes are numbered in a pack.
///
/// Words that begin a phrase come first, and their nodes have the same numbers: no table leads from one to the other. Then the prefixes,
/// by their own numbers, then the rest in the order of their parents, so that siblings lie together and a child always behind its parent.
struct NodeNumbering {
    /// The trie's words by their new numbers; the first is none.
    let words: [UInt32]
    /// New numbers by the trie's.
    let numbers: [UInt32]
    /// The trie's nodes by their new numbers; the first is none.
    let nodes: [UInt32]
    /// By a node's new number, the new numbers of its children.
    let children: [Range<Int>]
    let rootCount: Int
    /// By a node's new number, the new number of the word that leads to it.
    let wordsOfNodes: [UInt32]

    init(_ trie: PhraseTrie) {
        let (starts, list) = trie.children()
        let roots = list[starts[0]..<starts[1]]
        rootCount = roots.count
        let wordCount = trie.vocabulary.count
        var words: [UInt32] = [0]
        var numbers = [UInt32](repeating: 0, count: wordCount + 1)
        for word in roots.map({ trie.words[Int($0)] }) + (0...UInt32(wordCount)).dropFirst() where numbers[Int(word)] == 0 {
            numbers[Int(word)] = UInt32(words.count)
            words.append(word)
        }
        var nodes: [UInt32] = [0] + roots + trie.prefixNodes.dropFirst()
        var children: [Range<Int>] = [0..<0]
        while children.count < nodes.count {
            let node = Int(nodes[children.count])
            children.append(nodes.count..<nodes.count + starts[node + 1] - starts[node])
            nodes += list[starts[node]..<starts[node + 1]]
        }
        self.words = words
        self.numbers = numbers
        self.nodes = nodes
        self.children = children
        wordsOfNodes = nodes.map { numbers[Int(trie.words[Int($0)])] }
    }
}
