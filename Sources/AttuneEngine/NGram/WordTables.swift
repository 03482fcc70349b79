import CKernels

/// What a word is summed up from: the tables of the heads that every text goes through, and the lexicon's.
///
/// A class, because a value of this size would be copied at every call.
final class WordTables: Sendable {
    /// Names the pack: what was summed up with one is of no use with another.
    let packHash: UInt64
    let main: LinearHeads
    let intents: LinearHeads?
    let languages: LinearHeads?
    let lexicon: Lexicon
    let hasher: FeatureHasher
    /// The lexicon's tables, which live as long as it does.
    let automaton: PhraseAutomaton.View
    let shape: RowShape
    /// Where the sums of the intents and of the languages begin.
    let intentLane: Int
    let languageLane: Int
    /// The rows of the main heads and of the intents.
    let grams: GramTables
    private let languageRows: RowTable
    private let languageHasher: FeatureHasher?
    /// Whether the languages' rows of words, numbers and names are those of the main heads with fewer bits.
    private let languagesShareWords: Bool
    /// Of the character n-grams that some group counts.
    private let longestCharacters: Int

    /// A word's row: what it adds to the main heads and the intents, exactly, and in steps of `LanguageStep` to the languages.
    struct RowShape: Hashable, Sendable {
        /// int16 lanes: main and intents.
        var wide: Int
        /// int8 lanes behind them: languages.
        var narrow: Int

        var lanes: Int { wide + narrow }
        var bytes: Int { 2 * wide + narrow }

        @inline(__always)
        func wide(_ row: UnsafePointer<UInt8>) -> UnsafePointer<Int16> { UnsafeRawPointer(row).assumingMemoryBound(to: Int16.self) }
        @inline(__always)
        func narrow(_ row: UnsafePointer<UInt8>) -> UnsafePointer<Int8> {
            UnsafeRawPointer(row + 2 &* wide).assumingMemoryBound(to: Int8.self)
        }
    }

    init(packHash: UInt64, main: LinearHeads, intents: LinearHeads?, languages: LinearHeads?, lexicon: Lexicon) {
        self.packHash = packHash
        self.main = main
        self.intents = intents
        self.languages = languages
        self.lexicon = lexicon
        hasher = FeatureHasher(configuration: main.configuration)
        automaton = lexicon.automaton.view
        intentLane = main.lanes
        languageLane = main.lanes + (intents?.lanes ?? 0)
        shape = RowShape(wide: languageLane, narrow: languages?.lanes ?? 0)
        grams = GramTables(main, intents)
        languageRows = RowTable(languages)
        languageHasher = languages.map { FeatureHasher(configuration: $0.configuration) }
        languagesShareWords =
            languages.map { heads in
                heads.configuration.hashCount <= main.configuration.hashCount && heads.configuration.wordOrder > 0
                    && main.configuration.wordOrder > 0 && !heads.configuration.symbols
            } ?? false
        longestCharacters = max(main.configuration.maximumCharacters, languages?.configuration.maximumCharacters ?? 0)
    }

    /// Sums a token up.
    /// - Parameters:
    ///   - facts: `tag` is left as it is.
    ///   - row: `shape.bytes` bytes; the int16 lanes fit, as a form has at most 64 bytes and so fewer than 258 n-grams of a head, each
    ///     within ±127.
    func fill(
        _ facts: UnsafeMutablePointer<WordFacts>, _ row: UnsafeMutablePointer<UInt8>, _ token: Token, _ form: UnsafeBufferPointer<UInt8>,
        _ scratch: inout WordFillScratch, _ kernels: UnsafePointer<attune_kernels>
    ) {
        let spelling = Vocabulary.hash(form)
        automaton.vocabulary.prefetch(spelling)
        let isWord = token.kind == .word || token.kind == .hashtag
        addSums(facts, token, form, isWord: isWord, &scratch, kernels)
        facts.pointee.script = isWord ? WordScript(form).raw : 0
        facts.pointee.link = WordLink(token, form, hash: spelling, automaton, &scratch.spelling)
        if !kernels.pointee.pack_row(scratch.sums.base, shape.wide, shape.narrow, row) { facts.pointee.flags.insert(.isLarge) }
    }

    /// Sums the rows of a token up, and notes its unit and how many n-grams it has.
    private func addSums(
        _ facts: UnsafeMutablePointer<WordFacts>, _ token: Token, _ form: UnsafeBufferPointer<UInt8>, isWord: Bool,
        _ scratch: inout WordFillScratch, _ kernels: UnsafePointer<attune_kernels>
    ) {
        scratch.main.removeAll()
        hasher.addWords(token, form, 0, negated: false, false, &scratch.main)
        if let unit = scratch.main.unit {
            facts.pointee.plain = unit
            facts.pointee.flags.insert(.isUnit)
        }
        let isSymbol = token.kind == .emoji || token.kind == .emoticon || token.kind == .punctuation
        var languageWords = UnsafeBufferPointer<UInt32>(start: nil, count: 0)
        if languagesShareWords {
            if !isSymbol { languageWords = scratch.main.rows.buffer }
        } else {
            scratch.languages.removeAll()
            languageHasher?.addWords(token, form, 0, negated: false, false, &scratch.languages)
            languageWords = scratch.languages.rows.buffer
        }
        scratch.sums.removeAll()
        scratch.sums.append(0, times: shape.lanes)
        var (mainCount, languageCount) = (scratch.main.rows.count, languageWords.count)
        grams.add(scratch.main.rows.buffer, scratch.sums.base, kernels)
        languageRows.add(languageWords, scratch.sums.base + languageLane, kernels)
        if isWord {
            scratch.grams.read(form, longest: longestCharacters, kernels)
            let main = scratch.grams.counted(by: hasher.configuration)
            grams.prefetch(main)
            if let languageHasher {
                let languages = scratch.grams.counted(by: languageHasher.configuration)
                languageRows.add(languages, scratch.sums.base + languageLane, kernels)
                languageCount += languages.count
            }
            grams.add(main, scratch.sums.base, kernels)
            mainCount += main.count
        }
        (facts.pointee.mainCount, facts.pointee.languageCount) = (UInt16(mainCount), UInt16(languageCount))
    }
}

