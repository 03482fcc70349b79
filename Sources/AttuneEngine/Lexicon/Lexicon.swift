/// All lexicons of a pack, every language in one: tables that are used where they lie, in a mapped pack or in memory.
///
/// `@unchecked Sendable`: the tables point into their sections' storage, which is never written and lives as long.
public struct Lexicon: @unchecked Sendable {
    /// The languages by their bit in a `LanguageMask`; the first is `und`.
    public let languages: [String]
    /// The same for the same entries, whatever order or files they came in.
    public let hash: UInt64

    let automaton: PhraseAutomaton
    /// Languages in which two negators undo each other. In the others (Romance, Arabic …) the second repeats the first: `no tengo nada`.
    let undoing: UInt64
    private let tables: LexiconTables

    /// Languages beyond the 63rd are told as a problem and left out: a mask has 64 bits.
    public static let mostLanguages = 64

    /// Builds a lexicon, and tells what was left out of it.
    ///
    /// Of two entries for the same term the later source's counts, and a weight of 0 takes the earlier one away.
    public static func read(_ sources: [LexiconSource]) -> (Lexicon, [LexiconProblem]) {
        var builder = LexiconBuilder()
        var problems: [LexiconProblem] = []
        for source in sources {
            let parser = LexiconParser(source)
            problems.append(contentsOf: parser.problems)
            for entry in parser.entries { builder.add(entry) }
        }
        let (sections, problem) = builder.finish(sources.last?.name ?? "lexicons")
        if let problem { problems.append(problem) }
        return (Lexicon(LexiconTables(sections)), problems)
    }

    /// The lexicon of a pack.
    init(validating sections: PackSections) throws(PackError) {
        let tables = LexiconTables(sections)
        try tables.validate()
        self.init(tables)
    }

    private init(_ tables: LexiconTables) {
        self.tables = tables
        languages = tables.languages
        hash = tables.hash
        automaton = PhraseAutomaton(tables)
        undoing = languages.enumerated().reduce(0) { $1.element == "en" || $1.element == "de" ? $0 | 1 << UInt64($1.offset) : $0 }
    }

    public var entryCount: Int { tables.entries.count }

    /// What `Hit.entry` counts.
    public var entries: LexiconEntries { LexiconEntries(lexicon: self) }

    /// What rules need of an entry, as it lies in the table.
    @inline(__always)
    func compact(_ index: Int) -> CompactEntry {
        precondition(index >= 0 && index < tables.entries.count, "no such entry")
        return tables.entries[index]
    }

    /// An entry with its term and the names of its language and label.
    public func entry(at index: Int) -> LexiconEntry {
        let entry = compact(index)
        let kind = entry.kind
        let start = Int(tables.termStarts[index])
        let term = UnsafeBufferPointer(start: tables.termBytes.start + start, count: Int(tables.termStarts[index + 1]) - start)
        return LexiconEntry(
            language: languages[Int(entry.language)], kind: kind, term: String(decoding: term, as: UTF8.self),
            label: kind.labels.isEmpty ? "" : kind.labels[Int(entry.label)], weight: entry.weight)
    }

    /// The lexicon's own sections, for a pack.
    var parts: [(section: PackSection, bytes: UnsafeRawBufferPointer)] {
        PackSection.allCases.filter { $0 != .model }.map { ($0, tables.sections.bytes($0)) }
    }

    /// The bytes of its tables, as they stand in a pack.
    public var byteCount: Int { parts.reduce(0) { $0 + $1.bytes.count } }

    /// Different words, phrases' nodes and prefixes: what `attune lexicon build` tells.
    public var counts: (words: Int, nodes: Int, prefixes: Int) { (tables.words.count, tables.nodes.count - 1, tables.prefixes.count) }

    /// The entries that count in a text of this language (BCP 47); all of them when it is nil.
    ///
    /// `pt-BR` reads `pt`. Romanised Hindi is mixed with English, so `hi-Latn` reads `en` too.
    public func mask(for language: String?) -> LanguageMask {
        guard let language else { return .all }
        var mask: UInt64 = 1
        let base = language.split(separator: "-").first.map(String.init) ?? language
        for (bit, code) in languages.enumerated() where code == language || code == base && language != "hi-Latn" {
            mask |= 1 << UInt64(bit)
        }
        if language == "hi-Latn", let english = languages.firstIndex(of: "en") { mask |= 1 << UInt64(english) }
        return LanguageMask(rawValue: mask)
    }

    /// The sum of the entries' hashes, so that their order does not matter.
    static func hash(_ entries: [LexiconEntry]) -> UInt64 {
        var sum: UInt64 = 0
        for entry in entries {
            var state = Vocabulary.seed
            for text in [entry.language, entry.kind.rawValue, entry.term, entry.label] {
                for byte in text.utf8 { state = Vocabulary.hash(state, byte) }
                state = Vocabulary.hash(state, 0x09)
            }
            for shift in [0, 8, 16, 24] as [UInt32] {
                state = Vocabulary.hash(state, UInt8(truncatingIfNeeded: entry.weight.bitPattern >> shift))
            }
            // FNV mixes upwards only; the sum wants every bit mixed.
            state = (state ^ state >> 32) &* 0x9E37_79B9_7F4A_7C15
            sum &+= state ^ state >> 29
        }
        return sum
    }
}
