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
    /// Rows that the kernel has not added yet.
    private let waiting = Column<UnsafePointer<UInt8>>(capacity: mostWords)
    private var waitingCount = 0
    /// The words that are looked up together, and where they stand.
    private let keys = Column<WordMemo.Key>(capacity: mostWords)
    private let records = Column<WordMemo.Record?>(capacity: mostWords)
    private var fill = WordFillScratch()

    init() {}

    /// Replaces the sums by those of a text.
    mutating func read(_ tokens: borrowing TokenBuffer, _ tables: borrowing WordTables, _ kernels: UnsafePointer<attune_kernels>) {
        let memo = memo(tables)
        let count = tokens.tokens.count
        facts.removeAll()
        facts.reserve(count)
        sums.removeAll()
        sums.append(0, times: tables.shape.lanes)
        scripts = ScriptCounts()
        waitingCount = 0
        var totals = Totals()
        var start = 0
        while start < count {
            let end = min(start &+ Self.mostWords, count)
            look(start, end, tokens, memo.view)
            add(start, end, tokens, memo, tables, &totals, kernels)
            start = end
        }
        flush(tables.shape, kernels)
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
    }

    /// Finds where words stand in the memo without waiting for memory: first all sets are asked for, then all records.
    @inline(__always)
    private func look(_ start: Int, _ end: Int, _ tokens: borrowing TokenBuffer, _ memo: WordMemo.View) {
        let (keys, records, all, forms) = (keys.base, records.base, tokens.tokens.base, tokens.forms)
        for index in start..<end {
            let key = WordMemo.key(all[index], forms.start(all[index]))
            keys[index &- start] = key
            memo.prefetchSet(key)
        }
        for index in 0..<end &- start { records[index] = memo.candidate(keys[index]) }
    }

    /// Adds words, which are summed up when they are new.
    @inline(__always)
    private mutating func add(
        _ start: Int, _ end: Int, _ tokens: borrowing TokenBuffer, _ memo: WordMemo, _ tables: borrowing WordTables, _ totals: inout Totals,
        _ kernels: UnsafePointer<attune_kernels>
    ) {
        let (keys, records, all, forms) = (keys.base, records.base, tokens.tokens.base, tokens.forms)
        let (facts, waiting, automaton) = (facts.base, waiting.base, tables.automaton)
        var waitingCount = waitingCount
        for index in start..<end {
            let key = keys[index &- start]
            let form = forms.start(all[index])
            var found = records[index &- start]
            if let record = found, !WordMemo.View.holds(record, key, form) { found = nil }
            if found == nil {
                // The place of a word that waits may be taken.
                self.waitingCount = waitingCount
                flush(tables.shape, kernels)
                waitingCount = 0
                found = newRecord(all[index], form, key, memo, tables, kernels)
            }
            guard let record = found else { continue }
            let known = WordMemo.View.facts(record)
            facts[index] = known.pointee
            automaton.prefetch(known.pointee.link)
            totals.main &+= Int(known.pointee.mainCount)
            totals.language &+= Int(known.pointee.languageCount)
            let script = WordScript(raw: known.pointee.script)
            if script.isLatin {
                totals.latinLetters &+= script.letters
            } else {
                scripts.add(script, UnsafeBufferPointer(start: form, count: Int(key.count)))
            }
            if known.pointee.flags.contains(.isLarge) {
                addLarge(WordMemo.View.row(record), tables.shape)
            } else {
                waiting[waitingCount] = UnsafePointer(WordMemo.View.row(record))
                waitingCount &+= 1
                if waitingCount == Self.mostWords || record == memo.view.spare {
                    self.waitingCount = waitingCount
                    flush(tables.shape, kernels)
                    waitingCount = 0
                }
            }
        }
        self.waitingCount = waitingCount
    }

    private func addLarge(_ row: UnsafePointer<UInt8>, _ shape: WordTables.RowShape) {
        let (wide, narrow) = (shape.wide(row), shape.narrow(row))
        for lane in 0..<shape.wide { sums[lane] &+= Int32(wide[lane]) }
        for lane in 0..<shape.narrow { sums[shape.wide &+ lane] &+= Int32(narrow[lane]) }
    }

    /// The memo, made for this pack when it is first asked for.
    private mutating func memo(_ tables: borrowing WordTables) -> WordMemo {
        if let memo, memo.packHash == tables.packHash, memo.shape == tables.shape { return memo }
        let memo = WordMemo(shape: tables.shape, packHash: tables.packHash)
        self.memo = memo
        return memo
    }

    @inline(never)
    private mutating func newRecord(
        _ token: Token, _ form: UnsafePointer<UInt8>, _ key: WordMemo.Key, _ memo: WordMemo, _ tables: borrowing WordTables,
        _ kernels: UnsafePointer<attune_kernels>
    ) -> WordMemo.Record {
        // The word may have come in behind our back, a few words ago.
        if let known = memo.view.candidate(key), WordMemo.View.holds(known, key, form) { return known }
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
    private mutating func flush(_ shape: WordTables.RowShape, _ kernels: UnsafePointer<attune_kernels>) {
        guard waitingCount > 0 else { return }
        kernels.pointee.add_words(waiting.base, waitingCount, sums.base, shape.wide, shape.narrow)
        waitingCount = 0
    }
}
