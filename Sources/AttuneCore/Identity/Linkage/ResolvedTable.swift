/// The rows of a table with the people they were found to be, and everything the decision was made of.
public struct ResolvedTable: Sendable {
    /// Row of each record that was compared.
    private let order: [Int]
    private let outcome: Linkage.Outcome

    init(_ outcome: Linkage.Outcome, order: [Int]) {
        self.outcome = outcome
        self.order = order
    }

    /// People as lists of rows; in each the first by content comes first, so that it does not depend on the order of the rows.
    public var clusters: [[Int]] { outcome.clusters.map { $0.map { order[$0] } } }

    /// What was learned to find them, for people to read.
    public var modelReport: String { outcome.model.report(outcome.table.columns) }

    /// How two rows were compared.
    public func weight(_ a: Int, _ b: Int) -> PairWeight? {
        guard let x = order.firstIndex(of: a), let y = order.firstIndex(of: b), x != y else { return nil }
        // In the order in which it was decided, told in the order asked for.
        let weight = outcome.model.weight(min(x, y), max(x, y), outcome.table)
        return x < y ? weight : weight.exchanged
    }

    /// The shortest chain of rows from one to another of its person, neighbours of which are rather one person than not; the two alone
    /// where only the average over all of the person's rows joins them. Nil when they are not one person.
    public func path(from a: Int, to b: Int) -> [Int]? {
        guard let x = order.firstIndex(of: a), let y = order.firstIndex(of: b),
            let cluster = outcome.clusters.first(where: { $0.contains(x) }), cluster.contains(y)
        else { return nil }
        var before = [x: x]
        var queue = [x]
        var next = 0
        while next < queue.count, before[y] == nil {
            let here = queue[next]
            next += 1
            let others = cluster.filter { before[$0] == nil }
            let weights = outcome.model.score(outcome.table.compare(others.map { RecordPair(Int32(here), Int32($0)) })).match
            for (other, weight) in zip(others, weights) where weight > 0 {
                before[other] = here
                queue.append(other)
            }
        }
        guard before[y] != nil else { return [a, b] }
        var path = [y]
        while let last = path.last, let step = before[last], step != last { path.append(step) }
        return path.reversed().map { order[$0] }
    }
}
