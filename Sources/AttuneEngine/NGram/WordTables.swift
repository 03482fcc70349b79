import CKernels

/// What a word is summed up from: the tables of the heads that every text goes through, and the lexicon's.
struct WordTables: Sendable {
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
    let mainRows: RowTable
    let intentRows: RowTable
    private let languageRows: RowTable
    private let languageHasher: FeatureHasher?
    /// A bit for each length of character n-grams that a group counts.
    private let mainLengths: UInt32
    private let languageLengths: UInt32

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
        mainRows = RowTable(main)
        intentRows = RowTable(intents)
        languageRows = RowTable(languages)
        languageHasher = languages.map { FeatureHasher(configuration: $0.configuration) }
        mainLengths = main.configuration.characterLengths
        languageLengths = languages?.configuration.characterLengths ?? 0
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
        let isWord = token.kind == .word || token.kind == .hashtag
        let spelling = Vocabulary.hash(form)
        automaton.vocabulary.prefetch(spelling)
        scratch.main.removeAll()
        hasher.addWords(token, form, 0, negated: false, false, &scratch.main)
        if let unit = scratch.main.unit {
            (facts.pointee.plain, facts.pointee.negated) = (unit, isWord ? hasher.negated(form) : unit)
            facts.pointee.flags.insert(.isUnit)
        }
        scratch.languages.removeAll()
        languageHasher?.addWords(token, form, 0, negated: false, false, &scratch.languages)
        if isWord { addCharacters(form, &scratch.main.rows, &scratch.languages.rows) }
        facts.pointee.mainCount = UInt16(scratch.main.rows.count)
        facts.pointee.languageCount = UInt16(scratch.languages.rows.count)
        facts.pointee.script = isWord ? WordScript(form).raw : 0
        facts.pointee.link = WordLink(token, form, hash: spelling, automaton, &scratch.spelling)
        addRows(&scratch, kernels)
        if !write(scratch.sums.base, to: row) { facts.pointee.flags.insert(.isLarge) }
    }

    private func addRows(_ scratch: inout WordFillScratch, _ kernels: UnsafePointer<attune_kernels>) {
        scratch.sums.removeAll()
        scratch.sums.append(0, times: shape.lanes)
        mainRows.add(scratch.main.rows, scratch.sums.base, kernels)
        intentRows.add(scratch.main.rows, scratch.sums.base + intentLane, kernels)
        languageRows.add(scratch.languages.rows, scratch.sums.base + languageLane, kernels)
    }

    /// Returns whether no int16 lane is beyond what the kernel may add. Lanes go by sixteens.
    private func write(_ sums: UnsafePointer<Int32>, to row: UnsafeMutablePointer<UInt8>) -> Bool {
        let from = UnsafeRawPointer(sums)
        var (lowest, highest) = (SIMD16<Int32>(repeating: 0), SIMD16<Int32>(repeating: 0))
        for lane in stride(from: 0, to: shape.wide, by: 16) {
            let part = from.loadUnaligned(fromByteOffset: 4 &* lane, as: SIMD16<Int32>.self)
            lowest = pointwiseMin(lowest, part)
            highest = pointwiseMax(highest, part)
            UnsafeMutableRawPointer(row).storeBytes(of: SIMD16<Int16>(truncatingIfNeeded: part), toByteOffset: 2 &* lane, as: SIMD16<Int16>.self)
        }
        for lane in stride(from: 0, to: shape.narrow, by: 16) {
            let steps = LanguageStep.steps(from.loadUnaligned(fromByteOffset: 4 &* (shape.wide &+ lane), as: SIMD16<Int32>.self))
            UnsafeMutableRawPointer(row).storeBytes(of: steps, toByteOffset: 2 &* shape.wide &+ lane, as: SIMD16<Int8>.self)
        }
        return lowest.min() >= -WordSums.largestLane && highest.max() <= WordSums.largestLane
    }

    /// Adds a word's character n-grams to the rows of all groups in one pass.
    private func addCharacters(_ form: UnsafeBufferPointer<UInt8>, _ mainRows: inout Column<UInt32>, _ languageRows: inout Column<UInt32>) {
        let longest = max(hasher.configuration.maximumCharacters, languageHasher?.configuration.maximumCharacters ?? 0)
        // At most `longest` n-grams begin at each of at most 66 bytes.
        mainRows.reserve(mainRows.count + longest * 66)
        languageRows.reserve(languageRows.count + longest * 66)
        var (main, languages) = (mainRows.base + mainRows.count, languageRows.base + languageRows.count)
        FeatureHasher.forEachCharacters(of: form, longest: longest) { hash, length, isStart in
            let row = UInt32(truncatingIfNeeded: hash)
            self.mainRows.prefetch(row)
            self.languageRows.prefetch(row)
            // Written always and counted when it is one, as no branch could be foretold. The mark of a word's start alone is no n-gram.
            let bit = 1 &<< UInt32(truncatingIfNeeded: length)
            let isNone: UInt32 = isStart ? 2 : 0
            main.initialize(to: row)
            main += bit & mainLengths & ~isNone == 0 ? 0 : 1
            languages.initialize(to: row)
            languages += bit & languageLengths & ~isNone == 0 ? 0 : 1
        }
        mainRows.setCount(main - mainRows.base)
        languageRows.setCount(languages - languageRows.base)
    }
}

