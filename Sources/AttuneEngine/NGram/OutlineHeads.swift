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
    /// Both lanes of a pair in one number, positive · 2^16 + negative: a pair is summed up by one addition. Each first symbol has a row, at
    /// the end of which a 0 stands for the padding.
    private let pairs: UnsafeMutablePointer<Int32>
    private static let width = TextOutline.Symbol.count + 1
    /// First symbols whose pairs' sums are kept together: 19 · 13 · 127 fits into 16 bits.
    private static let mostTogether = 19

    static let labels = ["negative", "positive"]

    /// - Returns: nil when the pack has no such group, or one of another engine.
    init?(_ heads: LinearHeads?) {
        guard let heads, heads.labels == Self.labels, heads.configuration == OutlinePairs.configuration, let table = heads.table else { return nil }
        self.heads = heads
        (negativeScale, positiveScale) = (Double(heads.scale[0]), Double(heads.scale[1]))
        let count = TextOutline.Symbol.count
        pairs = .allocate(capacity: count * Self.width)
        pairs.initialize(repeating: 0, count: count * Self.width)
        for first in 0..<count {
            for second in 0..<count {
                let weights = table + (first * count + second) * heads.lanes
                pairs[first * Self.width + second] = Int32(weights[1]) << 16 &+ Int32(weights[0])
            }
        }
    }

    deinit { pairs.deallocate() }

    /// Adds what an outline says to the log-odds of negative and positive.
    func add(_ outline: TextOutline, to negative: inout Double, _ positive: inout Double) {
        let (symbols, count) = (outline.symbols.base, outline.symbols.count)
        guard count > 1 else { return }
        var (low, high): (Int32, Int32) = (0, 0)
        var start = 0
        while start < count {
            let end = min(start &+ Self.mostTogether, count)
            var sum: Int32 = 0
            for first in start..<end {
                let row = pairs + Int(symbols[first]) &* Self.width
                var second = symbols + first + 1
                let rest = count &- first &- 1
                // By four, the last of which may be padding; only of a full reach one is left over.
                if rest >= OutlinePairs.reach { sum &+= row[Int(second[OutlinePairs.reach &- 1])] }
                var fours = min((rest &+ 3) &>> 2, OutlinePairs.reach / 4)
                while fours > 0 {
                    sum &+= row[Int(second[0])] &+ row[Int(second[1])] &+ row[Int(second[2])] &+ row[Int(second[3])]
                    second += 4
                    fours &-= 1
                }
            }
            // The negative lane's sum fits 16 bits, so its sign tells what it has borrowed from the other.
            let negative = Int32(Int16(truncatingIfNeeded: sum))
            low &+= negative
            high &+= (sum &- negative) &>> 16
            start = end
        }
        let inverse = 1 / Double(OutlinePairs.count(count)).squareRoot()
        negative += negativeScale * Double(low) * inverse
        positive += positiveScale * Double(high) * inverse
    }
}
