import CKernels

/// The words of one text summed up: everything that does not depend on what stands around a word.
struct WordSums {
    static let largestLane = Int32(attune_largest_lane)
    private static let mostWords = Int(attune_most_words)

    /// One for each token.
    private(set) var facts = Column<WordFacts>()
    /// `RowShape.lanes` sums.
    private(set) var sums = Column<Int32>()
    /// N-grams in the sums of the main and the intent heads, and in those of the languages.
    private(set) var mainCount = 0
    private(set) var languageCount = 0
    private(set) var scripts = ScriptCounts()

    private var memo: WordMemo?
    /// Where the words stand that are looked up together, and their rows.
    private let records = Column<WordMemo.Record>(capacity: mostWords)
    private let rows = Column<UnsafePointer<UInt8>>(capacity: mostWords)
    private var fill = WordFillScratch()

    init() {}

    /// Replaces the sums by those of a text.
    mutating func read(_ tokens: borrowing TokenBuffer, _ tables: WordTables, _ kernels: UnsafePointer<attune_kernels>) {
        let memo = memo(tables)
        let count = tokens.tokens.count
        facts.removeAll()
        facts.reserve(count)
        sums.removeAll()
        sums.append(0, times: tables.shape.lanes)
        scripts = ScriptCounts()
        var totals = Totals()
        var start = 0
        while start < count {
            let end = min(start &+ Self.mostWords, count)
            memo.view.look(tokens.tokens.base + start, end &- start, tokens.forms, tokens.keys.base + start, records.base)
            add(start, end, tokens, memo, tables, &totals, kernels)
            start = end
        }
        facts.setCount(count)
        mainCount = totals.main
        languageCount = totals.language
        scripts.addLatin(totals.latinLetters)
    }

    /// What is counted along the way.
    private struct Totals {
        var main = 0
        var language = 0
        var latinLetters = 0

        /// The counts of some words, as `WordFacts.Counts` packs them.
        @inline(__always)
        mutating func add(_ counts: UInt64) {
            main &+= Int(counts & 0xFFFF)
            language &+= Int(counts &>> 16 & 0xFFFF)
            latinLetters &+= Int(counts &>> 32 & 0xFFFF)
        }
    }

    /// Adds the words that were looked up, which are summed up when they are new.
    @inline(never)
    private mutating func add(
        _ start: Int, _ end: Int, _ tokens: borrowing TokenBuffer, _ memo: WordMemo, _ tables: WordTables, _ totals: inout Totals,
        _ kernels: UnsafePointer<attune_kernels>
    ) {
        let (keys, records) = (tokens.keys.base + start, UnsafeRawPointer(records.base).assumingMemoryBound(to: UnsafePointer<UInt8>.self))
        let known = UnsafeMutableRawPointer(facts.base + start).assumingMemoryBound(to: UInt8.self)
        // Up to 32 words' counts cannot overflow their 16 bits.
        var counts: UInt64 = 0
        var (waiting, index) = (0, 0)
        while index < end &- start {
            let taken = kernels.pointee.match_words(
                records + index, keys + index, end &- start &- index, known + index &* Int(attune_facts_size), rows.base + waiting, &counts)
            index &+= taken
            waiting &+= taken
            guard index < end &- start else { break }
            waiting = addOther(index, waiting, start, tokens, memo, tables, &totals, kernels)
            index &+= 1
        }
        totals.add(counts)
        flush(waiting, tables.shape, kernels)
    }

    /// Adds a word that is new, long, not all Latin, or too large for the kernel; returns how many rows wait.
    @inline(never)
    private mutating func addOther(
        _ index: Int, _ rowCount: Int, _ start: Int, _ tokens: borrowing TokenBuffer, _ memo: WordMemo, _ tables: WordTables,
        _ totals: inout Totals, _ kernels: UnsafePointer<attune_kernels>
    ) -> Int {
        let (token, key) = (tokens.tokens.base[start &+ index], tokens.keys.base[start &+ index])
        let form = tokens.forms.start(token)
        var (record, waiting) = (records.base[index], rowCount)
        if !WordMemo.View.holds(record, key, form) {
            // The place of a word that waits may be taken.
            flush(waiting, tables.shape, kernels)
            waiting = 0
            record = newRecord(token, form, key, memo, tables, kernels)
        }
        let known = WordMemo.View.facts(record)
        facts.base[start &+ index] = known.pointee
        let packed = WordFacts.counts(record)
        if packed & WordFacts.unusual == 0 {
            totals.add(packed & WordFacts.countable)
            rows.base[waiting] = UnsafePointer(WordMemo.View.row(record))
            waiting &+= 1
        } else {
            totals.add(packed & WordFacts.countableOfUnusual)
            waiting = addUnusual(record, form, key, waiting, tables.shape)
        }
        guard record == memo.view.spare else { return waiting }
        // It holds the next long word too.
        flush(waiting, tables.shape, kernels)
        return 0
    }

    /// Adds a word that is not all Latin, or whose row does not fit the kernel; returns how many rows wait.
    private mutating func addUnusual(
        _ record: WordMemo.Record, _ form: UnsafePointer<UInt8>, _ key: WordMemo.Key, _ waiting: Int, _ shape: WordTables.RowShape
    ) -> Int {
        let known = WordMemo.View.facts(record).pointee
        scripts.add(WordScript(raw: known.script), UnsafeBufferPointer(start: form, count: Int(key.count)))
        if known.flags.contains(.isLarge) {
            addLarge(WordMemo.View.row(record), shape)
            return waiting
        }
        rows.base[waiting] = UnsafePointer(WordMemo.View.row(record))
        return waiting &+ 1
    }

    private func addLarge(_ row: UnsafePointer<UInt8>, _ shape: WordTables.RowShape) {
        let (wide, narrow) = (shape.wide(row), shape.narrow(row))
        for lane in 0..<shape.wide { sums[lane] &+= Int32(wide[lane]) }
        for lane in 0..<shape.narrow { sums[shape.wide &+ lane] &+= Int32(narrow[lane]) }
    }

    /// The memo, made for this pack when it is first asked for.
    private mutating func memo(_ tables: WordTables) -> WordMemo {
        if let memo, memo.packHash == tables.packHash, memo.shape == tables.shape { return memo }
        let memo = WordMemo(shape: tables.shape, packHash: tables.packHash)
        self.memo = memo
        return memo
    }

    @inline(never)
    private mutating func newRecord(
        _ token: Token, _ form: UnsafePointer<UInt8>, _ key: WordMemo.Key, _ memo: WordMemo, _ tables: WordTables,
        _ kernels: UnsafePointer<attune_kernels>
    ) -> WordMemo.Record {
        // The word may have come in behind our back, a few words ago.
        let known = memo.view.candidate(key.hash)
        if WordMemo.View.holds(known, key, form) { return known }
        var record = memo.view.spare
        if key.count <= WordMemo.longestForm {
            record = memo.place(key, form)
        } else {
            WordMemo.View.facts(record).initialize(to: WordFacts())
        }
        tables.fill(
            WordMemo.View.facts(record), WordMemo.View.row(record), token, UnsafeBufferPointer(start: form, count: Int(key.count)), &fill, kernels)
        return record
    }

    /// Adds the rows that wait.
    @inline(__always)
    private func flush(_ waiting: Int, _ shape: WordTables.RowShape, _ kernels: UnsafePointer<attune_kernels>) {
        if waiting > 0 { kernels.pointee.add_words(rows.base, waiting, sums.base, shape.wide, shape.narrow) }
    }
}