/// What a word says of a language, in the steps of `attune_pack_row_kernel`.
enum LanguageStep {
    static let size = Int32(attune_language_step)

    /// Rounded to the nearest, held within a byte.
    static func steps(_ sum: Int32) -> Int8 { Int8(truncatingIfNeeded: max(-127, min(127, (sum &+ size / 2) &>> 3))) }
}

/// The tables of the main heads and the intents, whose rows the same hashes name: valid as long as the heads live.
///
/// `@unchecked Sendable`: bare pointers into memory that is never written.
struct GramTables: @unchecked Sendable {
    private let tables: attune_gram_tables
    /// Lanes of both together.
    var lanes: Int { tables.first_lanes &+ tables.second_lanes }

    init(_ main: LinearHeads, _ intents: LinearHeads?) {
        func mask(_ rows: Int?) -> UInt32 { UInt32(truncatingIfNeeded: (rows ?? 1) - 1) }
        tables = attune_gram_tables(
            first: main.table, second: intents?.table, fine: main.fine, first_lanes: main.lanes,
            second_lanes: intents?.lanes ?? 0, first_mask: mask(main.configuration.rowCount), second_mask: mask(intents?.configuration.rowCount),
            fine_mask: mask(main.configuration.hashCount))
    }

    /// Asks for the first lines of rows of the main heads before they are needed: the intents' table is small enough to be near.
    @inline(__always)
    func prefetch(_ hashes: UnsafeBufferPointer<UInt32>) {
        guard let first = hashes.baseAddress else { return }
        withUnsafePointer(to: tables) { attune_prefetch_grams($0, first, hashes.count) }
    }

    /// Writes the hashes of the pairs that some words make with the unit before each; says how many.
    /// - Parameters:
    ///   - facts: as many `WordFacts`.
    ///   - unit: the one before the first word, and at last the one before the next.
    @inline(__always)
    func pairs(_ facts: UnsafeRawPointer, _ count: Int, _ unit: inout UInt64, _ hashes: UnsafeMutablePointer<UInt32>) -> Int {
        withUnsafePointer(to: tables) {
            attune_pair_hashes($0, facts.assumingMemoryBound(to: UInt8.self), max(count, 0), &unit, hashes)
        }
    }

    /// Adds the rows of hashes to `lanes` sums.
    @inline(__always)
    func add(_ hashes: UnsafeBufferPointer<UInt32>, _ sums: UnsafeMutablePointer<Int32>, _ kernels: UnsafePointer<attune_kernels>) {
        guard let first = hashes.baseAddress else { return }
        withUnsafePointer(to: tables) { kernels.pointee.add_grams($0, first, hashes.count, sums) }
    }
}

/// A group's table of rows without its owner: valid as long as the heads live.
///
/// `@unchecked Sendable`: a bare pointer into memory that is never written.
struct RowTable: @unchecked Sendable {
    /// Nil for a group without n-grams, and for no group.
    let rows: UnsafePointer<Int8>?
    let lanes: Int
    let mask: UInt32
    /// The rows of the heads that have more of them than the others.
    private let fine: UnsafePointer<Int8>?
    private let fineMask: UInt32

    init(_ heads: LinearHeads?) {
        rows = heads?.table
        lanes = heads?.lanes ?? 0
        mask = UInt32(truncatingIfNeeded: (heads?.configuration.rowCount ?? 1) - 1)
        fine = heads?.fine
        fineMask = UInt32(truncatingIfNeeded: (heads?.configuration.hashCount ?? 1) - 1)
    }

    /// Adds rows to sums. The rows of a larger table have their places in this one by the low bits.
    @inline(__always)
    func add(_ all: UnsafeBufferPointer<UInt32>, _ sums: UnsafeMutablePointer<Int32>, _ kernels: UnsafePointer<attune_kernels>) {
        guard let rows, let first = all.baseAddress else { return }
        kernels.pointee.add_rows(rows, first, all.count, mask, sums, lanes)
        if let fine { addFine(fine, all, sums) }
    }

    /// The lanes of these heads are 0 in the rows that all share.
    @inline(__always)
    private func addFine(_ fine: UnsafePointer<Int8>, _ all: UnsafeBufferPointer<UInt32>, _ sums: UnsafeMutablePointer<Int32>) {
        var (first, second): (Int32, Int32) = (0, 0)
        for row in all {
            let weights = fine + LinearHeads.fineHeads &* Int(row & fineMask)
            first &+= Int32(weights[0])
            second &+= Int32(weights[1])
        }
        sums[0] &+= first
        sums[1] &+= second
    }
}

/// Working memory of `WordTables.fill`.
struct WordFillScratch {
    /// The main group's, whose rows' low bits are those of the intents', and the language group's.
    var main = TokenRows()
    var languages = TokenRows()
    var grams = CharacterNGrams()
    var sums = Column<Int32>()
    var spelling: [UInt8] = []
}
