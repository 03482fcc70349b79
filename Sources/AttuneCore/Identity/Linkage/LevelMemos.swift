/// Levels of pairs of values that were compared before: the same names meet in pair after pair. Of one table; it outlasts single calls.
struct LevelMemos {
    /// By column, and by pair of exchanged columns two each.
    private var memos: [LevelMemo]
    private let columns: Int

    /// - Parameter pairs: pairs of records that will be compared, about.
    init(_ table: RecordTable, pairs: Int) {
        columns = table.columns.count
        let usesMemo = table.columns.map { $0.kind.isLookedInto } + table.exchangeable.flatMap { _ in [true, true] }
        memos = usesMemo.map { LevelMemo(pairs: $0 ? pairs : 0) }
    }

    mutating func with(column f: Int, _ body: (LevelMemo.View) -> Void) { memos[f].withView(body) }

    /// - Parameter e: place among `RecordTable.exchangeable`.
    mutating func with(exchanged e: Int, _ body: (LevelMemo.View, LevelMemo.View) -> Void) {
        let first = columns + 2 * e
        // Out of the array meanwhile: two at once may not be changed in place.
        var other = LevelMemo(pairs: 0)
        swap(&other, &memos[first + 1])
        memos[first].withView { mine in other.withView { body(mine, $0) } }
        swap(&other, &memos[first + 1])
    }
}

/// Direct-mapped: a pair of values that falls on another's place takes it.
struct LevelMemo {
    /// Both values of a pair, `valueBits` each, and behind them their level; `.max` where nothing is remembered.
    private var slots: [UInt64]

    private static let valueBits: UInt64 = 30
    private static let levelBits: UInt64 = 4

    fileprivate init(pairs: Int) {
        // A power of two; of more entries fewer stay in a core's cache.
        slots = [UInt64](repeating: .max, count: 1 << max(4, min(16, Int.bitWidth - pairs.leadingZeroBitCount)))
    }

    fileprivate mutating func withView(_ body: (View) -> Void) { slots.withUnsafeMutableBufferPointer { body(View(slots: $0)) } }

    struct View {
        fileprivate let slots: UnsafeMutableBufferPointer<UInt64>

        @inline(__always)
        func level(_ p: Int32, _ q: Int32, _ compare: () -> UInt8) -> UInt8 {
            let (x, y) = (UInt64(UInt32(bitPattern: p)), UInt64(UInt32(bitPattern: q)))
            // No table has so many values.
            guard x | y < 1 << LevelMemo.valueBits else { return compare() }
            let key = x << LevelMemo.valueBits | y
            let slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 40) & (slots.count &- 1)
            if slots[slot] >> LevelMemo.levelBits == key { return UInt8(truncatingIfNeeded: slots[slot] & (1 << LevelMemo.levelBits - 1)) }
            let level = compare()
            slots[slot] = key << LevelMemo.levelBits | UInt64(level)
            return level
        }
    }
}
