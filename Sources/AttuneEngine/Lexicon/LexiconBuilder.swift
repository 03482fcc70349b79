/// Layers the sources' entries over each other and builds the automaton.
struct LexiconBuilder {
    private struct Key: Hashable {
        var language: String
        var kind: LexiconEntry.Kind
        var term: String
        var label: String
    }

    private(set) var entries: [LexiconEntry] = []
    private(set) var compact: [CompactEntry] = []
    private(set) var automaton = PhraseAutomaton()
    private(set) var languages = ["und"]

    private var places: [Key: Int] = [:]
    private var lists: [UInt32: [Int32]] = [:]
    private let tokenizer = Tokenizer(limit: 4096)
    private var scratch = TokenizerScratch()
    private var buffer = TokenBuffer()

    /// Adds an entry; it takes the place of an earlier one of the same language, kind, term and label.
    mutating func add(_ entry: LexiconEntry) {
        let key = Key(language: entry.language, kind: entry.kind, term: entry.term, label: entry.label)
        if let place = places[key] {
            entries[place] = entry
        } else {
            places[key] = entries.count
            entries.append(entry)
        }
    }

    /// Builds the automaton of what was added; a problem when there are more languages than a mask has bits.
    mutating func finish(_ source: String) -> LexiconProblem? {
        let codes = Set(entries.map(\.language)).subtracting(languages).sorted()
        languages += codes.prefix(Lexicon.mostLanguages - 1)
        let known = Set(languages)
        entries.removeAll { $0.weight == 0 || !known.contains($0.language) }
        entries.sort { ($0.language, $0.kind.rawValue, $0.term, $0.label) < ($1.language, $1.kind.rawValue, $1.term, $1.label) }
        let bits = Dictionary(uniqueKeysWithValues: languages.enumerated().map { ($1, UInt8($0)) })
        compact = entries.map { CompactEntry($0, language: bits[$0.language] ?? 0) }
        let terms = entries.map { words(of: $0.term) }
        for (index, words) in terms.enumerated() { insert(words, index, isAlias: false) }
        // Other spellings come last: an entry of its own beats them.
        for (index, words) in terms.enumerated() {
            if let other = respelled(words, entries[index].language) { insert(other, index, isAlias: true) }
        }
        automaton.setEntries(lists, compact)
        places = [:]
        lists = [:]
        guard codes.count >= Lexicon.mostLanguages else { return nil }
        let message = "more than \(Lexicon.mostLanguages - 1) languages; those behind `\(languages.last ?? "")` are left out: build packs of fewer"
        return LexiconProblem(source: source, line: 1, message: message)
    }

    private mutating func insert(_ words: [[UInt8]], _ index: Int, isAlias: Bool) {
        guard !words.isEmpty, words.count <= LexiconParser.mostWords * 2 else { return }
        let isPrefix = LexiconParser.isPrefix(entries[index].term)
        if isPrefix, words.count != 1 || words[0].count < LexiconParser.shortestPrefix { return }
        let node = isPrefix ? automaton.insert(prefix: words[0]) : automaton.insert(phrase: words)
        let entry = compact[index]
        let isTaken = lists[node, default: []].contains {
            let other = compact[Int($0)]
            return other.layer == entry.layer && other.language == entry.language && other.label == entry.label
        }
        if isAlias, isTaken { return }
        lists[node, default: []].append(Int32(index))
    }

    /// The folded forms of a term's tokens: the same tokeniser as for texts, so that what is written is what is found.
    private mutating func words(of term: String) -> [[UInt8]] {
        var bytes = Array(term.utf8)
        if LexiconParser.isPrefix(term) { bytes.removeLast() }
        bytes.withUnsafeBufferPointer { tokenizer.tokenize($0, scratch: &scratch, into: &buffer) }
        return buffer.tokens.map { Array(buffer.form($0)) }.filter { !$0.isEmpty }
    }

    /// The term as people write it without its accents; nil when that would be the same, or so short that it is another word (`sûr`, `él`).
    private func respelled(_ words: [[UInt8]], _ language: String) -> [[UInt8]]? {
        var isChanged = false
        let other = words.map { word -> [UInt8] in
            var out: [UInt8] = []
            let changed = language == "de" ? LatinAccents.spellUmlauts(word[...], into: &out) : LatinAccents.strip(word[...], into: &out)
            isChanged = isChanged || changed
            return out
        }
        return isChanged && other.joined().count > 3 ? other : nil
    }
}
