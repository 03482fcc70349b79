/// Joins records whose *average* weight is positive, the strongest first, so that a chain of doubtful links joins nobody.
struct AverageClustering {
    /// Bits beyond which a single pair does not count: one pair is never more certain than the model's assumptions.
    var clamp = 16.0
    /// Average weight in bits a join must have.
    var threshold = 0.0
    /// Records of a component, all pairs of which are scored. What hangs together beyond it is cut at its weakest links.
    static let completeLimit = 400

    /// Bits by which who shows nothing of its own has to fit one better than all others: twice as well.
    private static let lead: Float = 1

    struct Link: Sendable {
        var pair: RecordPair
        /// Bits, positive.
        var weight: Double
    }

    /// Pairs of components that are scored together, about.
    private static let batchSize = 1 << 15

    /// Clusters as lists of ascending indexes, ordered by their first.
    ///
    /// - Parameters:
    ///   - sizes: how much each item counts in an average: the sightings it stands for.
    ///   - bare: items that show nothing of their own, so that they join only whom they fit clearly best; none when empty.
    ///   - links: pairs with a positive weight.
    ///   - score: weights of pairs, in their order.
    func clusters(sizes: [Int32], bare: [Bool] = [], links: [Link], score: ([RecordPair]) -> [Double]) -> [[Int]] {
        var result = [[Int]]()
        var (waiting, pairs) = ([[Int]](), [RecordPair]())
        func flush() {
            let weights = score(pairs)
            var next = 0
            for component in waiting {
                let n = component.count
                result += agglomerate(component, sizes, bare, matrix: square(weights[next..<next + n * (n - 1) / 2], n))
                next += n * (n - 1) / 2
            }
            (waiting, pairs) = ([], [])
        }
        for component in components(sizes.count, links) {
            // Two that hang together do so by a positive weight, which is their average.
            if component.count < 3 {
                result.append(component)
                continue
            }
            waiting.append(component)
            for (i, a) in component.enumerated() { for b in component[(i + 1)...] { pairs.append(RecordPair(Int32(a), Int32(b))) } }
            if pairs.count >= Self.batchSize { flush() }
        }
        flush()
        return result.sorted { $0[0] < $1[0] }
    }

    /// Records that hang together over links, in parts of at most `completeLimit`: the threshold is raised bit by bit within a
    /// larger one until it falls apart.
    private func components(_ count: Int, _ links: [Link]) -> [[Int]] {
        var (open, least) = (links.filter { $0.weight > threshold }, threshold)
        var forest = DisjointSets(count: count)
        for link in open { forest.join(Int(link.pair.first), Int(link.pair.second)) }
        var groups = forest.groups()
        while (0..<groups.count).contains(where: { groups.size($0) > Self.completeLimit }) {
            least += 1
            var isLarge = [Bool](repeating: false, count: count)
            for g in 0..<groups.count where groups.size(g) > Self.completeLimit { for i in groups[g] { isLarge[Int(i)] = true } }
            open = open.filter { !isLarge[Int($0.pair.first)] || $0.weight > least }
            forest = DisjointSets(count: count)
            for link in open { forest.join(Int(link.pair.first), Int(link.pair.second)) }
            groups = forest.groups()
        }
        return (0..<groups.count).map { groups[$0].map(Int.init) }
    }

    /// A veto stays one: no number of friends outvotes it.
    private func clamped(_ weight: Double) -> Float { Float(weight <= MatchModel.veto / 2 ? MatchModel.veto : min(clamp, max(-clamp, weight))) }

    /// - Parameter upper: row by row above the diagonal.
    private func square(_ upper: ArraySlice<Double>, _ n: Int) -> [Float] {
        var matrix = [Float](repeating: 0, count: n * n)
        var next = upper.startIndex
        for i in 0..<n {
            for j in i + 1..<max(n, i + 1) {
                let w = clamped(upper[next])
                matrix[i * n + j] = w
                matrix[j * n + i] = w
                next += 1
            }
        }
        return matrix
    }

    /// `matrix` holds sums of weights between clusters; a cluster's place is that of its first record.
    private func agglomerate(_ component: [Int], _ sizes: [Int32], _ bare: [Bool], matrix: [Float]) -> [[Int]] {
        let n = component.count
        var isBare = component.map { bare.isEmpty ? false : bare[$0] }
        var sums = matrix
        var size = component.map { Float(sizes[$0]) }
        for i in 0..<n { for j in 0..<n { sums[i * n + j] *= size[i] * size[j] } }
        var members = component.map { [$0] }
        var alive = [Bool](repeating: true, count: n)
        var best = [(average: Float, other: Int)](repeating: (-.infinity, -1), count: n)
        // Pairs that were left open since one of them last changed.
        var isOpen = [Bool](repeating: false, count: n * n)
        func average(_ i: Int, _ j: Int) -> Float { sums[i * n + j] / (size[i] * size[j]) }
        func refresh(_ i: Int) {
            best[i] = (-.infinity, -1)
            for j in 0..<n where j > i && alive[j] && !isOpen[i * n + j] {
                let average = average(i, j)
                if average > best[i].average { best[i] = (average, j) }
            }
        }
        /// Whether `i` has nothing of its own, and fits somebody who is not `j` nearly as well as `j`.
        func hasRival(_ i: Int, _ j: Int) -> Bool {
            guard isBare[i] else { return false }
            let least = max(0, average(i, j) - Self.lead)
            return (0..<n).contains { k in alive[k] && k != i && k != j && average(i, k) > least && average(j, k) <= 0 }
        }
        for i in 0..<n { refresh(i) }
        while true {
            var i = -1
            for k in 0..<n where alive[k] && best[k].other >= 0 && (i < 0 || best[k].average > best[i].average) { i = k }
            guard i >= 0, Double(best[i].average) > threshold else { break }
            let j = best[i].other
            if hasRival(i, j) || hasRival(j, i) {
                isOpen[i * n + j] = true
                refresh(i)
                continue
            }
            alive[j] = false
            isBare[i] = isBare[i] && isBare[j]
            for k in 0..<n {
                isOpen[i * n + k] = false
                isOpen[k * n + i] = false
            }
            for k in 0..<n where alive[k] && k != i {
                sums[i * n + k] += sums[j * n + k]
                sums[k * n + i] = sums[i * n + k]
            }
            members[i] += members[j]
            size[i] += size[j]
            members[j] = []
            refresh(i)
            for k in 0..<n where alive[k] && k != i {
                if best[k].other == j || best[k].other == i {
                    refresh(k)
                } else if k < i {
                    let average = average(k, i)
                    if average > best[k].average || average == best[k].average && i < best[k].other { best[k] = (average, i) }
                }
            }
        }
        return members.filter { !$0.isEmpty }.map { $0.sorted() }
    }
}
