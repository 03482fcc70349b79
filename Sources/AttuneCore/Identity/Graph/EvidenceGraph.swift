/// Partitions sightings into people: a pure function of the set of sightings, whatever their order.
public struct EvidenceGraph: Sendable {
    public var policy: IdentityPolicy

    public init(policy: IdentityPolicy = .standard) { self.policy = policy }

    /// People as lists of places among the sightings; in each the earliest sighting comes first, and people come by their earliest.
    public func clusters(_ sightings: [Sighting]) -> [[Int]] { resolve(sightings).groups }

    /// The people, and what was learned to find them.
    func resolve(_ sightings: [Sighting]) -> (groups: [[Int]], model: String) {
        let evidence = PreparedEvidence(sightings, policy: policy)
        let nodes = SplitNodes(evidence, nicknames: .standard, policy: policy)
        var forest = identified(evidence, nodes)
        for join in AliasRule(evidence: evidence, nodes: nodes, groups: forest.groups()).joins() { forest.join(join.alias, join.person) }
        let groups = forest.groups()
        let entities = EntityTable(groups, evidence: evidence, nodes: nodes)
        let table = RecordTable(columns: entities.columns, count: groups.count, nicknames: .standard)
        let outcome = Linkage(table: table).resolve(sizes: groups.map(\.count))
        for cluster in outcome.clusters { for e in cluster.dropFirst() { forest.join(groups[cluster[0]][0], groups[e][0]) } }
        settle(&forest, evidence, nodes)
        return (forest.groups().map { $0.map { evidence.order[$0] } }, outcome.model.text(entities.columns))
    }

    /// What identifiers alone join.
    private func identified(_ evidence: PreparedEvidence, _ nodes: SplitNodes) -> DisjointSets {
        var forest = DisjointSets(count: evidence.records.count)
        for (n, node) in nodes.nodes.enumerated() where policy.rank(of: evidence.nodes[n].kind) != nil {
            for group in node.groups { for r in group.dropFirst() { forest.join(Int(group[0]), Int(r)) } }
        }
        return forest
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
