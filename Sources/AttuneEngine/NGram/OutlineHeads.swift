/// What the order of praise, complaint and the words around them adds to the two sentiment heads: `negative` and `positive` over
/// `OutlinePairs`.
///
/// The sums are integers and the rest is a fixed sequence of IEEE operations, like those of `LinearHeads`.
///
/// `@unchecked Sendable`: the memory is written in `init` only.
final class OutlineHeads: @unchecked Sendable {
    /// As they stand in the pack.
    let heads: LinearHeads
    private let (negativeScale, positiveScale): (Double, Double)
    /// Both lanes of a pair in one number, positive · 2^16 + negative: a symbol's pairs are summed up by one addition each.
    private let pairs: UnsafeMutablePointer<Int32>

    static let labels = ["negative", "positive"]

    /// - Returns: nil when the pack has no such group, or one of another engine.
    init?(_ heads: LinearHeads?) {
        guard let heads, heads.labels == Self.labels, heads.configuration == OutlinePairs.configuration, let table = heads.table else { return nil }
        self.heads = heads
        (negativeScale, positiveScale) = (Double(heads.scale[0]), Double(heads.scale[1]))
        let count = TextOutline.Symbol.count * TextOutline.Symbol.count
        pairs = .allocate(capacity: count)
        for row in 0..<count {
            (pairs + row).initialize(to: Int32(table[row * heads.lanes + 1]) << 16 &+ Int32(table[row * heads.lanes]))
        }
    }

    deinit { pairs.deallocate() }

    /// Adds what an outline says to the log-odds of negative and positive.
    func add(_ outline: TextOutline, to negative: inout Double, _ positive: inout Double) {
        let (symbols, count) = (outline.symbols.base, outline.symbols.count)
        guard count > 1 else { return }
        var (low, high): (Int32, Int32) = (0, 0)
        for first in 0..<count {
            let row = pairs + Int(symbols[first]) &* TextOutline.Symbol.count
            let end = min(first &+ 1 &+ OutlinePairs.reach, count)
            var sum: Int32 = 0
            var second = first &+ 1
            while second < end {
                sum &+= row[Int(symbols[second])]
                second &+= 1
            }
            // The negative lane's sum is within ±13 · 127, so its sign tells what it has borrowed from the other.
            let negative = Int32(Int16(truncatingIfNeeded: sum))
            low &+= negative
            high &+= (sum &- negative) &>> 16
        }
        let inverse = 1 / Double(OutlinePairs.count(count)).squareRoot()
        negative += negativeScale * Double(low) * inverse
        positive += positiveScale * Double(high) * inverse
    }
}