/// What a word says of a language is counted in steps, so that all languages of a word fit one cache line.
///
/// A word's sums reach some thousands and a step is less than one n-gram in ten says, so that no language is taken for another by it.
enum LanguageStep {
    static let size: Int32 = 8

    /// Rounded to the nearest, held within a byte.
    @inline(__always)
    static func steps(_ sums: SIMD16<Int32>) -> SIMD16<Int8> {
        SIMD16(truncatingIfNeeded: ((sums &+ size / 2) &>> 3).clamped(lowerBound: .init(repeating: -127), upperBound: .init(repeating: 127)))
    }

    /// The same for one.
    @inline(__always)
    static func steps(_ sum: Int32) -> Int8 { Int8(truncatingIfNeeded: max(-127, min(127, (sum &+ size / 2) &>> 3))) }
}

/// A group's table of rows without its owner: valid as long as the heads live.
///
/// `@unchecked Sendable`: a bare pointer into memory that is never written.
struct RowTable: @unchecked Sendable {
    /// Nil for a group without n-grams, and for no group.
    let rows: UnsafePointer<Int8>?
    let lanes: Int
    let mask: UInt32

    init(_ heads: LinearHeads?) {
        rows = heads?.table
        lanes = heads?.lanes ?? 0
        mask = UInt32(truncatingIfNeeded: (heads?.configuration.rowCount ?? 1) - 1)
    }

    /// Asks for the first line of a row before it is needed: the tables are larger than the second-level cache together.
    @inline(__always)
    func prefetch(_ row: UInt32) {
        attune_prefetch_line(UnsafeRawPointer(bitPattern: UInt(bitPattern: rows) &+ UInt(row & mask) &* UInt(bitPattern: lanes)))
    }

    /// Adds rows to sums. The rows of a larger table have their places in this one by the low bits.
    @inline(__always)
    func add(_ all: Column<UInt32>, _ sums: UnsafeMutablePointer<Int32>, _ kernels: UnsafePointer<attune_kernels>) {
        if let rows { kernels.pointee.add_rows(rows, all.base, all.count, mask, sums, lanes) }
    }
}

/// Working memory of `WordTables.fill`.
struct WordFillScratch {
    /// The main group's, whose rows' low bits are those of the intents', and the language group's.
    var main = TokenRows()
    var languages = TokenRows()
    var sums = Column<Int32>()
    var spelling: [UInt8] = []
}
