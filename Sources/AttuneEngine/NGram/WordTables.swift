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
    /// Lanes of a word's row: main, intents and languages behind each other.
    let lanes: Int
    let intentLane: Int
    let languageLane: Int
    let mainRows: RowTable
    let intentRows: RowTable
    private let languageRows: RowTable
    private let languageHasher: FeatureHasher?

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
        lanes = languageLane + (languages?.lanes ?? 0)
        mainRows = RowTable(main)
        intentRows = RowTable(intents)
        languageRows = RowTable(languages)
        languageHasher = languages.map { FeatureHasher(configuration: $0.configuration) }
    }

    /// Sums a token up.
    /// - Parameters:
    ///   - header: its `form` and `tag` are left as they are.
    ///   - row: `lanes` values; they fit, as a form has at most 64 bytes and so fewer than 258 n-grams of a head, each within ±127.
    func fill(
        _ header: UnsafeMutablePointer<WordMemo.Header>, _ row: UnsafeMutablePointer<Int16>, _ token: Token,
        _ form: UnsafeBufferPointer<UInt8>, _ scratch: inout WordFillScratch, _ kernels: UnsafePointer<attune_kernels>
    ) {
        let isWord = token.kind == .word || token.kind == .hashtag
        scratch.features.removeAll()
        hasher.addToken(token, form, 0, negated: false, false, characters: false, &scratch.features)
        scratch.main.replace(scratch.features.rows)
        if let unit = scratch.features.units.first {
            header.pointee.unit = WordSums.Unit(plain: unit.hash, negated: isWord ? hasher.negated(form) : unit.hash, isUnit: true)
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
        header.pointee.mainCount = UInt16(scratch.main.count)
        header.pointee.languageCount = UInt16(scratch.languages.count)
        header.pointee.link = WordLink(token, form, automaton, &scratch.spelling)
        header.pointee.script = isWord ? WordScript(form).raw : 0
        scratch.sums.removeAll()
        scratch.sums.append(0, times: lanes)
        mainRows.add(&scratch.main, scratch.sums.base, kernels)
        intentRows.add(&scratch.main, scratch.sums.base + intentLane, kernels)
        languageRows.add(&scratch.languages, scratch.sums.base + languageLane, kernels)
        var largest: Int32 = 0
        for lane in 0..<lanes {
            let sum = scratch.sums.base[lane]
            row[lane] = Int16(truncatingIfNeeded: sum)
            largest = max(largest, abs(sum))
        }
        header.pointee.isLarge = largest > WordSums.largestLane
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
