/// Joins records whose *average* weight is positive, the strongest first, so that a chain of doubtful links joins nobody.
struct AverageClustering {
    /// Bits beyond which a single pair does not count: one pair is never more certain than the model's assumptions.
    var clamp = 16.0
    /// Average weight in bits a join must have.
    var threshold = 0.0
    /// Records of a component whose pairs are all scored; beyond, pairs that are no candidates count as `missingWeight`.
    static let completeLimit = 400
    static let missingWeight = -4.0

    /// Clusters as lists of ascending indexes, ordered by their first.
    ///
    /// - Parameters:
    ///   - sizes: how much each item counts in an average: the sightings it stands for.
    ///   - scoreAll: weights of all pairs of the records given, row by row above the diagonal.
    func clusters(sizes: [Int], pairs: [(Int32, Int32)], weights: [Double], scoreAll: ([Int]) -> [Double]) -> [[Int]] {
        var forest = DisjointSets(count: sizes.count)
        for (i, pair) in pairs.enumerated() where weights[i] > threshold { forest.join(Int(pair.0), Int(pair.1)) }
        var result = [[Int]]()
        let components = forest.groups()
        var large: [Int: Int] = [:]
        for (c, component) in components.enumerated() where component.count > Self.completeLimit { for i in component { large[i] = c } }
        var known: [Int: [(Int, Int, Double)]] = [:]
        for (i, pair) in pairs.enumerated() {
            if let c = large[Int(pair.0)], large[Int(pair.1)] == c { known[c, default: []].append((Int(pair.0), Int(pair.1), weights[i])) }
        }
        for (c, component) in components.enumerated() {
            if component.count == 1 {
                result.append(component)
            } else if component.count <= Self.completeLimit {
                result += agglomerate(component, sizes, matrix: square(scoreAll(component), component.count))
            } else {
                result += agglomerate(component, sizes, matrix: sparse(component, known[c] ?? []))
            }
        }
        return result.sorted { $0[0] < $1[0] }
    }

    /// A veto stays one: no number of friends outvotes it.
    private func clamped(_ weight: Double) -> Float { Float(weight <= MatchModel.veto / 2 ? MatchModel.veto : min(clamp, max(-clamp, weight))) }

    private func square(_ upper: [Double], _ n: Int) -> [Float] {
        var matrix = [Float](repeating: 0, count: n * n)
        var next = 0
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

    private func sparse(_ component: [Int], _ known: [(Int, Int, Double)]) -> [Float] {
        let n = component.count
        let place = Dictionary(uniqueKeysWithValues: component.enumerated().map { ($1, $0) })
        var matrix = [Float](repeating: Float(Self.missingWeight), count: n * n)
        for (a, b, w) in known {
            guard let i = place[a], let j = place[b] else { continue }
            matrix[i * n + j] = clamped(w)
            matrix[j * n + i] = matrix[i * n + j]
        }
        return matrix
    }

    /// `matrix` holds sums of weights between clusters; a cluster's place is that of its first record.
    private func agglomerate(_ component: [Int], _ sizes: [Int], matrix: [Float]) -> [[Int]] {
        let n = component.count
        var sums = matrix
        var size = component.map { Float(sizes[$0]) }
        for i in 0..<n { for j in 0..<n { sums[i * n + j] *= size[i] * size[j] } }
        var members = component.map { [$0] }
        var alive = [Bool](repeating: true, count: n)
        var best = [(average: Float, other: Int)](repeating: (-.infinity, -1), count: n)
        func refresh(_ i: Int) {
            best[i] = (-.infinity, -1)
            for j in 0..<n where j > i && alive[j] {
                let average = sums[i * n + j] / (size[i] * size[j])
                if average > best[i].average { best[i] = (average, j) }
            }
        }
        for i in 0..<n { refresh(i) }
        while true {
            var i = -1
            for k in 0..<n where alive[k] && best[k].other >= 0 && (i < 0 || best[k].average > best[i].average) { i = k }
            guard i >= 0, Double(best[i].average) > threshold else { break }
            let j = best[i].other
            alive[j] = false
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
                    let average = sums[k * n + i] / (size[k] * size[i])
                    if average > best[k].average || average == best[k].average && i < best[k].other { best[k] = (average, i) }
                }
            }
        }
        return members.filter { !$0.isEmpty }.map { $0.sorted() }
    }
}
