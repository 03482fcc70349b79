/// Finds which records of a table are the same person, without labels.
///
/// Block, compare, learn the weights, score, cluster. Every step is a function of the set of records: their order does not matter.
struct Linkage {
    let table: RecordTable
    /// Pairs drawn to learn what strangers look like.
    static let sampleSize = 300_000
    /// Candidates the weights are learned from where there are no more; of more about `lessonCount`.
    static let lessonLimit = 1_000_000
    static let lessonCount = 250_000
    /// Pairs compared at a time where not all of them are kept.
    private static let chunkSize = 1 << 15

    struct Outcome {
        /// Indexes of records, ascending; clusters by their first.
        var clusters: [[Int]]
        var model: MatchModel
    }

    /// - Parameter sizes: sightings each record stands for; one when nil.
    func resolve(sizes: [Int]? = nil) -> Outcome {
        let n = table.count
        let pairs = Blocking(table: table).candidates()
        let isWhole = pairs.count <= Self.lessonLimit
        let stride = UInt64(isWhole ? 1 : pairs.count / Self.lessonCount)
        let lessons = table.compare(isWhole ? pairs : pairs.filter { Blocking.mix(UInt64($0.first) << 32 | UInt64($0.second)) % stride == 0 })
        let allPairs = Double(n) * Double(n - 1) / 2
        let model = Estimation.fit(
            lessons, share: Double(stride), sample: table.compare(sample()), table: table, allPairs: max(1, allPairs),
            expectedMatches: Double(n))
        let links = isWhole ? model.links(lessons) : links(pairs, model)
        let clusters = AverageClustering().clusters(sizes: sizes ?? [Int](repeating: 1, count: n), links: links) {
            model.score(table.compare($0)).match
        }
        return Outcome(clusters: clusters, model: model)
    }

    private func links(_ pairs: [RecordPair], _ model: MatchModel) -> [AverageClustering.Link] {
        let screen = PairScreen(table, model)
        let promising = screen.promising(pairs)
        return stride(from: 0, to: promising.count, by: Self.chunkSize).flatMap { start in
            model.links(table.compare(Array(promising[start..<min(promising.count, start + Self.chunkSize)])))
        }
    }

    /// Pairs drawn by a fixed sequence: records stand in an order of content, so the draw depends on the content alone.
    private func sample() -> [RecordPair] {
        let n = UInt64(table.count)
        guard n > 1 else { return [] }
        return (0..<UInt64(min(Self.sampleSize, max(20_000, table.count * 80)))).map { i in
            let a = Blocking.mix(2 * i) % n
            let b = (a + 1 + Blocking.mix(2 * i + 1) % (n - 1)) % n
            return RecordPair(Int32(a), Int32(b))
        }
    }
}
