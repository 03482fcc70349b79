/// Finds which records of a table are the same person, without labels.
///
/// Block, compare, learn the weights, score, cluster. Every step is a function of the set of records: their order does not matter.
struct Linkage {
    let table: RecordTable
    /// Pairs drawn to learn what strangers look like.
    static let sampleSize = 300_000

    struct Outcome {
        /// Indexes of records, ascending; clusters by their first.
        var clusters: [[Int]]
        var model: MatchModel
    }

    /// - Parameter sizes: sightings each record stands for; one when nil.
    func resolve(sizes: [Int]? = nil) -> Outcome {
        let n = table.count
        let pairs = Blocking(table: table).candidates()
        let candidates = table.compare(pairs)
        let allPairs = Double(n) * Double(n - 1) / 2
        let model = Estimation.fit(
            candidates, sample: table.compare(sample()), table: table, allPairs: max(1, allPairs), expectedMatches: Double(n))
        let weights = model.score(candidates).match
        let clusters = AverageClustering().clusters(sizes: sizes ?? [Int](repeating: 1, count: n), pairs: pairs, weights: weights) { component in
            let all = component.indices.flatMap { i in component[(i + 1)...].map { (Int32(component[i]), Int32($0)) } }
            return model.score(table.compare(all)).match
        }
        return Outcome(clusters: clusters, model: model)
    }

    /// Pairs drawn by a fixed sequence: records stand in an order of content, so the draw depends on the content alone.
    private func sample() -> [(Int32, Int32)] {
        let n = UInt64(table.count)
        guard n > 1 else { return [] }
        return (0..<UInt64(min(Self.sampleSize, max(20_000, table.count * 80)))).map { i in
            let a = Blocking.mix(2 * i) % n
            let b = (a + 1 + Blocking.mix(2 * i + 1) % (n - 1)) % n
            return (Int32(min(a, b)), Int32(max(a, b)))
        }
    }
}
