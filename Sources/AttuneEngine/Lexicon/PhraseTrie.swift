/// Phrases over words, and prefixes of single words, while a lexicon is built. `LexiconWriter` turns it into the tables that are searched.
struct PhraseTrie {
    let vocabulary = Vocabulary()
    /// Their numbers are not words: `prefixNodes` has the node of each.
    let prefixes = Vocabulary()
    private let edges = EdgeTable()
    /// Per node; node 0 is where phrases begin.
    private var parents: [UInt32] = [Self.noParent]
    /// The word that leads to each node.
    private(set) var words: [UInt32] = [0]
    /// By a prefix's number; the first stands for no prefix.
    private(set) var prefixNodes: [UInt32] = [0]

    private static let noParent = UInt32.max
    /// Longer prefixes are cut: their lengths are the bits of a word.
    static let longestPrefix = 63

    var count: Int { parents.count }

    /// The number of a word, which is added when it is new.
    func word(_ form: UnsafeBufferPointer<UInt8>) -> UInt32 { vocabulary.insert(form) }

    /// The node of a phrase, made when it is new.
    mutating func insert(phrase words: [UInt32]) -> UInt32 {
        var node: UInt32 = 0
        for word in words {
            var child = edges.find(node, word)
            if child == 0 {
                child = makeNode(behind: node, by: word)
                edges.insert(node, word, child)
            }
            node = child
        }
        return node
    }

    /// The node of a prefix, made when it is new; bytes behind the 63rd do not count.
    mutating func insert(prefix: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let id = Int(prefixes.insert(UnsafeBufferPointer(rebasing: prefix.prefix(Self.longestPrefix))))
        if id == prefixNodes.count { prefixNodes.append(makeNode(behind: Self.noParent, by: 0)) }
        return prefixNodes[id]
    }

    private mutating func makeNode(behind parent: UInt32, by word: UInt32) -> UInt32 {
        parents.append(parent)
        words.append(word)
        return UInt32(parents.count - 1)
    }

    /// The nodes behind each node, in the order in which they were made: `list[starts[node]..<starts[node + 1]]`.
    func children() -> (starts: [Int], list: [UInt32]) {
        var starts = [Int](repeating: 0, count: count + 1)
        for parent in parents where parent != Self.noParent { starts[Int(parent) + 1] += 1 }
        for node in 0..<count { starts[node + 1] += starts[node] }
        var list = [UInt32](repeating: 0, count: starts[count])
        var next = starts
        for (node, parent) in parents.enumerated() where parent != Self.noParent {
            list[next[Int(parent)]] = UInt32(node)
            next[Int(parent)] += 1
        }
        return (starts, list)
    }
}
