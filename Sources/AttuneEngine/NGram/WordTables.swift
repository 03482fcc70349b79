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
        scratch.features.removeAll()
        hasher.addToken(token, form, 0, negated: false, false, characters: false, &scratch.features)
        scratch.main.replace(scratch.features.rows)
        if let unit = scratch.features.units.first {
            (facts.pointee.plain, facts.pointee.negated) = (unit.hash, isWord ? hasher.negated(form) : unit.hash)
            facts.pointee.flags.insert(.isUnit)
        }
        scratch.features.removeAll()
        languageHasher?.addToken(token, form, 0, negated: false, false, characters: false, &scratch.features)
        scratch.languages.replace(scratch.features.rows)
        if isWord { addCharacters(form, &scratch) }
        for row in scratch.main {
            mainRows.prefetch(row)
            intentRows.prefetch(row)
        }
        for row in scratch.languages { languageRows.prefetch(row) }
        facts.pointee.mainCount = UInt16(scratch.main.count)
        facts.pointee.languageCount = UInt16(scratch.languages.count)
        facts.pointee.link = WordLink(token, form, automaton, &scratch.spelling)
        facts.pointee.script = isWord ? WordScript(form).raw : 0
        addRows(&scratch, kernels)
        if write(scratch.sums.base, to: row) > WordSums.largestLane { facts.pointee.flags.insert(.isLarge) }
    }

    private func addRows(_ scratch: inout WordFillScratch, _ kernels: UnsafePointer<attune_kernels>) {
        scratch.sums.removeAll()
        scratch.sums.append(0, times: shape.lanes)
        mainRows.add(&scratch.main, scratch.sums.base, kernels)
        intentRows.add(&scratch.main, scratch.sums.base + intentLane, kernels)
        languageRows.add(&scratch.languages, scratch.sums.base + languageLane, kernels)
    }

    /// Returns the largest int16 lane.
    private func write(_ sums: UnsafePointer<Int32>, to row: UnsafeMutablePointer<UInt8>) -> Int32 {
        let raw = UnsafeMutableRawPointer(row)
        let wide = raw.assumingMemoryBound(to: Int16.self)
        let narrow = (raw + 2 * shape.wide).assumingMemoryBound(to: Int8.self)
        var largest: Int32 = 0
        for lane in 0..<shape.wide {
            wide[lane] = Int16(truncatingIfNeeded: sums[lane])
            largest = max(largest, abs(sums[lane]))
        }
        for lane in 0..<shape.narrow { narrow[lane] = LanguageStep.steps(sums[shape.wide + lane]) }
        return largest
    }

    /// Adds a word's character n-grams to the rows of all groups in one pass.
    private func addCharacters(_ form: UnsafeBufferPointer<UInt8>, _ scratch: inout WordFillScratch) {
        let longest = max(hasher.configuration.maximumCharacters, languageHasher?.configuration.maximumCharacters ?? 0)
        // At most `longest` n-grams begin at each of at most 66 bytes.
        scratch.main.reserve(scratch.main.count + longest * 66)
        scratch.languages.reserve(scratch.languages.count + longest * 66)
        FeatureHasher.forEachCharacters(of: form, longest: longest) { hash, length, isStart in
            let row = UInt32(truncatingIfNeeded: hash)
            if hasher.hasCharacters(length, isStart) { scratch.main.append(row) }
            if let languageHasher, languageHasher.hasCharacters(length, isStart) { scratch.languages.append(row) }
        }
    }
}

/// What a word says of a language is counted in steps, so that all languages of a word fit one cache line.
///
/// A word's sums reach some thousands and a step is less than one n-gram in ten says, so that no language is taken for another by it.
enum LanguageStep {
    static let size: Int32 = 8

    /// Rounded to the nearest, held within a byte.
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

    /// Asks for a row before it is needed: the tables are larger than the second-level cache.
    @inline(__always)
    func prefetch(_ row: UInt32) {
        guard let rows else { return }
        let first = rows + Int(row & mask) &* lanes
        attune_prefetch_line(first)
        if lanes > 32 { attune_prefetch_line(first + 64) }
    }

    /// Adds rows to sums; rows of a larger table are first taken to their places in this one.
    func add(_ all: inout Column<UInt32>, _ sums: UnsafeMutablePointer<Int32>, _ kernels: UnsafePointer<attune_kernels>) {
        guard let rows else { return }
        let (first, count) = (all.base, all.count)
        for index in 0..<count { first[index] &= mask }
        kernels.pointee.add_rows(rows, first, count, sums, lanes)
    }
}

/// Working memory of `WordTables.fill`.
struct WordFillScratch {
    var features = FeatureBuffer()
    /// Rows of the main group, whose low bits are those of the intents', and of the language group.
    var main = Column<UInt32>()
    var languages = Column<UInt32>()
    var sums = Column<Int32>()
    var spelling: [UInt8] = []
}
