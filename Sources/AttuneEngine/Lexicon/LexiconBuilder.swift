/// Layers the sources' entries over each other and builds the tables.
struct LexiconBuilder {
    private var entries: [LexiconEntry] = []
    private var languages = ["und"]
    private var trie = PhraseTrie()

    /// Language, kind, term and label of an entry as one word; its number − 1 is the entry's place in `entries`.
    private let keys = Vocabulary()
    private var compact: [CompactEntry] = []
    /// Node, layer, language, label and entry as one number: sorting it brings every node's entries together, in an order
    /// that does not depend on the files.
    private var ends: [UInt64] = []
    /// The same without the entry, and its place in `ends`: terms that are one to the tokeniser (`:)` and `:-)`) say a thing once.
    private var taken: [UInt64: Int] = [:]
    private var reader = TermReader()

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

    /// Builds the tables of what was added; a problem when there are more languages than a mask has bits.
    mutating func finish(_ source: String) -> (PackSections, LexiconProblem?) {
        let codes = Set(entries.map(\.language)).subtracting(languages).sorted()
        languages += codes.prefix(Lexicon.mostLanguages - 1)
        let bits = Dictionary(uniqueKeysWithValues: languages.enumerated().map { ($1, UInt8($0)) })
        entries.removeAll { $0.weight == 0 || bits[$0.language] == nil }
        compact = entries.map { CompactEntry($0, language: bits[$0.language] ?? 0) }
        var respelled: [Int] = []
        for index in entries.indices {
            let forms = reader.forms(of: entries[index].term)
            if reader.hasOtherSpelling { respelled.append(index) }
            insert(forms, index, isAlias: false)
        }
        // Other spellings come last: an entry of its own beats them.
        for index in respelled { insertRespelled(index) }
        ends.sort()
        let writer = LexiconWriter(
            trie: trie, entries: entries, compact: compact, ends: ends.map { (UInt32($0 >> 40), Int($0 & 0xFF_FFFF)) }, languages: languages,
            hash: Lexicon.hash(entries))
        let sections = writer.sections()
        guard codes.count >= Lexicon.mostLanguages else { return (sections, nil) }
        let message = "more than \(Lexicon.mostLanguages - 1) languages; those behind `\(languages.last ?? "")` are left out: build packs of fewer"
        return (sections, LexiconProblem(source: source, line: 1, message: message))
    }

    private mutating func insert(_ forms: [[UInt8]], _ index: Int, isAlias: Bool) {
        let term = entries[index].term
        guard TermReader.unreachable(term, forms) == nil else { return }
        let node: UInt32
        if LexiconParser.isPrefix(term) {
            node = forms[0].withUnsafeBufferPointer { trie.insert(prefix: $0) }
        } else {
            node = trie.insert(phrase: forms.map { $0.withUnsafeBufferPointer { trie.word($0) } })
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
        let isGerman = entries[index].language == "de"
        let forms = reader.forms(of: entries[index].term)
        let respelled = forms.map { form in
            var out: [UInt8] = []
            _ = form.withUnsafeBufferPointer { isGerman ? LatinAccents.spellUmlauts($0, into: &out) : LatinAccents.strip($0, into: &out) }
            return out
        }
        if respelled != forms, respelled.reduce(0, { $0 + $1.count }) > 3 { insert(respelled, index, isAlias: true) }
    }
}
