/// The rows of a table with the people they were found to be, and everything the decision was made of.
public struct ResolvedTable: Sendable {
    /// Row of each record that was compared.
    private let order: [Int]
    /// Rows that were not compared, as they repeat several that were: the place of the first of those in `order`.
    private let copies: [Int: Int]
    private let outcome: Linkage.Outcome

    init(_ outcome: Linkage.Outcome, order: [Int], copies: [Int: Int]) {
        self.outcome = outcome
        self.order = order
        self.copies = copies
    }

    /// People as lists of rows; in each the first by content comes first, so that it does not depend on the order of the rows.
    public var clusters: [[Int]] {
        var clusters = outcome.clusters.map { $0.map { order[$0] } }
        if copies.isEmpty { return clusters }
        var owner = [Int](repeating: 0, count: order.count)
        for (c, cluster) in outcome.clusters.enumerated() { for place in cluster { owner[place] = c } }
        for (row, first) in copies.sorted(by: { $0.key < $1.key }) {
            // Where those that were compared are one, the others are.
            let owners = owner[first..<first + TableLinkage.copyLimit]
            if owners.allSatisfy({ $0 == owner[first] }) { clusters[owner[first]].append(row) } else { clusters.append([row]) }
        }
        return clusters
    }

    /// Where a row was compared, or one that it repeats.
    private func place(of row: Int) -> Int? { copies[row] ?? order.firstIndex(of: row) }

    /// Where two rows were compared; rows that are equal are at different places all the same.
    private func places(_ a: Int, _ b: Int) -> (Int, Int)? {
        guard a != b, let x = place(of: a), let y = place(of: b) else { return nil }
        return x != y ? (x, y) : (x, x + 1)
    }

    /// What was learned to find them, for people to read.
    public var modelReport: String { outcome.model.report(outcome.table.columns) }

    /// How two rows were compared.
    public func weight(_ a: Int, _ b: Int) -> PairWeight? {
        guard let (x, y) = places(a, b) else { return nil }
        // In the order in which it was decided, told in the order asked for.
        let weight = outcome.model.weight(min(x, y), max(x, y), outcome.table)
        return x < y ? weight : weight.exchanged
    }

    /// The shortest chain of rows from one to another of its person, neighbours of which are rather one person than not; the two alone
    /// where only the average over all of the person's rows joins them. Nil when they are not one person.
    public func path(from a: Int, to b: Int) -> [Int]? {
        if a == b { return [a] }
        guard let (x, y) = places(a, b),
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
        // Its ends are the rows that were asked for, which may be copies.
        return [a] + path.dropFirst().dropLast().reversed().map { order[$0] } + [b]
    }
}
