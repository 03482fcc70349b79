/// Pairs of records that are worth comparing, about two bytes each: to every record those behind it.
struct CandidatePairs {
    private(set) var count = 0
    /// Partners of a run of records each.
    private var runs: [(first: Int32, partners: Partners)] = []

    /// Records whose pairs are found together: they stay in a core's cache while they are sorted.
    private static let runSize = 1 << 14

    /// Partners of record after record: how many, and how far each is behind the one before, the first behind the record.
    private struct Partners {
        private(set) var units: [UInt16] = []

        /// Gives back memory that only appending needs.
        mutating func finish() { units = units.withUnsafeBufferPointer { Array($0) } }

        /// Before a number that does not fit a unit, and its two halves.
        private static let escape = UInt16.max

        mutating func append(_ number: UInt32) {
            if number < Self.escape { return units.append(UInt16(number)) }
            units.append(Self.escape)
            units.append(UInt16(truncatingIfNeeded: number))
            units.append(UInt16(number >> 16))
        }

        @inline(__always)
        static func next(_ units: UnsafeBufferPointer<UInt16>, _ at: inout Int) -> Int32 {
            let unit = units[at]
            at &+= 1
            if unit != escape { return Int32(unit) }
            at &+= 2
            return Int32(truncatingIfNeeded: UInt32(units[at &- 2]) | UInt32(units[at &- 1]) << 16)
        }
    }

    /// Every pair of so many records.
    init(allOf records: Int) {
        var partners = Partners()
        for left in stride(from: records - 1, through: 0, by: -1) {
            partners.append(UInt32(left))
            for _ in 0..<left { partners.append(1) }
            count += left
        }
        runs = [(0, partners)]
    }

    /// - Parameters:
    ///   - blocks: records that are put together, ascending in each.
    ///   - sizeLimit: records of a block; larger ones name no pair.
    init(blocks: Lists, sizeLimit: Int, records: Int) {
        // Of each block the place of the first record whose pairs are not found yet.
        var next = Array(blocks.starts.dropLast())
        var pairs = [UInt64]()
        // As many bits as a record's number has, so that few of them have to be sorted by.
        let shift = UInt64(Int.bitWidth - records.leadingZeroBitCount)
        for first in stride(from: 0, to: records, by: Self.runSize) {
            pairs.removeAll(keepingCapacity: true)
            let end = Int32(min(records, first + Self.runSize))
            for b in 0..<blocks.count where blocks.size(b) <= sizeLimit {
                let last = Int(blocks.starts[b + 1])
                while Int(next[b]) < last, blocks.items[Int(next[b])] < end {
                    let run = UInt64(Int(blocks.items[Int(next[b])]) - first) << shift
                    next[b] += 1
                    for i in Int(next[b])..<last { pairs.append(run | UInt64(blocks.items[i])) }
                }
            }
            RadixSort.sort(&pairs)
            append(first, Int(end) - first, pairs, shift)
        }
    }

    /// - Parameter pairs: place of a record in the run, and its partner in `shift` bits; sorted, with repetitions.
    private mutating func append(_ first: Int, _ length: Int, _ pairs: [UInt64], _ shift: UInt64) {
        var partners = Partners()
        let mask: UInt64 = 1 << shift - 1
        var start = 0
        for a in 0..<UInt64(length) {
            var (end, distinct) = (start, 0)
            while end < pairs.count, pairs[end] >> shift == a {
                if end == start || pairs[end] != pairs[end - 1] { distinct += 1 }
                end += 1
            }
            partners.append(UInt32(distinct))
            var last = UInt64(first) + a
            for i in start..<end where pairs[i] & mask != last {
                partners.append(UInt32(pairs[i] & mask - last))
                last = pairs[i] & mask
            }
            count += distinct
            start = end
        }
        partners.finish()
        runs.append((Int32(first), partners))
    }

    /// Pairs that are handed out together, about: as many as stay in a core's cache.
    private static let pieceSize = 1 << 15

    /// Calls `body` with piece after piece: all pairs in ascending order.
    func forEachPiece(_ body: ([RecordPair]) -> Void) {
        var copy = self
        copy.drain(body)
    }

    /// The same, and gives the pairs up as they are handed out.
    mutating func drain(_ body: ([RecordPair]) -> Void) {
        var pairs = [RecordPair]()
        for run in runs.indices {
            let first = runs[run].first
            var partners = Partners()
            swap(&partners, &runs[run].partners)
            partners.units.withUnsafeBufferPointer { units in
                var (record, at) = (first, 0)
                while at < units.count {
                    var partner = record
                    for _ in 0..<Partners.next(units, &at) {
                        partner &+= Partners.next(units, &at)
                        pairs.append(RecordPair(record, partner))
                    }
                    record &+= 1
                    guard pairs.count >= Self.pieceSize else { continue }
                    body(pairs)
                    pairs.removeAll(keepingCapacity: true)
                }
            }
        }
        body(pairs)
    }

    /// The pairs that are wanted, ascending.
    func pairs(where isWanted: (RecordPair) -> Bool) -> [RecordPair] {
        var result = [RecordPair]()
        forEachPiece { pairs in for pair in pairs where isWanted(pair) { result.append(pair) } }
        return result
    }
}
