import CKernels

/// The words of one text summed up: everything that does not depend on what stands around a word.
struct WordSums {
    /// A word as a part of pairs.
    struct Unit: BitwiseCopyable, Sendable {
        var plain: UInt64
        /// The same in the scope of a negator.
        var negated: UInt64
        var isUnit: Bool
    }

    static let largestLane = Int32(attune_largest_lane)
    private static let mostWords = Int(attune_most_words)

    /// One for each token.
    private(set) var links = Column<WordLink>()
    private(set) var units = Column<Unit>()
    /// `WordTables.lanes` sums.
    private(set) var sums = Column<Int32>()
    /// N-grams in the sums of the main and the intent heads, and in those of the languages.
    private(set) var mainCount = 0
    private(set) var languageCount = 0
    private(set) var scripts = ScriptCounts()

    private var memo: WordMemo?
    /// Rows that the kernel has not added yet.
    private let waiting = Column<UnsafePointer<Int16>>(capacity: mostWords)
    private var waitingCount = 0
    /// The words that are looked up together.
    private let keys = Column<WordMemo.Key>(capacity: mostWords)
    private let slots = Column<Int32>(capacity: mostWords)
    private var fill = WordFillScratch()

    init() {}

    /// Replaces the sums by those of a text.
    mutating func read(_ tokens: borrowing TokenBuffer, _ tables: borrowing WordTables, _ kernels: UnsafePointer<attune_kernels>) {
        let lanes = tables.lanes
        let memo = memo(tables)
        links.removeAll()
        units.removeAll()
        sums.removeAll()
        sums.append(0, times: lanes)
        scripts = ScriptCounts()
        let count = tokens.tokens.count
        links.reserve(count)
        units.reserve(count)
        waitingCount = 0
        var totals = Totals()
        var start = 0
        while start < count {
            let end = min(start &+ Self.mostWords, count)
            look(start, end, tokens, memo.view)
            add(start, end, tokens, memo, tables, &totals, kernels)
            start = end
        }
        add(kernels)
        links.setCount(count)
        units.setCount(count)
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

    /// Finds where words stand in the memo without waiting for memory: first all sets are asked for, then all slots, then they are read.
    @inline(__always)
    private func look(_ start: Int, _ end: Int, _ tokens: borrowing TokenBuffer, _ memo: WordMemo.View) {
        let (keys, slots, all) = (keys.base, slots.base, tokens.tokens.base)
        for index in start..<end {
            let key = WordMemo.key(all[index], tokens.form(all[index]))
            keys[index &- start] = key
            memo.prefetchSet(key)
        }
        for index in 0..<end &- start { slots[index] = Int32(truncatingIfNeeded: memo.candidate(keys[index])) }
    }

    /// Adds words, which are summed up when they are new.
    @inline(__always)
    private mutating func add(
        _ start: Int, _ end: Int, _ tokens: borrowing TokenBuffer, _ memo: WordMemo, _ tables: borrowing WordTables, _ totals: inout Totals,
        _ kernels: UnsafePointer<attune_kernels>
    ) {
        let (keys, slots, links, units, waiting) = (keys.base, slots.base, links.base, units.base, waiting.base)
        let view = memo.view
        for index in start..<end {
            let token = tokens.tokens.base[index]
            let form = tokens.form(token)
            var slot = Int(slots[index &- start])
            if slot < 0 || !view.holds(slot, keys[index &- start], form) {
                slot = newSlot(token, form, keys[index &- start], memo, tables, kernels)
            }
            let header = view.header(slot)
            links[index] = header.pointee.link
            tables.automaton.prefetch(links[index])
            units[index] = header.pointee.unit
            totals.main &+= Int(header.pointee.mainCount)
            totals.language &+= Int(header.pointee.languageCount)
            let script = WordScript(raw: header.pointee.script)
            if script.isLatin { totals.latinLetters &+= script.letters } else { scripts.add(script, form) }
            if header.pointee.isLarge {
                addLarge(view.row(slot))
            } else {
                waiting[waitingCount] = UnsafePointer(view.row(slot))
                waitingCount &+= 1
                if waitingCount == Self.mostWords || slot == WordMemo.spare { add(kernels) }
            }
        }
    }

    private func addLarge(_ row: UnsafePointer<Int16>) {
        for lane in 0..<sums.count { sums[lane] &+= Int32(row[lane]) }
    }

    /// The memo, made for this pack when it is first asked for.
    private mutating func memo(_ tables: borrowing WordTables) -> WordMemo {
        if let memo, memo.packHash == tables.packHash, memo.lanes == tables.lanes { return memo }
        let memo = WordMemo(lanes: tables.lanes, packHash: tables.packHash)
        self.memo = memo
        return memo
    }

    @inline(never)
    private mutating func newSlot(
        _ token: Token, _ form: UnsafeBufferPointer<UInt8>, _ key: WordMemo.Key, _ memo: WordMemo, _ tables: borrowing WordTables,
        _ kernels: UnsafePointer<attune_kernels>
    ) -> Int {
        // The word may have come in behind our back, a few words ago.
        let known = form.count <= WordMemo.longestForm ? memo.view.candidate(key) : -1
        if known >= 0, memo.view.holds(known, key, form) { return known }
        // The place of a word that is waiting to be added may be taken.
        add(kernels)
        var slot = WordMemo.spare
        if form.count <= WordMemo.longestForm {
            slot = memo.place(key, form)
        } else {
            memo.view.header(slot).initialize(to: WordMemo.Header())
        }
        tables.fill(memo.view.header(slot), memo.view.row(slot), token, form, &fill, kernels)
        return slot
    }

    /// Adds the rows that wait.
    @inline(__always)
    private mutating func add(_ kernels: UnsafePointer<attune_kernels>) {
        guard waitingCount > 0 else { return }
        kernels.pointee.add_words(waiting.base, waitingCount, sums.base, sums.count)
        waitingCount = 0
    }
}
