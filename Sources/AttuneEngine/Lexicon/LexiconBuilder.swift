/// Layers the sources' entries over each other and builds the automaton.
struct LexiconBuilder {
    private(set) var entries: [LexiconEntry] = []
    private(set) var languages = ["und"]
    let automaton = PhraseAutomaton()

    /// Language, kind, term and label of an entry as one word; its number − 1 is the entry's place in `entries`.
    private let keys = Vocabulary()
    private var compact: [CompactEntry] = []
    /// Node, layer, language, label and entry as one number: sorting it brings every node's entries together, in an order
    /// that does not depend on the files.
    private var ends: [UInt64] = []
    /// The same without the entry, and its place in `ends`: terms that are one to the tokeniser (`:)` and `:-)`) say a thing once.
    private var taken: [UInt64: Int] = [:]
    private let tokenizer = Tokenizer(limit: 4096)
    private var scratch = TokenizerScratch()
    private var buffer = TokenBuffer()
    private var spelling: [UInt8] = []

    /// Adds an entry; it takes the place of an earlier one of the same language, kind, term and label.
    mutating func add(_ entry: LexiconEntry) {
        var key: [UInt8] = []
        for part in [entry.language, entry.kind.rawValue, entry.label, entry.term] {
            key.append(contentsOf: part.utf8)
            key.append(0x09)
        }
        let place = Int(key.withUnsafeBufferPointer { keys.insert($0) }) - 1
        if place == entries.count {
            entries.append(entry)
        } else {
            entries[place] = entry
        }
    }

    /// Builds the automaton of what was added; a problem when there are more languages than a mask has bits.
    mutating func finish(_ source: String) -> LexiconProblem? {
        let codes = Set(entries.map(\.language)).subtracting(languages).sorted()
        languages += codes.prefix(Lexicon.mostLanguages - 1)
        let bits = Dictionary(uniqueKeysWithValues: languages.enumerated().map { ($1, UInt8($0)) })
        entries.removeAll { $0.weight == 0 || bits[$0.language] == nil }
        compact = entries.map { CompactEntry($0, language: bits[$0.language] ?? 0) }
        var respelled: [Int] = []
        for index in entries.indices {
            let words = words(of: entries[index].term) { $0 }
            insert(words, index, isAlias: false)
            if buffer.tokens.contains(where: { $0.shape.contains(.nonASCII) && $0.kind == .word }) { respelled.append(index) }
        }
        // Other spellings come last: an entry of its own beats them.
        for index in respelled { insertRespelled(index) }
        ends.sort()
        automaton.setEntries(ends.map { (UInt32($0 >> 40), Int32($0 & 0xFF_FFFF)) }, compact)
        guard codes.count >= Lexicon.mostLanguages else { return nil }
        let message = "more than \(Lexicon.mostLanguages - 1) languages; those behind `\(languages.last ?? "")` are left out: build packs of fewer"
        return LexiconProblem(source: source, line: 1, message: message)
    }

    private mutating func insert(_ words: [UInt32], _ index: Int, isAlias: Bool) {
        let isPrefix = LexiconParser.isPrefix(entries[index].term)
        let node: UInt32
        if isPrefix {
            guard buffer.tokens.count == 1, spelling.count >= LexiconParser.shortestPrefix else { return }
            node = spelling.withUnsafeBufferPointer { automaton.insert(prefix: $0) }
        } else {
            // Punctuation inside a term makes tokens of its own.
            guard !words.isEmpty, words.count <= LexiconParser.mostWords * 2 else { return }
            node = automaton.insert(phrase: words)
        }
        let entry = compact[index]
        let label = entry.isIdiom ? 1 : UInt64(entry.label)
        let key = UInt64(node) << 40 | UInt64(entry.layer.rawValue) << 36 | UInt64(entry.language) << 30 | label << 24
        if let place = taken[key] {
            // An entry of its own beats another's other spelling; of two entries the later counts.
            if !isAlias { ends[place] = key | UInt64(index) }
        } else {
            taken[key] = ends.count
            ends.append(key | UInt64(index))
        }
    }

    /// The term as people write it without its accents, when that is another spelling and long enough not to be another word (`sûr`, `él`).
    private mutating func insertRespelled(_ index: Int) {
        var isChanged = false
        var length = 0
        let isGerman = entries[index].language == "de"
        let words = words(of: entries[index].term) { form in
            var out: [UInt8] = []
            let changed = form.withUnsafeBufferPointer {
                isGerman ? LatinAccents.spellUmlauts($0, into: &out) : LatinAccents.strip($0, into: &out)
            }
            isChanged = isChanged || changed
            length += out.count
            return out
        }
        if isChanged, length > 3 { insert(words, index, isAlias: true) }
    }

    /// The numbers of a term's tokens: the same tokeniser as for texts, so that what is written is what is found.
    ///
    /// Leaves the last token's spelling in `spelling`.
    private mutating func words(of term: String, _ respell: ([UInt8]) -> [UInt8]) -> [UInt32] {
        var bytes = Array(term.utf8)
        let isPrefix = LexiconParser.isPrefix(term)
        if isPrefix { bytes.removeLast() }
        bytes.withUnsafeBufferPointer { tokenizer.tokenize($0, scratch: &scratch, into: &buffer) }
        var words: [UInt32] = []
        for token in buffer.tokens where token.foldedCount > 0 {
            spelling = respell(Array(buffer.form(token)))
            if !isPrefix { words.append(spelling.withUnsafeBufferPointer { automaton.word($0) }) }
        }
        return words
    }
}
