/// Finds which records of a table are the same person, without labels.
///
/// Block, compare, learn the weights, score, cluster. Every step is a function of the set of records: their order does not matter.
struct Linkage {
    let table: RecordTable
    /// Pairs drawn to learn what strangers look like; of a large table fewer, which tell the weights apart by a tenth of a bit all the same.
    static func sampleSize(records: Int) -> Int { records <= Blocking.smallTable ? min(300_000, max(20_000, records * 80)) : 150_000 }
    /// Candidates the weights of a large table are learned from, about; those of a small one from all.
    static let lessonCount = 150_000
    /// Pairs compared at a time where not all of them are kept.
    private static let comparedAtOnce = 1 << 16

    struct Outcome {
        /// Indexes of records, ascending; clusters by their first.
        var clusters: [[Int]]
        var model: MatchModel
        /// The records, with what was learned of the frequencies of their values.
        var table: RecordTable
    }

    /// - Parameter sizes: sightings each record stands for, asked for when they are needed; one when nil.
    func resolve(sizes: (() -> [Int32])? = nil) -> Outcome {
        let n = table.count
        var pairs = Blocking(table: table).candidates()
        let stride = UInt64(n <= Blocking.smallTable ? 1 : max(1, pairs.count / Self.lessonCount))
        var memos = LevelMemos(table, pairs: pairs.count)
        var lessons = table.compare(
            pairs.pairs { stride == 1 || Blocking.mix(UInt64($0.first) << 32 | UInt64($0.second)) % stride == 0 }, &memos)
        let estimation = Estimation(table: table, sample: table.compare(sample(), &memos), share: Double(stride))
        var model = estimation.fit(lessons)
        var table = self.table
        if table.learnsFrequencies {
            // Now that it is known how many records are one person's, it can be told better how rare a value is.
            table.discount(model)
            table.weigh(&lessons)
            model = estimation.fit(lessons, from: model)
        }
        let links: [AverageClustering.Link]
        if stride == 1 {
            links = model.links(lessons)
        } else {
            // Nobody needs them any more, and now memory is short.
            lessons = ComparedPairs([], fieldCount: table.columns.count)
            links = Self.links(&pairs, model, table, &memos)
        }
        let clusters = AverageClustering(threshold: table.learnsFrequencies ? Self.threshold(links) : 0).clusters(
            sizes: sizes?() ?? [Int32](repeating: 1, count: n), bare: table.bare, links: links
        ) {
            model.score(table.compare($0)).match
        }
        return Outcome(clusters: clusters, model: model, table: table)
    }

    /// Of the links that are made, at least this share is to be right as far as the model can tell, one by one: who is taken for
    /// somebody else gets to see that customer's conversations, who is not recognised tells once more what is known.
    static let precision = 0.9

    /// The weight in bits that a link must exceed for the expected share of right ones to be `precision`; 0 where even odds suffice.
    ///
    /// Where data tells people apart, nearly all links are beyond doubt and carry the few doubtful ones; where it cannot (names and a
    /// town), it is the doubtful ones that are left out.
    static func threshold(_ links: [AverageClustering.Link]) -> Double {
        let weights = links.map(\.weight).sorted(by: >)
        var sum = 0.0
        for (i, weight) in weights.enumerated() {
            sum += Bits.probability(weight)
            if sum < precision * Double(i + 1) { return weight }
        }
        return 0
    }

    /// Most pairs are out of the question by what they have in common, and most of the others by their names: those alone are compared first.
    private static func links(
        _ pairs: inout CandidatePairs, _ model: MatchModel, _ table: RecordTable, _ memos: inout LevelMemos
    ) -> [AverageClustering.Link] {
        let names = table.columns.map { $0.kind == .givenName || $0.kind == .surname }
        let screen = PairScreen(table, model)
        let rest = screen.without(names)
        var (links, promising) = ([AverageClustering.Link](), [RecordPair]())
        let compare = { (memos: inout LevelMemos) in
            let named = table.compare(promising, fields: names, &memos)
            links += model.links(table.compare(rest.promising(promising, known: model.bits(named)), &memos))
            promising.removeAll(keepingCapacity: true)
        }
        pairs.drain { piece in
            screen.addPromising(piece, to: &promising)
            if promising.count >= comparedAtOnce { compare(&memos) }
        }
        compare(&memos)
        return links
    }

    /// Pairs drawn by a fixed sequence: records stand in an order of content, so the draw depends on the content alone.
    private func sample() -> [RecordPair] {
        let n = UInt64(table.count)
        guard n > 1 else { return [] }
        return (0..<UInt64(Self.sampleSize(records: table.count))).map { i in
            let a = Blocking.mix(2 * i) % n
            let b = (a + 1 + Blocking.mix(2 * i + 1) % (n - 1)) % n
            return RecordPair(Int32(a), Int32(b))
        }
    }
}
