/// Finds which records of a table are the same person, without labels.
///
/// Block, compare, learn the weights, score, cluster. Every step is a function of the set of records: their order does not matter.
struct Linkage {
    let table: RecordTable
    /// Pairs drawn to learn what strangers look like.
    static let sampleSize = 400_000

    struct Outcome {
        /// Indexes of records, ascending; clusters by their first.
        var clusters: [[Int]]
        var model: MatchModel
    }

    func resolve(clustering: AverageClustering = AverageClustering()) -> Outcome {
        let n = table.count
        let fields = table.columns.count
        var candidates = ComparedPairs(fieldCount: fields)
        let pairs = Blocking(table: table).candidates()
        candidates.reserve(pairs.count)
        for (a, b) in pairs { table.compare(Int(a), Int(b), into: &candidates) }
        let allPairs = Double(n) * Double(n - 1) / 2
        let model = Estimation.fit(candidates, sample: sample(), table: table, allPairs: max(1, allPairs), expectedMatches: Double(n))
        let weights = model.score(candidates).match
        let clusters = clustering.clusters(count: n, pairs: pairs, weights: weights) { component in
            var compared = ComparedPairs(fieldCount: fields)
            for (i, a) in component.enumerated() { for b in component[(i + 1)...] { table.compare(a, b, into: &compared) } }
            return model.score(compared).match
        }
        return Outcome(clusters: clusters, model: model)
    }

    /// Pairs drawn by a fixed sequence: records stand in an order of content, so the draw depends on the content alone.
    private func sample() -> ComparedPairs {
        let n = UInt64(table.count)
        var result = ComparedPairs(fieldCount: table.columns.count)
        guard n > 1 else { return result }
        let size = min(Self.sampleSize, max(20_000, Int(n) * 80))
        result.reserve(size)
        for i in 0..<UInt64(size) {
            let a = Blocking.mix(2 * i) % n
            let b = (a + 1 + Blocking.mix(2 * i + 1) % (n - 1)) % n
            table.compare(Int(min(a, b)), Int(max(a, b)), into: &result)
        }
        return result
    }
}
