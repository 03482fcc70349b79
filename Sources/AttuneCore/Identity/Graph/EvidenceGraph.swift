/// Partitions sightings into people: a pure function of the set of sightings, whatever their order.
public struct EvidenceGraph: Sendable {
    public var policy: IdentityPolicy

    public init(policy: IdentityPolicy = .standard) { self.policy = policy }

    /// People as lists of places among the sightings; in each the earliest sighting comes first, and people come by their earliest.
    public func clusters(_ sightings: [Sighting]) -> [[Int]] { clusters(sightings, clamp: 16) }

    func clusters(
        _ sightings: [Sighting], stage: Int = 9, clamp: Double = 16, threshold: Double = 0, report: ((String) -> Void)? = nil
    ) -> [[Int]] {
        let evidence = PreparedEvidence(sightings, policy: policy)
        let nodes = SplitNodes(evidence, nicknames: .standard, policy: policy)
        var forest = DisjointSets(count: sightings.count)
        for (n, node) in nodes.nodes.enumerated() where policy.rank(of: evidence.nodes[n].kind) != nil {
            for group in node.groups { for r in group.dropFirst() { forest.join(Int(group[0]), Int(r)) } }
        }
        var groups = forest.groups()
        if stage >= 3 {
            let entities = EntityTable(groups, evidence: evidence, nodes: nodes)
            let table = RecordTable(columns: entities.columns, count: groups.count, nicknames: .standard)
            let outcome = Linkage(table: table).resolve(
                sizes: stage >= 5 ? groups.map(\.count) : nil, clustering: AverageClustering(clamp: clamp, threshold: threshold))
            report?(outcome.model.text(entities.columns))
            for cluster in outcome.clusters { for e in cluster.dropFirst() { forest.join(groups[cluster[0]][0], groups[e][0]) } }
            if stage >= 4 { settle(&forest, evidence, nodes) }
            groups = forest.groups()
        }
        return groups.map { $0.map { evidence.order[$0] } }
    }

    /// Sightings that an identifier left open between names that turned out to be one person's.
    private func settle(_ forest: inout DisjointSets, _ evidence: PreparedEvidence, _ nodes: SplitNodes) {
        var owners: [Int32: Set<Int>] = [:]
        for (n, node) in nodes.nodes.enumerated() where !node.open.isEmpty && policy.rank(of: evidence.nodes[n].kind) != nil {
            let roots = Set(node.groups.compactMap(\.first).map { forest.root(Int($0)) })
            for r in node.open { owners[r] = owners[r]?.intersection(roots) ?? roots }
        }
        var joins = [(Int, Int)]()
        for (r, roots) in owners { if roots.count == 1, let root = roots.first { joins.append((Int(r), root)) } }
        for (r, root) in joins where forest.root(r) == r && isLone(r, evidence, nodes) { forest.join(r, root) }
    }

    /// Nothing else speaks for somebody else.
    private func isLone(_ r: Int, _ evidence: PreparedEvidence, _ nodes: SplitNodes) -> Bool {
        evidence.records[r].nodes.allSatisfy { n in !nodes.joins(n) || nodes.nodes[Int(n)].open.contains(Int32(r)) }
    }
}
