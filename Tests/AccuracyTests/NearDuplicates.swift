/// Texts that say the same twice: those that share four fifths of all their words, or of all their triples of words.
enum NearDuplicates {
    /// Indices of such texts, the smaller first. A text is its words; numbers count as one word.
    static func pairs(in texts: [[String]]) -> [(Int, Int)] {
        let plain = texts.map { words in words.map { $0.first?.isNumber == true ? "0" : $0 } }
        return pairs(sharing: plain.map(numbered)) + pairs(sharing: plain.map(triples))
    }

    /// Words, told apart where they repeat: as a set they are still a multiset.
    private static func numbered(_ words: [String]) -> [String] {
        var seen: [String: Int] = [:]
        return words.map { word in
            seen[word, default: 0] += 1
            return "\(word) \(seen[word, default: 0])"
        }
    }

    private static func triples(_ words: [String]) -> [String] {
        Array(Set(words.indices.dropFirst(2).map { words[($0 - 2)...$0].joined(separator: " ") }))
    }

    /// Two sets that share four fifths of their union share one of the rarest fifth of each, so only such pairs are compared (prefix filtering).
    private static func pairs(sharing sets: [[String]]) -> [(Int, Int)] {
        var count: [String: Int] = [:]
        for item in sets.joined() { count[item, default: 0] += 1 }
        var holding: [String: [Int]] = [:]
        var found = [(Int, Int)]()
        for (index, items) in sets.enumerated() {
            let own = Set(items)
            let rarest = items.sorted { (count[$0, default: 0], $0) < (count[$1, default: 0], $1) }.prefix(items.count / 5 + 1)
            for other in Set(rarest.flatMap { holding[$0, default: []] }).sorted() {
                let shared = sets[other].count { own.contains($0) }
                if 5 * shared >= 4 * (items.count + sets[other].count - shared) { found.append((other, index)) }
            }
            for item in rarest { holding[item, default: []].append(index) }
        }
        return found
    }
}
