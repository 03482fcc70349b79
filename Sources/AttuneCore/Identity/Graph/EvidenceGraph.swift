/// Partitions sightings into people: a pure function of the set of sightings, whatever their order.
public struct EvidenceGraph: Sendable {
    public var policy: IdentityPolicy

    public init(policy: IdentityPolicy = .standard) { self.policy = policy }

    /// People as lists of places among the sightings; in each the earliest sighting comes first, and people come by their earliest.
    public func clusters(_ sightings: [Sighting]) -> [[Int]] { resolved(sightings).clusters }

    /// The people with everything the decision was made of, for explanations and look-ups.
    public func resolved(_ sightings: [Sighting]) -> ResolvedGraph { resolved(EvidenceLog(sightings)) }

    public func resolved(_ log: EvidenceLog) -> ResolvedGraph {
        let evidence = PreparedEvidence(log, policy: policy)
        let nodes = SplitNodes(evidence, nicknames: .standard, policy: policy)
        var forest = identified(evidence, nodes)
        let aliases = AliasRule(evidence: evidence, nodes: nodes, groups: forest.groups()).joins()
        for join in aliases { forest.join(join.alias, join.person) }
        let groups = forest.groups()
        let entities = EntityTable(groups, evidence: evidence, nodes: nodes)
        let table = RecordTable(columns: entities.columns, count: groups.count, nicknames: .standard)
        let outcome = Linkage(table: table).resolve(sizes: (0..<groups.count).map { groups.size($0) })
        for cluster in outcome.clusters {
            for e in cluster.dropFirst() { forest.join(Int(groups[cluster[0]].first ?? 0), Int(groups[e].first ?? 0)) }
        }
        let settled = settle(&forest, evidence, nodes)
        return ResolvedGraph(
            people: forest.groups(), evidence: evidence, nodes: nodes, entities: groups, table: table, model: outcome.model, aliases: aliases,
            settled: settled)
    }

    /// What identifiers alone join.
    private func identified(_ evidence: PreparedEvidence, _ nodes: SplitNodes) -> DisjointSets {
        var forest = DisjointSets(count: evidence.count)
        for n in 0..<Int32(evidence.values.count) where nodes.joins(n) {
            if let split = nodes.split(of: n) {
                for group in split.groups { for r in group.dropFirst() { forest.join(Int(group[0]), Int(r)) } }
            } else {
                let records = evidence.recordsOf[Int(n)]
                for r in records.dropFirst() { forest.join(Int(records[records.startIndex]), Int(r)) }
            }
        }
        return forest
    }

    /// Sightings that an identifier left open between names that turned out to be one person's.
    private func settle(_ forest: inout DisjointSets, _ evidence: PreparedEvidence, _ nodes: SplitNodes) -> [ResolvedGraph.Settled] {
        var owners: [Int32: (roots: Set<Int>, node: Int32)] = [:]
        for (n, split) in nodes.several where !split.open.isEmpty && nodes.joins(n) {
            let roots = Set(split.groups.compactMap(\.first).map { forest.root(Int($0)) })
            for r in split.open { owners[r] = (owners[r]?.roots.intersection(roots) ?? roots, owners[r]?.node ?? n) }
        }
        var settled = [ResolvedGraph.Settled]()
        for (r, owner) in owners.sorted(by: { $0.key < $1.key }) {
            guard owner.roots.count == 1, let root = owner.roots.first else { continue }
            let witness = nodes.groups(of: owner.node).lazy.compactMap(\.first).first { forest.root(Int($0)) == root }
            if let witness { settled.append(.init(record: Int(r), node: owner.node, to: Int(witness))) }
        }
        settled = settled.filter { forest.root($0.record) == $0.record && isLone($0.record, evidence, nodes) }
        for join in settled { forest.join(join.record, join.to) }
        return settled
    }

    /// Nothing else speaks for somebody else.
    private func isLone(_ r: Int, _ evidence: PreparedEvidence, _ nodes: SplitNodes) -> Bool {
        evidence.nodesOf[r].allSatisfy { n in !nodes.joins(n) || nodes.split(of: n)?.open.contains(Int32(r)) ?? false }
    }
}
