/// All lexicons of a pack, every language in one.
public struct Lexicon: Sendable {
    /// What `Hit.entry` counts.
    public let entries: [LexiconEntry]
    /// The languages by their bit in a `LanguageMask`; the first is `und`.
    public let languages: [String]
    /// The same for the same entries, whatever order or files they came in.
    public let hash: UInt64

    let automaton: PhraseAutomaton
    /// Languages in which two negators undo each other. In the others (Romance, Arabic …) the second repeats the first: `no tengo nada`.
    let undoing: UInt64

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
        if let problem = builder.finish(sources.last?.name ?? "lexicons") { problems.append(problem) }
        return (Lexicon(builder), problems)
    }

    private init(_ builder: LexiconBuilder) {
        entries = builder.entries
        languages = builder.languages
        automaton = builder.automaton
        undoing = languages.enumerated().reduce(0) { $1.element == "en" || $1.element == "de" ? $0 | 1 << UInt64($1.offset) : $0 }
        hash = Self.hash(builder.entries)
    }

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
    private static func hash(_ entries: [LexiconEntry]) -> UInt64 {
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
