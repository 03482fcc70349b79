/// Pairs of records that are worth comparing, four bytes each: to every record those behind it.
struct CandidatePairs {
    private(set) var count = 0
    /// Partners of a run of records each, ascending.
    private var runs: [(first: Int32, partners: Lists)] = []

    /// Records whose pairs are found together: they stay in a core's cache while they are sorted.
    private static let runSize = 1 << 14

    /// Every pair of so many records.
    init(allOf records: Int) {
        var partners = Lists()
        for a in 0..<Int32(records) {
            for b in a + 1..<max(a + 1, Int32(records)) { partners.append(b) }
            partners.endList()
        }
        runs = [(0, partners)]
        count = partners.items.count
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
        var partners = Lists()
        var (i, last) = (0, UInt64.max)
        for a in 0..<UInt64(length) {
            while i < pairs.count, pairs[i] >> shift == a {
                if pairs[i] != last { partners.append(Int32(truncatingIfNeeded: pairs[i] & (1 << shift - 1))) }
                last = pairs[i]
                i += 1
            }
            partners.endList()
        }
        runs.append((Int32(first), partners))
        count += partners.items.count
    }

    /// Pairs that are handed out together, about: as many as stay in a core's cache.
    private static let pieceSize = 1 << 15

    /// Calls `body` with piece after piece: all pairs in ascending order.
    func forEachPiece(_ body: ([RecordPair]) -> Void) {
        var pairs = [RecordPair]()
        for (first, partners) in runs {
            for a in 0..<partners.count {
                for b in partners[a] { pairs.append(RecordPair(first + Int32(a), b)) }
                guard pairs.count >= Self.pieceSize else { continue }
                body(pairs)
                pairs.removeAll(keepingCapacity: true)
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
